"""Task: see everything about one mandate: facts, what may be done with it, history, uses (DM-30, DM-41)."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import Happening, history_of
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.queries import (
    EndingMandate,
    MandateEntry,
    Proposal,
    list_uses,
    proposal_about,
    standing_beside,
    successor,
)
from volmacht.notifications.kinds import Side
from volmacht.paging import Page, page_number
from volmacht.portals.citizen.mandates.happened import Happened, happened_to_mandate
from volmacht.portals.citizen.mandates.happening_words import history
from volmacht.portals.citizen.mandates.mandate_words import (
    WOULD_LAST,
    end_reason,
    other_name,
    parts_words,
    providers,
    state,
    who_helps_whom,
)
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.proposal_words import can_renew, question
from volmacht.portals.citizen.mandates.proposal_words import state as proposal_state
from volmacht.portals.citizen.mandates.standing_words import StillStanding, still_standing
from volmacht.portals.citizen.mandates.use_words import use_words
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date, written_moment
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.kept_forms import typed
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.shared.reaching_us import reaching_us
from volmacht.portals.shared.service_words import service_name, service_words
from volmacht.portals.shared.wording import ROUTES, level_words
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind
from volmacht.rules.periods import longest_last_day
from volmacht.rules.services import LookUpStatus
from volmacht.rules.validity import Phase

USES_ON_A_PAGE = 5
WHOM: dict[tuple[Side, bool], Text] = {
    (Side.REPRESENTED, False): gettext_lazy("Wie dit voor u regelt"),
    (Side.REPRESENTED, True): gettext_lazy("Wie dit voor u regelde"),
    (Side.REPRESENTATIVE, False): gettext_lazy("Voor wie u dit regelt"),
    (Side.REPRESENTATIVE, True): gettext_lazy("Voor wie u dit regelde"),
}
ENDED_BY_CHOICE = frozenset({EndReason.REVOKED, EndReason.GIVEN_UP})


@dataclass(frozen=True, slots=True)
class Actions:
    """What this party can do with this mandate now."""

    renew: bool
    restrict: bool
    end: bool
    dispute: bool
    grant_again: bool
    propose: bool


def longest_renewal(entry: MandateEntry) -> str:
    """Until when it could be renewed today, in words; nothing when that is not later than it ends now."""
    last_day = longest_last_day(clock.today(), entry.service.longest_months)
    return written_date(last_day) if last_day > entry.last_day else ""


def _said(entry: MandateEntry, happenings: list[Happening]) -> bool:
    """Whether the represented person has said already that it is not right (DM-39a)."""
    noted = any(happening.kind is EventKind.MANDATE_DISPUTED for happening in happenings)
    return noted or entry.end_reason is EndReason.DISPUTED


def _actions(entry: MandateEntry, proposal: Proposal | None, *, said: bool, standing: bool) -> Actions:
    goes_on, gave = entry.phase is not Phase.ENDED, entry.side is Side.REPRESENTED
    offered = catalogue.status(entry.service.id) is LookUpStatus.STATUS_OK
    return Actions(
        renew=can_renew(entry),
        restrict=goes_on,
        end=goes_on,
        dispute=gave and not said and not standing,
        grant_again=not goes_on and gave and offered and not standing,
        propose=not gave and goes_on and not proposal_state(EndingMandate(entry, proposal)),
    )


def mandate_rows(entry: MandateEntry) -> list[SummaryRow]:
    """Who, what and when: what every page about one mandate begins with."""
    last = WOULD_LAST if entry.end_reason not in {None, EndReason.EXPIRED} else gettext("Laatste dag")
    return [
        SummaryRow(WHOM[entry.side, entry.phase is Phase.ENDED], other_name(entry)),
        SummaryRow(gettext("Waarvoor"), service_words(entry.service).name.text),
        SummaryRow(gettext("Bij welke organisatie"), providers(entry)),
        SummaryRow(gettext("Begint"), written_date(entry.first_day)),
        SummaryRow(last, written_date(entry.last_day)),
    ]


def _more_rows(entry: MandateEntry, me: PartyKind) -> list[SummaryRow]:
    representative = entry.other_kind if entry.side is Side.REPRESENTED else me
    rows = [
        SummaryRow(gettext("Zo is de machtiging gegeven"), ROUTES[entry.route]),
        SummaryRow(gettext("Ingelogd bij het geven"), level_words(entry.level_granted)),
        SummaryRow(gettext("Ingelogd bij het aannemen"), level_words(entry.level_activated, representative)),
        SummaryRow(gettext("Bij ons vastgelegd"), written_moment(entry.registered_at)),
        SummaryRow(gettext("Nummer van de machtiging"), str(entry.id)),
    ]
    return (
        rows if entry.request_id else [row for row in rows if row.key != gettext("Ingelogd bij het aannemen")]
    )


def _confirmed(
    request: HttpRequest, entry: MandateEntry, proposal: Proposal | None, *, said: bool
) -> Happened | None:
    """What was just done, unless the mandate says otherwise (somebody else may have been quicker)."""
    what = happened_to_mandate(request, entry.id)
    fits = {
        Happened.RESTRICTED: entry.phase is not Phase.ENDED,
        Happened.RENEWED: entry.phase is not Phase.ENDED,
        Happened.PROPOSED: proposal is not None and not proposal.declined,
        Happened.DECLINED: proposal is not None and proposal.declined,
        Happened.ENDED: entry.end_reason in ENDED_BY_CHOICE,
        Happened.DISPUTED: entry.end_reason is EndReason.DISPUTED,
        Happened.NOTED: said and entry.side is Side.REPRESENTED,
        Happened.TOO_LATE: entry.phase is Phase.ENDED,
    }
    return what if what and fits.get(what, False) else None


def _about_renewing(entry: MandateEntry, proposal: Proposal | None) -> dict[str, object]:
    """The question that waits for this person's answer; for who asks, how it stands."""
    if entry.phase is Phase.ENDED or (proposal is None and entry.side is Side.REPRESENTED):
        return {}
    if entry.side is Side.REPRESENTATIVE:
        return {"proposal_state": proposal_state(EndingMandate(entry, proposal))}
    return {} if proposal and proposal.declined else {"question": question(entry)}


