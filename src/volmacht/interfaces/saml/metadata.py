"""Our own metadata, for whoever connects: public, signed, rebuilt when a key or the catalogue changes (MD-45).

Everybody may read it: it holds certificates and addresses, and of the entrance towards services upstream the
entity ids of connected providers (MD-20), which are public.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.logins.publishing import Published, document
from volmacht.rules.environment import Environment

MEDIA_TYPE = "application/samlmetadata+xml"


def metadata(environment: Environment, which: Published) -> Callable[[HttpRequest], HttpResponse]:
    """`{P}/metadata/...`."""

    @audience(Audience.PUBLIC)
    @require_safe
    def view(_request: HttpRequest) -> HttpResponse:
        """The document."""
        return HttpResponse(document(environment, which), content_type=MEDIA_TYPE)

    return view
