"""Task: see the requests that came to nothing, in pages."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volmacht.mandates.queries import closed_requests
from volmacht.paging import SIZE, Page, page_number
from volmacht.portals.citizen.mandates.overview import request_card
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.login_session import visitor


@audience(Audience.CITIZEN)
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """All of them, newest first."""
    found = closed_requests(
        visitor(request).party_id, page=page_number(request), size=SIZE, environment=environment_of(request)
    )
    context = {
        "requests": [request_card(entry) for entry in found.entries],
        "page": Page(found.page, found.total),
    }
    return render(request, "citizen_mandates/closed_requests.html", context)
