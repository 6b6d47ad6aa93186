"""What a representative can still do for me, in words: said of what is over, so that it can be stopped too (DM-39a)."""

from collections.abc import Iterable
from dataclasses import dataclass

from volmacht.mandates.queries import MandateEntry
from volmacht.portals.citizen.mandates.mandate_words import other_name
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.service_words import Worded, service_words
from volmacht.rules.validity import Phase


@dataclass(frozen=True, slots=True)
class StillStanding:
    """A mandate that goes on beside the one that the page is about."""

    entry: MandateEntry
    name: str
    service: Worded
    first_day: str
    last_day: str
    to_come: bool


def still_standing(entries: Iterable[MandateEntry]) -> list[StillStanding]:
    """Each in words."""
    return [
        StillStanding(
            entry=entry,
            name=other_name(entry),
            service=service_words(entry.service).name,
            first_day=written_date(entry.first_day),
            last_day=written_date(entry.last_day),
            to_come=entry.phase is Phase.TO_COME,
        )
        for entry in entries
    ]
