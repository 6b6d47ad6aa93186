"""What the world does to a journey: a log-in that ends, hostile text, too much of it, and other people."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import TAX
from tests.portals.citizen.granting.journey import Journey, make_request, period_fields
from volmacht import clock
from volmacht.mandates.queries import list_requests, request_for
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment

HOSTILE = [
    "💥🧓🏽",
    "<script>alert(1)</script>",
    "' OR '1'='1",
    "{{ 7|add:7 }}",
    "%s%n",
    "\u202ekcab",
    "x" * 20_000,
]
FORMS = ["/machtigen/gemachtigde/", "/machtigen/periode/", "/machtigen/e-mail/", "/machtigen/controleren/"]
FIELDS = ["gemachtigde", "begin_day", "einde", "email", "opdracht", "overzicht", "toestemming"]


def go_idle(client: Client) -> None:
    """Fifteen minutes pass."""
    session = client.session
    long_ago = (clock.wall_clock() - timedelta(minutes=16)).isoformat()
    session["login"] = {**session["login"], "last_seen": long_ago}
    session.save()


def test_the_draft_is_there_again_after_the_log_in_ended(journey: Journey, mother: UUID) -> None:
    journey.up_to_check()
    go_idle(journey.client)
    assert journey.client.get("/machtigen/controleren/").status_code == 302
    people.log_in(journey.client, mother)

    assert "22 november 2027" in journey.client.get("/machtigen/controleren/").text


def test_who_logged_out_hears_once_that_what_was_chosen_is_gone(journey: Journey, mother: UUID) -> None:
    journey.service()
    window = journey.window
    journey.client.post("/uitloggen/")
    address = f"/machtigen/periode/?aanvraag={window}"
    assert journey.client.post(address, period_fields("month"))["Location"].startswith("/inloggen/")
    people.log_in(journey.client, mother)

    first = journey.client.get(address, follow=True)
    assert "De aanvraag waarmee u bezig was, is er niet meer." in first.text
    assert 'name="zoek" value=""' in first.text  # nothing was searched for
    assert "Dit zijn alle diensten waarvoor u iemand kunt machtigen." in first.text
    assert "is er niet meer" not in journey.client.get("/machtigen/dienst/", follow=True).text


def test_who_never_began_hears_nothing_of_a_request_that_is_gone(journey: Journey) -> None:
    assert "is er niet meer" not in journey.client.get("/machtigen/periode/", follow=True).text


def test_another_person_does_not_get_the_draft(journey: Journey, daughter: UUID) -> None:
    journey.up_to_check()
    go_idle(journey.client)
    journey.client.get("/machtigen/controleren/")
    people.log_in(journey.client, daughter)

    assert journey.client.get("/machtigen/controleren/")["Location"] == "/machtigen/dienst/"


def test_what_was_typed_when_the_log_in_had_ended_is_filled_in_again(journey: Journey, mother: UUID) -> None:
    journey.service()
    journey.representative()
    go_idle(journey.client)
    journey.client.post("/machtigen/periode/", {**period_fields("month"), "begin_day": "30"})
    people.log_in(journey.client, mother)

    page = journey.client.get("/machtigen/periode/")

    assert 'value="30"' in page.text
    assert page.text.count("checked") == 1


def test_agreeing_when_the_log_in_had_ended_gives_nothing_yet(journey: Journey, mother: UUID) -> None:
    agreement = journey.agreement(journey.up_to_check())
    go_idle(journey.client)
    journey.client.post("/machtigen/controleren/", agreement)
    people.log_in(journey.client, mother)

    assert list_requests(mother, environment=Environment.PRODUCTION) == []
    page = journey.client.get("/machtigen/controleren/")
    assert "checked" in page.text
    assert journey.give(page).status_code == 302


@pytest.mark.parametrize("action", ["nieuwe-code", "intrekken", "klopt-niet"])
def test_a_button_pressed_too_late_is_offered_again(journey: Journey, mother: UUID, action: str) -> None:
    request_id, _ = make_request(mother, journey.services)
    address = f"/mijn/aanvragen/{request_id}/{action}/"
    go_idle(journey.client)
    journey.client.post(address)
    people.log_in(journey.client, mother)

    page = journey.client.get(address, follow=True)

    assert page.status_code == 200
    assert "form" not in journey.client.session
    entry = request_for(request_id, mother, environment=Environment.PRODUCTION)
    assert entry
    assert entry.state is RequestState.OPEN


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(journey: Journey, mother: UUID, text: str) -> None:
    journey.up_to_check()

    for address in FORMS:
        page = journey.answers(address, dict.fromkeys(FIELDS, text))
        assert page.status_code in {200, 302, 400, 409}
        assert "<script>alert" not in page.text
    found = journey.client.get(
        "/machtigen/dienst/", {"zoek": text, "pagina": text, "wijzig": text}, follow=True
    )
    assert found.status_code == 200
    assert "<script>alert" not in found.text
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


@pytest.mark.parametrize("address", FORMS)
def test_ten_megabytes_are_refused_with_a_page(journey: Journey, address: str) -> None:
    journey.up_to_check()

    assert journey.client.post(address, {"gemachtigde": "x" * 10_000_000}).status_code == 413


@pytest.mark.parametrize("address", FORMS)
def test_a_null_byte_is_refused_with_a_page(journey: Journey, address: str) -> None:
    journey.up_to_check()

    assert journey.client.post(address, {"gemachtigde": "a\x00b"}).status_code == 400


@pytest.mark.parametrize("address", ["/machtigen/dienst/xyz/", "/machtigen/klaar/1/", "/mijn/aanvragen/%00/"])
def test_an_address_that_is_no_id_is_not_found(journey: Journey, address: str) -> None:
    assert journey.client.get(address).status_code in {400, 404}


@pytest.mark.parametrize("address", FORMS)
def test_a_form_of_another_site_changes_nothing(journey: Journey, address: str) -> None:
    journey.up_to_check(TAX)
    before = journey.client.session["granting"]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = journey.client.cookies

    assert strict.post(address, {"gemachtigde": "nieuw", "overslaan": "1"}).status_code == 403
    assert journey.client.session["granting"] == before
