"""On which day an approved change is carried out (CN-21). Reads only."""

from datetime import date

from volmacht.onboarding.configuring import change_answers
from volmacht.onboarding.models import Case
from volmacht.rules.environment import Environment


def planned_day(case: Case) -> date | None:
    """On which day a change is carried out; None where its answers name none."""
    try:
        return date.fromisoformat(str(change_answers(case, Environment.PRODUCTION).get("from_day")))
    except ValueError:
        return None
