"""The REST calls to the representation assertion service, for authentication services and entrances (BR-01 to BR-13).

MP001 and MP004 answer on the back channel only, over mutual TLS (`calls`); a browser comes in at `front`. What a call
means is judged in `volmacht.protocols.bvd_rest`; what happens with it is in `logins/rest_logins.py`. Knows no portal:
pages are reached by URL name. For callers: `docs/interfaces/bvd-rest.md`.
"""
