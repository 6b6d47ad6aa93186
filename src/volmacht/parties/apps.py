"""Tells Django about this app."""

from django.apps import AppConfig


class PartiesApp(AppConfig):
    """Persons, organisations, their e-mail addresses and staff: the only app that knows a BSN (DM-06)."""

    name = "volmacht.parties"
    label = "parties"
