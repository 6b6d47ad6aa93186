"""Where a client sends the browser: on to the choosing pages, in the language that the browser prefers (BR-04).

The handle in the address opens the choice once, in the browser that follows it first; here nothing is used up yet.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import activate, get_language_from_request
from django.views.decorators.http import require_GET

from volmacht.audience import Audience, audience
from volmacht.posting import sent_on


@audience(Audience.PUBLIC)
@require_GET
def choose(request: HttpRequest, handle: str) -> HttpResponse:
    """`{P}/bvd-proxy/choose/<handle>`."""
    activate(get_language_from_request(request))
    return sent_on(request, reverse("choosing:enter", args=[handle]))
