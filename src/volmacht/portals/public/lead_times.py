"""How long each step really took organisations that connected before: the median, in working days."""

from dataclasses import dataclass

from django.utils.functional import Promise

from volmacht.onboarding import queries
from volmacht.portals.public.plan_words import STEPS

FEWEST_CASES = 3  # of fewer, the figure would tell of one organisation


@dataclass(frozen=True, slots=True)
class LeadTime:
    """A step with its median; `cases` is how many organisations it is the median of."""

    number: int
    name: Promise
    workdays: int
    cases: int


def lead_times() -> list[LeadTime]:
    """The steps that enough organisations took; nothing where cases are not kept."""
    measure = getattr(queries, "median_lead_times", None)
    found = measure() if measure else ()
    return [
        LeadTime(number, STEPS[step], each.workdays, each.cases)
        for number, step in enumerate(STEPS, start=1)
        for each in found
        if each.step == step and each.cases >= FEWEST_CASES
    ]
