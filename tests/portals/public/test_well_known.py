"""What machines read before they come: where to report a weakness, and what may be indexed."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from tests.architecture.test_routes import all_routes
from volmacht import clock
from volmacht.audience import DECLARED, Audience

SECURITY, ROBOTS = "/.well-known/security.txt", "/robots.txt"


def fields(client: Client) -> dict[str, str]:
    """The fields of security.txt; each stands there once."""
    text = client.get(SECURITY).content.decode()
    pairs = [(name, value) for name, _, value in (line.partition(": ") for line in text.splitlines())]
    assert len({name for name, _ in pairs}) == len(pairs)
    return dict(pairs)


def test_a_weakness_can_be_reported_to_the_desk_in_both_languages(client: Client, settings: Settings) -> None:
    settings.VOLMACHT = replace(
        settings.VOLMACHT, base_url="https://machtigen.example.nl", contact_email="desk@example.nl"
    )
    found = fields(client)
    assert found["Contact"] == "mailto:desk@example.nl"
    assert found["Preferred-Languages"] == "nl, en"
    assert found["Canonical"] == f"https://machtigen.example.nl{SECURITY}"
    assert client.get(SECURITY).headers["Content-Type"] == "text/plain; charset=utf-8"


def test_without_an_address_of_the_desk_its_page_is_named(client: Client, settings: Settings) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, base_url="https://machtigen.example.nl", contact_email="")
    assert fields(client)["Contact"] == "https://machtigen.example.nl/aansluiten/contact/"


def test_the_file_expires_within_a_year_from_now(client: Client) -> None:
    expires = datetime.strptime(fields(client)["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert timedelta(days=30) < expires - clock.now() < timedelta(days=365)


def allowed(text: str) -> list[str]:
    """The addresses that may be indexed, as a regular expression each."""
    rules = re.findall(r"(?m)^Allow: (.*)$", text)
    return [re.escape(rule.removesuffix("$")) + ("$" if rule.endswith("$") else ".*") for rule in rules]


@pytest.mark.parametrize(
    ("address", "indexed"),
    [
        ("/", True),
        ("/en/", True),
        ("/aansluiten/", True),
        ("/en/aansluiten/kosten/", True),
        ("/en/privacy/", True),
        ("/aansluiten/plan/resultaat/", False),
        ("/aansluiten/plan/?diensten=3", False),
        ("/mijn/machtigingen/", False),
        ("/en/machtigen/", False),
        ("/inloggen/", False),
        ("/e-mail/bevestigen/geheim/", False),
        ("/proef/", False),
        ("/saml/entrance/request_authentication", False),
        ("/health/ready", False),
    ],
)
def test_only_pages_that_explain_may_be_indexed(client: Client, address: str, indexed: bool) -> None:
    text = client.get(ROBOTS).content.decode()
    assert text.startswith("User-agent: *\nDisallow: /\n")
    assert any(re.fullmatch(rule, address) for rule in allowed(text)) is indexed


@pytest.mark.django_db
def test_whatever_may_be_indexed_is_a_page_for_everybody(client: Client) -> None:
    text = client.get(ROBOTS).content.decode()
    pages = re.findall(r"(?m)^Allow: (.*)\$$", text)
    public = {
        f"/{address}"
        for address, route in all_routes()
        if getattr(route.callback, DECLARED, None) is Audience.PUBLIC
    }
    assert len(pages) > 20
    assert {page.removeprefix("/en") for page in pages} <= public
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


def test_neither_file_leaves_a_cookie(client: Client) -> None:
    assert [client.get(address).cookies for address in (SECURITY, ROBOTS)] == [{}, {}]
