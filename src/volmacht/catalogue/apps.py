"""Tells Django about this app."""

from django.apps import AppConfig


class CatalogueApp(AppConfig):
    """Providers, connections, services, sets and relations; four eyes on every change (DM-60..DM-64)."""

    name = "volmacht.catalogue"
    label = "catalogue"
