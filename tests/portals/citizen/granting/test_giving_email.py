"""Giving an e-mail address on the way (DM-50): optional, confirmed by a link, and never lost or sent twice."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.journey import Journey, path_of
from volmacht.notifications.kinds import MessageKind
from volmacht.notifications.queries import messages_about
from volmacht.parties.operations import confirm_email_address, give_email_address
from volmacht.parties.queries import confirmed_address, email_addresses
from volmacht.rules.environment import Environment

PAGE = "/machtigen/e-mail/"
CHECK = "/machtigen/controleren/"
ADDRESS = "maria@voorbeeld.example"


@pytest.fixture
def here(journey: Journey) -> Journey:
    """The mother at the e-mail page."""
    journey.service()
    journey.representative()
    journey.period()
    return journey


def written(party_id: UUID) -> int:
    """How many mails with a link were written."""
    return sum(
        message.kind is MessageKind.EMAIL_CONFIRMATION
        for message in messages_about(party_id, environment=Environment.PRODUCTION)
    )


def test_it_may_be_skipped(here: Journey, mother: UUID) -> None:
    assert path_of(here.no_email()) == CHECK

    assert "Geen e-mail" in here.client.get(CHECK).text
    assert email_addresses(mother) == []


def test_an_address_gets_a_mail_with_a_link(here: Journey, mother: UUID) -> None:
    response = here.client.post(PAGE, {"email": ADDRESS})

    assert path_of(response) == CHECK
    assert [(known.address, known.confirmed_at) for known in email_addresses(mother)] == [(ADDRESS, None)]
    assert written(mother) == 1
    assert f"Naar {ADDRESS}, als u dat adres hebt bevestigd" in here.client.get(CHECK).text


def test_the_mail_comes_in_the_language_of_the_page(here: Journey, mother: UUID) -> None:
    here.client.post(f"/en{PAGE}", {"email": ADDRESS})

    assert email_addresses(mother)[0].language == "en"


def test_clicking_twice_sends_one_mail(here: Journey, mother: UUID) -> None:
    here.client.post(PAGE, {"email": ADDRESS})
    here.client.post(PAGE, {"email": ADDRESS})

    assert written(mother) == 1
    assert len(email_addresses(mother)) == 1


def test_after_a_while_the_mail_can_be_sent_again(
    here: Journey, mother: UUID, clock_at: Callable[[datetime], None]
) -> None:
    here.client.post(PAGE, {"email": ADDRESS})
    clock_at(datetime(2026, 11, 23, 11, 11, tzinfo=UTC))
    here.client.post(PAGE, {"email": ADDRESS})

    assert written(mother) == 2


def test_another_address_takes_the_place_of_the_first(here: Journey, mother: UUID) -> None:
    here.client.post(PAGE, {"email": "verkeerd@voorbeeld.example"})
    here.client.post(PAGE, {"email": ADDRESS})

    assert [known.address for known in email_addresses(mother)] == [ADDRESS]


def test_who_comes_back_reads_that_a_mail_is_waiting(here: Journey) -> None:
    here.client.post(PAGE, {"email": ADDRESS})

    assert f"Wij stuurden u een e-mail naar {ADDRESS}" in here.client.get(PAGE).text


def test_who_confirmed_an_address_is_not_asked_again(journey: Journey, mother: UUID) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    confirm_email_address(secret)
    journey.service()
    journey.representative()

    assert "Stap 2 van 4" in journey.client.get("/machtigen/gemachtigde/").text
    assert path_of(journey.period()) == CHECK
    assert path_of(journey.client.get(PAGE)) == CHECK
    assert f"Naar {ADDRESS}" in journey.client.get(CHECK).text


def test_who_confirmed_meanwhile_is_not_asked_when_beginning_again(here: Journey, mother: UUID) -> None:
    _, secret = give_email_address(mother, ADDRESS, "nl")
    confirm_email_address(secret)
    here.service()

    assert "Stap 2 van 4" in here.client.get("/machtigen/gemachtigde/").text


def test_changing_the_address_comes_back_to_the_overview(here: Journey) -> None:
    here.no_email()

    page = here.client.get(f"{PAGE}?wijzig=1")
    response = here.client.post(f"{PAGE}?wijzig=1", {"email": ADDRESS})

    assert "Terug, ik verander niets" in page.text
    assert path_of(response) == CHECK


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "maria",
        "maria@",
        "a@b",
        "maria@voorbeeld .example",
        "💥",
        "<script>",
        "a@b.nl\r\nBcc: x@y.nl",
    ],
)
def test_what_is_no_address_is_explained_and_kept(here: Journey, mother: UUID, text: str) -> None:
    page = here.answers(PAGE, {"email": text})

    assert page.status_code == 400
    assert 'id="id_email_error"' in page.text
    assert "<script>" not in page.text.split("<main")[1]
    assert email_addresses(mother) == []


def test_a_very_long_address_is_explained(here: Journey) -> None:
    page = here.answers(PAGE, {"email": f"{'a' * 300}@voorbeeld.example"})

    assert "Dit e-mailadres is te lang." in page.text


def test_asking_for_too_many_mails_is_refused_but_the_journey_goes_on(here: Journey, mother: UUID) -> None:
    for number in range(5):
        here.client.post(PAGE, {"email": f"maria{number}@voorbeeld.example"})

    page = here.answers(PAGE, {"email": ADDRESS})

    assert page.status_code == 429
    assert "U hebt het te vaak geprobeerd" in page.text
    assert f'value="{ADDRESS}"' in page.text
    assert written(mother) == 5
    assert path_of(here.no_email()) == CHECK


def test_an_address_of_somebody_else_says_nothing_about_them(here: Journey, mother: UUID) -> None:
    other = people.known(people.NEIGHBOUR)
    _, secret = give_email_address(other, ADDRESS, "nl")
    confirm_email_address(secret)

    here.client.post(PAGE, {"email": ADDRESS})

    assert email_addresses(mother)[0].address == ADDRESS
    assert confirmed_address(other) is not None


def test_a_period_comes_first(journey: Journey) -> None:
    journey.service()
    journey.representative()

    assert path_of(journey.client.get(PAGE)) == "/machtigen/periode/"
