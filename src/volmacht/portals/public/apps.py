"""Tells Django about this app."""

from django.apps import AppConfig


class PublicPortal(AppConfig):
    """The public pages about connecting; they have no tables of their own."""

    name = "volmacht.portals.public"
    label = "portal_public"
