"""Adapters of `parties`: the neighbours behind its ports, reached over the network."""
