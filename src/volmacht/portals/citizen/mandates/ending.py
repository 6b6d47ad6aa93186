"""Task: end a mandate (DM-39): revoke it, give it up, or say that it is not right (DM-39a)."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from volmacht.mandates.operations import dispute_mandate, end_mandate
from volmacht.mandates.queries import MandateEntry, standing_beside
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.happened import Happened, to_mandate
from volmacht.portals.citizen.mandates.mandate_words import end_reason, other_name
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.showing import mandate_rows
from volmacht.portals.citizen.mandates.standing_words import still_standing
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.service_words import service_words
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind
from volmacht.rules.validity import Phase

OVER = "over"
MY_REASONS: dict[Side, frozenset[EndReason]] = {
    Side.REPRESENTED: frozenset({EndReason.REVOKED, EndReason.DISPUTED}),
    Side.REPRESENTATIVE: frozenset({EndReason.GIVEN_UP}),
}


def _end(request: HttpRequest, mandate_id: UUID) -> HttpResponseRedirect:
    """End it; a second click finds it ended, and hears the same."""
    login = visitor(request)
    refused = end_mandate(
        mandate_id=mandate_id, by=login.party_id, employee=login.employee, environment=environment_of(request)
    )
    entry = own_mandate(request, mandate_id)
    if refused and entry.end_reason not in MY_REASONS[entry.side]:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    is_disputed = entry.end_reason is EndReason.DISPUTED
    return to_mandate(request, mandate_id, Happened.DISPUTED if is_disputed else Happened.ENDED)


def _because_of(request: HttpRequest) -> UUID | None:
    """The mandate that is over, on whose page or use the button stood that stops this one. Raises BadRequest."""
    try:
        return UUID(request.POST[OVER]) if OVER in request.POST else None
    except ValueError as error:
        raise BadRequest("not the number of a mandate") from error


def _dispute(request: HttpRequest, mandate_id: UUID) -> HttpResponseRedirect:
    """It ends, or had ended: then what is said is written down."""
    me = visitor(request).party_id
    dispute_mandate(
        mandate_id=mandate_id, by=me, because_of=_because_of(request), environment=environment_of(request)
    )
    ended_so = own_mandate(request, mandate_id).end_reason is EndReason.DISPUTED
    return to_mandate(request, mandate_id, Happened.DISPUTED if ended_so else Happened.NOTED)


def _context(entry: MandateEntry) -> dict[str, object]:
    return {
        "entry": entry,
        "gave": entry.side is Side.REPRESENTED,
        "name": other_name(entry),
        "with_number": entry.other_kind is PartyKind.ORGANISATION,
        "service": service_words(entry.service),
        "rows": mandate_rows(entry),
    }


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """Ask whether it is sure; POST ends it."""
    entry = own_mandate(request, mandate_id)
    if request.method == "POST":
        return _end(request, mandate_id)
    typed(request)  # pressed when the log-in had just ended: the page asks again
    if entry.phase is Phase.ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    return render(request, "citizen_mandates/end.html", _context(entry))


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """One click: this is not right, also of what has ended. Who comes here by log-in or link gets the button."""
    entry = own_mandate(request, mandate_id)
    if entry.side is not Side.REPRESENTED:
        raise Http404
    if request.method == "POST":
        return _dispute(request, mandate_id)
    typed(request)
    standing = standing_beside(entry) if entry.phase is Phase.ENDED else ()
    context = {**_context(entry), "ended": end_reason(entry), "standing": still_standing(standing)}
    return render(request, "citizen_mandates/dispute.html", context)
