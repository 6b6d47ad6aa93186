"""Addresses of the SAML doors, one set for each environment; see `volmacht.logins.entities` for their shape."""

from django.urls import URLPattern, path

from volmacht.interfaces.saml import back, front, logout
from volmacht.interfaces.saml.levels import levels
from volmacht.interfaces.saml.metadata import metadata
from volmacht.keystore import OwnEntity
from volmacht.logins.entities import LOGOUT, LOGOUT_RESPONSE, PREFIXES, RESOLUTION, SIGN_ON
from volmacht.logins.publishing import Published
from volmacht.rules.environment import Environment

app_name = "saml"


def _of(environment: Environment) -> list[URLPattern]:
    prefix, name = PREFIXES[environment], environment.value
    entrance, bvd, portal = (
        f"{prefix}/{entity.value}" for entity in (OwnEntity.ENTRANCE, OwnEntity.BVD, OwnEntity.PORTAL)
    )
    return [
        path(f"{entrance}/{SIGN_ON}", front.entrance(environment), name=f"{name}-entrance"),
        path(f"{bvd}/{SIGN_ON}", front.bvd(environment), name=f"{name}-bvd"),
        path(f"{entrance}/{LOGOUT}", logout.request_logout(environment), name=f"{name}-logout"),
        path(
            f"{entrance}/{LOGOUT_RESPONSE}",
            logout.logout_response(environment),
            name=f"{name}-logout-response",
        ),
        path(
            f"{portal}/{LOGOUT_RESPONSE}",
            logout.portal_logout_response(environment),
            name=f"{name}-portal-logout-response",
        ),
        path(f"{prefix}/catalogue/levels", levels(environment), name=f"{name}-levels"),
        *(
            path(
                f"{prefix}/metadata/{which.value}",
                metadata(environment, which),
                name=f"{name}-metadata-{which.value}",
            )
            for which in Published
        ),
    ]


def _back_channel(environment: Environment) -> list[URLPattern]:
    prefix = PREFIXES[environment]
    return [
        path(
            f"{prefix}/{entity.value}/{RESOLUTION}",
            back.resolve_artifact(environment, entity),
            name=f"{environment.value}-{entity.value}-resolve",
        )
        for entity in (OwnEntity.ENTRANCE, OwnEntity.BVD)
    ]


urlpatterns = [pattern for environment in Environment for pattern in _of(environment)]
back_channel_urlpatterns = [pattern for environment in Environment for pattern in _back_channel(environment)]
