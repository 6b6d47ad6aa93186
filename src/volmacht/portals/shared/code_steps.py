"""The steps of entering a code, wherever its pages stand: try code and BSN, see what they open, accept (DM-16a, DM-22).

A page says who enters and in which slot of the session that is kept. A wrong code and a wrong BSN look alike (DM-17).
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.limits.operations import Limited
from volmacht.mandates.operations import ActivationDone, activate, try_code
from volmacht.mandates.queries import blocked_until
from volmacht.notifications.kinds import Side
from volmacht.portals.shared import code_draft
from volmacht.portals.shared.code_draft import CodeDraft, Shown
from volmacht.portals.shared.code_form import CodeForm
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.limiting import allow, network_address
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.party_words import party_name
from volmacht.portals.shared.service_words import service_name, service_words
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Entering:
    """Who enters a code, where, how surely they logged in, and the slot of the session where it is kept."""

    representative: UUID
    level: LevelOfAssurance
    employee: str
    slot: str
    environment: Environment

    @property
    def who(self) -> str:
        """The one human being."""
        return f"{self.representative} {self.employee}".strip()

    @property
    def kind(self) -> PartyKind:
        """An employee enters it for an organisation."""
        return PartyKind.ORGANISATION if self.employee else PartyKind.PERSON


class _Typed(TypedDict):
    """Who accepts what, for `try_code` and `activate` alike."""

    representative: UUID
    level: LevelOfAssurance
    code: AuthorisationCode
    bsn: Bsn
    employee: str
    environment: Environment


def _typed(by: Entering, draft: CodeDraft) -> _Typed:
    return {
        "representative": by.representative,
        "level": by.level,
        "code": draft.code,
        "bsn": draft.bsn,
        "employee": by.employee,
        "environment": by.environment,
    }


def _within_limits(request: HttpRequest, by: Entering) -> bool:
    counted = (
        allow(request, Limited.CODE_PER_PERSON, by.who),
        allow(request, Limited.CODE_PER_ADDRESS, network_address(request)),
    )
    return all(counted)


def _known_wrong(before: CodeDraft | None, draft: CodeDraft) -> bool:
    """The same wrong pair again (double click, reload) is not a second try: it stays wrong."""
    return (
        before is not None
        and before.refused is not None
        and before.refused.refusal is Refusal.CODE_NOT_RECOGNISED
        and (before.code, before.bsn) == (draft.code, draft.bsn)
    )


def enter(request: HttpRequest, by: Entering, *, here: str, then: str) -> HttpResponseRedirect:
    """Try what was posted, and keep what came of it: on to the address where it is accepted, or back here."""
    form, before = CodeForm(request.POST), code_draft.read(request, by.slot)
    if not form.is_valid():
        return show_again(request)
    accepted(request)
    draft = CodeDraft(form.cleaned_data["code"], form.cleaned_data["bsn"])
    if not _known_wrong(before, draft):
        if not _within_limits(request, by):
            code_draft.keep(request, by.slot, draft)
            return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=429)
        answer = try_code(**_typed(by, draft))
        draft = (
            replace(draft, refused=answer)
            if isinstance(answer, Refused)
            else replace(draft, shown=Shown.of(answer))
        )
        code_draft.keep(request, by.slot, draft)
    return HttpResponseRedirect(then if draft.shown else here)


def entering_page(request: HttpRequest, by: Entering) -> tuple[dict[str, object], int]:
    """What `shared/code/enter.html` shows, and the status of the page: the form, and a refusal in words."""
    draft, again = code_draft.read(request, by.slot), shown_again(request)
    form = CodeForm(
        typed(request), initial={"code": draft.code.display, "bsn": draft.bsn.value} if draft else None
    )
    if by.kind is PartyKind.ORGANISATION:
        form.for_an_employee()
    kept = draft.refused if draft and not form.is_bound else None
    refused = kept or (again.refused if again else None)
    blocked = blocked_until(by.representative, employee=by.employee, environment=by.environment)
    if refused and refused.refusal is Refusal.ACTIVATION_BLOCKED and not blocked:
        refused = None
    existing = refused.day if refused and refused.refusal is Refusal.MANDATE_EXISTS else None
    words = (
        fitting_words(refused.refusal, reader=Side.REPRESENTATIVE, level=refused.level, kind=by.kind)
        if refused
        else None
    )
    return {
        "form": form,
        "blocked_until": blocked,
        "words": words,
        "refusal": refused.refusal.value if refused else "",
        "exists_until": written_date(existing) if existing else "",
        "for_organisation": by.kind is PartyKind.ORGANISATION,
    }, again.status if again else 200


def accepting_page(by: Entering, draft: CodeDraft | None) -> dict[str, object] | None:
    """What `shared/code/accept.html` shows: exactly what is accepted; None when nothing can be."""
    shown = draft.shown if draft else None
    service = catalogue.service(UUID(shown.service_id)) if shown else None
    if draft is None or shown is None or service is None:
        return None
    explained = service_words(service)
    return {
        "rows": _rows(shown, explained.providers),
        "explained": explained,
        "covered": [service_name(UUID(id_)) for id_ in shown.covered] if service.is_set else [],
        "name": party_name(shown.represented_name),
        **_replacing(shown),
        "changed": draft.changed,
        "for_organisation": by.kind is PartyKind.ORGANISATION,
    }


def _replacing(shown: Shown) -> dict[str, object]:
    """The mandate that ends when this one is accepted: its last day, and whether it would have lasted longer."""
    if not shown.replaced_last_day:
        return {}
    old, new = date.fromisoformat(shown.replaced_last_day), date.fromisoformat(shown.last_day)
    return {"replaces": True, "old_last_day": old, "new_last_day": new, "shorter": new < old}


def _rows(shown: Shown, providers: str) -> list[SummaryRow]:
    first, last = date.fromisoformat(shown.first_day), date.fromisoformat(shown.last_day)
    begins = gettext("Vandaag") if first <= clock.today() else written_date(first)
    return [
        SummaryRow(gettext("Voor wie u dit regelt"), party_name(shown.represented_name)),
        SummaryRow(gettext("Waarvoor"), service_name(UUID(shown.service_id))),
        SummaryRow(gettext("Bij welke organisatie"), providers),
        SummaryRow(gettext("Begint"), begins),
        SummaryRow(gettext("Laatste dag"), written_date(last)),
    ]


def accept(request: HttpRequest, by: Entering, draft: CodeDraft) -> ActivationDone | CodeDraft:
    """Activate what was shown, and forget code and BSN; when it would now be something else, that is shown first."""
    done = _activate(by, draft)
    if isinstance(done, ActivationDone):
        code_draft.remember_accepted(request, by.slot, done.mandate_id)
    else:
        code_draft.keep(request, by.slot, done)
    return done


def _activate(by: Entering, draft: CodeDraft) -> ActivationDone | CodeDraft:
    now = try_code(**_typed(by, draft))
    if not isinstance(now, Refused) and Shown.of(now) != draft.shown:
        return replace(draft, shown=Shown.of(now), changed=True)
    if isinstance(now, Refused) and now.refusal is not Refusal.CODE_USED:
        return replace(draft, shown=None, refused=now)
    done = activate(**_typed(by, draft))
    return replace(draft, shown=None, refused=done) if isinstance(done, Refused) else done
