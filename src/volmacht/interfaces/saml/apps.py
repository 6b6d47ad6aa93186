"""Tells Django about these doors."""

from django.apps import AppConfig


class SamlApp(AppConfig):
    """The SAML doors."""

    name = "volmacht.interfaces.saml"
    label = "door_saml"
