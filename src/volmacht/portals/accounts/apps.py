"""Tells Django about these pages."""

from django.apps import AppConfig


class AccountsApp(AppConfig):
    """Accounts of employees and members."""

    name = "volmacht.portals.accounts"
    label = "accounts"
