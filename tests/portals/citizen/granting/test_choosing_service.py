"""Choosing a service or a set (DM-10, DM-24): most used first, searching, and what each says about itself."""

from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.population_register import PopulationRegisterControl
from tests.portals.citizen.granting import crowd, people
from tests.portals.citizen.granting.example_catalogue import (
    ADULTS,
    BOTH,
    CARE,
    CATALOGUE,
    CLOSED,
    COMPANIES,
    SECURE,
    SET,
    TAX,
    Services,
)
from tests.portals.citizen.granting.journey import (
    Journey,
    make_request,
    mandate_somebody,
    path_of,
    without_key,
)
from volmacht.catalogue.operations import load_catalogue
from volmacht.catalogue.queries import all_services, service
from volmacht.mandates.queries import list_requests
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind

LIST = "/machtigen/dienst/"


def place_of(text: str, *names: str) -> list[int]:
    """Where the names stand in a page."""
    return [text.index(f">{name}</a>") for name in names]


def test_every_service_in_force_is_offered_and_no_other(mothers: Client) -> None:
    page = mothers.get(LIST, follow=True)

    assert f">{TAX}</a>" in page.text
    assert f">{CARE}</a>" in page.text
    assert CLOSED not in page.text
    assert page.text.count(f">{TAX}</a>") == 1


def test_a_set_is_marked_as_several_services(mothers: Client) -> None:
    assert mothers.get(LIST, follow=True).text.count("Meerdere diensten tegelijk") == 1


def test_what_is_used_most_comes_first(
    mothers: Client, mother: UUID, daughter: UUID, services: Services
) -> None:
    by_use = "Wat mensen het meest kiezen, staat bovenaan."
    assert by_use not in mothers.get(LIST, follow=True).text, "nobody chose anything yet"
    cache.clear()
    mandate_somebody(mother, people.MOTHER, daughter, services, CARE)

    page = mothers.get(LIST, follow=True).text
    care, tax = place_of(page, CARE, TAX)

    assert care < tax
    assert by_use in page


def test_searching_finds_words_anywhere_in_a_service(mothers: Client) -> None:
    page = mothers.get(LIST, {"zoek": "Gèld"}, follow=True)

    assert f">{TAX}</a>" in page.text
    assert f">{CARE}</a>" not in page.text
    assert "1 dienst gevonden met ‘Gèld’" in page.text


def test_finding_nothing_offers_a_way_out(mothers: Client) -> None:
    page = mothers.get(LIST, {"zoek": "kwantummechanica"}, follow=True)

    assert "Wij vinden geen dienst met ‘kwantummechanica’" in page.text
    assert f'href="{LIST}">Toon alle diensten' in without_key(page.text)


def test_the_list_comes_in_pages_and_a_page_too_far_is_the_last(
    mothers: Client, two_staff: tuple[UUID, UUID]
) -> None:
    tax = CATALOGUE["service"][0]
    many = [
        {**tax, "uuid": str(uuid4()), "name": f"Dienst {n}", "name_en": "", "position": 50} for n in range(20)
    ]
    load_catalogue(
        {**CATALOGUE, "service": many, "set": []}, proposed_by=two_staff[0], approved_by=two_staff[1]
    )

    first, far = mothers.get(LIST, follow=True), mothers.get(LIST, {"pagina": "99"}, follow=True)

    assert "Pagina 1 van 3" in first.text
    assert "Pagina 3 van 3" in far.text
    assert first.text.count('class="services__item"') == 10


def test_a_service_says_what_it_covers_and_asks(mothers: Client, services: Services) -> None:
    page = mothers.get(f"{LIST}{services[TAX].id}/")

    for text in (
        "Aangifte doen over inkomen.",
        "<p>De ander mag geen geld ontvangen.</p>",
        "Mag uw gemachtigde aangifte voor u doen?",
        "2 jaar",
        "DigiD met sms-controle of de DigiD-app, of veiliger",
    ):
        assert text in page.text


def test_a_set_names_each_of_its_services(mothers: Client, services: Services) -> None:
    page = mothers.get(f"{LIST}{services[SET].id}/")

    assert "U machtigt voor al deze diensten" in page.text
    assert f">{TAX}</strong>" in page.text
    assert f">{CARE}</strong>" in page.text


def test_what_has_no_english_is_marked_as_dutch(mothers: Client, services: Services) -> None:
    page = mothers.get(f"/en{LIST}{services[TAX].id}/")

    assert '<span lang="en">Tax return</span>' in page.text
    assert '<div lang="nl"><p>De ander ziet uw inkomen.</p>' in page.text


def test_a_service_that_does_not_exist_is_not_found(mothers: Client) -> None:
    assert mothers.get(f"{LIST}{uuid4()}/").status_code == 404


def test_a_service_of_pre_production_is_not_found(mothers: Client, two_staff: tuple[UUID, UUID]) -> None:
    table = {**CATALOGUE, "environments": ["preproduction"]}
    load_catalogue(table, proposed_by=two_staff[0], approved_by=two_staff[1])
    other = next(entry for entry in all_services(Environment.PREPRODUCTION) if entry.name == TAX)

    assert mothers.get(f"{LIST}{other.id}/").status_code == 404


