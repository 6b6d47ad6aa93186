"""Persons, organisations, their e-mail addresses and staff: the only app that knows a BSN (DM-06)."""