def _standing(entry: MandateEntry) -> list[StillStanding]:
    """For who gave what is over: what the other still has (DM-39a)."""
    over = entry.side is Side.REPRESENTED and entry.phase is Phase.ENDED
    return still_standing(standing_beside(entry)) if over else []


@audience(Audience.CITIZEN)
@require_safe
def mandate(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """One mandate, as the visitor's side of it."""
    typed(request)  # a button that was pressed too late leads back here; what it carried is not needed
    entry = own_mandate(request, mandate_id)
    proposal = proposal_about(entry)
    me = entry.represented_id if entry.side is Side.REPRESENTED else entry.representative_id
    about = [entry.id, entry.request_id] if entry.request_id else [entry.id]
    happenings = history_of(*about)
    said = _said(entry, happenings)
    what = _confirmed(request, entry, proposal, said=said)
    standing = _standing(entry)
    badge, words = state(entry)
    uses = list_uses(
        me,
        mandate_id=entry.id,
        page=page_number(request),
        size=USES_ON_A_PAGE,
        environment=environment_of(request),
    )
    context = {
        "entry": entry,
        "gave": entry.side is Side.REPRESENTED,
        "service": service_words(entry.service),
        "explained": parts_words(entry),
        "who": who_helps_whom(entry),
        "name": other_name(entry),
        "with_number": entry.other_kind is PartyKind.ORGANISATION,
        "rows": mandate_rows(entry),
        "more_rows": _more_rows(entry, visitor(request).kind),
        "covered": [service_name(id_) for id_ in entry.covered] if entry.service.is_set else [],
        "removed": [service_name(id_) for id_ in entry.removed],
        "badge": badge,
        "phase": words,
        "unusable": fitting_words(entry.unusable, reader=entry.side) if entry.unusable else None,
        "ended": end_reason(entry),
        "standing": standing,
        "successor": successor(entry) if entry.end_reason is EndReason.REPLACED else None,
        "actions": _actions(entry, proposal, said=said, standing=bool(standing)),
        **_about_renewing(entry, proposal),
        "longest_renewal": longest_renewal(entry),
        "history": history(happenings, entry),
        "uses": [use_words(use, me) for use in uses.entries],
        "page": Page(uses.page, uses.total, USES_ON_A_PAGE),
        "happened": what,
        **(reaching_us() if what in {Happened.NOTED, Happened.DISPUTED} else {}),
    }
    return render(request, "citizen_mandates/mandate.html", context)
