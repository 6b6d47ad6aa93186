"""How long each step really took organisations that connected before: the median, in working days."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.functional import Promise

from volmacht.onboarding import queries
from volmacht.portals.public.plan_words import STEPS
from volmacht.portals.shared.page_language import language

KEPT, KEPT_SECONDS = (
    "public-lead-times",
    600,
)  # anybody asks for this page, and every case is looked at for it


@dataclass(frozen=True, slots=True)
class ShownLeadTime:
    """A step with its median; `cases` is how many organisations it is the median of."""

    number: int
    name: Promise
    workdays: str
    cases: int


def lead_times() -> list[ShownLeadTime]:
    """The steps that enough organisations have been through; of fewer, a figure would tell of one of them."""
    known = {each.step: each for each in cache.get_or_set(KEPT, queries.lead_times, KEPT_SECONDS) or ()}
    return [
        ShownLeadTime(number, name, _written(known[step].workdays or 0), known[step].cases)
        for number, (step, name) in enumerate(STEPS.items(), start=1)
        if step in known and known[step].workdays is not None
    ]


def _written(workdays: float) -> str:
    """3, or 3,5: the median of an even number of cases can lie between two days."""
    whole = int(workdays)
    half = workdays != whole
    decimal = "." if language() == "en" else ","
    return f"{whole}{decimal}5" if half else str(whole)
