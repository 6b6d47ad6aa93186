"""The stand-in for the population register, running, and the people in it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.standins.register_client import API_KEY, RegisterClient
from tests.standins.serving import served
from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register


@pytest.fixture(scope="session")
def people() -> tuple[Person, ...]:
    """Everybody."""
    return load_people()


@pytest.fixture
def register(people: tuple[Person, ...]) -> Iterator[RegisterClient]:
    """A running register that can be made to fail, and a raw client with the right key."""
    application = PopulationRegisterStandIn(Register(people), API_KEY, faults_enabled=True)
    with served(application) as address, httpx.Client(base_url=address, trust_env=False) as http:
        yield RegisterClient(http)
