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
    count_requests,
    list_mandates,
    list_requests,
    mandate_counts,
    proposals_to_answer,
)
from volmacht.mandates.queries.requests import MOST_SHOWN
from volmacht.notifications.kinds import Side
from volmacht.paging import Page, page_number
from volmacht.portals.citizen.mandates.mandate_words import (
    PARTS,
    REQUEST_STATES,
    SIDES,
    end_reason,
    other_name,
    period,
    providers,
    state,
    who_helps_whom,
)
from volmacht.portals.citizen.mandates.proposal_words import Question, question
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.login_session import LoggedIn, visitor
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.service_words import Worded, service_words
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment
from volmacht.rules.validity import Phase

SIDE, PHASE, SEARCH = "kant", "toon", "zoek"
LONGEST_SEARCH = 200
FIRST_CLOSED = 5
IN_ADDRESS_SIDE: dict[Side, str] = {Side.REPRESENTED: "gegeven", Side.REPRESENTATIVE: "ontvangen"}
IN_ADDRESS_PHASE: dict[Phase, str] = {Phase.ACTIVE: "nu", Phase.TO_COME: "later", Phase.ENDED: "gestopt"}
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
    name: str
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
    locked: bool


def request_card(entry: RequestEntry) -> RequestCard:
    """A request in words."""
    badge, state = REQUEST_STATES[entry.state]
    waiting, locked = entry.state is RequestState.OPEN, entry.state is RequestState.LOCKED
    return RequestCard(entry, service_words(entry.service).name, state, badge, waiting, locked)


def card(entry: MandateEntry) -> Card:
    """A mandate in words."""
    badge, phase = state(entry)
    return Card(
        entry=entry,
        service=service_words(entry.service).name,
        providers=providers(entry),
        name=other_name(entry),
        who=who_helps_whom(entry),
        period=period(entry),
        ended=end_reason(entry),
        badge=badge,
        phase=phase,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """Requests of this person that can still become a mandate: the newest, and how many in all."""

    requests: list[RequestEntry]
    in_all: int


def _waiting(party_id: UUID, state: RequestState, environment: Environment) -> Waiting:
    found = list_requests(party_id, environment=environment, only=[state])
    if len(found) < MOST_SHOWN:
        return Waiting(found, len(found))
    return Waiting(found, count_requests(party_id, [state], environment=environment))


def _begins(counts: Counts, *, waits: bool) -> tuple[Side, Phase]:
    """Which part comes first: the side where there is something, and what counts now.

    Who has only requests that came to nothing gave nothing yet, and finds them there.
    """
    gave = any(number for (side, _), number in counts.items() if side is Side.REPRESENTED)
    if gave or waits:
        return Side.REPRESENTED, Phase.ACTIVE
    return (Side.REPRESENTATIVE, Phase.ACTIVE) if any(counts.values()) else (Side.REPRESENTED, Phase.ENDED)


def _wanted(request: HttpRequest, login: LoggedIn, counts: Counts, *, waits: bool) -> MandateFilter:
    """What the address asks for; else where there is something.

    An organisation gives no mandates: it has one side only (DM-01).
    """
    first_side, first_phase = _begins(counts, waits=waits)
    asked_side, asked_phase = request.GET.get(SIDE, ""), request.GET.get(PHASE, "")
    side = next((side for side, name in IN_ADDRESS_SIDE.items() if name == asked_side), None)
    if login.is_organisation:
        side = Side.REPRESENTATIVE
    phase = next((phase for phase, name in IN_ADDRESS_PHASE.items() if name == asked_phase), None)
    return MandateFilter(
        side=side or first_side,
        phase=phase or (Phase.ACTIVE if side else first_phase),
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
            counts[side, Phase.ACTIVE],
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
        for phase, text in PARTS.items()
    ]


def _requests(
    party_id: UUID, wanted: MandateFilter, waiting: dict[RequestState, Waiting], environment: Environment
) -> dict[str, object]:
    """With what is ended: the newest requests that came to nothing, and how many in all; the others have a page.

    Elsewhere those that wait for a representative, and those of which the code is locked.
    """
    if wanted.side is not Side.REPRESENTED or wanted.words or wanted.page > 1:
        return {}
    if wanted.phase is Phase.ENDED:
        closed = closed_requests(party_id, environment=environment, size=FIRST_CLOSED)
        return {
            "requests": [request_card(entry) for entry in closed.entries],
            "requests_in_all": closed.total,
        }
    opened, locked = waiting[RequestState.OPEN], waiting[RequestState.LOCKED]
    return {
        "requests": [request_card(entry) for entry in opened.requests],
        "requests_in_all": opened.in_all,
        "locked": [request_card(entry) for entry in locked.requests],
        "locked_in_all": locked.in_all,
    }


def _questions(party_id: UUID, wanted: MandateFilter, environment: Environment) -> tuple[list[Question], int]:
    """What a representative asked and waits for an answer, on the side of who answers; and how many in all."""
    if wanted.side is not Side.REPRESENTED or wanted.phase is Phase.ENDED or wanted.words or wanted.page > 1:
        return [], 0
    found, total = proposals_to_answer(party_id, environment=environment)
    return [question(ending.entry) for ending in found], total


@audience(Audience.CITIZEN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One part of the list; who has nothing yet sees how to begin."""
    login = visitor(request)
    party_id = login.party_id
    counts = mandate_counts(party_id, environment=environment_of(request))
    waiting = {
        state: _waiting(party_id, state, environment_of(request))
        for state in (RequestState.OPEN, RequestState.LOCKED)
    }
    if not any(counts.values()) and not list_requests(party_id, limit=1, environment=environment_of(request)):
        return render(request, "citizen_mandates/begin.html")
    wanted = _wanted(request, login, counts, waits=any(one.in_all for one in waiting.values()))
    found = list_mandates(party_id, wanted, environment=environment_of(request))
    questions, questions_in_all = _questions(party_id, wanted, environment_of(request))
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
        "phase_title": PARTS[wanted.phase],
        "sides": _sides(wanted, login, counts),
        "phases": _phases(wanted, counts),
        "everything": _address(wanted.side, wanted.phase),
        **_requests(party_id, wanted, waiting, environment_of(request)),
    }
    return render(request, "citizen_mandates/mine.html", context)
