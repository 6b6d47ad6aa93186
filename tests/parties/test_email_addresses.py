"""An e-mail address counts when its owner clicked, once, in time; opening the link changes nothing (DM-50)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.parties.leaking import every_value
from tests.sealing.key_rings import new_keys
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.parties import queries
from volmacht.parties.models import EmailAddress
from volmacht.parties.operations import (
    CONFIRMATION_TERM,
    address_to_confirm,
    confirm_email_address,
    give_email_address,
    know_person,
    remove_email_addresses,
)
from volmacht.rules.identifiers import Bsn

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
ADDRESS = "maria@voorbeeld.example"
Clock = Callable[[datetime], None]


@pytest.fixture
def mother(db: None, clock_at: Clock) -> UUID:
    """Known at noon."""
    clock_at(NOON)
    party_id = know_person(Bsn("999900006"))
    assert isinstance(party_id, UUID)
    return party_id


def confirmed(party_id: UUID) -> str | None:
    """Where e-mail goes."""
    found = queries.confirmed_address(party_id)
    return found.address if found else None


def test_an_address_is_used_once_it_is_confirmed(mother: UUID) -> None:
    address_id, secret = give_email_address(mother, ADDRESS, "en")
    assert confirmed(mother) is None
    assert address_to_confirm(secret) == address_id
    assert confirm_email_address(secret)
    found = queries.email_address(address_id)
    assert found
    assert (found.address, found.language, found.confirmed_at) == (ADDRESS, "en", NOON)
    assert confirmed(mother) == ADDRESS
    kinds = [event.kind for event in history_about(mother)]
    assert kinds.count(EventKind.EMAIL_ADDRESS_GIVEN) == kinds.count(EventKind.EMAIL_ADDRESS_CONFIRMED) == 1


def test_a_link_works_once(mother: UUID) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    assert confirm_email_address(secret)
    assert not confirm_email_address(secret)
    assert address_to_confirm(secret) is None
    assert confirmed(mother) == ADDRESS


def test_a_link_that_two_click_at_once_works_once(committed_db: None) -> None:
    party_id = know_person(Bsn("999900006"))
    assert isinstance(party_id, UUID)
    _, secret = give_email_address(party_id, ADDRESS, "nl")

    def click(_: int) -> bool:
        try:
            return confirm_email_address(secret)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(click, range(4))) == [False, False, False, True]


def test_a_link_works_for_two_days(mother: UUID, clock_at: Clock) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    clock_at(NOON + CONFIRMATION_TERM - timedelta(seconds=1))
    assert address_to_confirm(secret)
    clock_at(NOON + CONFIRMATION_TERM)
    assert address_to_confirm(secret) is None
    assert not confirm_email_address(secret)
    assert confirmed(mother) is None


def test_a_link_survives_new_keys(mother: UUID, settings: Settings) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(ring, hashing={**ring.hashing, 2: b"h" * 32})
    assert address_to_confirm(secret)
    assert confirm_email_address(secret)


@pytest.mark.parametrize("secret", ["", "x", "a" * 32, "é\ufffd", "' OR 1=1 --"])
def test_a_made_up_link_confirms_nothing(mother: UUID, secret: str) -> None:
    give_email_address(mother, ADDRESS, "nl")
    assert address_to_confirm(secret) is None
    assert not confirm_email_address(secret)
    assert confirmed(mother) is None


def test_the_link_of_one_person_confirms_nothing_of_another(mother: UUID) -> None:
    daughter = know_person(Bsn("999900018"))
    assert isinstance(daughter, UUID)
    _, of_mother = give_email_address(mother, ADDRESS, "nl")
    give_email_address(daughter, "annelies@voorbeeld.example", "nl")
    assert confirm_email_address(of_mother)
    assert confirmed(mother) == ADDRESS
    assert confirmed(daughter) is None


def test_a_second_address_replaces_the_first_when_it_is_confirmed(mother: UUID) -> None:
    _, first = give_email_address(mother, ADDRESS, "nl")
    confirm_email_address(first)
    _, abandoned = give_email_address(mother, "typfout@voorbeeld.example", "nl")
    _, second = give_email_address(mother, "nieuw@voorbeeld.example", "nl")
    assert confirmed(mother) == ADDRESS
    assert not confirm_email_address(abandoned)
    assert confirm_email_address(second)
    assert [address.address for address in queries.email_addresses(mother)] == ["nieuw@voorbeeld.example"]


def test_removing_takes_every_address_and_link(mother: UUID) -> None:
    _, first = give_email_address(mother, ADDRESS, "nl")
    confirm_email_address(first)
    _, second = give_email_address(mother, "nieuw@voorbeeld.example", "nl")
    remove_email_addresses(mother)
    remove_email_addresses(mother)
    assert queries.email_addresses(mother) == []
    assert not confirm_email_address(second)
    kinds = [event.kind for event in history_about(mother)]
    assert kinds.count(EventKind.EMAIL_ADDRESS_REMOVED) == 1


def test_neither_address_nor_link_can_be_read_in_the_database(mother: UUID) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    held = [
        bytes(value) if isinstance(value, memoryview) else str(value).encode() for _, value in every_value()
    ]
    held += [value for _, value in every_value() if isinstance(value, bytes)]
    assert not any(ADDRESS.encode() in value or secret.encode() in value for value in held)
    assert EmailAddress.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_opens_the_link_confirms_nothing(
    mother: UUID, client: Client, method: str
) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    address = reverse("granting:confirm-email", args=[secret])
    for _ in range(3):
        assert getattr(client, method)(address).status_code == 200
    assert confirmed(mother) is None
    assert client.post(address).status_code == 302
    assert confirmed(mother) == ADDRESS
    again = client.post(address)
    assert (again.status_code, again["Location"]) == (302, address)  # the link's own page says so
    assert client.get(address).status_code == 410


def test_an_unknown_address_is_none(db: None) -> None:
    assert queries.email_address(uuid4()) is None
    assert queries.email_addresses(uuid4()) == []
