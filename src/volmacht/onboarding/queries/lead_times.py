"""How long each step of connecting really takes: the median in working days, from history; public."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Final

from volmacht import clock
from volmacht.onboarding.models import CaseEvent
from volmacht.rules.onboarding.cases import CaseKind, CaseState, step_of
from volmacht.rules.onboarding.plan import Step
from volmacht.rules.periods import day_of
from volmacht.rules.workdays import workdays_between

LOOKED_BACK: Final = timedelta(days=730)
FEWEST: Final = 3  # of fewer cases a median says nothing, and may say something about one of them


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Of a step: the median in working days; None of too few cases that have been through it."""

    step: Step
    workdays: float | None
    cases: int


def lead_times() -> tuple[LeadTime, ...]:
    """Of every step, over the applications that left it in the last two years."""
    events = CaseEvent.objects.filter(
        case__kind=CaseKind.APPLICATION, case__created_at__gte=clock.now() - LOOKED_BACK
    )
    per_case: dict[object, list[tuple[datetime, CaseState]]] = defaultdict(list)
    for case_id, moment, state in events.order_by("id").values_list("case_id", "moment", "to_state"):
        per_case[case_id].append((moment, CaseState(state)))
    taken: dict[Step, list[int]] = defaultdict(list)
    for moves in per_case.values():
        for step, days in _days(moves).items():
            taken[step].append(days)
    return tuple(
        LeadTime(step, float(median(taken[step])) if len(taken[step]) >= FEWEST else None, len(taken[step]))
        for step in Step
    )


def _days(moves: list[tuple[datetime, CaseState]]) -> dict[Step, int]:
    """Working days in each step that a case has left for the next; coming back to one counts with it.

    The last step is left when the case is active; what comes after that is no part of connecting.
    """
    days: dict[Step, int] = defaultdict(int)
    reached = 0
    order = list(Step)
    for (begun, state), (ended, following) in pairwise(moves):
        step, next_step = step_of(state), step_of(following)
        if step is None:
            continue
        days[step] += workdays_between(day_of(begun), day_of(ended))
        if following is CaseState.ACTIVE:
            reached = len(order)
            break
        if next_step is not None:
            reached = max(reached, order.index(next_step))
    return {step: count for step, count in days.items() if order.index(step) < reached}
