"""Tells Django about these pages."""

from django.apps import AppConfig


class EnteringApp(AppConfig):
    """Logging in to the citizen portal."""

    name = "volmacht.portals.citizen.entering"
    label = "citizen_entering"
