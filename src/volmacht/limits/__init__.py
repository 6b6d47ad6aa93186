"""Counters that slow down guessing: per person and per address (DM-22 has its own, in mandates)."""
