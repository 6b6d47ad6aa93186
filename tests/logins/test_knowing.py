"""In pre-production only test people become a party, whatever they log in for; in production everybody does."""

import dataclasses
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from volmacht.logins.knowing import known
from volmacht.parties.queries import party_with_bsn, party_with_kvk
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, KvkNumber
from volmacht.rules.refusals import Refusal, Refused

pytestmark = pytest.mark.database
LISTED, OTHER, OFFICE = Bsn("999900006"), Bsn("999900018"), KvkNumber("99990012")
NO_TEST_PERSON = Refused(Refusal.NO_TEST_PERSON)


@pytest.fixture(autouse=True)
def _listed(settings: Settings, tmp_path: Path, db: None) -> None:
    people = tmp_path / "people.txt"
    people.write_text(LISTED.value)
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, test_people=people)


def test_who_is_not_listed_is_not_kept_in_pre_production() -> None:
    for number in (OTHER, OFFICE):
        assert known(number, Environment.PREPRODUCTION) == NO_TEST_PERSON
    assert party_with_bsn(OTHER) is None
    assert party_with_kvk(OFFICE) is None


def test_who_is_known_already_is_refused_all_the_same() -> None:
    assert isinstance(known(OTHER, Environment.PRODUCTION), UUID)
    assert known(OTHER, Environment.PREPRODUCTION) == NO_TEST_PERSON


def test_who_is_listed_is_the_same_party_in_both() -> None:
    assert known(LISTED, Environment.PREPRODUCTION) == known(LISTED, Environment.PRODUCTION)
