"""Stand-in for the population register (BRP): speaks version 2 of the Haal Centraal BRP API.

Start it with `python -m volmacht.standins.population_register --port N`. Everybody in it is invented. It
follows what the published interface says (GitHub `BRP-API/Haal-Centraal-BRP-bevragen`, OpenAPI 2.7.0 and
its feature files): selection with `fields`, checking of parameters, error bodies, what is left out and what
comes unasked.

What the real register does and this one does not: search (only `RaadpleegMetBurgerservicenummer`; other
kinds are refused as not authorised), titles of nobility, parents, children and nationalities, and fields
under examination.
"""
