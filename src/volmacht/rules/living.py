"""What may change on a mandate that exists: either party restricts, the represented person renews (DM-34).

The representative may only propose renewal. Making it larger in any other way is granting anew. Ending is final
and needs no rule here: whoever may end it, may.
"""

from datetime import date, timedelta
from enum import StrEnum, auto
from uuid import UUID

from volmacht.rules.periods import Period, add_months, longest_last_day
from volmacht.rules.refusals import Refusal, Refused

# Renewal may be proposed that long before the end, and a proposal waits that long for an answer (decision 0025).
PROPOSAL_WITHIN = PROPOSAL_TERM = timedelta(days=90)


class ProposalOutcome(StrEnum):
    """How a proposal of renewal was closed. Values are stored: never rename one."""

    RENEWED = auto()
    DECLINED = auto()
    ENDED = auto()  # the mandate, before there was an answer
    UNANSWERED = auto()  # its term is over


def check_restriction(
    current: Period, new_last_day: date, covered: frozenset[UUID], keep: frozenset[UUID], today: date
) -> Refusal | None:
    """Whether the mandate may go on until `new_last_day` for the services `keep` only.

    `covered` are the services it covers now. In this order: already over; asks for a service not covered;
    no service or no day left (then revoke instead); not smaller than it is.
    """
    if current.last_day < today:
        return Refusal.ALREADY_ENDED
    if not keep <= covered:
        return Refusal.SET_CHANGED
    if not keep or new_last_day < max(today, current.first_day):
        return Refusal.NOTHING_LEFT
    if new_last_day > current.last_day or (new_last_day == current.last_day and keep == covered):
        return Refusal.NOT_SHORTER
    return None


def check_renewal(
    current_last_day: date, new_last_day: date, *, today: date, longest_months: int
) -> Refusal | None:
    """Whether the mandate may be renewed until `new_last_day`.

    It must end later than now and at most the service's maximum from today. A mandate that is over cannot be
    renewed: ending is final (DM-33).
    """
    if current_last_day < today:
        return Refusal.ALREADY_ENDED
    if new_last_day <= current_last_day:
        return Refusal.RENEWAL_NOT_LONGER
    if new_last_day > longest_last_day(today, longest_months):
        return Refusal.PERIOD_TOO_LONG
    return None


def first_day_to_propose(last_day: date, longest_months: int) -> date:
    """From which day renewal may be proposed: soon before the end, and not before it would make a difference."""
    day = max(last_day - PROPOSAL_WITHIN, add_months(last_day, -longest_months))
    while longest_last_day(day, longest_months) <= last_day:
        day += timedelta(days=1)
    return day


def check_proposal(current: Period, *, today: date, longest_months: int, declined: bool) -> Refused | None:
    """Whether the representative may propose to renew this mandate.

    `declined`: the represented person said no, and the mandate was not renewed since. In this order: already
    over; not begun; declined; too early, with the day from which it may be proposed.
    """
    if current.last_day < today:
        return Refused(Refusal.ALREADY_ENDED)
    if today < current.first_day:
        return Refused(Refusal.NOT_YET_VALID)
    if declined:
        return Refused(Refusal.RENEWAL_DECLINED)
    first_day = first_day_to_propose(current.last_day, longest_months)
    return Refused(Refusal.RENEWAL_TOO_EARLY, first_day) if today < first_day else None
