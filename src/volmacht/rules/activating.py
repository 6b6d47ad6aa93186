"""Judging one try to activate a request with a code and a BSN (DM-17, DM-20, DM-22, DM-23).

A wrong code and a wrong BSN get the same answer, and nobody without the right BSN learns what became of a
request. `judge_try` decides what a try means and what it costs; whoever calls has already refused typing
errors (CODE_INVALID, BSN_INVALID), counts what must be counted, and locks and blocks in the same
transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto

from volmacht.rules.periods import Period, day_of, start_of
from volmacht.rules.refusals import Refusal


@dataclass(frozen=True, slots=True)
class ActivationLimits:
    """How many wrong tries are borne (DM-22).

    `window` is the time over which a representative's tries are counted, `block` how long they stay blocked.
    """

    code_tries: int = 5
    representative_tries: int = 10
    window: timedelta = timedelta(hours=24)
    block: timedelta = timedelta(hours=24)


def expiry_of_request(made_at: datetime, days: int) -> datetime:
    """Until when a request can be activated: whole calendar days in Amsterdam after the one it was made on (DM-23).

    A day is promised, not an hour, so that the change of the clock does not move it.
    """
    return start_of(day_of(made_at) + timedelta(days=days + 1))


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = auto()
    ACTIVATED = auto()
    WITHDRAWN = auto()
    LOCKED = auto()
    EXPIRED = auto()


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """The request that a code belongs to. `code_current`: no newer code has replaced it (DM-16a)."""

    state: RequestState
    expires_at: datetime
    first_day: date
    last_day: date
    represented_matches: bool
    code_current: bool
    wrong_tries: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """Code and BSN are right: the mandate runs for this period."""

    period: Period


@dataclass(frozen=True, slots=True)
class Wrong:
    """The refusal, what to count, and whether this try locks the code or blocks the representative."""

    refusal: Refusal
    count_on_code: bool = False
    count_on_representative: bool = False
    locks_code: bool = False
    blocks_representative: bool = False


def judge_try(
    facts: RequestFacts | None,
    *,
    representative_wrong_tries: int,
    blocked_until: datetime | None,
    moment: datetime,
    limits: ActivationLimits,
) -> Accepted | Wrong:
    """Judge a try; `facts` is None when no request has this code.

    `representative_wrong_tries` are those before this one within the window. A blocked representative is
    refused whatever they bring, and nothing is counted. A right code with the right BSN costs no try,
    whatever its state. On a code that opens nothing any more nothing is counted: the tries are kept for the
    request, and one with a replaced code must not lock the code that took its place.
    """
    if blocked_until is not None and moment < blocked_until:
        return Wrong(Refusal.ACTIVATION_BLOCKED)
    if facts is None or not facts.represented_matches:
        alive = facts is not None and _refusal_of_state(facts, moment, limits) is None
        return Wrong(
            Refusal.CODE_NOT_RECOGNISED,
            count_on_code=alive,
            count_on_representative=True,
            locks_code=alive and facts is not None and facts.wrong_tries + 1 >= limits.code_tries,
            blocks_representative=representative_wrong_tries + 1 >= limits.representative_tries,
        )
    refusal = _refusal_of_state(facts, moment, limits)
    if refusal is not None:
        return Wrong(refusal)
    return Accepted(effective_period(facts.first_day, facts.last_day, day_of(moment)))


def effective_period(first_day: date, last_day: date, today: date) -> Period:
    """The requested period, from the day of activation at the earliest. Raises InvalidPeriod when over."""
    return Period(max(first_day, today), last_day)


def _refusal_of_state(facts: RequestFacts, moment: datetime, limits: ActivationLimits) -> Refusal | None:
    """Why this code opens nothing. What is final for the request comes before what is wrong with the code."""
    state = facts.state
    obstacles = (
        (state is RequestState.ACTIVATED, Refusal.CODE_USED),
        (state is RequestState.WITHDRAWN, Refusal.CODE_WITHDRAWN),
        (state is RequestState.EXPIRED or facts.expires_at <= moment, Refusal.CODE_EXPIRED),
        (not facts.code_current, Refusal.CODE_REPLACED),
        (state is RequestState.LOCKED or facts.wrong_tries >= limits.code_tries, Refusal.CODE_LOCKED),
        (facts.last_day < day_of(moment), Refusal.PERIOD_OVER),
    )
    return next((refusal for applies, refusal in obstacles if applies), None)
