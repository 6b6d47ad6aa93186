"""Task: say that an attempt to log in for me, which was refused, is not right (DM-39a, DM-41)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from volmacht.mandates.operations import dispute_refused_use
from volmacht.mandates.queries import mandate_that_stands, use_for
from volmacht.portals.citizen.mandates.standing_words import still_standing
from volmacht.portals.citizen.mandates.use_words import use_words
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.reaching_us import reaching_us


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def dispute_use(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """One click in the list; this page says what became of it. Who comes here by log-in or link gets the button."""
    me = visitor(request).party_id
    use = use_for(use_id, me, environment=environment_of(request))
    if use is None or use.refusal is None:
        raise Http404
    if request.method == "POST":
        dispute_refused_use(use_id=use_id, by=me, environment=environment_of(request))
        return redirect("mandates:dispute-use", use_id)
    typed(request)  # pressed when the log-in had just ended: the page asks again
    standing = mandate_that_stands(use.stands, me) if use.stands else ()
    context = {"use": use_words(use, me), "standing": still_standing(standing), **reaching_us()}
    return render(request, "citizen_mandates/dispute_use.html", context)
