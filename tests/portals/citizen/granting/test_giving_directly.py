"""Mandating somebody again, without a code (DM-12)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.population_register import PopulationRegisterControl
from tests.portals.citizen.granting import crowd, people
from tests.portals.citizen.granting.example_catalogue import CARE, COMPANIES, TAX, Services
from tests.portals.citizen.granting.journey import Journey, code_in, mandate_somebody, without_key
from volmacht.mandates.operations import end_mandate
from volmacht.mandates.queries import MandateFilter, list_mandates
from volmacht.notifications.kinds import Side
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.validity import Phase

PAGE = "/machtigen/controleren/"


@pytest.fixture
def earlier(mother: UUID, daughter: UUID, services: Services) -> UUID:
    """The daughter was mandated for her mother's tax return before."""
    return mandate_somebody(mother, people.MOTHER, daughter, services)


def given(mother: UUID, phase: Phase = Phase.ACTIVE) -> list[UUID]:
    """The mandates that the mother gave."""
    return [
        entry.id
        for entry in list_mandates(
            mother, MandateFilter(Side.REPRESENTED, phase), environment=Environment.PRODUCTION
        ).entries
    ]


def test_somebody_known_is_mandated_at_once(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    page = journey.up_to_check(CARE, str(daughter))
    assert "Annelies de Vries" in page.text
    assert "Een code is niet nodig." in page.text

    response = journey.give(page)

    [new] = [id_ for id_ in given(mother) if id_ != earlier]
    assert response["Location"] == f"/machtigen/klaar/machtiging/{new}/"
    done = journey.client.get(response["Location"])
    assert "Annelies de Vries mag u vanaf nu helpen." in done.text
    assert code_in(done.text) is None


def test_a_mandate_that_begins_later_says_from_when(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    journey.up_to_check(CARE, str(daughter), start=date(2027, 1, 1))

    done = journey.client.get(journey.give()["Location"])

    assert "Annelies de Vries mag u helpen vanaf 1 januari 2027." in done.text


def test_the_mandate_that_will_be_replaced_is_named_beforehand(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    page = journey.up_to_check(TAX, str(daughter), end="month")
    assert "Let op: de nieuwe machtiging stopt eerder dan de oude" in page.text
    assert (
        "De oude machtiging loopt tot en met 22 november 2027, de nieuwe tot en met 22 december 2026."
        in page.text
    )

    done = journey.client.get(journey.give(page)["Location"])

    assert "De machtiging die er al was, is hierdoor vervangen." in done.text
    assert "De oude liep tot en met 22 november 2027, de nieuwe tot en met 22 december 2026." in done.text
    assert earlier not in given(mother)


def test_one_that_begins_later_than_an_active_one_is_refused_with_its_last_day(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    seen = journey.up_to_check(TAX, str(daughter), start=date(2026, 12, 1))
    refused = journey.give(seen)

    assert (seen.status_code, refused.status_code) == (200, 409)
    for page in (seen, refused):
        assert "Er is al een machtiging" in page.text
        assert "De machtiging die er al is, duurt tot en met 22 november 2027." in page.text
        assert "De nieuwe komt daarvoor in de plaats." not in page.text
        assert 'href="/machtigen/periode/?wijzig=1" id="uitweg"' in without_key(page.text)
        assert f'href="/mijn/machtigingen/{earlier}/" id="bestaande"' in page.text
    assert given(mother) == [earlier]


def test_sending_it_twice_gives_one_mandate(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    page = journey.up_to_check(CARE, str(daughter))

    first, second = journey.give(page), journey.give(page)

    assert first["Location"] == second["Location"]
    assert len(given(mother)) == 2
    assert given(mother, Phase.ENDED) == []


def test_somebody_who_died_meanwhile_cannot_be_mandated(
    journey: Journey, daughter: UUID, earlier: UUID, population_register: PopulationRegisterControl
) -> None:
    page = journey.up_to_check(CARE, str(daughter))
    population_register.die(people.DAUGHTER, date(2026, 11, 22))

    refused = journey.give(page)

    assert "De gemachtigde is overleden" in refused.text
    assert 'href="/machtigen/gemachtigde/?wijzig=1" id="uitweg"' in without_key(refused.text)


def test_a_service_for_companies_refuses_a_person_chosen_before(
    journey: Journey, daughter: UUID, earlier: UUID, settings: Settings
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind)
    journey.up_to_check(CARE, str(daughter))
    journey.service_instead(COMPANIES)

    refused = journey.give()

    assert "Deze soort gemachtigde mag hier niet" in refused.text
    assert 'href="/machtigen/gemachtigde/?wijzig=1" id="uitweg"' in without_key(refused.text)


def test_the_result_is_for_who_gave_it_only(
    journey: Journey, mother: UUID, daughter: UUID, earlier: UUID
) -> None:
    journey.up_to_check(CARE, str(daughter))
    made = journey.give()["Location"]

    people.log_in(journey.client, daughter)

    assert journey.client.get(made).status_code == 404
    assert journey.client.get(f"/machtigen/klaar/machtiging/{uuid4()}/").status_code == 404


def test_a_mandate_that_came_from_a_code_has_no_such_page(journey: Journey, earlier: UUID) -> None:
    assert journey.client.get(f"/machtigen/klaar/machtiging/{earlier}/").status_code == 404


def test_once_ended_the_result_leads_to_the_mandate(
    journey: Journey,
    mother: UUID,
    daughter: UUID,
    earlier: UUID,
    clock_at: Callable[[datetime], None],
) -> None:
    journey.up_to_check(CARE, str(daughter))
    made = journey.give()["Location"]
    mandate_id = UUID(made.rstrip("/").rpartition("/")[2])
    end_mandate(mandate_id=mandate_id, by=mother, environment=Environment.PRODUCTION)
    clock_at(datetime(2026, 11, 23, 11, 1, tzinfo=UTC))

    assert journey.client.get(made)["Location"] == f"/mijn/machtigingen/{mandate_id}/"


@pytest.mark.parametrize("number", [3, 300])
def test_the_overview_asks_as_much_however_many_mandates_there_are(
    journey: Journey,
    mother: UUID,
    services: Services,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    last = crowd.mandated(mother, services[TAX].id, number)[-1]
    journey.up_to_check(TAX, str(last))

    with django_assert_max_num_queries(10):
        journey.client.get(PAGE)
