"""From which day an approved change counts (CN-21). Reads only."""

from collections.abc import Mapping
from datetime import date

from volmacht import clock
from volmacht.onboarding.forms import pages_of
from volmacht.onboarding.models import Case
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey


def planned_day(case: Case) -> date | None:
    """On which day a change is carried out; None where its answers name none."""
    answers = pages_of(case, (FormKey.CHANGE,))[FormKey.CHANGE].get(PageKey.CHANGE, {})
    try:
        return date.fromisoformat(str(answers.get("from_day"))) if isinstance(answers, Mapping) else None
    except ValueError:
        return None


def waits_until(case: Case) -> date | None:
    """The day that an approved change waits for: its own, or that from which the catalogue lets it count."""
    if not case.change_of or case.state not in {CaseState.PLANNED, CaseState.DONE}:
        return None
    day = planned_day(case)
    return day if day and (case.state == CaseState.PLANNED or day > clock.today()) else None
