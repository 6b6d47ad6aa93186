"""Loads the demo scenario, once: employees, organisations, the catalogue, and mandates in every state with their past.

Everything goes through the operations that people use, with the clock stopped at the moment it happened. Needs the
stand-ins for the population register (in it people die and come under guardianship as the scenario tells) and for the
registers of organisations to answer.
"""

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.db import transaction

from volmacht import clock
from volmacht.audit.operations import publish_checkpoint
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.operations import Loaded, load_catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.demo import connecting
from volmacht.demo.accounts import load_accounts
from volmacht.demo.cataloguing import propose_catalogue_changes
from volmacht.demo.papers import forget_keys
from volmacht.demo.replaying import Helper, Line, ScenarioProblem, Someone, Step, World
from volmacht.installation.operations import note_scenario_loaded
from volmacht.installation.queries import scenario_is_loaded
from volmacht.keystore import OwnEntity
from volmacht.logins.entities import entity_id
from volmacht.mandates.operations import announce_ended
from volmacht.mandates.queries import last_days
from volmacht.parties.operations import create_staff_member, know_organisation, know_person, refresh_person
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.periods import day_of, start_of
from volmacht.rules.refusals import Refused
from volmacht.standins.authentication_service.identities import pseudonym
from volmacht.standins.authentication_service.organisations import employees
from volmacht.standins.population_register.people import load_people, main_characters

FOLDER = Path(__file__).parent
CATALOGUE_DAYS = 600
STAFF = (("Ruben de Groot", "ruben@volmacht.example"), ("Aicha Bouali", "aicha@volmacht.example"))
SAMPLE_ENTITY = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"
GUESSED_BSN = "999990019"


def load_demo_catalogue() -> None:
    """Two employees, and the demo's providers, connections, services and sets. Raises ScenarioProblem."""
    proposer, approver = (create_staff_member(name, email) for name, email in STAFF)
    loaded = load_catalogue(FOLDER / "catalogue.toml", proposed_by=proposer, approved_by=approver)
    if not isinstance(loaded, Loaded):
        raise ScenarioProblem(f"the demo catalogue was not approved: {loaded}")


@transaction.atomic
def add_what_is_new() -> None:
    """A demo of an older version gets what the catalogue file has since then. Raises ScenarioProblem."""
    if scenario_is_loaded() and not catalogue.pinned_peers(Environment.PRODUCTION, Role.AD):
        load_demo_catalogue()


class _Register:
    """The switches of the population register's stand-in: who dies, and who comes under guardianship."""

    def __init__(self) -> None:
        options = settings.VOLMACHT
        base = options.population_register_url.removesuffix("/haalcentraal/api/brp")
        self._client = httpx.Client(base_url=base, headers={"X-API-KEY": options.population_register_key})

    def set(self, bsn: Bsn, **facts: object) -> None:
        """Change facts of one person. Raises ScenarioProblem."""
        response = self._client.post("/stand-in/person", json={"bsn": bsn.value, **facts})
        if response.is_error:
            raise ScenarioProblem(f"the population register answers {response.status_code}")

    @contextmanager
    def before(self, *handles: str) -> Iterator[None]:
        """Those who died or came under guardianship in the files have not yet."""
        with self._client:
            for handle in handles:
                self.set(_characters()[handle], died=None, guardianship=False)
            yield


@cache
def _characters() -> Mapping[str, Bsn]:
    """The main characters by handle; everybody in the files is read for it, so once."""
    return {handle: person.bsn for handle, person in main_characters(load_people()).items()}


@cache
def _levels() -> Mapping[Bsn, tuple[LevelOfAssurance, ...]]:
    """How everybody in the files can log in."""
    return {person.bsn: person.digid_levels for person in load_people()}


def _someone(name: str) -> Someone:
    bsn = _characters().get(name) or Bsn.parse(name)
    known = know_person(bsn)
    if isinstance(known, Refused):
        raise ScenarioProblem(f"nobody is '{name}': {known.refusal}")
    levels = _levels().get(bsn, ())
    # Who has no DigiD gave mandates at a counter or by letter once: nobody checks that here.
    return Someone(known, bsn, max(levels, default=LevelOfAssurance.MIDDLE))


def _helper(name: str) -> Helper:
    """A person, or somebody who works at an organisation: known by the pseudonym with which they log in."""
    account = employees().find(name)
    if account is None or account.kvk is None:
        person = _someone(name)
        return Helper(person.id, person.level)
    portal = entity_id(Environment.PRODUCTION, OwnEntity.PORTAL)
    return Helper(know_organisation(account.kvk), account.highest, pseudonym(account, portal))


def _service(name: str) -> ServiceEntry:
    for entry in catalogue.all_services(Environment.PRODUCTION):
        if entry.name == name:
            return entry
    raise ScenarioProblem(f"the demo catalogue has no '{name}'")


def _lines(now: datetime, register: _Register) -> list[Line]:
    content: Mapping[str, Any] = tomllib.loads((FOLDER / "scenario.toml").read_text(encoding="utf-8"))
    world = World(
        person=_someone,
        helper=_helper,
        service=_service,
        stranger=_someone("grandson"),
        other_bsn=Bsn.parse(GUESSED_BSN),
        now=now,
        happen=register.set,
    )
    return [Line(number, line, world) for number, line in enumerate(content["mandate"], start=1)]


def _let_pass(since: datetime, until: datetime) -> None:
    """What ends by its own last day between two moments is announced on the day itself, as the worker does."""
    for day in last_days(day_of(since), day_of(until)):
        with clock.stopped_at(start_of(day + timedelta(days=1)) + timedelta(seconds=30)):
            announce_ended()


def _in_order(lines: list[Line], now: datetime) -> list[Step]:
    """Everything that happens, to mandates and to cases."""
    whole = [step for line in lines for step in line.steps()] + list(connecting.steps(now))
    return sorted(whole, key=lambda step: (step.moment, step.line))


@transaction.atomic
def load() -> None:
    """Load everything, in order of time, or nothing at all. Raises ScenarioProblem, also when it was loaded before."""
    if scenario_is_loaded():
        raise ScenarioProblem("the demo scenario is loaded already")
    now = clock.now()
    register = _Register()
    with clock.stopped_at(now - timedelta(days=CATALOGUE_DAYS)):
        load_demo_catalogue()
        load_accounts()
    with register.before("deceased", "under-guardianship"):
        with clock.stopped_at(now - timedelta(days=CATALOGUE_DAYS - 1)):
            lines = _lines(now, register)
        steps = _in_order(lines, now)
        passed = steps[0].moment
        for step in steps:
            _let_pass(passed, step.moment)
            passed = step.moment
            with clock.stopped_at(passed):
                step.do()
        _let_pass(passed, now)
    for handle in ("deceased", "under-guardianship"):
        refresh_person(_someone(handle).id)
    announce_ended()
    connecting.let_worker_work()
    connecting.close_first_dispute()
    propose_catalogue_changes()
    publish_checkpoint(clock.today() - timedelta(days=1))
    note_scenario_loaded()
    forget_keys()
