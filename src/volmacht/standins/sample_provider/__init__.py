"""Gemeente Voorbeeld: a small, honest web service in a process of its own that lets people log in with Volmacht.

Knows nothing of Volmacht but its two doors (`volmacht_client`) and speaks to it over the network only. Has its own
settings, cookies and records; start it with `python -m volmacht.standins.sample_provider --port N`.
"""
