"""The log-in page, and coming back from the authentication service with a ticket.

Everyone may open both. The visit's id stands in the session, so that a ticket of somebody else's visit (log-in
cross-site request forgery) opens nothing. Where the service is, `settings.AUTHENTICATION_SERVICE` says.
"""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from volmacht.limits.operations import Limited, allow
from volmacht.logins.operations import begin_authentication, redeem
from volmacht.logins.states import VISIT_KEY
from volmacht.portals.shared import parked_work
from volmacht.portals.shared.audience import Audience, audience, local_path
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.portals.shared.login_session import log_in, logged_in


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def log_in_page(request: HttpRequest) -> HttpResponse:
    """Explain logging in; POST goes to the authentication service."""
    continue_at = local_path(request.GET.get("verder")) or reverse("mandates:mine")
    if logged_in(request):
        return redirect(continue_at)
    service = settings.AUTHENTICATION_SERVICE
    if request.method == "POST" and service:
        if not allow(Limited.LOG_IN_PER_ADDRESS, network_address(request)):
            return too_many(request)
        visit = begin_authentication()
        request.session[VISIT_KEY] = {"id": str(visit), "continue_at": continue_at}
        return redirect(f"{reverse(service, args=[visit])}?naar={reverse('entering:come-back')}")
    context = {"available": bool(service), "interrupted": "verder" in request.GET}
    return render(request, "citizen_entering/log_in.html", context, status=200 if service else 503)


@audience(Audience.PUBLIC)
@require_GET
def come_back(request: HttpRequest) -> HttpResponse:
    """Redeem the ticket and log in; without a good one explain and offer to try again."""
    visit = request.session.pop(VISIT_KEY, None)
    authenticated = redeem(UUID(visit["id"]), request.GET.get("ticket", "")[:100]) if visit else None
    if visit is None or authenticated is None:
        cancelled = visit is not None and "ticket" not in request.GET
        return render(
            request,
            "citizen_entering/not_logged_in.html",
            {"cancelled": cancelled},
            status=200 if cancelled else 403,
        )
    person = authenticated.person
    log_in(request, party_id=person.id, level=authenticated.level, name=person.name)
    return redirect(parked_work.continue_at(request) or visit["continue_at"])
