"""Addresses of choosing; the id in them opens nothing without the session that began the log-in."""

from django.urls import path

from volmacht.keystore import OwnEntity
from volmacht.logins.entities import CONSUMER, PREFIXES
from volmacht.portals.choosing import codes, pages, services, visiting

app_name = "choosing"
consumer_urlpatterns = [
    path(
        f"{prefix}/{OwnEntity.ENTRANCE.value}/{CONSUMER}",
        visiting.come_back,
        {"environment": environment},
        name=f"{environment.value}-entrance-consumer",
    )
    for environment, prefix in PREFIXES.items()
]
urlpatterns = [
    path("inloggen/voor/<uuid:login_id>/", visiting.explain, name="begin"),
    path("inloggen/voor/begin/<str:handle>/", visiting.enter, name="enter"),
    path("inloggen/voor/<uuid:login_id>/kiezen/", pages.own_or_other, name="own-or-other"),
    path("inloggen/voor/<uuid:login_id>/waarom/", services.choose_why, name="why"),
    path("inloggen/voor/<uuid:login_id>/wie/", pages.choose_person, name="person"),
    path("inloggen/voor/<uuid:login_id>/code/", codes.enter_code, name="enter-code"),
    path("inloggen/voor/<uuid:login_id>/code/controleren/", codes.accept_code, name="accept-code"),
    path("inloggen/voor/<uuid:login_id>/code/klaar/", codes.code_done, name="code-done"),
    path("inloggen/voor/<uuid:login_id>/stoppen/", pages.cancel, name="cancel"),
]
