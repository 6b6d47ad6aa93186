"""Addresses of the shared pages (`urlpatterns`, translated) and of what machines read (`machine_urlpatterns`)."""

from django.urls import path

from volmacht.portals.shared import health, pages, well_known

app_name = "shared"

urlpatterns = [
    path("hulp/", pages.help_page, name="help"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("cookies/", pages.cookies, name="cookies"),
    path("sessie/", pages.session_state, name="session-state"),
    path("sessie/verlengen/", pages.extend_session, name="extend-session"),
    path("uitloggen/", pages.log_out_page, name="log-out"),
    path("uitgelogd/", pages.logged_out, name="logged-out"),
]

machine_urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", health.metrics, name="metrics"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
]
