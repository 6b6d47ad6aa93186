"""Tells Django about this door."""

from django.apps import AppConfig


class DirectApp(AppConfig):
    """The direct door."""

    name = "volmacht.interfaces.direct"
    label = "door_direct"
