"""What every test can ask for. `pytest --database postgresql` runs the same tests on PostgreSQL.

* `db`: the database, rolled back after the test (pytest-django's).
* `committed_db`: real commits, for threads and other connections; the database is restored afterwards. A test
  never uses `transactional_db`: its flush is refused by the audit chain.
* `clock_at(moment)`: stops Volmacht's clock until the end of the test; may be called again.
* `population_register`: the switches of the stand-in, which every test with a database can reach over HTTP.
* `organisation_register`: the stand-in for the registers of organisations, which can be away.
* `two_staff`: the ids of two employees, who approve each other's changes.
* `shared_folder`: a folder that all workers of this run share; take a lock for what only one may make.
* `demo_catalogue`: the catalogue of the demo; works with `db` and with `committed_db`. Ask for it before `two_staff`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from pytest_django import DjangoDbBlocker

from tests.installation import Installation

if TYPE_CHECKING:
    from tests.population_register import PopulationRegisterControl
    from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn

DATABASE_FIXTURES = {
    "db",
    "a_database",
    "committed_db",
    "two_staff",
    "demo_catalogue",
    "world",
    "committed_world",
}
INSTALLATION = pytest.StashKey[Installation]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The database under test."""
    parser.addoption("--database", choices=["sqlite", "postgresql"], default="sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Before pytest-django sets Django up: give the process an installation of its own."""
    config.addinivalue_line("markers", "database: touches the database (given to tests by their fixtures)")
    installation = Installation(config.getoption("database"))
    config.add_cleanup(installation.closing.close)
    config.stash[INSTALLATION] = installation
    installation.enter()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that the second run can take only that."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "transactional_db" in fixtures and "committed_db" not in fixtures:
            raise pytest.UsageError(f"{item.nodeid}: use committed_db instead of transactional_db")
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(scope="session")
def register_served(pytestconfig: pytest.Config) -> "Iterator[PopulationRegisterControl]":
    """The population register that this process asks."""
    from tests.population_register import PopulationRegisterControl, serving

    control = PopulationRegisterControl()
    with serving(control, pytestconfig.stash[INSTALLATION].register_socket):
        yield control


@pytest.fixture(scope="session")
def organisations_served(pytestconfig: pytest.Config) -> "Iterator[OrganisationRegisterStandIn]":
    """The registers of organisations that this process asks."""
    from tests.organisation_register import serving
    from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn
    from volmacht.standins.organisation_register.organisations import load_organisations

    stand_in = OrganisationRegisterStandIn(load_organisations())
    with serving(stand_in, pytestconfig.stash[INSTALLATION].organisations_socket):
        yield stand_in


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
    register_served: "PopulationRegisterControl",
    organisations_served: "OrganisationRegisterStandIn",
    pytestconfig: pytest.Config,
) -> Iterator[None]:
    """A migrated database for this process. Nothing to clean up: data folder and server are thrown away."""
    from django.conf import settings
    from django.db import connections
    from django.test.utils import setup_databases

    if pytestconfig.getoption("database") == "sqlite":  # on a file, as Volmacht does: in memory, locks differ
        database = settings.DATABASES["default"]
        database["TEST"]["NAME"] = str(pytestconfig.stash[INSTALLATION].data / "test.sqlite3")
        database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    with django_db_blocker.unblock():
        setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
        yield
        connections.close_all()


@pytest.fixture(scope="session")
def clean_copy(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A copy of the database as the migrations left it."""
    from tests import clean_database

    with django_db_blocker.unblock():
        clean_database.keep_copy()


@pytest.fixture
def committed_db(clean_copy: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database in which commits are real; restored after the test."""
    from tests import clean_database

    with django_db_blocker.unblock():
        yield
        clean_database.restore()


@pytest.fixture
def population_register(
    register_served: "PopulationRegisterControl",
) -> "Iterator[PopulationRegisterControl]":
    """Change what the population register says, until the end of the test."""
    yield register_served
    register_served.reset()


@pytest.fixture
def organisation_register(
    organisations_served: "OrganisationRegisterStandIn",
) -> "Iterator[OrganisationRegisterStandIn]":
    """Let the registers of organisations be away, until the end of the test."""
    yield organisations_served
    organisations_served.away = False


@pytest.fixture(autouse=True)
def _language_is_dutch() -> None:
    """A page that the previous test asked for in English leaves its language to this thread."""
    from django.utils import translation

    translation.deactivate()


@pytest.fixture(autouse=True)
def _catalogue_is_read_again(request: pytest.FixtureRequest) -> None:
    """What this process remembers of the catalogue belongs to the previous test."""
    if request.node.get_closest_marker("database"):
        from volmacht.catalogue.snapshot import CATALOGUE

        CATALOGUE.forget()


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, the same for each of its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def clock_at() -> Iterator[Callable[[datetime], None]]:
    """Stop Volmacht's clock at a moment (aware)."""
    from volmacht import clock

    with ExitStack() as stopped:

        def stop(moment: datetime) -> None:
            stopped.enter_context(clock.stopped_at(moment))

        yield stop


@pytest.fixture
def a_database(request: pytest.FixtureRequest) -> None:
    """The database that the test asks for; `db` when it asks for none."""
    if "committed_db" in request.fixturenames:
        request.getfixturevalue("committed_db")
    else:
        request.getfixturevalue("db")


@pytest.fixture
def demo_catalogue(a_database: None) -> None:
    """The demo catalogue, loaded."""
    from tests.demo_catalogue import provide

    provide()


@pytest.fixture
def two_staff(a_database: None) -> tuple[UUID, UUID]:
    """Two employees of the operator: one proposes, the other approves (DM-64)."""
    from volmacht.parties import operations

    return (
        operations.create_staff_member("Anne Bakker", "anne@volmacht.example"),
        operations.create_staff_member("Bram Visser", "bram@volmacht.example"),
    )
