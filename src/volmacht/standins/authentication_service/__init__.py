"""Stand-in for an authentication service: DigiD, or eHerkenning for the portal, with invented people (AD-14, AD-16).

E4 of the interface: a real SAML identity provider in a process of its own, for both environments. It knows of
Volmacht what any such service would: its metadata and the minimum levels, fetched over HTTP. Everything it remembers
is in memory. Start it with `python -m volmacht.standins.authentication_service`; `__main__` tells the arguments.
"""
