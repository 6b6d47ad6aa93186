"""Tells Django about these pages."""

from django.apps import AppConfig


class GrantingApp(AppConfig):
    """Giving a mandate; it has no tables of its own."""

    name = "volmacht.portals.citizen.granting"
    label = "citizen_granting"
