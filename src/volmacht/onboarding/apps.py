"""Registers the app with Django."""

from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    """Connecting providers."""

    name = "volmacht.onboarding"
    label = "onboarding"
