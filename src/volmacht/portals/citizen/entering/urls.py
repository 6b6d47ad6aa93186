"""Addresses of logging in."""

from django.urls import path

from volmacht.portals.citizen.entering import pages

app_name = "entering"
urlpatterns = [
    path("inloggen/", pages.log_in_page, name="log-in"),
    path("inloggen/terug/", pages.come_back, name="come-back"),
]
