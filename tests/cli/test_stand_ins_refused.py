"""Outside profile demo nobody logs in to production at a stand-in: it is not registered, and nothing starts (AD-14)."""

import dataclasses
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings

from tests.catalogue.building import Building
from tests.cli.commands import volmacht
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.operations import InvalidContent, propose
from volmacht.cli.neighbours import refuse_simulated_log_in
from volmacht.cli.problem import CommandProblem
from volmacht.config.options import Options, Profile
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.kinds import Kind

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
FOR_REAL = {"VOLMACHT_DEMO": "0", "VOLMACHT_BASE_URL": "https://volmacht.example"}
PINNED = (
    "INSERT INTO catalogue_pinnedpeer (id, environment, entity_id, role, oin, representation_types, active)"
    " VALUES (?, ?, ?, 'AD', ?, '[]', ?)"
)


@pytest.fixture
def for_real(settings: LazySettings) -> Options:
    """An installation that is not for trying out."""
    own: Options = dataclasses.replace(settings.VOLMACHT, profile=Profile.STANDARD)
    settings.VOLMACHT = own
    return own


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a new installation for real use, to be copied."""
    folder = tmp_path_factory.mktemp("new")
    assert volmacht(folder, "migrate", **FOR_REAL).returncode == 0
    return folder


@pytest.fixture
def installed(new: Path, tmp_path: Path) -> Path:
    """Such a folder of the test's own."""
    shutil.copytree(new, tmp_path, dirs_exist_ok=True)
    return tmp_path


def pin(data: Path, kind: Kind, environment: Environment, *, active: bool = True) -> None:
    """Somebody writes it into the database, past everything that refuses it."""
    with closing(sqlite3.connect(data / "volmacht.sqlite3")) as database, database:
        values = (uuid4().hex, environment, kind.entity_id(environment), kind.oin.value, active)
        database.execute(PINNED, values)


@pytest.mark.parametrize("verb", ["serve", "run"])
@pytest.mark.parametrize("kind", Kind)
def test_tc_100_production_with_a_stand_in_does_not_start(installed: Path, kind: Kind, verb: str) -> None:
    pin(installed, kind, PRODUCTION)
    done = volmacht(installed, verb, **FOR_REAL)
    assert done.returncode == 1
    assert f"at a stand-in ({kind.entity_id(PRODUCTION)}); that is for VOLMACHT_DEMO=1 only" in done.stderr
    assert "Traceback" not in done.stderr


def test_tc_100_the_doctor_tells_of_it_and_of_one_that_does_no_harm_nothing(installed: Path) -> None:
    pin(installed, Kind.DIGID, PREPRODUCTION)
    pin(installed, Kind.EHERKENNING, PRODUCTION, active=False)
    assert "stand-in" not in volmacht(installed, "doctor", **FOR_REAL).stderr
    pin(installed, Kind.DIGID, PRODUCTION)
    assert "log people in at a stand-in" in volmacht(installed, "doctor", **FOR_REAL).stderr


def test_tc_100_a_stand_in_is_not_registered_in_production(
    two_staff: tuple[UUID, UUID], for_real: Options
) -> None:
    content = {"role": "AD", "entity_id": Kind.DIGID.entity_id(PRODUCTION)}
    with pytest.raises(InvalidContent, match="names a stand-in with invented people: not in production"):
        propose(ChangeKind.ADD_PEER, {**content, "environment": PRODUCTION}, by=two_staff[0])
    other = {"role": "AD", "entity_id": "https://ad.example", "oin": Kind.DIGID.oin.value}
    with pytest.raises(InvalidContent, match="names a stand-in"):
        propose(ChangeKind.ADD_PEER, {**other, "environment": PRODUCTION}, by=two_staff[0])
    content["entity_id"] = Kind.DIGID.entity_id(PREPRODUCTION)
    assert propose(ChangeKind.ADD_PEER, {**content, "environment": PREPRODUCTION}, by=two_staff[0])
    refuse_simulated_log_in(for_real)


def test_tc_100_a_stand_in_that_is_there_is_not_switched_on(
    two_staff: tuple[UUID, UUID], settings: LazySettings
) -> None:
    building, demo = Building(*two_staff), settings.VOLMACHT
    entity_id = Kind.DIGID.entity_id(PRODUCTION)
    peer = building.change(
        ChangeKind.ADD_PEER, environment=PRODUCTION, role="AD", entity_id=entity_id
    )  # while trying out
    refuse_simulated_log_in(demo)
    settings.VOLMACHT = for_real = dataclasses.replace(demo, profile=Profile.STANDARD)
    with pytest.raises(CommandProblem, match="log people in at a stand-in"):
        refuse_simulated_log_in(for_real)
    building.change(ChangeKind.SWITCH_PEER, id=peer, active=False)
    refuse_simulated_log_in(for_real)
    with pytest.raises(InvalidContent, match="names a stand-in"):
        propose(ChangeKind.SWITCH_PEER, {"id": peer, "active": True}, by=two_staff[0])


def test_every_stand_in_where_people_log_in_is_known_by_its_oin(settings: LazySettings) -> None:
    assert {kind.oin.value for kind in Kind} == settings.SIMULATED_OINS
