"""The addresses under /preprod/: the pages of each environment, and the doors, whose addresses are written out.

What exists once (public site, health, figures, trying out) has no address here. See `portals.shared.environments`.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver

from volmacht.config.urls import (
    doors,
    handler400,
    handler403,
    handler404,
    handler500,
    pages_of_each_environment,
)

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns: list[URLPattern | URLResolver] = [
    *doors,
    *i18n_patterns(*pages_of_each_environment, prefix_default_language=False),
]
