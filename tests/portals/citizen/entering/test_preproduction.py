"""Logging in to the portal of pre-production: at its own services, with its own keys, for test people only."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.interfaces.saml import parties
from tests.interfaces.saml.authentication_service import AuthenticationService, back_channel
from tests.interfaces.saml.catalogue import World
from tests.portals.choosing.visit import text_of
from tests.portals.citizen.entering.visiting import DAUGHTER, MINE, MOTHER, Visitor, person
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.keystore import OwnEntity, ring
from volmacht.logins.entities import entity_id
from volmacht.parties.queries import party_with_bsn
from volmacht.protocols.saml.keys import RecipientKey
from volmacht.rules.environment import Environment

pytestmark = pytest.mark.database
HERE = Environment.PREPRODUCTION
CONSUMER = "http://localhost:8000/preprod/saml/portal/acs"


@pytest.fixture
def tester(world: World) -> Iterator[Visitor]:
    """Somebody with a browser at the pages of pre-production."""

    def readers(_reader: str = "") -> tuple[RecipientKey, ...]:
        keys = ring(HERE, OwnEntity.PORTAL).published_encryption
        return tuple(RecipientKey(entity_id(HERE, OwnEntity.PORTAL), key) for key in keys)

    service = AuthenticationService(
        lambda: ring(HERE, OwnEntity.PORTAL).published_signing,
        readers,
        entity_id=parties.AD_TEST,
        consumer=CONSUMER,
    )
    back_channel().service = service
    yield Visitor(service, prefix="/preprod")
    back_channel().service = None


def listed(settings: Settings, tmp_path: Path) -> None:
    """The mother is the only test person."""
    people = tmp_path / "people.txt"
    people.write_text(MOTHER.value)
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, test_people=people)


def test_a_test_person_logs_in_here_and_not_in_production(
    tester: Visitor, settings: Settings, tmp_path: Path
) -> None:
    listed(settings, tmp_path)
    question = tester.ask()
    assert question.request.issuer == entity_id(HERE, OwnEntity.PORTAL)
    assert question.request.issuer != entity_id(Environment.PRODUCTION, OwnEntity.PORTAL)
    assert tester.come_back(question, person())["Location"] == f"/preprod{MINE}"
    assert tester.client.get(f"/preprod{MINE}").status_code == 200
    assert not tester.is_logged_in
    mother = party_with_bsn(MOTHER)
    assert mother
    told = [event.data for event in history_about(mother) if event.kind is EventKind.LOGGED_IN]
    assert told[-1]["environment"] == "preproduction"


def test_anybody_else_hears_why_not_and_is_not_kept(
    tester: Visitor, settings: Settings, tmp_path: Path
) -> None:
    listed(settings, tmp_path)
    known = party_with_bsn(DAUGHTER)
    before = history_about(known) if known else []
    page = tester.come_back(tester.ask(), person(DAUGHTER))
    assert page.status_code == 403
    assert "Hier kunt u alleen inloggen als testpersoon." in text_of(page)
    assert DAUGHTER.value not in page.content.decode()
    assert tester.client.get(f"/preprod{MINE}").status_code == 302
    assert (history_about(known) if known else []) == before


def test_an_answer_of_pre_production_does_not_log_in_to_production(tester: Visitor) -> None:
    back = tester.service.log_in(tester.ask(), person())
    assert tester.open(back.replace("/preprod/saml/", "/saml/")).status_code == 400
    assert not tester.is_logged_in


def test_an_answer_counts_in_the_session_of_pre_production_only(tester: Visitor) -> None:
    back = tester.service.log_in(tester.ask(), person())
    thief = Client()
    thief.cookies["__Host-volmacht"] = tester.client.cookies["__Host-volmacht-preprod"].value
    assert Visitor(tester.service, client=thief).open(back).status_code == 400


def test_one_click_makes_somebody_in_the_test_environment(tester: Visitor) -> None:
    answer = tester.client.post("/proef/word/", {"persoon": MOTHER.value, "omgeving": "test"})
    question = tester.service.receive(tester.form(answer).fields)
    assert tester.come_back(question, person())["Location"] == f"/preprod{MINE}"
    assert tester.client.get(f"/preprod{MINE}").status_code == 200
    assert not tester.is_logged_in
