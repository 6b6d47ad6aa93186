"""Tells Django about this app."""

from django.apps import AppConfig


class NotificationsApp(AppConfig):
    """The outbox: messages written with their cause and delivered at least once (DM-50)."""

    name = "volmacht.notifications"
    label = "notifications"
