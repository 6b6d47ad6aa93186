"""Addresses of choosing; the id in them opens nothing without the session that began the log-in."""

from django.urls import path

from volmacht.portals.choosing import pages, visiting

app_name = "choosing"
urlpatterns = [
    path("inloggen/voor/<uuid:login_id>/", visiting.explain, name="begin"),
    path("inloggen/voor/terug/", visiting.come_back, name="come-back"),
    path("inloggen/voor/<uuid:login_id>/kiezen/", pages.own_or_other, name="own-or-other"),
    path("inloggen/voor/<uuid:login_id>/wie/", pages.choose_person, name="person"),
    path("inloggen/voor/<uuid:login_id>/stoppen/", pages.cancel, name="cancel"),
]
