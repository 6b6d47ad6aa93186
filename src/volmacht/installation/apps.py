"""Tells Django about this app."""

from django.apps import AppConfig


class InstallationApp(AppConfig):
    """For what this database is: trying out (profile demo) or real use. Decided once, at the first start."""

    name = "volmacht.installation"
    label = "installation"
