"""Tells Django about this app."""

from django.apps import AppConfig


class LoginsApp(AppConfig):
    """Log-ins in progress for providers, one-time artifacts, and what was asserted to whom."""

    name = "volmacht.logins"
    label = "logins"
