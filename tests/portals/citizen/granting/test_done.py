"""The page with the code (DM-10): shown during this log-in only, and only to whom it belongs (DM-21)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import Services
from tests.portals.citizen.granting.journey import LEVEL, Journey, code_in, make_request
from volmacht import clock
from volmacht.mandates.operations import activate, replace_code, try_code, withdraw_request
from volmacht.mandates.operations.activating import Recognised
from volmacht.portals.shared.email_address import offer_address
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn


@pytest.fixture
def made(journey: Journey) -> str:
    """The address of the page on which the mother just got her code."""
    journey.up_to_check()
    return journey.give()["Location"]


def shown(client: Client, address: str) -> AuthorisationCode:
    """The code on a page."""
    code = code_in(client.get(address).text)
    assert code, "no code on the page"
    return AuthorisationCode.parse(code)


def id_in(address: str) -> UUID:
    """The request that an address is about."""
    return UUID(address.rstrip("/").rpartition("/")[2])


def test_the_code_on_the_page_is_the_one_that_works(mothers: Client, made: str, daughter: UUID) -> None:
    found = try_code(
        representative=daughter,
        level=LEVEL,
        code=shown(mothers, made),
        bsn=Bsn.parse(people.MOTHER),
        environment=Environment.PRODUCTION,
    )

    assert isinstance(found, Recognised)
    assert found.request_id == id_in(made)


def test_the_page_says_what_to_do_and_until_when(mothers: Client, made: str) -> None:
    page = mothers.get(made)

    for text in (
        "De code werkt tot en met 21 februari 2027.",
        "Geef de code alleen aan iemand die u vertrouwt",
        "localhost:8000/code",
        'href="/hulpblad/"',
        f'href="{made}code.pdf"',
        f'href="/mijn/aanvragen/{id_in(made)}/"',
    ):
        assert text in page.text


def test_the_first_code_has_no_older_one_to_throw_away(mothers: Client, made: str) -> None:
    assert "oude code" not in mothers.get(made).text


def test_who_just_gave_an_address_reads_that_the_mail_must_be_opened(
    mothers: Client, made: str, mother: UUID
) -> None:
    assert "Kijk ook in uw e-mail" not in mothers.get(made).text
    offer_address(mother, "moeder@voorbeeld.nl", "nl")
    page = mothers.get(made).text
    assert (
        "Wij stuurden een e-mail naar moeder@voorbeeld.nl. Open de link in die e-mail, en kies daar ‘Ja, gebruik"
        in page
    )


def test_loading_the_page_again_shows_the_same_code(mothers: Client, made: str) -> None:
    assert shown(mothers, made) == shown(mothers, made)


def test_after_logging_in_again_the_code_is_not_shown_any_more(
    mothers: Client, made: str, mother: UUID
) -> None:
    people.log_in(mothers, mother)

    page = mothers.get(made)

    assert code_in(page.text) is None
    assert "Wij laten de code niet meer zien" in page.text
    assert 'id="nieuwe-code"' in page.text


def test_after_the_idle_end_the_code_is_not_shown_any_more(mothers: Client, made: str, mother: UUID) -> None:
    session = mothers.session
    session["login"] = {
        **session["login"],
        "last_seen": (clock.wall_clock() - timedelta(minutes=16)).isoformat(),
    }
    session.save()
    assert mothers.get(made).status_code == 302
    people.log_in(mothers, mother)

    assert code_in(mothers.get(made).text) is None


def test_a_code_replaced_elsewhere_is_not_shown_any_more(
    mothers: Client, made: str, mother: UUID, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime(2026, 11, 23, 11, 1, tzinfo=UTC))
    replace_code(request_id=id_in(made), represented=mother, environment=Environment.PRODUCTION)

    assert code_in(mothers.get(made).text) is None


def test_a_code_that_was_used_leads_to_the_request(mothers: Client, made: str, daughter: UUID) -> None:
    activate(
        representative=daughter,
        level=LEVEL,
        code=shown(mothers, made),
        bsn=Bsn.parse(people.MOTHER),
        environment=Environment.PRODUCTION,
    )

    assert mothers.get(made)["Location"] == f"/mijn/aanvragen/{id_in(made)}/"
    assert mothers.session["shown-codes"] == {}


def test_a_withdrawn_request_leads_to_the_request(mothers: Client, made: str, mother: UUID) -> None:
    withdraw_request(request_id=id_in(made), represented=mother, environment=Environment.PRODUCTION)

    assert mothers.get(made)["Location"] == f"/mijn/aanvragen/{id_in(made)}/"


def test_somebody_else_s_page_is_as_unknown_as_no_page(mothers: Client, services: Services) -> None:
    theirs, _ = make_request(people.known(people.NEIGHBOUR), services)

    other, unknown = (mothers.get(f"/machtigen/klaar/{id_}/") for id_ in (theirs, uuid4()))

    assert (other.status_code, unknown.status_code) == (404, 404)
    assert mothers.get(f"/machtigen/klaar/{theirs}/code.pdf").status_code == 404


def test_the_database_holds_no_code_in_the_clear(mothers: Client, made: str) -> None:
    code = shown(mothers, made)

    rows = "".join(row.session_data for row in Session.objects.all())

    assert code.symbols not in rows
    assert code.display not in rows
    assert mothers.session["shown-codes"][str(id_in(made))]["code"] == code.symbols


def test_logging_out_forgets_the_code(mothers: Client, made: str) -> None:
    code = shown(mothers, made)
    mothers.post("/uitloggen/")

    assert code.symbols not in str(dict(mothers.session))


def test_no_page_of_the_journey_is_kept_by_the_browser(mothers: Client, made: str) -> None:
    assert mothers.get(made)["Cache-Control"] == "no-store"


def test_the_code_is_neither_in_the_title_nor_in_any_address(mothers: Client, made: str) -> None:
    page = mothers.get(made).text
    code = shown(mothers, made)

    assert page.count(code.display) == 1
    assert code.symbols not in page
    assert people.MOTHER not in page
