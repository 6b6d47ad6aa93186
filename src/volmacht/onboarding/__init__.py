"""Connecting providers. Holds the tariffs, by year (CN-22); others read them through `queries`."""
