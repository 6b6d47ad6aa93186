"""The invented people and employees, for choosing one: main characters, and who can be become by number or handle."""

from functools import cache

from volmacht.standins.authentication_service.accounts import Account, Accounts
from volmacht.standins.authentication_service.organisations import employees
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person


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


@cache
def _employees() -> Accounts:
    return employees()


def employee(handle: str) -> Account | None:
    """The employee of an invented organisation with this handle."""
    return _employees().find(handle)


def main_employees() -> tuple[Account, ...]:
    """Employees with a story of their own."""
    return _employees().main
