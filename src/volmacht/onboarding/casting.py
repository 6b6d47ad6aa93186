"""The test people of this installation, for test mandates in pre-production (CN-2). Reads a file; asks `parties`.

The file is `test_people.toml` beside this one for a demo, and what VOLMACHT_TEST_CAST names elsewhere: an installation
without either has nobody to test with, and says so.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings

from volmacht.mandates.operations import Cast, StagedState
from volmacht.parties.operations import know_organisation, know_person
from volmacht.rules.identifiers import Bsn, InvalidIdentifier, KvkNumber
from volmacht.rules.refusals import Refused

OF_THE_DEMO: Final = Path(__file__).parent / "test_people.toml"


class NoTestPeople(LookupError):
    """No file of test people, or one that cannot be used; the message is for who runs this installation."""


@dataclass(frozen=True, slots=True)
class TestPeople:
    """Who plays, by number: for the register, and to be told to who tests."""

    __test__ = False  # not a test for pytest

    person: Bsn
    organisation: KvkNumber
    represented: Mapping[StagedState, Bsn]


def people_to_test_with() -> TestPeople:
    """Those of this installation. Raises NoTestPeople."""
    options = settings.VOLMACHT
    path = options.test_cast or (OF_THE_DEMO if options.demo else None)
    if path is None:
        raise NoTestPeople(
            "set VOLMACHT_TEST_CAST to a file of test people (docs/operators/preproduction.md)"
        )
    return read_people(path)


def read_people(path: Path) -> TestPeople:
    """A file of test people. Raises NoTestPeople, which says what is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return TestPeople(
            person=Bsn.parse(str(content.pop("person"))),
            organisation=KvkNumber.parse(str(content.pop("organisation"))),
            represented={
                StagedState(state): Bsn.parse(str(bsn)) for state, bsn in content.pop("represented").items()
            },
        )
    except KeyError as error:
        raise NoTestPeople(f"{path.name} does not name {error}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError, ValueError) as error:
        shown = "a number that cannot be one" if isinstance(error, InvalidIdentifier) else error
        raise NoTestPeople(f"{path.name} cannot be used: {shown}") from error


def cast() -> Cast | Refused:
    """The same people as the register knows them; who is new is looked up first. Raises NoTestPeople.

    Refused: PERSON_UNKNOWN, REGISTER_UNAVAILABLE. Called outside a transaction, as everything that asks a neighbour.
    """
    people = people_to_test_with()
    person = know_person(people.person)
    if isinstance(person, Refused):
        return person
    represented = {}
    for state, bsn in people.represented.items():
        known = know_person(bsn)
        if isinstance(known, Refused):
            return known
        represented[state] = known
    return Cast(person, know_organisation(people.organisation), represented)
