"""Tells Django about this app."""

from django.apps import AppConfig


class LimitsApp(AppConfig):
    """Counters that slow down guessing: per person and per address (DM-22 has its own, in mandates)."""

    name = "volmacht.limits"
    label = "limits"
