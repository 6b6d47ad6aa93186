"""Addresses of the direct door."""

from django.urls import path

from volmacht.interfaces.direct import doors

app_name = "direct"
urlpatterns = [
    path("direct/inloggen", doors.ask, name="ask"),
    path("direct/antwoord", doors.fetch, name="fetch"),
]
