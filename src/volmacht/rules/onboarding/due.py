"""When a case is due, and what a provider's silence brings (CN-2, CN-4 to CN-6, CN-10 to CN-12). Pure.

The operator judges within five working days after receipt, both people together, and activates the same day. Of
silence a provider hears after 1, 3 and 5 calendar months; after 6 its case lapses.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from typing import Final

from volmacht.rules.onboarding.cases import Action, CaseState, Side, turn_of
from volmacht.rules.periods import add_months, day_of
from volmacht.rules.workdays import RULE_VERSION, add_workdays, next_workday, received_on

WORKDAYS_TO_JUDGE: Final = 5
REMINDERS: Final = (1, 3, 5)  # calendar months
LAPSES_AFTER: Final = 6
SAME_DAY: Final = frozenset({CaseState.ACTIVATING, CaseState.DEACTIVATING})
DUE_RULE: Final = f"cases-1 {RULE_VERSION}"
_STAYS_DUE: Final = frozenset({Action.PROPOSE, Action.REPORT_PASSED, Action.SEND_BACK})


@dataclass(frozen=True, slots=True)
class Due:
    """The last day, with the version of the rule that gave it (CN-12), and when the case came in."""

    on: date
    received_at: datetime
    rule: str = DUE_RULE


class Urgency(StrEnum):
    """What the desk must know of a due date (CN-12)."""

    NEAR = auto()  # at the latest the next working day
    OVER = auto()


def due_after(
    action: Action | None, before: CaseState | None, to: CaseState, *, now: datetime, standing: Due | None
) -> Due | None:
    """The due date of a case in its new state; None when the operator is not to move.

    Judging and confirming share one term: what a second person gets, or sends back, stays due when it was.
    """
    if turn_of(to) is not Side.OPERATOR:
        return None
    judged = before is not None and turn_of(before) is Side.OPERATOR and action in _STAYS_DUE
    if judged and standing is not None:
        return standing
    received = received_on(now)
    return Due(received if to in SAME_DAY else add_workdays(received, WORKDAYS_TO_JUDGE), now)


def urgency(due_on: date | None, today: date, received_at: datetime | None = None) -> Urgency | None:
    """Whether a due date has passed, or passes within one working day.

    What is due on the very day that it came in is not nearly late all that day.
    """
    if due_on is None:
        return None
    if due_on < today:
        return Urgency.OVER
    if received_at is not None and due_on == received_on(received_at):
        return None
    return Urgency.NEAR if due_on <= next_workday(today) else None


def months_of_silence(silent_since: datetime, now: datetime) -> int:
    """The last of the months 1, 3, 5 and 6 that a silence has reached; 0 before the first."""
    first, today = day_of(silent_since), day_of(now)
    reached = [months for months in (*REMINDERS, LAPSES_AFTER) if add_months(first, months) <= today]
    return max(reached, default=0)


def silent_from(today: date, months: int = REMINDERS[0]) -> date:
    """No silence that began after this day has reached so many months; the end of a short month comes early."""
    return add_months(today, -months) + timedelta(days=3)
