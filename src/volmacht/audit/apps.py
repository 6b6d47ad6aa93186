"""Tells Django about this app."""

from django.apps import AppConfig


class AuditApp(AppConfig):
    """The append-only, hash-chained record of everything that happened (DM-40, DM-42)."""

    name = "volmacht.audit"
    label = "audit"
