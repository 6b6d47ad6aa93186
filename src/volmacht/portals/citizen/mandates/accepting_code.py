"""Task: see exactly what a code opens, and accept it or not (DM-16a, DM-35); then the page that says it is done."""

from dataclasses import replace
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.operations import ActivationDone, activate, try_code
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates import code_draft
from volmacht.portals.citizen.mandates.code_draft import CodeDraft, Shown
from volmacht.portals.citizen.mandates.mandate_words import other_name, service_name, service_words
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.party_words import party_name
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase

STOP = "stoppen"


def _rows(shown: Shown) -> list[SummaryRow]:
    first, last = date.fromisoformat(shown.first_day), date.fromisoformat(shown.last_day)
    begins = gettext("Vandaag") if first <= clock.today() else written_date(first)
    service = catalogue.service(UUID(shown.service_id))
    return [
        SummaryRow(gettext("Voor wie u dit regelt"), party_name(shown.represented_name)),
        SummaryRow(gettext("Waarvoor"), service_name(UUID(shown.service_id))),
        SummaryRow(gettext("Bij welke organisatie"), service_words(service).providers if service else ""),
        SummaryRow(gettext("Begint"), begins),
        SummaryRow(gettext("Laatste dag"), written_date(last)),
    ]


def _replacing(shown: Shown) -> dict[str, object]:
    """The mandate that ends when this one is accepted: its last day, and whether it would have lasted longer."""
    if not shown.replaced_last_day:
        return {}
    old, new = date.fromisoformat(shown.replaced_last_day), date.fromisoformat(shown.last_day)
    return {"replaces": True, "old_last_day": old, "new_last_day": new, "shorter": new < old}


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def accept_code(request: HttpRequest) -> HttpResponse:
    """What is accepted; POST accepts it, or stops."""
    draft = code_draft.read(request)
    if request.method == "POST":
        return _answer(request, draft)
    service = catalogue.service(UUID(draft.shown.service_id)) if draft and draft.shown else None
    if draft is None or draft.shown is None or service is None:
        return redirect("mandates:enter-code")
    context = {
        "rows": _rows(draft.shown),
        "service": service_words(service),
        "covered": [service_name(UUID(id_)) for id_ in draft.shown.covered] if service.is_set else [],
        "name": party_name(draft.shown.represented_name),
        **_replacing(draft.shown),
        "changed": draft.changed,
    }
    return render(request, "citizen_mandates/accept_code.html", context)


def _answer(request: HttpRequest, draft: CodeDraft | None) -> HttpResponse:
    if STOP in request.POST:
        code_draft.forget(request)
        return redirect("mandates:mine")
    accepted = code_draft.last_accepted(request)
    if draft is None or draft.shown is None:  # accepted already, by the first half of a double click
        return redirect("mandates:code-done", accepted) if accepted else redirect("mandates:enter-code")
    done = _accept(visitor(request), draft)
    if isinstance(done, ActivationDone):
        code_draft.remember_accepted(request, done.mandate_id)
        return redirect("mandates:code-done", done.mandate_id)
    code_draft.keep(request, done)
    return redirect("mandates:accept-code" if done.shown else "mandates:enter-code")


class _Typed(TypedDict):
    """Who accepts what, for `try_code` and `activate` alike."""

    representative: UUID
    level: LevelOfAssurance
    code: AuthorisationCode
    bsn: Bsn
    employee: str


def _accept(login: LoggedIn, draft: CodeDraft) -> ActivationDone | CodeDraft:
    """Activate what was shown; when it would now be something else, show that first."""
    typed: _Typed = {
        "representative": login.party_id,
        "level": login.level,
        "code": draft.code,
        "bsn": draft.bsn,
        "employee": login.employee,
    }
    now = try_code(**typed)
    if not isinstance(now, Refused) and Shown.of(now) != draft.shown:
        return replace(draft, shown=Shown.of(now), changed=True)
    if isinstance(now, Refused) and now.refusal is not Refusal.CODE_USED:
        return replace(draft, shown=None, refused=now)
    done = activate(**typed)
    return replace(draft, shown=None, refused=done) if isinstance(done, Refused) else done


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
