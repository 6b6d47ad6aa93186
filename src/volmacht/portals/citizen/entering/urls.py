"""Addresses of logging in; those without a language are announced in our metadata (MD-17)."""

from django.urls import path

from volmacht.keystore import OwnEntity
from volmacht.logins.entities import CONSUMER, PREFIXES
from volmacht.portals.citizen.entering import pages

app_name = "entering"
consumer_urlpatterns = [
    path(
        f"{prefix}/{OwnEntity.PORTAL.value}/{CONSUMER}",
        pages.come_back,
        name=f"{environment.value}-portal-consumer",
    )
    for environment, prefix in PREFIXES.items()
]
urlpatterns = [path("inloggen/", pages.log_in_page, name="log-in")]
