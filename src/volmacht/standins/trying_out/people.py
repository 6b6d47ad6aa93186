"""The invented people, for choosing one: main characters first, then everybody with a DigiD, searched by name."""

from dataclasses import dataclass
from functools import cache

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.searching import folded, words
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person


@dataclass(frozen=True, slots=True)
class Found:
    """One page of people."""

    people: tuple[Person, ...]
    total: int


@cache
def everybody() -> tuple[Person, ...]:
    """All invented people, in the order of their files."""
    return load_people()


@cache
def _by_bsn() -> dict[str, Person]:
    return {person.bsn.value: person for person in everybody()}


def with_bsn(text: str) -> Person | None:
    """The person with this BSN, if they can log in at all."""
    person = _by_bsn().get(text)
    return person if person and person.digid_levels else None


def main_characters() -> tuple[Person, ...]:
    """Those with a story of their own."""
    return tuple(person for person in everybody() if person.story)


def search(text: str, page: int, size: int) -> Found:
    """People who can log in, whose name holds every word."""
    asked = words(text)
    found = [
        person
        for person in everybody()
        if person.digid_levels and all(word in folded(person.used_name) for word in asked)
    ]
    return Found(tuple(found[(page - 1) * size : page * size]), len(found))


def highest_level(person: Person) -> LevelOfAssurance:
    """The surest way in which this person can log in."""
    return max(person.digid_levels)
