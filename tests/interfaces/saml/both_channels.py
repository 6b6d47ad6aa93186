"""Addresses of front and back channel in one process, for tests that need no listener of their own."""

from volmacht.config.urls import handler400, handler403, handler404, handler500
from volmacht.config.urls import urlpatterns as front
from volmacht.interfaces.saml.urls import back_channel_urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*front, *back_channel_urlpatterns]
