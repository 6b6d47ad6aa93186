"""Tells Django about these pages."""

from django.apps import AppConfig


class TryingOutApp(AppConfig):
    """The page /proef and the stand-in for logging in."""

    name = "volmacht.standins.trying_out"
    label = "trying_out"
