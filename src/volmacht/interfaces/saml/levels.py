"""Which level of assurance each service needs now, for an authentication service (AD-14): `{P}/catalogue/levels`.

Everybody may read it: the same stands on the public pages of the services.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.catalogue import queries as catalogue
from volmacht.logins.entities import PORTAL_LEVEL, PORTAL_SERVICE
from volmacht.rules.environment import Environment


def levels(environment: Environment) -> Callable[[HttpRequest], HttpResponse]:
    """`{"ServiceUUID": 20, ...}`; 10, 20, 25 or 30."""

    @audience(Audience.PUBLIC)
    @require_safe
    def view(_request: HttpRequest) -> HttpResponse:
        """The levels of this environment."""
        needed = {
            str(service.service_uuid): int(service.minimum_level)
            for service in catalogue.all_services(environment)
            if not service.is_set
        }
        return JsonResponse({**needed, PORTAL_SERVICE: int(PORTAL_LEVEL)})

    return view
