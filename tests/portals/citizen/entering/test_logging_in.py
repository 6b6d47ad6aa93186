"""Logging in to the portal at DigiD: there and back to where one was, and nowhere else (FL-13, AD-01 to AD-15)."""

from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.interfaces.saml import parties
from tests.interfaces.saml.authentication_service import AuthenticationService
from tests.interfaces.saml.catalogue import PRODUCTION, World
from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import DAUGHTER, MINE, MOTHER, Visitor, person
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.catalogue.kinds import ChangeKind
from volmacht.keystore import OwnEntity
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.entities import PORTAL_SERVICE, entity_id
from volmacht.logins.models import Visit
from volmacht.parties.queries import party_with_bsn
from volmacht.rules.assurance import LevelOfAssurance

pytestmark = pytest.mark.database


def test_logging_in_leads_to_one_s_mandates(visitor: Visitor) -> None:
    assert "Log nooit in met de DigiD van iemand anders" in text_of(visitor.client.get("/inloggen/"))
    question = visitor.ask()
    back = visitor.service.log_in(question, person())
    assert visitor.open(back)["Location"] == MINE
    page = visitor.client.get(MINE)
    assert "Maria Johanna de Vries-Jansen" in page.content.decode()
    assert MOTHER.value not in page.content.decode() + back


def test_the_portal_asks_as_a_provider_for_itself(visitor: Visitor) -> None:
    leaving = visitor.leave()
    form = visitor.form(leaving)
    assert form.action == "https://inloggen.example/saml/sso"
    assert set(form.fields) == {"SAMLRequest", "RelayState"}
    assert "form-action 'self'" in leaving["Content-Security-Policy"]
    assert "https://inloggen.example" in leaving["Content-Security-Policy"]
    asked, own = visitor.service.receive(form.fields).request, entity_id(PRODUCTION, OwnEntity.PORTAL)
    assert (asked.issuer, asked.audiences, asked.services) == (own, (own,), (PORTAL_SERVICE,))
    assert asked.scoping is None
    assert asked.force_authn


def test_it_is_written_down_who_logged_in_and_how_surely(visitor: Visitor) -> None:
    visitor.log_in(person(level=LevelOfAssurance.MIDDLE))
    mother = party_with_bsn(MOTHER)
    assert mother
    event = next(event for event in history_about(mother) if event.kind is EventKind.LOGGED_IN)
    assert (event.actor.id, event.data) == (mother, {"level": 20})


def test_the_level_of_the_log_in_is_that_of_the_session(visitor: Visitor) -> None:
    visitor.log_in(person(level=LevelOfAssurance.HIGH))
    assert visitor.client.session["login"]["level"] == 30


def test_who_is_logged_in_needs_not_log_in_again(visitor: Visitor) -> None:
    visitor.log_in(person())
    assert visitor.client.get("/inloggen/")["Location"] == MINE
    assert visitor.client.get("/inloggen/?verder=/code/")["Location"] == "/code/"
    assert visitor.client.get("/inloggen/?verder=https://evil.example/")["Location"] == MINE


def test_a_page_that_asks_to_log_in_is_where_one_comes_back_to(visitor: Visitor) -> None:
    to_log_in = visitor.client.get("/mijn/gegevens/?a=b")["Location"]
    assert to_log_in == "/inloggen/?verder=%2Fmijn%2Fgegevens%2F%3Fa%3Db"
    assert "Log in om verder te gaan." in text_of(visitor.client.get(to_log_in))
    back = visitor.log_in(person(), f"?{urlsplit(to_log_in).query}")
    assert back["Location"] == "/mijn/gegevens/?a=b"


def test_only_what_is_kept_is_promised(visitor: Visitor) -> None:
    """The end of an idle log-in keeps what one was doing; logging out forgets it (decision 0008)."""
    visitor.log_in(person())
    session = visitor.client.session
    session["login"] = {**session["login"], "last_seen": "2026-01-01T00:00:00+00:00"}
    session.save()
    page = visitor.client.get("/mijn/gegevens/", follow=True)
    assert "Log eerst in. Daarna gaat u verder waar u was." in text_of(page)
    visitor.log_in(person())
    visitor.client.post("/uitloggen/")
    page = visitor.client.get("/mijn/gegevens/", follow=True)
    assert "verder waar u was" not in text_of(page)


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
def test_nobody_is_sent_elsewhere_after_logging_in(visitor: Visitor, where: str) -> None:
    assert visitor.log_in(person(), f"?{urlencode({'verder': where})}")["Location"] == MINE


def test_logging_in_works_in_english_throughout(visitor: Visitor) -> None:
    visitor.prefix = "/en"
    assert '<html lang="en"' in visitor.leave().content.decode()
    assert visitor.log_in(person())["Location"] == f"/en{MINE}"


def test_logging_in_gives_a_new_session_key(visitor: Visitor) -> None:
    question = visitor.ask()
    before = visitor.client.cookies[settings.SESSION_COOKIE_NAME].value
    visitor.come_back(question, person())
    assert visitor.client.cookies[settings.SESSION_COOKIE_NAME].value != before
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = before
    assert stolen.get(MINE).status_code == 302


def test_each_of_two_tabs_logs_in(visitor: Visitor) -> None:
    first, second = visitor.ask(), visitor.ask("?verder=/code/")
    assert visitor.come_back(second, person())["Location"] == "/code/"
    assert visitor.come_back(first, person(DAUGHTER))["Location"] == MINE
    assert "Annelies de Vries" in visitor.client.get(MINE).content.decode()


def test_a_form_from_another_site_begins_nothing(digid: AuthenticationService) -> None:
    assert Client(enforce_csrf_checks=True).post("/inloggen/").status_code == 403
    assert not Visit.objects.exists()


def test_too_many_log_ins_from_one_address_must_wait(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = limits.LIMITS[Limited.LOG_IN_PER_ADDRESS].window
    monkeypatch.setitem(limits.LIMITS, Limited.LOG_IN_PER_ADDRESS, Limit(2, window))
    assert [visitor.leave().status_code for _ in range(3)] == [200, 200, 429]


def test_without_an_authentication_service_the_page_says_so(visitor: Visitor, world: World) -> None:
    world.switch(ChangeKind.SWITCH_PEER, parties.AD, active=False)
    for answer in (visitor.client.get("/inloggen/"), visitor.leave()):
        assert answer.status_code == 503
        assert "nog niet verbonden met DigiD" in text_of(answer)
    assert not Visit.objects.exists()


def test_a_service_that_went_away_since_the_page_was_shown_begins_nothing(visitor: Visitor) -> None:
    answer = visitor.client.post("/inloggen/?verder=/code/", {"bij": "urn:nl-eid-gdi:1.0:AD:gone"})
    assert answer["Location"] == "/inloggen/?verder=/code/"
    assert not Visit.objects.exists()


def test_a_log_in_takes_at_most_twenty_minutes(visitor: Visitor) -> None:
    question = visitor.ask()
    for row in Visit.objects.all():
        row.expires_at -= timedelta(minutes=20)
        row.save()
    page = visitor.come_back(question, person())
    assert page.status_code == 400
    assert "Misschien duurde het te lang" in text_of(page)
    assert not visitor.is_logged_in
