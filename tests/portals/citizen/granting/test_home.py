"""The home page: for everybody, with two ways in."""

import re
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.portals.citizen.granting import people


def test_everybody_sees_the_two_ways_in(client: Client, db: None) -> None:
    page = client.get("/")

    assert page.status_code == 200
    assert 'href="/machtigen/dienst/" id="machtigen"' in page.text
    assert 'href="/code/" id="code-gekregen"' in page.text
    assert 'href="/mijn/machtigingen/"' in page.text
    assert "U kunt altijd zien wanneer iemand voor u inlogde." in page.text


def test_providers_and_people_who_need_help_find_their_way(client: Client, db: None) -> None:
    page = client.get("/")

    for address in ("/aansluiten/", "/hulp/", "/hulpblad/"):
        assert f'href="{address}"' in page.text


def test_the_home_page_is_there_in_english(client: Client, db: None) -> None:
    page = client.get("/en/")

    assert '<html lang="en">' in page.text
    assert "I want to mandate somebody" in page.text
    assert "machtigen</a>" not in page.text


def test_the_home_page_asks_the_database_nothing(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        client.get("/")


@pytest.mark.parametrize(
    "address",
    [
        "/machtigen/dienst/",
        "/machtigen/gemachtigde/",
        "/machtigen/periode/",
        "/machtigen/e-mail/",
        "/machtigen/controleren/",
        "/machtigen/klaar/00000000-0000-4000-8000-000000000000/",
        "/mijn/aanvragen/00000000-0000-4000-8000-000000000000/",
    ],
)
def test_who_is_not_logged_in_logs_in_first(client: Client, db: None, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/inloggen/?verder=")


def test_the_main_tasks_stand_in_the_main_menu_before_and_after_logging_in(
    client: Client, mother: UUID
) -> None:
    def menu() -> list[str]:
        page = client.get("/hulp/").text.partition('aria-label="Hoofdmenu"')[2].partition("</nav>")[0]
        return re.findall(r">([^<>]+)</a>", page)

    assert menu() == ["Home", "Iemand machtigen", "Code invoeren", "Hulp"]
    people.log_in(client, mother)
    assert menu() == ["Mijn machtigingen", "Iemand machtigen", "Code invoeren", "Hulp"]
