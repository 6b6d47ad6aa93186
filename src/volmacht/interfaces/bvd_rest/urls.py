"""Addresses of the REST calls, one set for each environment; those of the back channel are there only (TL-02)."""

from django.urls import path

from volmacht.interfaces.bvd_rest import calls
from volmacht.interfaces.bvd_rest.front import choose
from volmacht.logins.entities import REST_PREFIXES

app_name = "bvd_rest"
urlpatterns = [
    path(f"{prefix}/choose/<str:handle>", choose, name=f"{environment.value}-choose")
    for environment, prefix in REST_PREFIXES.items()
]
back_channel_urlpatterns = [
    pattern
    for environment, prefix in REST_PREFIXES.items()
    for pattern in (
        path(f"{prefix}/initiate", calls.initiate(environment), name=f"{environment.value}-bvd-initiate"),
        path(
            f"{prefix}/mandates/retrieve",
            calls.retrieve(environment),
            name=f"{environment.value}-bvd-retrieve",
        ),
    )
]
