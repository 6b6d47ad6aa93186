"""The whole demo, loaded once for the tests of this folder, and browsers of the people in it."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.demo_scenario import demo_authority, loaded_demo
from tests.interfaces.saml.conftest import saml_data

__all__ = ["demo_authority", "loaded_demo", "saml_data"]
Browser = Callable[[str], Client]


def party_of(handle: str) -> UUID:
    """The id in the register of somebody by handle or BSN; who is new is added, as by logging in."""
    from volmacht.parties.operations import know_person
    from volmacht.rules.identifiers import Bsn
    from volmacht.standins.population_register.people import load_people, main_characters

    people = main_characters(load_people())
    known = know_person(people[handle].bsn if handle in people else Bsn.parse(handle))
    assert isinstance(known, UUID)
    return known


def code_of_mother() -> dict[str, str]:
    """What the form for entering a code asks, filled in right: a new code of the mother's, and her BSN."""
    from uuid import uuid4

    from volmacht import clock
    from volmacht.catalogue.queries import all_services
    from volmacht.mandates.operations import RequestMade, request_mandate
    from volmacht.parties.queries import bsn_of
    from volmacht.rules.assurance import LevelOfAssurance
    from volmacht.rules.environment import Environment
    from volmacht.rules.periods import longest_last_day

    mother, today = party_of("mother"), clock.today()
    service = next(
        entry
        for entry in all_services(Environment.PRODUCTION)
        if entry.name == "Voertuig verkopen of schorsen"
    )
    made = request_mandate(
        represented=mother,
        level=LevelOfAssurance.MIDDLE,
        service_id=service.id,
        first_day=today,
        last_day=longest_last_day(today, 1),
        once=uuid4(),
        environment=Environment.PRODUCTION,
    )
    bsn = bsn_of(mother)
    assert isinstance(made, RequestMade), made
    assert made.code
    assert bsn
    return {"code": made.code.display, "bsn": bsn.value}


def log_ins_for_a_provider(language: str) -> tuple[str, ...]:
    """Where the entrance sends the browser that a provider sent with its question; of the last the daughter has logged
    in already, for where one logs in is another site."""
    from django.urls import reverse
    from django.utils import translation

    from tests.interfaces.saml import parties
    from tests.logins.provider import OWN_BVD, said_who, started
    from tests.mandates.scene import main_character
    from volmacht.protocols.saml.handling.requests import Way

    either = started(Way.MANDATORY, representation_services=(OWN_BVD, parties.OG))
    waiting = [*(started(way) for way in Way), either, started(Way.MANDATORY)]
    said_who(waiting[-1].id, main_character("daughter"))
    with translation.override(language):
        begin = tuple(reverse("choosing:enter", args=[one.handle]) for one in waiting)
        return *begin, reverse("choosing:why", args=[either.id])


@pytest.fixture
def _log_in_services(loaded_demo: None, db: None, saml_data: Path, settings: Settings) -> None:
    """Where to log in: what the demo pins has published metadata, so that the pages offer it. And an outside
    representation service."""
    from tests.catalogue.building import Building
    from tests.interfaces.saml import parties
    from tests.interfaces.saml.catalogue import PRODUCTION, take
    from volmacht.catalogue.kinds import ChangeKind
    from volmacht.catalogue.queries import pinned_peers
    from volmacht.catalogue.snapshot import CATALOGUE
    from volmacht.demo.scenario import STAFF
    from volmacht.parties.queries import staff_member
    from volmacht.protocols.saml.entity_ids import Role
    from volmacht.rules.environment import Environment

    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, data=saml_data)
    for environment in Environment:
        for pinned in pinned_peers(environment, Role.AD):
            outcome = take(pinned.entity_id, parties.ad_document(pinned.entity_id), environment)
            assert outcome.is_good, outcome
    one, other = (staff_member(email) for _name, email in STAFF)
    assert one
    assert other
    Building(one.id, other.id).change(
        ChangeKind.ADD_PEER,
        environment=PRODUCTION,
        entity_id=parties.OG,
        role=Role.BVD,
        name="Ouderlijk gezag",
    )
    CATALOGUE.forget()
    outcome = take(parties.OG, parties.og_document())
    assert outcome.is_good, outcome


def become(client: Client, email: str, organisation: str = "") -> None:
    """Log in by the door for trying out, as somebody with an account, for this organisation."""
    from volmacht.parties import queries as parties

    begun = client.post("/account/word/", {"account": email})
    assert begun.status_code == 302, email
    if organisation:
        (chosen,) = (one for one in parties.connecting_organisations() if one.name == organisation)
        acting = client.post("/account/kiezen/", {"als": f"organisation-{chosen.id}"})
        assert acting["Location"].endswith("/organisatie/"), organisation


@pytest.fixture
def browser(_log_in_services: None) -> Browser:
    """A browser in which somebody is logged in at the highest level; "anonymous" is nobody.

    In both environments: each has a session of its own."""
    from volmacht.parties.queries import party
    from volmacht.portals.shared.login_session import log_in
    from volmacht.portals.shared.sealed_sessions import SessionStore
    from volmacht.rules.assurance import LevelOfAssurance
    from volmacht.rules.environment import Environment

    def open_as(handle: str) -> Client:
        client = Client(raise_request_exception=False)
        if "@" in handle:
            become(client, *handle.split(" ", 1))
            return client
        if handle == "anonymous":
            return client
        person = party(party_of(handle))
        assert person is not None
        for environment, cookie in (
            (Environment.PRODUCTION, "__Host-volmacht"),
            (Environment.PREPRODUCTION, "__Host-volmacht-preprod"),
        ):
            request = RequestFactory().get("/")
            request.session = SessionStore()
            request.session.environment = environment
            log_in(request, party_id=person.id, level=LevelOfAssurance.HIGH, name=person.name)
            request.session.save()
            client.cookies[cookie] = str(request.session.session_key)
        return client

    return open_as
