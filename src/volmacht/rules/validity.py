"""Whether a mandate is valid at a moment: derived from dates and end moment, never stored (DM-32).

This is the one place in code; `representation.decide` asks it at every log-in. The filters of the database
express the same rule, and a property test holds the two together.
"""

from datetime import date, datetime
from enum import StrEnum

from volmacht.rules.periods import Period, day_of


class Phase(StrEnum):
    """Where a mandate is in its life; it gives permission while it is ACTIVE."""

    TO_COME = "to_come"
    ACTIVE = "active"
    ENDED = "ended"


def phase_on(
    today: date, first_day: date, last_day: date, ended_at: datetime | None, moment: datetime
) -> Phase:
    """The phase at this moment; `today` is its day in Amsterdam, for who judges many mandates at one moment.

    A mandate revoked before its first day is ended, not to come.
    """
    if ended_at is not None and ended_at <= moment:
        return Phase.ENDED
    if today < first_day:
        return Phase.TO_COME
    return Phase.ACTIVE if today <= last_day else Phase.ENDED


def phase(period: Period, ended_at: datetime | None, moment: datetime) -> Phase:
    """The phase of one mandate at this moment."""
    return phase_on(day_of(moment), period.first_day, period.last_day, ended_at, moment)
