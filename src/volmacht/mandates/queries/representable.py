"""For whom may this representative act at this service now? The choices at a log-in (DM-36)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.mandates.filters import in_phase
from volmacht.mandates.models import Mandate
from volmacht.rules.searching import words
from volmacht.rules.validity import Phase

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Choice:
    """One person to act for, and until when."""

    represented: UUID
    name: str
    birth_date: date | None
    last_day: date


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """One page of choices; `total` counts those that match, `in_all` those without the search."""

    choices: tuple[Choice, ...]
    total: int
    in_all: int
    page: int
    pages: int


def representable(
    representative: UUID, service_id: UUID, *, text: str = "", page: int = 1, size: int = PAGE_SIZE
) -> ChoiceList:
    """Living people with a mandate for this service that is valid now, by name; not yet the decision itself,
    which is asked once somebody is chosen."""
    entry = catalogue.service(service_id)
    if entry is None:
        return ChoiceList((), 0, 0, 1, 1)
    granted_for = [service_id, *catalogue.sets_with(service_id)]
    usable = Mandate.objects.filter(
        in_phase(Phase.ACTIVE, clock.now()),
        representative_id=representative,
        environment=entry.environment,
        service_id__in=granted_for,
        coverage__service_id=service_id,
        coverage__removed_at__isnull=True,
        represented__deceased=False,
        represented__under_guardianship=False,
        represented__blocked=False,
    )
    people = usable.order_by("represented__search_name", "represented_id").distinct()
    columns = (
        "represented_id",
        "represented__search_name",
        "represented__name",
        "represented__person__birth_date",
    )
    in_all = people.values("represented_id", "represented__search_name").distinct().count()
    for word in words(text):
        people = people.filter(represented__search_name__contains=word)
    total = people.values("represented_id", "represented__search_name").distinct().count() if text else in_all
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    rows = list(people.values_list(*columns).distinct()[(page - 1) * size : page * size])
    ends = dict(
        usable.filter(represented_id__in=[row[0] for row in rows])
        .order_by("last_day")
        .values_list("represented_id", "last_day")
    )
    choices = tuple(Choice(row[0], row[2], row[3], ends[row[0]]) for row in rows)
    return ChoiceList(choices, total, in_all, page, pages)
