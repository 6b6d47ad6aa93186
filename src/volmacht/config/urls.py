"""All addresses of Volmacht: pages in two languages (Dutch without prefix, English under /en/), doors for machines.

Stand-ins have addresses in profile demo only. Pre-production has the pages of `preproduction_urls` under /preprod/.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from volmacht.portals.choosing.urls import consumer_urlpatterns as entrance_consumers
from volmacht.portals.citizen.entering.urls import consumer_urlpatterns as portal_consumers
from volmacht.portals.shared.urls import machine_urlpatterns

pages_of_each_environment = [
    path("", include("volmacht.portals.citizen.granting.urls")),
    path("", include("volmacht.portals.citizen.mandates.urls")),
    path("", include("volmacht.portals.citizen.entering.urls")),
    path("", include("volmacht.portals.choosing.urls")),
    path("", include("volmacht.portals.shared.urls")),
]
pages = [
    *pages_of_each_environment,
    path("", include("volmacht.portals.accounts.urls")),
    path("", include("volmacht.portals.organisation.urls")),
    path("", include("volmacht.portals.staff.urls")),
    path("", include("volmacht.portals.public.urls")),
]
if settings.VOLMACHT.demo:
    pages.append(path("", include("volmacht.standins.trying_out.urls")))

doors: list[URLPattern | URLResolver] = [  # with the environment in their addresses
    path("", include("volmacht.interfaces.saml.urls")),
    path("", include("volmacht.interfaces.bvd_rest.urls")),
    *entrance_consumers,
    *portal_consumers,
]
urlpatterns: list[URLPattern | URLResolver] = [
    *machine_urlpatterns,
    *doors,
    *i18n_patterns(*pages, prefix_default_language=False),
]

handler400 = "volmacht.portals.shared.refusing.bad_request"
handler403 = "volmacht.portals.shared.refusing.forbidden"
handler404 = "volmacht.portals.shared.refusing.not_found"
handler500 = "volmacht.portals.shared.refusing.server_error"
