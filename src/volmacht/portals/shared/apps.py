"""Tells Django about this app, and lets the request log speak alone."""

from django.apps import AppConfig

from volmacht.portals.shared.request_log import quiet_django


class SharedPortalApp(AppConfig):
    """The frame of every page; it has no tables of its own."""

    name = "volmacht.portals.shared"
    label = "portal_shared"

    def ready(self) -> None:
        """Django's own lines about requests hold paths: ours replace them."""
        quiet_django()
