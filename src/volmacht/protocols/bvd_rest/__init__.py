"""The REST calls to the representation assertion service: JSON in, JSON out (BR-01 to BR-13). Pure.

Server and client share it: `questions` and `problems` are read by both, `answers` is written here and judged there.
"""
