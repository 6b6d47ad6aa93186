"""Addresses for trying out; part of the site in profile demo only."""

from django.urls import path

from volmacht.standins.trying_out import pages

app_name = "trying_out"
urlpatterns = [
    path("proef/", pages.start, name="start"),
    path("proef/word/", pages.become, name="become"),
    path("proef/klok/", pages.move_clock, name="clock"),
    path("proef/post/", pages.mail, name="mail"),
]
