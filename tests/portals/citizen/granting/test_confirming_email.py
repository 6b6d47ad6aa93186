"""Confirming an e-mail address: by the button only, once, and with an explanation when the link is old."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from volmacht.parties.operations import give_email_address
from volmacht.parties.queries import confirmed_address

ADDRESS = "maria@voorbeeld.example"


@pytest.fixture
def link(mother: UUID) -> str:
    """The link that was mailed to the mother."""
    return f"/e-mail/bevestigen/{give_email_address(mother, ADDRESS, 'nl')[1]}/"


def test_opening_the_link_confirms_nothing(client: Client, link: str, mother: UUID) -> None:
    page = client.get(link)
    client.head(link)

    assert "Ja, gebruik dit e-mailadres" in page.text
    assert ADDRESS not in page.text
    assert confirmed_address(mother) is None


def test_the_button_confirms_without_logging_in(client: Client, link: str, mother: UUID) -> None:
    response = client.post(link)

    assert response["Location"] == "/e-mail/bevestigd/"
    known = confirmed_address(mother)
    assert known is not None
    assert known.address == ADDRESS
    assert "Uw e-mailadres is bevestigd" in client.get(response["Location"]).text


def test_a_second_click_reads_that_it_may_have_been_done(client: Client, link: str, mother: UUID) -> None:
    client.post(link)

    sent = client.post(link)

    assert (
        sent["Location"] == link
    )  # the page of the link says so itself: going back asks to send nothing again
    page = client.get(link)
    assert page.status_code == 410
    assert "Misschien hebt u de link al gebruikt." in page.text
    assert confirmed_address(mother) is not None


def test_an_old_link_is_explained(
    client: Client, link: str, mother: UUID, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2026, 11, 25, 11, 0, tzinfo=UTC))

    for page in (client.get(link), client.post(link, follow=True)):
        assert page.status_code == 410
        assert "Een link werkt twee dagen." in page.text
    assert confirmed_address(mother) is None


@pytest.mark.parametrize("secret", ["x", "x" * 500, "é💥", "..", "%27%20OR%201=1"])
def test_a_link_that_was_never_sent_looks_like_an_old_one(client: Client, db: None, secret: str) -> None:
    assert client.get(f"/e-mail/bevestigen/{secret}/").status_code == 410


def test_the_page_is_there_in_english(client: Client, link: str) -> None:
    assert "Yes, use this e-mail address" in client.get(f"/en{link}").text


def test_another_site_cannot_confirm(link: str, mother: UUID) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(link).status_code == 403
    assert confirmed_address(mother) is None
