"""Whether a mandate is valid at a moment: derived from dates and end moment, never stored (DM-32).

`representation.decide` and the filters of the database express the same rule; property tests hold them
together.
"""

from datetime import datetime
from enum import StrEnum

from volmacht.rules.periods import Period


class Phase(StrEnum):
    """Where a mandate is in its life."""

    TO_COME = "to_come"
    ACTIVE = "active"
    ENDED = "ended"


def phase(period: Period, ended_at: datetime | None, moment: datetime) -> Phase:
    """The phase at this moment. A mandate revoked before its first day is ended, not to come."""
    if ended_at is not None and ended_at <= moment:
        return Phase.ENDED
    if moment < period.starts_at:
        return Phase.TO_COME
    if moment < period.ends_at:
        return Phase.ACTIVE
    return Phase.ENDED


def valid_at(period: Period, ended_at: datetime | None, moment: datetime) -> bool:
    """Whether the mandate gives permission at this moment (DM-32)."""
    return phase(period, ended_at, moment) is Phase.ACTIVE
