"""The composition root: options from the environment, Django's settings, addresses, the WSGI application."""
