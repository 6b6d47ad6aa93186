"""Tells Django about these pages."""

from django.apps import AppConfig


class ChoosingApp(AppConfig):
    """Choosing for whom one acts."""

    name = "volmacht.portals.choosing"
    label = "portal_choosing"
