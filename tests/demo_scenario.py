"""The demo scenario in the test database, loaded once for a module by its fixture `loaded_demo`.

A conftest asks for it with `from tests.demo_scenario import loaded_demo`; its tests ask for `db` as well, which
undoes what each of them does.
"""

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.population_register import PopulationRegisterControl


@pytest.fixture(scope="module")
def demo_authority(tmp_path_factory: pytest.TempPathFactory, django_test_environment: None) -> Iterator[None]:
    """A data folder with a test authority, as `volmacht run` makes before it loads."""
    from django.conf import settings
    from django.test import override_settings

    from volmacht import clock
    from volmacht.cli.authority_files import make_authority_files
    from volmacht.rules.environment import Environment

    options = dataclasses.replace(settings.VOLMACHT, data=tmp_path_factory.mktemp("demo"))
    with override_settings(VOLMACHT=options):
        for environment in Environment:
            make_authority_files(options, environment, clock.wall_clock())
        yield


@pytest.fixture(scope="module")
def loaded_demo(
    clean_copy: None,
    django_db_blocker: DjangoDbBlocker,
    register_served: "PopulationRegisterControl",
    demo_authority: None,
) -> Iterator[None]:
    """The scenario, loaded as `volmacht run` loads it; the database and the register are restored afterwards."""
    from tests import clean_database
    from volmacht.demo import scenario
    from volmacht.installation.operations import mark

    with django_db_blocker.unblock():
        try:
            mark("demo")
            scenario.load()
            yield
        finally:
            register_served.reset()
            clean_database.restore()
