"""Logging in to the portal: to the authentication service and back, to where one was, and nowhere else."""

from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.logins.provider import let_pass
from tests.portals.choosing.visit import text_of
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Authentication

pytestmark = pytest.mark.django_db
MOTHER, DAUGHTER = "999900006", "999900018"
MINE = "/mijn/machtigingen/"


def to_stand_in(client: Client, continue_at: str | None = None) -> str:
    """Ask to log in; the address of the stand-in's page."""
    query = f"?{urlencode({'verder': continue_at})}" if continue_at is not None else ""
    return client.post(f"/inloggen/{query}")["Location"]


def ticket_of(client: Client, stand_in: str, bsn: str = MOTHER) -> str:
    """Say who is there; the address to come back to, with the ticket."""
    return client.post(stand_in, {"persoon": bsn, "niveau": "hoogste"})["Location"]


def logged_in(client: Client) -> bool:
    """Whether the pages for who is logged in open."""
    return client.get(MINE).status_code == 200


def test_logging_in_leads_to_one_s_mandates(client: Client) -> None:
    assert "Log nooit in met de DigiD van iemand anders" in text_of(client.get("/inloggen/"))
    back = ticket_of(client, to_stand_in(client))
    assert client.get(back)["Location"] == MINE
    page = client.get(MINE)
    assert "Maria Johanna de Vries-Jansen" in page.content.decode()
    assert MOTHER not in page.content.decode() + back


def test_who_is_logged_in_needs_not_log_in_again(client: Client) -> None:
    client.get(ticket_of(client, to_stand_in(client)))
    assert client.get("/inloggen/")["Location"] == MINE
    assert client.get("/inloggen/?verder=/code/")["Location"] == "/code/"
    assert client.get("/inloggen/?verder=https://evil.example/")["Location"] == MINE


def test_a_page_that_asks_to_log_in_is_where_one_comes_back_to(client: Client) -> None:
    to_log_in = client.get("/mijn/gegevens/?a=b")["Location"]
    assert to_log_in == "/inloggen/?verder=%2Fmijn%2Fgegevens%2F%3Fa%3Db"
    assert "Daarna gaat u verder waar u was" in text_of(client.get(to_log_in))
    stand_in = client.post(to_log_in)["Location"]
    assert client.get(ticket_of(client, stand_in))["Location"] == "/mijn/gegevens/?a=b"


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "\\\\evil",
    "http:evil",
    "",
    "x",
    "\t//evil.example",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_nobody_is_sent_elsewhere_after_logging_in(client: Client, where: str) -> None:
    back = ticket_of(client, to_stand_in(client, where))
    assert client.get(back)["Location"] == MINE


def test_logging_in_works_in_english_throughout(client: Client) -> None:
    stand_in = client.post("/en/inloggen/")["Location"]
    assert stand_in.startswith("/en/proef/inloggen/")
    assert '<html lang="en"' in client.get(stand_in).content.decode()
    assert client.get(ticket_of(client, stand_in))["Location"] == f"/en{MINE}"


def test_stopping_changes_nothing_and_offers_to_try_again(client: Client) -> None:
    back = client.post(to_stand_in(client), {"stoppen": "1"})["Location"]
    page = client.get(back)
    assert page.status_code == 200
    assert "U bent gestopt met inloggen" in text_of(page)
    assert not logged_in(client)
    assert client.get(back).status_code == 403  # the visit is over


def test_a_ticket_logs_in_once(client: Client) -> None:
    back = ticket_of(client, to_stand_in(client))
    client.get(back)
    assert client.get(back).status_code == 403
    assert logged_in(client)
    other = Client()
    other.post("/inloggen/")
    assert other.get(back).status_code == 403
    assert not logged_in(other)


def test_a_ticket_of_another_browser_logs_nobody_in(client: Client) -> None:
    """Else an attacker could let somebody work in the attacker's account."""
    attacker = Client()
    theirs = ticket_of(attacker, to_stand_in(attacker), DAUGHTER)
    to_stand_in(client)
    page = client.get(theirs)
    assert page.status_code == 403
    assert "Het inloggen is niet gelukt" in text_of(page)
    assert not logged_in(client)
    assert Client().get(theirs).status_code == 403


@pytest.mark.parametrize("ticket", ["", "x", "é", "a" * 4000])
def test_a_made_up_ticket_logs_nobody_in(client: Client, ticket: str) -> None:
    to_stand_in(client)
    assert client.get(f"/inloggen/terug/?ticket={quote(ticket)}").status_code == 403
    assert not logged_in(client)
    assert client.get("/inloggen/terug/").status_code == 403


def test_the_last_of_two_tabs_logs_in(client: Client) -> None:
    first, second = to_stand_in(client), to_stand_in(client)
    assert client.get(ticket_of(client, first)).status_code == 403
    second_again = to_stand_in(client)
    assert second != second_again
    assert client.get(ticket_of(client, second_again, DAUGHTER))["Location"] == MINE


def test_a_visit_that_took_too_long_says_so(client: Client) -> None:
    stand_in = to_stand_in(client)
    back = ticket_of(client, stand_in)
    let_pass(timedelta(minutes=15))
    assert "Misschien duurde het te lang" in text_of(client.get(back))
    assert not logged_in(client)


def test_logging_in_gives_a_new_session_key(client: Client) -> None:
    stand_in = to_stand_in(client)
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.get(ticket_of(client, stand_in))
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = before
    assert not logged_in(stolen)


def test_a_form_from_another_site_begins_nothing() -> None:
    assert Client(enforce_csrf_checks=True).post("/inloggen/").status_code == 403
    assert not Authentication.objects.exists()


def test_too_many_log_ins_from_one_address_must_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    window = limits.LIMITS[Limited.LOG_IN_PER_ADDRESS].window
    monkeypatch.setitem(limits.LIMITS, Limited.LOG_IN_PER_ADDRESS, Limit(2, window))
    assert [client.post("/inloggen/").status_code for _ in range(3)] == [302, 302, 429]


def test_without_an_authentication_service_the_page_says_so(client: Client, settings: Settings) -> None:
    settings.AUTHENTICATION_SERVICE = ""
    for answer in (client.get("/inloggen/"), client.post("/inloggen/")):
        assert answer.status_code == 503
        assert "nog niet verbonden met DigiD" in text_of(answer)
    assert not Authentication.objects.exists()
