"""The demo scenario in the test database, loaded once for a module by its fixture `loaded_demo`.

A conftest asks for it with `from tests.demo_scenario import loaded_demo`; its tests ask for `db` as well, which
undoes what each of them does.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.population_register import PopulationRegisterControl


@pytest.fixture(scope="module")
def loaded_demo(
    clean_copy: None, django_db_blocker: DjangoDbBlocker, register_served: "PopulationRegisterControl"
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
