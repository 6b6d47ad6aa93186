"""The last page: everything once more, consent to exactly that, and one result however often it is sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.test import Client

from tests.population_register import PopulationRegisterControl
from tests.portals.citizen.granting import people
from tests.portals.citizen.granting.example_catalogue import CARE, SECURE, SET, TAX, Services
from tests.portals.citizen.granting.journey import (
    Journey,
    code_in,
    day_fields,
    make_request,
    path_of,
    without_key,
)
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import approve, propose
from volmacht.limits.operations import Limited, allow
from volmacht.mandates.queries import list_requests
from volmacht.rules.environment import Environment

PAGE = "/machtigen/controleren/"
TOMORROW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def test_the_overview_shows_every_answer_with_a_way_to_change_it(journey: Journey) -> None:
    page = journey.up_to_check()

    for text in (
        TAX,
        "Belastingdienst Voorbeeld",
        "Degene aan wie u de code geeft",
        "Vandaag, 23 november 2026",
        "22 november 2027",
        "Geen e-mail",
        "Mag uw gemachtigde aangifte voor u doen?",
        "Stap 5 van 5",
    ):
        assert text in page.text
    for step in ("dienst", "gemachtigde", "periode", "e-mail"):
        assert f'href="/machtigen/{step}/?wijzig=1"' in without_key(page.text)


def test_the_services_of_a_set_are_named_once_more(journey: Journey) -> None:
    page = journey.up_to_check(SET)

    assert "Deze diensten horen erbij" in page.text
    assert CARE in page.text
    assert "Mag iemand dit voor u regelen?" in page.text


def test_agreeing_makes_a_request_and_shows_its_code(journey: Journey, mother: UUID) -> None:
    journey.up_to_check()

    response = journey.give()

    [entry] = list_requests(mother, environment=Environment.PRODUCTION)
    assert response["Location"] == f"/machtigen/klaar/{entry.id}/"
    assert (entry.service.name, entry.first_day, entry.last_day) == (
        TAX,
        date(2026, 11, 23),
        date(2027, 11, 22),
    )
    assert code_in(journey.client.get(response["Location"]).text)


def test_without_a_tick_nothing_is_given_and_the_reason_is_said(journey: Journey, mother: UUID) -> None:
    agreement = journey.agreement(journey.up_to_check())
    del agreement["toestemming"]

    page = journey.answers(PAGE, agreement)

    assert page.status_code == 400
    assert page.text.count("Zet hier een vinkje als u de machtiging wilt geven.") == 2
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_changing_one_answer_comes_back_to_the_overview(journey: Journey) -> None:
    journey.up_to_check()

    services = journey.client.get(f"/machtigen/dienst/?aanvraag={journey.window}&wijzig=1").text
    here = f"?aanvraag={journey.window}&amp;wijzig=1"
    assert f'/machtigen/dienst/{journey.services[CARE].id}/{here}"' in services
    response = journey.service_instead(CARE)

    assert path_of(response) == PAGE
    assert CARE in journey.client.get(PAGE).text


def test_sending_it_twice_makes_one_request_and_leads_to_the_same_code(
    journey: Journey, mother: UUID
) -> None:
    page = journey.up_to_check()

    first, second = journey.give(page), journey.give(page)

    assert first["Location"] == second["Location"]
    assert len(list_requests(mother, environment=Environment.PRODUCTION)) == 1
    assert code_in(journey.client.get(first["Location"]).text)


def test_going_back_in_the_browser_leads_to_the_result(journey: Journey) -> None:
    journey.up_to_check()
    made = journey.give()["Location"]

    assert journey.client.get(PAGE)["Location"] == made
    assert journey.client.get("/machtigen/periode/")["Location"] == "/machtigen/dienst/"


def test_an_old_tab_does_not_undo_or_repeat_a_newer_mandate(journey: Journey, mother: UUID) -> None:
    old = journey.up_to_check()
    made = journey.give(old)["Location"]
    journey.up_to_check(CARE)

    assert journey.give(old)["Location"] == made
    assert journey.client.get(PAGE).status_code == 200
    assert len(list_requests(mother, environment=Environment.PRODUCTION)) == 1


def test_nobody_agrees_to_something_else_than_they_saw(journey: Journey, mother: UUID) -> None:
    seen = journey.up_to_check(TAX)
    journey.service_instead(CARE)

    page = journey.give(seen)

    assert page.status_code == 409
    assert "U hebt intussen iets veranderd" in page.text
    assert "checked" not in page.text
    assert list_requests(mother, environment=Environment.PRODUCTION) == []
    assert journey.give(page).status_code == 302


def test_a_form_without_what_was_seen_gives_nothing(journey: Journey, mother: UUID) -> None:
    journey.up_to_check()

    assert journey.answers(PAGE, {"toestemming": "on"}).status_code == 409
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_another_site_cannot_send_it(journey: Journey, mother: UUID) -> None:
    page = journey.up_to_check()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = journey.client.cookies

    assert strict.post(PAGE, journey.agreement(page)).status_code == 403
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_a_day_later_the_start_is_past_and_the_dates_can_be_changed(
    journey: Journey, mother: UUID, clock_at: Callable[[datetime], None]
) -> None:
    page = journey.up_to_check()
    clock_at(TOMORROW)

    refused = journey.give(page)

    assert refused.status_code == 409
    assert "De begindatum is al voorbij" in refused.text
    assert 'href="/machtigen/periode/?wijzig=1" id="uitweg"' in without_key(refused.text)
    assert "checked" in refused.text
    response = journey.client.post(
        "/machtigen/periode/?wijzig=1", {"einde": "year", **day_fields("begin", date(2026, 11, 24))}
    )
    assert path_of(response) == PAGE
    assert journey.give().status_code == 302


def test_when_the_register_is_away_it_can_be_tried_again(
    journey: Journey, mother: UUID, population_register: PopulationRegisterControl
) -> None:
    page = journey.up_to_check()
    population_register.fail()

    refused = journey.give(page)

    assert refused.status_code == 503
    assert "Wij kunnen dit nu niet nakijken" in refused.text
    population_register.reset()
    assert journey.give(refused).status_code == 302


def test_somebody_placed_under_guardianship_meanwhile_cannot_give(
    journey: Journey, mother: UUID, population_register: PopulationRegisterControl
) -> None:
    page = journey.up_to_check()
    population_register.place_under_guardianship(people.MOTHER)

    refused = journey.give(page)

    assert refused.status_code == 409
    assert "U staat onder curatele" in refused.text
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_a_service_closed_meanwhile_is_explained(
    journey: Journey, services: Services, two_staff: tuple[UUID, UUID]
) -> None:
    page = journey.up_to_check()
    change = propose(ChangeKind.SWITCH_SERVICE, {"id": services[TAX].id, "active": False}, by=two_staff[0])
    approve(change, by=two_staff[1])

    refused = journey.give(page)

    assert "Deze dienst is gesloten" in refused.text
    assert 'href="/machtigen/dienst/?wijzig=1" id="uitweg"' in without_key(refused.text)


def test_a_less_secure_log_in_than_before_is_explained(journey: Journey, mother: UUID) -> None:
    people.log_in(journey.client, mother, level=25)
    page = journey.up_to_check(SECURE)
    people.log_in(journey.client, mother, level=20)

    refused = journey.give(page)

    assert "U moet op een veiligere manier inloggen" in refused.text
    assert 'href="/uitloggen/" id="uitweg"' in refused.text


def test_with_too_many_open_requests_it_leads_to_them(journey: Journey, mother: UUID) -> None:
    for _ in range(20):
        make_request(mother, journey.services)
    journey.up_to_check(CARE)

    refused = journey.give()

    assert "Er staan te veel aanvragen open" in refused.text
    assert 'href="/mijn/machtigingen/" id="uitweg"' in refused.text


def test_asking_too_often_is_refused_for_a_while(journey: Journey, mother: UUID) -> None:
    page = journey.up_to_check()
    while allow(Limited.REQUEST_PER_PERSON, str(mother)):
        pass

    refused = journey.give(page)

    assert refused.status_code == 429
    assert "U hebt het te vaak geprobeerd" in refused.text
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


@pytest.mark.parametrize("once", ["x", "💥", "00000000-0000-4000-8000-000000000000"])
def test_an_order_that_never_was_is_not_carried_out_without_the_right_overview(
    journey: Journey, mother: UUID, once: str
) -> None:
    journey.up_to_check()

    page = journey.answers(PAGE, {"opdracht": once, "overzicht": once, "toestemming": "on"})

    assert page.status_code == 409
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_in_english_the_whole_journey_works(journey: Journey, mother: UUID) -> None:
    english = Journey(journey.client, journey.services, prefix="/en")
    page = english.up_to_check()

    assert "May your representative file your tax return?" in page.text
    assert "Today, 23 November 2026" in page.text
    made = english.give(page)["Location"]
    assert made.startswith("/en/machtigen/klaar/")
    assert "Your authorisation code" in english.client.get(made).text
