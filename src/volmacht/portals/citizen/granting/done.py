"""Task: see that it worked, get the code, and know what to do now. The code shows during this log-in only (DM-21)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from volmacht.mandates.queries import mandate_for, request_for
from volmacht.notifications.kinds import Side
from volmacht.parties import queries as parties
from volmacht.parties.queries import KnownEmailAddress
from volmacht.portals.citizen.granting import shown_codes
from volmacht.portals.citizen.granting.service_words import how_the_helper_logs_in, service_words
from volmacht.portals.citizen.granting.whereabouts import enter_code_address
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.email_address import waiting_address
from volmacht.portals.shared.environments import environment_of, in_preproduction
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.party_words import party_name
from volmacht.rules.activating import RequestState
from volmacht.rules.kinds import PartyKind
from volmacht.rules.routes import Route
from volmacht.rules.validity import Phase


def _waiting(request: HttpRequest) -> KnownEmailAddress | None:
    """The address that was given and must still be confirmed."""
    if in_preproduction(request):
        return None
    return waiting_address(parties.email_addresses(visitor(request).party_id))


@audience(Audience.CITIZEN)
@require_safe
def done(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The request was made: the code in big letters, or how to get a new one."""
    entry = request_for(request_id, visitor(request).party_id, environment=environment_of(request))
    if entry is None:
        raise Http404
    if entry.state is not RequestState.OPEN:
        shown_codes.forget(request, request_id)
        return redirect("granting:request", request_id)
    context = {
        "entry": entry,
        "service": service_words(entry.service),
        "replaces": entry.code_made_at > entry.made_at,
        "waiting": _waiting(request),
        "code": shown_codes.code_of(request, entry),
        "enter_code": enter_code_address(),
        "helper_logs_in": how_the_helper_logs_in(entry.service.representative_kind),
    }
    return render(request, "citizen_granting/done.html", context)


@audience(Audience.CITIZEN)
@require_safe
def done_direct(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Somebody known was mandated at once."""
    entry = mandate_for(mandate_id, visitor(request).party_id, environment=environment_of(request))
    if entry is None or entry.side is not Side.REPRESENTED or entry.route is not Route.DIRECT:
        raise Http404
    if entry.phase is Phase.ENDED:
        return redirect("mandates:mandate", mandate_id)
    context = {
        "entry": entry,
        "service": service_words(entry.service),
        "name": party_name(entry.other_name, entry.other_kind),
        "is_organisation": entry.other_kind is PartyKind.ORGANISATION,
        "previous": mandate_for(entry.previous_id, entry.represented_id, environment=environment_of(request))
        if entry.previous_id
        else None,
        "waiting": _waiting(request),
        "to_come": entry.phase is Phase.TO_COME,
    }
    return render(request, "citizen_granting/done_direct.html", context)
