"""The SAML doors: entrance (E1) and representation assertion service (E2, BVD), for web services and suppliers.

Front channel: forms that a browser brings (`front`, `logout`). Back channel: artifacts over mutual TLS (`back`).
Metadata of our own. What a message means is judged in `volmacht.protocols`; what happens with it is in `logins`.
Knows no portal: pages are reached by URL name.
"""
