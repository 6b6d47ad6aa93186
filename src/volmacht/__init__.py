"""Volmacht: a register of mandates for government services. See docs/architecture.md for the layers."""
