"""Tells Django about this app."""

from django.apps import AppConfig


class MandatesApp(AppConfig):
    """The register: requests, codes, mandates, uses, and the one decision (DM-10..DM-44)."""

    name = "volmacht.mandates"
    label = "mandates"
