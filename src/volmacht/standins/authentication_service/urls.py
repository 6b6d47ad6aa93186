"""Addresses of the front channel: the doors of each environment, and the pages around them."""

from django.urls import URLPattern, include, path

from volmacht.standins.authentication_service import front_doors, pages
from volmacht.standins.authentication_service.kinds import PREFIXES
from volmacht.standins.authentication_service.log_in_page import log_in
from volmacht.standins.authentication_service.services import Service, services

handler404 = "volmacht.standins.authentication_service.pages.not_found"


def _of(service: Service) -> tuple[list[URLPattern], str]:
    """With the environment as its namespace."""
    return [
        path(
            "idp/request_authentication", front_doors.request_authentication(service), name="authentication"
        ),
        path("idp/request_logout", front_doors.request_logout(service), name="logout"),
        path("idp/inloggen/<str:key>", log_in(service), name="log-in"),
        path("metadata/idp", front_doors.metadata(service), name="metadata"),
    ], service.environment.value


urlpatterns = [
    path("", pages.home, name="home"),
    path("taal", pages.choose_language, name="language"),
    path("stijl.css", pages.style, name="style"),
    path("verder.js", pages.script, name="script"),
    path("health", pages.health, name="health"),
    *(
        path(f"{PREFIXES[environment]}/", include(_of(service)))
        for environment, service in services().items()
    ),
]
