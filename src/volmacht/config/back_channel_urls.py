"""The addresses of the back channel, for the process behind mutual TLS only (TL-02); nothing else is there."""

from volmacht.interfaces.saml.urls import back_channel_urlpatterns
from volmacht.portals.shared.urls import machine_urlpatterns

urlpatterns = [*machine_urlpatterns, *back_channel_urlpatterns]

handler400 = "volmacht.interfaces.saml.back.bare_400"
handler403 = "volmacht.interfaces.saml.back.bare_403"
handler404 = "volmacht.interfaces.saml.back.bare_404"
handler500 = "volmacht.interfaces.saml.back.server_fault"
