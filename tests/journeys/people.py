"""Who plays in the journeys: invented people whom the demo's own story leaves alone, each in one part only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import volmacht.demo
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.periods import add_months
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person

GROWN_UP_YEARS = 20


@cache
def everybody() -> tuple[Person, ...]:
    """All invented people."""
    return load_people()


def character(handle: str) -> Person:
    """Somebody of the demo's own story, by handle."""
    return next(person for person in everybody() if person.handle == handle)


def in_case(case: str) -> Person:
    """Somebody with an unusual situation, by the name that the file of people gives it."""
    return next(person for person in everybody() if person.case == case)


def somebody_of_fifteen() -> Person:
    """The eldest who can log in and is still younger than sixteen today."""
    sixteen_years_ago = add_months(datetime.now(UTC).date(), -16 * 12)
    young = [
        (person.born.whole, person.bsn.value)
        for person in everybody()
        if person.digid_levels and person.born.whole and person.born.whole > sixteen_years_ago
    ]
    return next(person for person in everybody() if (person.born.whole, person.bsn.value) == min(young))


def _ordinary(person: Person) -> bool:
    born = person.born.whole or date.max
    alone = not (person.handle or person.case or person.died or person.under_guardianship)
    return alone and born.year < datetime.now(UTC).year - GROWN_UP_YEARS


class Crowd:
    """Gives every part in a journey to somebody else."""

    def __init__(self) -> None:
        story = (Path(volmacht.demo.__file__).parent / "scenario.toml").read_text(encoding="utf-8")
        self._free = [person for person in everybody() if _ordinary(person) and person.bsn.value not in story]

    def somebody(self, level: LevelOfAssurance = LevelOfAssurance.MIDDLE) -> Person:
        """The next who can log in at this level."""
        found = next(person for person in self._free if level in person.digid_levels)
        self._free.remove(found)
        return found

    def some(self, number: int) -> Iterator[Person]:
        """The next so many."""
        return (self.somebody() for _ in range(number))
