"""What may change on a mandate that exists: either party restricts, the represented person renews (DM-34).

Making it larger in any other way is granting anew. Ending is final and needs no rule here: whoever may end
it, may.
"""

from datetime import date
from uuid import UUID

from volmacht.rules.periods import Period, longest_last_day
from volmacht.rules.refusals import Refusal


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
