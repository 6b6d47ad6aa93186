"""New keys for what rests here: row by row, as often as one likes, and never over what somebody else wrote (DM-06)."""

from uuid import UUID

import pytest
from pytest_django import Settings

from tests.sealing.key_rings import new_keys
from volmacht.parties import queries
from volmacht.parties.models import EmailAddress, Person
from volmacht.parties.operations import (
    confirm_email_address,
    erase_person,
    give_email_address,
    know_person,
    people_hashed_under,
    rekey_email_addresses,
    rekey_people,
)
from volmacht.parties.rekeying import Batch, _change, _of_person
from volmacht.rules.identifiers import Bsn

MOTHER, DAUGHTER = Bsn("999900006"), Bsn("999900018")
ENCRYPTION, HASHING = b"e" * 32, b"h" * 32


@pytest.fixture
def mother(db: None) -> UUID:
    """Known, with an address, under the first keys."""
    party_id = know_person(MOTHER)
    assert isinstance(party_id, UUID)
    _, secret = give_email_address(party_id, "maria@voorbeeld.example", "nl")
    assert confirm_email_address(secret)
    return party_id


def add_version_two(settings: Settings) -> None:
    """As when a new version is current and the old one kept."""
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(
        ring, encryption={**ring.encryption, 2: ENCRYPTION}, hashing={**ring.hashing, 2: HASHING}
    )


def keep_only_version_two(settings: Settings) -> None:
    """As when the old version was retired."""
    settings.VOLMACHT_KEYS = new_keys(
        settings.VOLMACHT_KEYS, encryption={2: ENCRYPTION}, hashing={2: HASHING}
    )


def test_afterwards_the_old_keys_are_not_needed(mother: UUID, settings: Settings) -> None:
    add_version_two(settings)
    assert people_hashed_under(1) == 1
    assert list(rekey_people()) == [Batch(seen=1, changed=1, unreadable=0)]
    assert list(rekey_email_addresses()) == [Batch(seen=1, changed=1, unreadable=0)]
    assert people_hashed_under(1) == 0
    keep_only_version_two(settings)
    assert queries.party_with_bsn(MOTHER) == mother
    assert queries.bsn_of(mother) == MOTHER
    found = queries.confirmed_address(mother)
    assert found
    assert found.address == "maria@voorbeeld.example"


def test_a_second_time_changes_nothing(mother: UUID, settings: Settings) -> None:
    add_version_two(settings)
    list(rekey_people())
    before = Person.objects.values().get()
    assert [batch.changed for batch in rekey_people()] == [0]
    assert Person.objects.values().get() == before


def test_what_is_under_the_current_keys_already_is_left_alone(mother: UUID, settings: Settings) -> None:
    add_version_two(settings)
    daughter = know_person(DAUGHTER)
    assert isinstance(daughter, UUID)
    before = Person.objects.values().get(party_id=daughter)
    assert list(rekey_people()) == [Batch(seen=2, changed=1, unreadable=0)]
    assert Person.objects.values().get(party_id=daughter) == before


def test_who_was_erased_meanwhile_stays_erased(mother: UUID, settings: Settings) -> None:
    add_version_two(settings)
    read_before = list(Person.objects.all())
    erase_person(mother)
    people = Person.objects.filter(bsn_sealed__isnull=False)
    assert _change(people, "bsn_sealed", read_before, _of_person) == Batch(seen=1, changed=0, unreadable=0)
    assert queries.party_with_bsn(MOTHER) is None
    assert list(rekey_people()) == []


def test_one_that_cannot_be_opened_is_told_and_holds_up_nobody(mother: UUID, settings: Settings) -> None:
    know_person(DAUGHTER)
    Person.objects.filter(party_id=mother).update(bsn_sealed=b"\x01" + b"x" * 40)
    EmailAddress.objects.update(address_sealed=b"\x09" + b"x" * 40)
    add_version_two(settings)
    assert list(rekey_people()) == [Batch(seen=2, changed=1, unreadable=1)]
    assert list(rekey_email_addresses()) == [Batch(seen=1, changed=0, unreadable=1)]
    assert people_hashed_under(1) == 1


def test_one_process_a_moment_behind_adds_nobody_twice(mother: UUID, settings: Settings) -> None:
    """It still hashes with the first version, while the row is under the second already."""
    old = settings.VOLMACHT_KEYS
    add_version_two(settings)
    new = settings.VOLMACHT_KEYS
    list(rekey_people())
    settings.VOLMACHT_KEYS = new_keys(old)
    assert queries.party_with_bsn(MOTHER) is None
    looked = []

    def follow(at_once: bool) -> object:
        looked.append(at_once)
        return new if at_once or True in looked else new_keys(old)

    object.__setattr__(settings.VOLMACHT_KEYS, "follow", follow)
    assert know_person(MOTHER) == mother
    assert True in looked
