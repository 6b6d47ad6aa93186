"""Choosing who may act: somebody new without a name (DM-16a), or somebody mandated before (DM-12)."""

from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.portals.citizen.granting import crowd, people
from tests.portals.citizen.granting.example_catalogue import COMPANIES, TAX, Services
from tests.portals.citizen.granting.journey import Journey, mandate_somebody, path_of

PAGE = "/machtigen/gemachtigde/"


def test_without_a_service_the_journey_begins_at_the_beginning(mothers: Client) -> None:
    assert mothers.get(PAGE)["Location"] == "/machtigen/dienst/"


def test_who_mandated_nobody_before_only_reads_how_it_goes(journey: Journey) -> None:
    journey.service()
    page = journey.client.get(PAGE)

    assert '<input type="hidden" name="gemachtigde" value="nieuw">' in page.text
    assert "U hoeft nu niet te zeggen wie het is." in page.text
    assert "Belastingaangifte" in page.text


def test_a_service_for_organisations_only_says_so_where_one_chooses_who(journey: Journey) -> None:
    journey.service(COMPANIES)
    page = journey.client.get(PAGE)

    assert "Hier kan alleen een organisatie u helpen" in page.text
    assert "Familie of vrienden kunnen deze code niet gebruiken." in page.text


def test_somebody_new_is_not_named(journey: Journey) -> None:
    journey.service()

    assert path_of(journey.representative("nieuw")) == "/machtigen/periode/"


def test_people_mandated_before_can_be_chosen(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services)
    journey.service()

    assert "Annelies de Vries" in journey.client.get(PAGE).text
    assert path_of(journey.representative(str(daughter))) == "/machtigen/periode/"


def test_nobody_is_chosen_beforehand_when_there_is_a_choice(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services)
    journey.service()

    assert "checked" not in journey.client.get(PAGE).text


def test_choosing_nobody_is_explained_at_the_field_and_above(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services)
    journey.service()

    page = journey.representative("")

    assert page.status_code == 400
    assert page.text.count("Kies wie dit voor u mag doen.") == 2
    assert 'href="#id_gemachtigde_0"' in page.text


@pytest.mark.parametrize(
    "who", ["niemand", "' OR 1=1", "<b>x</b>", "💥" * 50, "7f0f2b53-5f0e-4d0c-9a51-7a1e3d5c0b11"]
)
def test_somebody_never_mandated_cannot_be_chosen(journey: Journey, who: str) -> None:
    journey.service()

    page = journey.representative(who)

    assert page.status_code == 400
    assert "<b>x</b>" not in page.text


def test_somebody_else_s_representative_cannot_be_chosen(
    journey: Journey, daughter: UUID, services: Services
) -> None:
    bookkeeper, neighbour = people.known(people.BOOKKEEPER), people.known(people.NEIGHBOUR)
    mandate_somebody(neighbour, people.NEIGHBOUR, bookkeeper, services)
    journey.service()

    assert journey.representative(str(bookkeeper)).status_code == 400


def test_a_service_for_companies_offers_no_people(
    journey: Journey, mother: UUID, daughter: UUID, services: Services
) -> None:
    mandate_somebody(mother, people.MOTHER, daughter, services)
    journey.service(COMPANIES)

    assert "Annelies" not in journey.client.get(PAGE).text


def test_with_more_than_ten_people_there_is_a_search_box(
    journey: Journey, mother: UUID, services: Services
) -> None:
    crowd.mandated(mother, services[TAX].id, 11)
    journey.service()

    assert 'id="zoek"' in journey.client.get(PAGE).text
    found = journey.client.get(PAGE, {"zoek": "helper 011"})
    assert "Helper 011" in found.text
    assert "Helper 001" not in found.text
    nobody = journey.client.get(PAGE, {"zoek": "<i>x"})
    assert "iemand met de naam ‘&lt;i&gt;x’" in nobody.text


def test_who_was_chosen_stays_chosen_on_every_page_of_the_list(
    journey: Journey, mother: UUID, services: Services
) -> None:
    last = crowd.mandated(mother, services[TAX].id, 45)[-1]
    journey.service()
    journey.representative(str(last))

    page = journey.client.get(PAGE)

    assert "Pagina 1 van 3" in page.text
    assert "Helper 045" in page.text
    assert page.text.count("checked") == 1


@pytest.mark.parametrize("number", [3, 300])
def test_it_asks_as_much_however_many_people_were_mandated(
    journey: Journey,
    mother: UUID,
    services: Services,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    crowd.mandated(mother, services[TAX].id, number)
    journey.service()

    with django_assert_max_num_queries(4):
        journey.client.get(PAGE)
