"""Tells Django about these pages."""

from django.apps import AppConfig


class MandatesPortalApp(AppConfig):
    """Entering a code, and the mandates that somebody gave or received; it has no tables of its own."""

    name = "volmacht.portals.citizen.mandates"
    label = "citizen_mandates"
