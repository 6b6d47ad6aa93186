"""The addresses of the back channel, for the process behind mutual TLS only (TL-02); nothing else is there."""

from volmacht.interfaces.bvd_rest.urls import back_channel_urlpatterns as bvd_rest
from volmacht.interfaces.saml.urls import back_channel_urlpatterns as saml
from volmacht.portals.shared.urls import machine_urlpatterns

urlpatterns = [*machine_urlpatterns, *saml, *bvd_rest]

handler400 = "volmacht.config.back_channel_failures.bad_request"
handler403 = "volmacht.config.back_channel_failures.forbidden"
handler404 = "volmacht.config.back_channel_failures.not_found"
handler500 = "volmacht.config.back_channel_failures.server_error"
