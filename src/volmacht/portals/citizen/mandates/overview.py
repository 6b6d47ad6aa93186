"""Task: see my mandates: given and received; now, to come and ended; searched and paged."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.mandates.queries import (
    MandateEntry,
    MandateFilter,
    RequestEntry,
    closed_requests,
    list_mandates,
    list_requests,
    mandate_counts,
    proposals_to_answer,
)
from volmacht.notifications.kinds import Side
from volmacht.portals.citizen.mandates.mandate_words import (
    BADGES,
    PHASES,
    REQUEST_STATES,
    SIDES,
    Worded,
    end_reason,
    period,
    service_words,
    who_helps_whom,
)
from volmacht.portals.citizen.mandates.proposal_words import Question, question
from volmacht.portals.citizen.mandates.visiting import visitor
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.login_session import LoggedIn
from volmacht.portals.shared.paging import Page, page_number
from volmacht.portals.shared.parts import Text
from volmacht.rules.activating import RequestState
from volmacht.rules.validity import Phase

SIDE, PHASE, SEARCH = "kant", "toon", "zoek"
LONGEST_SEARCH = 200
FIRST_CLOSED = 5
IN_ADDRESS_SIDE: dict[Side, str] = {Side.REPRESENTED: "gegeven", Side.REPRESENTATIVE: "ontvangen"}
IN_ADDRESS_PHASE: dict[Phase, str] = {Phase.ACTIVE: "nu", Phase.TO_COME: "later", Phase.ENDED: "gestopt"}
WAITING = frozenset({RequestState.OPEN, RequestState.LOCKED})
Counts = dict[tuple[Side, Phase], int]


@dataclass(frozen=True, slots=True)
class Part:
    """A link to another part of the list, and how many are in it."""

    text: Text
    count: int
    address: str
    here: bool


@dataclass(frozen=True, slots=True)
class Card:
    """One mandate in the list."""

    entry: MandateEntry
    service: Worded
    providers: str
    who: str
    period: str
    ended: Text
    badge: str
    phase: Text


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request in the list."""

    entry: RequestEntry
    service: Worded
    state: Text
    badge: str
    waiting: bool


def request_card(entry: RequestEntry) -> RequestCard:
    """A request in words."""
    badge, state = REQUEST_STATES[entry.state]
    return RequestCard(entry, service_words(entry.service).name, state, badge, entry.state in WAITING)


def card(entry: MandateEntry) -> Card:
    """A mandate in words."""
    words = service_words(entry.service)
    return Card(
        entry=entry,
        service=words.name,
        providers=words.providers,
        who=who_helps_whom(entry),
        period=period(entry),
        ended=end_reason(entry),
        badge=BADGES[entry.phase],
        phase=PHASES[entry.phase],
    )


def _wanted(
    request: HttpRequest, login: LoggedIn, counts: Counts, requests: list[RequestEntry]
) -> MandateFilter:
    """What the address asks for; else the side where there is something, and what counts now.

    An organisation gives no mandates: it has one side only (DM-01).
    """
    only_received = not requests and not any(
        number for (side, _), number in counts.items() if side is Side.REPRESENTED
    )
    asked_side, asked_phase = request.GET.get(SIDE, ""), request.GET.get(PHASE, "")
    side = next((side for side, name in IN_ADDRESS_SIDE.items() if name == asked_side), None)
    if login.is_organisation:
        side = Side.REPRESENTATIVE
    phase = next((phase for phase, name in IN_ADDRESS_PHASE.items() if name == asked_phase), Phase.ACTIVE)
    return MandateFilter(
        side=side or (Side.REPRESENTATIVE if only_received else Side.REPRESENTED),
        phase=phase,
        words=request.GET.get(SEARCH, "")[:LONGEST_SEARCH].strip(),
        page=page_number(request),
    )


def _address(side: Side, phase: Phase, words: str = "") -> str:
    query = {SIDE: IN_ADDRESS_SIDE[side], PHASE: IN_ADDRESS_PHASE[phase]} | ({SEARCH: words} if words else {})
    return f"?{urlencode(query)}"


def _sides(wanted: MandateFilter, login: LoggedIn, counts: Counts) -> list[Part]:
    if login.is_organisation:
        return []
    return [
        Part(
            text,
            sum(counts[side, phase] for phase in Phase),
            _address(side, Phase.ACTIVE),
            side is wanted.side,
        )
        for side, text in SIDES.items()
    ]


def _phases(wanted: MandateFilter, counts: Counts) -> list[Part]:
    return [
        Part(
            text,
            counts[wanted.side, phase],
            _address(wanted.side, phase, wanted.words),
            phase is wanted.phase,
        )
        for phase, text in PHASES.items()
    ]


def _requests(
    party_id: UUID, wanted: MandateFilter, waiting: list[RequestEntry]
) -> tuple[list[RequestCard], int]:
    """With what is ended: the newest requests that came to nothing, and how many in all; the others have a page.

    Elsewhere those that wait for a representative.
    """
    if wanted.side is not Side.REPRESENTED or wanted.words or wanted.page > 1:
        return [], 0
    if wanted.phase is not Phase.ENDED:
        return [request_card(entry) for entry in waiting], len(waiting)
    closed = closed_requests(party_id, size=FIRST_CLOSED)
    return [request_card(entry) for entry in closed.entries], closed.total


def _questions(party_id: UUID, wanted: MandateFilter) -> tuple[list[Question], int]:
    """What a representative asked and waits for an answer, on the side of who answers; and how many in all."""
    if wanted.side is not Side.REPRESENTED or wanted.phase is Phase.ENDED or wanted.words or wanted.page > 1:
        return [], 0
    found, total = proposals_to_answer(party_id)
    return [question(ending.entry) for ending in found], total


@audience(Audience.CITIZEN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One part of the list; who has nothing yet sees how to begin."""
    login = visitor(request)
    party_id = login.party_id
    counts, waiting = mandate_counts(party_id), list_requests(party_id, only_open=True)
    if not any(counts.values()) and not list_requests(party_id, limit=1):
        return render(request, "citizen_mandates/begin.html")
    wanted = _wanted(request, login, counts, waiting)
    found = list_mandates(party_id, wanted)
    requests, requests_in_all = _requests(party_id, wanted, waiting)
    questions, questions_in_all = _questions(party_id, wanted)
    context = {
        "printed_at": clock.now(),
        "questions": questions,
        "questions_in_all": questions_in_all,
        "cards": [card(entry) for entry in found.entries],
        "page": Page(found.page, found.total, wanted.size),
        "wanted": wanted,
        "given": wanted.side is Side.REPRESENTED,
        "phase": IN_ADDRESS_PHASE[wanted.phase],
        "side": IN_ADDRESS_SIDE[wanted.side],
        "side_title": SIDES[wanted.side],
        "phase_title": PHASES[wanted.phase],
        "sides": _sides(wanted, login, counts),
        "phases": _phases(wanted, counts),
        "everything": _address(wanted.side, wanted.phase),
        "requests": requests,
        "requests_in_all": requests_in_all,
    }
    return render(request, "citizen_mandates/mine.html", context)