def test_a_closed_service_says_so_and_cannot_be_chosen(mothers: Client, services: Services) -> None:
    address = f"{LIST}{services[CLOSED].id}/"

    assert "Deze dienst is gesloten" in mothers.get(address).text
    assert 'id="kiezen"' not in mothers.get(address).text
    assert path_of(mothers.post(address)) == address
    assert "granting" not in mothers.session


def test_a_log_in_that_is_not_secure_enough_is_told_at_once(mothers: Client, services: Services) -> None:
    page = mothers.get(f"{LIST}{services[SECURE].id}/")

    assert "U moet op een veiligere manier inloggen" in page.text
    assert "inloggen met alleen een wachtwoord of sms niet genoeg" in page.text
    assert "Log uit, en log daarna veiliger in" in page.text


def test_who_is_too_young_for_a_service_is_told_at_once(client: Client, services: Services, db: None) -> None:
    people.log_in(client, people.known(people.GRANDSON))

    page = client.get(f"{LIST}{services[ADULTS].id}/").text
    assert "U bent nog te jong" in page
    assert "Kies een andere dienst" in page
    assert 'id="kiezen"' in client.get(f"{LIST}{services[TAX].id}/").text


def test_who_is_under_guardianship_is_told_at_once(
    client: Client, services: Services, population_register: PopulationRegisterControl
) -> None:
    people.log_in(client, people.known(people.UNDER_GUARDIANSHIP))

    for page in (
        client.get(f"{LIST}{services[TAX].id}/").text,
        client.get(LIST, follow=True).text,
    ):
        assert "U staat onder curatele" in page
        assert "Neem contact op met uw curator." in page
        assert "Deze persoon" not in page
        assert "Kies een andere dienst" not in page
        assert 'class="services__item"' not in page


def test_a_service_for_organisations_cannot_be_chosen_while_they_cannot_log_in(
    journey: Journey, services: Services, settings: Settings
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})
    address = f"{LIST}{services[COMPANIES].id}/"
    listed, page = journey.client.get(LIST, follow=True).text, journey.client.get(address).text

    assert listed.count("Alleen voor organisaties, kan hier nog niet") == 1
    assert "Organisaties kunnen hier nog niet inloggen." in page
    assert 'id="kiezen"' not in page
    assert path_of(journey.service(COMPANIES)) == address
    assert "granting" not in journey.client.session


@pytest.mark.parametrize("step", ["gemachtigde", "periode", "e-mail", "controleren"])
def test_a_draft_for_a_service_that_only_organisations_can_use_is_refused_at_every_step(
    journey: Journey, mother: UUID, services: Services, settings: Settings, step: str
) -> None:
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind)
    page = journey.up_to_check(COMPANIES)
    assert page.status_code == 200
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})

    for response in (
        journey.client.get(f"/machtigen/{step}/"),
        journey.client.post(f"/machtigen/{step}/", journey.agreement(page)),
    ):
        assert path_of(response) == f"{LIST}{services[COMPANIES].id}/"
    assert list_requests(mother, environment=Environment.PRODUCTION) == []


def test_no_company_is_promised_while_companies_cannot_log_in(
    mothers: Client, services: Services, settings: Settings
) -> None:
    address = f"{LIST}{services[BOTH].id}/"

    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset({PartyKind.PERSON})
    assert "Iemand die u zelf kiest, met een eigen DigiD" in mothers.get(address).text
    assert "bedrijf" not in mothers.get(address).text
    settings.REPRESENTATIVES_THAT_LOG_IN = frozenset(PartyKind)
    assert "Iemand die u zelf kiest, of een bedrijf" in mothers.get(address).text


def test_a_service_for_organisations_only_can_be_chosen_and_says_how_they_log_in(
    journey: Journey, services: Services
) -> None:
    page = journey.client.get(f"{LIST}{services[COMPANIES].id}/").text
    assert "Alleen een bedrijf of organisatie" in page
    assert 'id="kiezen"' in page
    done = journey.give(journey.up_to_check(COMPANIES))
    assert "logt in met eHerkenning" in journey.client.get(done["Location"]).text


def test_who_has_too_many_open_requests_is_told_at_the_first_step(
    mothers: Client, mother: UUID, services: Services
) -> None:
    first = f"/machtigen/dienst/{services[TAX].id}/"
    for number in range(20):
        assert "Er staan te veel aanvragen open" not in mothers.get(first).text, number
        make_request(mother, services)
    for address in ("/machtigen/dienst/", first):
        page = mothers.get(address, follow=True).text
        assert "Er staan te veel aanvragen open" in page
        assert "Die kunt u wel opnieuw machtigen: daar is geen code voor nodig." in page


def test_choosing_a_service_goes_on_to_who(journey: Journey) -> None:
    assert path_of(journey.service(TAX)) == "/machtigen/gemachtigde/"


@pytest.mark.parametrize("number", [3, 300])
def test_the_list_asks_as_much_however_many_mandates_there_are(
    mothers: Client,
    mother: UUID,
    services: Services,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    number: int,
) -> None:
    crowd.mandated(mother, services[TAX].id, number)
    service(
        services[TAX].id, fresh=True
    )  # asks whether the catalogue changed: now, and for a second not again

    with django_assert_max_num_queries(8):
        mothers.get(LIST, follow=True)


def test_how_often_services_are_chosen_is_not_counted_for_every_page(
    mothers: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    mothers.get(LIST, follow=True)

    with django_assert_max_num_queries(7):
        mothers.get(LIST, follow=True)
