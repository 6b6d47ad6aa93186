"""Providers, connections, services, sets and relations; four eyes on every change (DM-60..DM-64)."""
