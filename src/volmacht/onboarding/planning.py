"""From which day an approved change counts (CN-21), and on which day an application is to go live. Reads only."""

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
    return _day(answers, "from_day")


def live_day(case: Case) -> date | None:
    """On which day an organisation asked to go live; None while it named none."""
    answers = pages_of(case, (FormKey.PRODUCTION,))[FormKey.PRODUCTION].get(PageKey.GOING_LIVE, {})
    return _day(answers, "live_on")


def _day(answers: object, field: str) -> date | None:
    try:
        return date.fromisoformat(str(answers.get(field))) if isinstance(answers, Mapping) else None
    except ValueError:
        return None


def waits_until(case: Case) -> date | None:
    """The day that an approved change waits for: its own, or that from which the catalogue lets it count."""
    if not case.change_of or case.state not in {CaseState.PLANNED, CaseState.DONE}:
        return None
    day = planned_day(case)
    return day if day and (case.state == CaseState.PLANNED or day > clock.today()) else None
