"""Tells Django about these pages."""

from django.apps import AppConfig


class OrganisationPortalConfig(AppConfig):
    """The portal of organisations."""

    name = "volmacht.portals.organisation"
    label = "organisation_portal"
