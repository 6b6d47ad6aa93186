"""The demo: a readable scenario of invented people, replayed through the same operations as people use."""
