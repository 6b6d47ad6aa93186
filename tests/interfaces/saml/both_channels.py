"""Addresses of front and back channel in one process, for tests that need no listener of their own."""

from volmacht.config.urls import handler400, handler403, handler404, handler500
from volmacht.config.urls import urlpatterns as front
from volmacht.interfaces.bvd_rest.urls import back_channel_urlpatterns as bvd_rest
from volmacht.interfaces.saml.urls import back_channel_urlpatterns as saml

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*front, *saml, *bvd_rest]
