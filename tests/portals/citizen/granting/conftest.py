"""A small catalogue, invented people, and a browser in which one of them is logged in.

The clock stands still at noon on 23 November 2026. What touches Django is imported late: pytest reads this
file before Django is set up.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

if TYPE_CHECKING:
    from tests.population_register import PopulationRegisterControl
    from tests.portals.citizen.granting.example_catalogue import Services
    from tests.portals.citizen.granting.journey import Journey

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOON)


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    """How often services were chosen is remembered for ten minutes."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def services(a_database: None) -> "Services":
    """The services of the example catalogue, by name. Ask for it before `two_staff`."""
    from tests.portals.citizen.granting import example_catalogue
    from volmacht.catalogue import queries
    from volmacht.rules.environment import Environment

    example_catalogue.provide()
    return {entry.name: entry for entry in queries.all_services(Environment.PRODUCTION)}


@pytest.fixture
def mother(population_register: "PopulationRegisterControl", services: "Services") -> UUID:
    """Mrs De Vries-Jansen, who gives mandates."""
    from tests.portals.citizen.granting import people

    return people.known(people.MOTHER)


@pytest.fixture
def daughter(mother: UUID) -> UUID:
    """Annelies de Vries, who gets them."""
    from tests.portals.citizen.granting import people

    return people.known(people.DAUGHTER)


@pytest.fixture
def mothers(client: Client, mother: UUID) -> Client:
    """The browser of the mother, who is logged in at level 20."""
    from tests.portals.citizen.granting import people

    people.log_in(client, mother)
    return client


@pytest.fixture
def journey(mothers: Client, services: "Services") -> "Journey":
    """The mother on her way to a mandate."""
    from tests.portals.citizen.granting.journey import Journey

    return Journey(mothers, services)
