"""Task: see exactly what a code opens, and accept it or not (DM-16a, DM-35); then the page that says it is done."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.mandates.operations import ActivationDone
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.entering_code import SLOT, entering
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.shared import code_draft
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.code_draft import CodeDraft
from volmacht.portals.shared.code_steps import accept, accepting_page
from volmacht.portals.shared.service_words import service_words
from volmacht.rules.validity import Phase

STOP = "stoppen"


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_code(request: HttpRequest) -> HttpResponse:
    """What is accepted; POST accepts it, or stops."""
    draft = code_draft.read(request, SLOT)
    if request.method == "POST":
        return _answer(request, draft)
    context = accepting_page(entering(request), draft)
    if context is None:
        return redirect("mandates:enter-code")
    return render(request, "citizen_mandates/accept_code.html", context)


def _answer(request: HttpRequest, draft: CodeDraft | None) -> HttpResponse:
    if STOP in request.POST:
        code_draft.forget(request, SLOT)
        return redirect("mandates:mine")
    before = code_draft.last_accepted(request, SLOT)
    if draft is None or draft.shown is None:  # accepted already, by the first half of a double click
        return redirect("mandates:code-done", before) if before else redirect("mandates:enter-code")
    done = accept(request, entering(request), draft)
    if isinstance(done, ActivationDone):
        return redirect("mandates:code-done", done.mandate_id)
    return redirect("mandates:accept-code" if done.shown else "mandates:enter-code")


@audience(Audience.CITIZEN)
@require_safe
def code_done(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """It is done: what one can do now."""
    entry = own_mandate(request, mandate_id)
    if entry.side is not Side.REPRESENTATIVE:
        raise Http404
    if entry.phase is Phase.ENDED:
        return redirect("mandates:mandate", mandate_id)
    context = {
        "entry": entry,
        "service": service_words(entry.service),
        "name": other_name(entry),
        "to_come": entry.phase is Phase.TO_COME,
        "replaced": entry.previous_id is not None,
    }
    return render(request, "citizen_mandates/code_done.html", context)
