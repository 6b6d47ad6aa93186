"""A database that is really locked or gone gives the busy page, wherever in the request that shows."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from django.db import connection
from django.test import Client

from tests.portals.shared.example_site import ANNA

TakeAway = Callable[[], None]


@pytest.fixture
def browser(committed_db: None, client: Client) -> Client:
    """Anna's browser: a fault is a page, not an exception."""
    client.raise_request_exception = False
    client.get(f"/inloggen/?als={ANNA.int}")
    return client


@pytest.fixture
def take_away(committed_db: None) -> Iterator[TakeAway]:
    """Lock the database (SQLite) or let it hang up (PostgreSQL), until the end of the test."""
    given_back = ExitStack()

    def lock() -> None:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 20")
        other = given_back.enter_context(closing(sqlite3.connect(connection.settings_dict["NAME"])))
        other.execute("BEGIN IMMEDIATE")

    def hang_up() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (backend,) = cursor.fetchone()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
        other.close()

    with given_back:
        yield hang_up if connection.vendor == "postgresql" else lock
    connection.close()


def test_a_page_is_busy_while_the_database_is_away(browser: Client, take_away: TakeAway) -> None:
    take_away()

    response = browser.get("/concept/?onderwerp=belasting")

    assert response.status_code == 503
    assert response["Retry-After"] == "10"
    assert "Er is niets opgeslagen" in response.text


def test_a_form_is_not_carried_out_while_the_database_is_away(browser: Client, take_away: TakeAway) -> None:
    take_away()

    response = browser.post("/formulier/", {"bsn": "999990019"})

    assert response.status_code == 503
    assert 'name="bsn" value="999990019"' in response.text
    assert "Er is niets opgeslagen" in response.text


def test_a_form_that_may_have_been_carried_out_is_not_offered_again(
    browser: Client, take_away: TakeAway
) -> None:
    response = browser.post("/net-te-laat/", {"bsn": "999990019"}, take_away=take_away)

    assert response.status_code == 503
    assert "999990019" not in response.text
    assert "Misschien is uw laatste stap wel gelukt" in response.text


def test_being_alive_does_not_need_the_database(browser: Client, take_away: TakeAway) -> None:
    take_away()

    assert browser.post("/sessie/verlengen/").status_code == 503
    assert Client().get("/health/live").status_code == 200
    assert Client().get("/hulp/").status_code == 200


@pytest.mark.parametrize("path", ["/formulier/", "/wie/"])
def test_the_log_says_that_the_database_is_away_and_not_that_we_failed(
    browser: Client, take_away: TakeAway, written: Callable[[], list[str]], path: str
) -> None:
    """A form shows it before the view: when it is stored that the person is here."""
    take_away()

    assert browser.post(path, {"bsn": "999990019"}).status_code == 503

    events = [json.loads(line)["event"] for line in written()]
    assert events.count("database.away") == 1
    assert "request.failed" not in events
