"""Logging out of the portal: here at once, and at the authentication service too (LO-10, LO-11, LO-16)."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.interfaces.saml import parties
from tests.interfaces.saml.catalogue import take
from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import Visitor, person
from volmacht import clock
from volmacht.keystore import OwnEntity
from volmacht.logins.entities import entity_id
from volmacht.logins.models import Logout
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.database
STILL = "Misschien bent u nog wel ingelogd bij DigiD of eHerkenning"


@pytest.fixture
def logged_in(visitor: Visitor) -> Visitor:
    """Somebody who logged in at DigiD, which calls that by a name."""
    visitor.log_in(person(name_id="a-name-of-the-ad"))
    return visitor


def shown(visitor: Visitor, answer: "Answer") -> str:
    """What the page says to which the browser is sent."""
    assert answer.status_code == 303
    return text_of(visitor.client.get(answer["Location"]))


def test_logging_out_ends_the_log_in_at_the_service_too(logged_in: Visitor) -> None:
    asked = logged_in.log_out()
    assert not logged_in.is_logged_in
    assert asked.value.issuer == entity_id(Environment.PRODUCTION, OwnEntity.PORTAL)
    assert asked.value.name_id == "a-name-of-the-ad"
    assert asked.value.session_indexes == ("a-name-of-the-ad",)
    words = shown(logged_in, logged_in.come_back_logged_out(asked.answered()))
    assert "U bent uitgelogd" in words
    assert STILL not in words


def test_logging_out_works_in_english_throughout(logged_in: Visitor) -> None:
    logged_in.prefix = "/en"
    answer = logged_in.come_back_logged_out(logged_in.log_out().answered())
    assert answer["Location"] == "/en/uitgelogd/"


def test_the_name_at_the_service_is_on_no_page(logged_in: Visitor) -> None:
    assert "a-name-of-the-ad" not in logged_in.client.get("/mijn/gegevens/").content.decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"status": LogoutOutcome.DENIED.status()},
        {"status": Status("urn:oasis:names:tc:SAML:2.0:status:Responder", None, None)},
        {"issuer": parties.AD_TEST},
        {"in_response_to": "_other"},
        {"destination": "http://localhost:8000/saml/entrance/logout_response"},
        {"issue_instant": clock.wall_clock() - timedelta(hours=1)},
    ],
)
def test_an_answer_that_confirms_nothing_is_told(logged_in: Visitor, changes: dict[str, Any]) -> None:
    asked = logged_in.log_out()
    words = shown(logged_in, logged_in.come_back_logged_out(asked.answered(**changes)))
    assert STILL in words
    assert not logged_in.is_logged_in


def test_an_answer_counts_once_and_only_to_who_waits(logged_in: Visitor) -> None:
    asked = logged_in.log_out()
    stranger = replace(asked, relay_state="x")
    assert logged_in.come_back_logged_out(stranger.answered()).status_code == 400
    assert logged_in.come_back_logged_out(asked.answered()).status_code == 303
    assert logged_in.come_back_logged_out(asked.answered()).status_code == 400
    assert not Logout.objects.exists()


def test_an_answer_to_the_portal_does_not_count_at_the_entrance(logged_in: Visitor) -> None:
    fields = logged_in.log_out().answered()
    assert logged_in.come_back_logged_out(fields, "/saml/entrance/logout_response").status_code == 400
    assert logged_in.come_back_logged_out(fields).status_code == 303


def test_a_late_answer_confirms_nothing(logged_in: Visitor) -> None:
    asked = logged_in.log_out()
    for row in Logout.objects.all():
        row.expires_at -= timedelta(minutes=2)
        row.save()
    assert STILL in shown(logged_in, logged_in.come_back_logged_out(asked.answered()))


def test_a_service_without_log_out_is_not_asked_and_that_is_told(logged_in: Visitor) -> None:
    assert take(parties.AD, parties.ad_document(logout=False)).is_good
    answer = logged_in.client.post("/uitloggen/")
    assert not logged_in.is_logged_in
    assert STILL in text_of(logged_in.client.get(answer["Location"]))


def test_a_log_in_that_ended_by_itself_asks_nobody(logged_in: Visitor) -> None:
    session = logged_in.client.session
    session["login"] = {**session["login"], "last_seen": "2020-01-01T00:00:00+00:00"}
    session.save()
    assert logged_in.client.post("/uitloggen/")["Location"] == "/uitgelogd/"
    assert not Logout.objects.exists()


def test_nothing_is_answered_to_a_link(logged_in: Visitor) -> None:
    assert logged_in.client.get("/saml/portal/logout_response").status_code == 405
