"""Task: say no to a question to renew, in one click (DM-34). The mandate itself stays as it is."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.mandates.operations import decline_renewal
from volmacht.mandates.queries import proposal_about
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.happened import Happened, to_mandate
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.proposal_words import question
from volmacht.portals.citizen.mandates.showing import mandate_rows
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.login_session import visitor
from volmacht.rules.validity import Phase


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """For the represented person only. Who comes here by log-in or link gets the button."""
    entry = own_mandate(request, mandate_id)
    if entry.side is not Side.REPRESENTED:
        raise Http404
    if request.method == "POST":
        refused = decline_renewal(
            mandate_id=mandate_id, by=visitor(request).party_id, environment=environment_of(request)
        )
        return to_mandate(request, mandate_id, Happened.TOO_LATE if refused else Happened.DECLINED)
    typed(request)
    if entry.phase is Phase.ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    proposal = proposal_about(entry)
    if proposal is None or proposal.declined:
        return redirect("mandates:mandate", mandate_id)
    context = {"entry": entry, "question": question(entry), "rows": mandate_rows(entry)}
    return render(request, "citizen_mandates/decline_renewal.html", context)
