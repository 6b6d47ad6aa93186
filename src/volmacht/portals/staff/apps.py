"""Tells Django about these pages."""

from django.apps import AppConfig


class StaffPortalConfig(AppConfig):
    """The desk."""

    name = "volmacht.portals.staff"
    label = "staff_portal"
