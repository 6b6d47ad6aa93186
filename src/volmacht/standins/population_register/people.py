"""Reads the invented people from TOML files; the head of `people_main.toml` tells the form.

Used by this stand-in, and by the stand-in for logging in (names, story, levels of DigiD). A mistake in a
file is told with file and place at start-up: a stand-in with impossible people would not be honest.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn
from volmacht.standins.population_register.dates import RegisterDate
from volmacht.standins.population_register.names import Gender, NameUse, PersonName
from volmacht.standins.population_register.national_tables import (
    COUNTRIES,
    MUNICIPALITIES,
    SUSPENSION_REASONS,
)
from volmacht.standins.population_register.person import Person, Story, Suspension
from volmacht.standins.population_register.residences import (
    LONGEST_STREET,
    AddressAbroad,
    DescribedPlace,
    Dwelling,
    Residence,
    UnknownWhereabouts,
)

# Main characters first, then one person for every unusual case, then the crowd (made by `make_people`).
PEOPLE_FILES = tuple(Path(__file__).with_name(f"people_{part}.toml") for part in ("main", "special", "crowd"))

_KEYS = frozenset(
    {
        *("bsn", "gender", "given_names", "prefix", "family_name", "name_use", "partner", "born", "died"),
        *("suspension", "guardianship", "secret", "municipality", "address"),
        *("digid", "handle", "case", "story"),
    }
)

Table = Mapping[str, Any]  # what tomllib gives


class PeopleFileError(ValueError):
    """A file of people says something impossible. Names the file and the position in it."""


def load_people(paths: Iterable[Path] = PEOPLE_FILES) -> tuple[Person, ...]:
    """Everybody in these files, in their order. Raises PeopleFileError."""
    people: dict[Bsn, Person] = {}
    for path in paths:
        for position, table in enumerate(tomllib.loads(path.read_text("utf-8"))["person"], start=1):
            where = f"{path.name}, person {position}"
            try:
                person = _person(table)
            except (KeyError, TypeError, ValueError) as fault:
                raise PeopleFileError(f"{where}: {fault!r}") from fault
            if people.setdefault(person.bsn, person) is not person:
                raise PeopleFileError(f"{where}: this BSN stands in the files twice")
    return tuple(people.values())


def main_characters(people: Iterable[Person]) -> dict[str, Person]:
    """The main characters by handle, in their order."""
    return {person.handle: person for person in people if person.handle}


def _person(table: Table) -> Person:
    if unknown := table.keys() - _KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    municipality = table.get("municipality", "")
    if municipality and municipality not in MUNICIPALITIES:
        raise ValueError(f"'{municipality}' is not in the table of municipalities")
    died = _optional_date(table.get("died"))
    return Person(
        bsn=Bsn.parse(table["bsn"]),
        gender=Gender(table["gender"]),
        name=_name(table),
        born=RegisterDate.parse(table["born"]),
        municipality=municipality,
        residence=_residence(table["address"]) if "address" in table else None,
        died=died,
        suspension=_suspension(table.get("suspension"), died),
        under_guardianship=table.get("guardianship", False),
        address_secret=table.get("secret", False),
        digid_levels=tuple(LevelOfAssurance(level) for level in table["digid"]),
        handle=table.get("handle", ""),
        case=table.get("case", ""),
        story=Story(**table["story"]) if "story" in table else None,
    )


def _name(table: Table) -> PersonName:
    partner = table.get("partner", {})
    return PersonName(
        given_names=table.get("given_names", ""),
        prefix=table.get("prefix", ""),
        family_name=table.get("family_name", ""),
        use=NameUse(table.get("name_use", NameUse.OWN)),
        partner_prefix=partner.get("prefix", ""),
        partner_family_name=partner.get("family_name", ""),
    )


def _suspension(table: Table | None, died: RegisterDate | None) -> Suspension | None:
    """As written; without that, a death suspends the record on its day."""
    if table is None:
        return Suspension("O", died) if died is not None else None
    if table["reason"] not in SUSPENSION_REASONS:
        raise ValueError(f"'{table['reason']}' is not in the table of reasons")
    return Suspension(table["reason"], _optional_date(table.get("since")))


def _residence(table: Table) -> Residence:
    if "description" in table:
        return DescribedPlace(**table)
    if "country" in table:
        return AddressAbroad(COUNTRIES[table["country"]], table["country"], tuple(table.get("lines", ())))
    if table.get("unknown", False):
        return UnknownWhereabouts()
    home = Dwelling(**table)
    if len(home.street) > LONGEST_STREET:
        raise ValueError(f"'{home.street}' has more than {LONGEST_STREET} characters")
    return home


def _optional_date(text: str | None) -> RegisterDate | None:
    return None if text is None else RegisterDate.parse(text)
