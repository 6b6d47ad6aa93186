"""The addresses of Gemeente Voorbeeld; those that start with `saml` stand in its metadata."""

from django.urls import path

from volmacht.standins.sample_provider import log_in_pages, log_out_pages, own_entity, pages

handler404 = "volmacht.standins.sample_provider.pages.not_found"

urlpatterns = [
    path("", pages.home, name="home"),
    path("inloggen/<slug:slug>/", log_in_pages.log_in, name="log-in"),
    path("dienst/<slug:slug>/", log_in_pages.file, name="file"),
    path("uitloggen/", log_out_pages.log_out, name="log-out"),
    path("uitgelogd/", log_out_pages.logged_out, name="logged-out"),
    path("uitgelogd/alleen-hier/", log_out_pages.logged_out_here, name="logged-out-here"),
    path(own_entity.CONSUMER_PATH, log_in_pages.come_back, name="come-back"),
    path(own_entity.LOGOUT_PATH, log_out_pages.answered, name="log-out-answered"),
    path(own_entity.METADATA_PATH, pages.metadata, name="metadata"),
    path("taal/", pages.choose_language, name="language"),
    path("stijl.css", pages.style, name="style"),
    path("verder.js", pages.script, name="script"),
    path("health", pages.health, name="health"),
]
