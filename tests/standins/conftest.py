"""Stand-ins, running: the population register with the people in it, and the authentication services."""

import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.cli.commands import free_port
from tests.standins.login_service import LoginService, Neighbours, neighbours, running
from tests.standins.register_client import API_KEY, RegisterClient
from tests.standins.serving import served
from volmacht.standins.authentication_service.kinds import Kind
from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register


@pytest.fixture
def listener() -> Iterator[int]:
    """A port at which somebody listens who would share it, as the servers of two stand-ins do."""
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        held.bind(("127.0.0.1", free_port() + 1))
        held.listen()
        yield held.getsockname()[1]


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


@pytest.fixture(scope="session")
def volmacht_published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neighbours]:
    """What authentication services see of Volmacht."""
    with neighbours(tmp_path_factory.mktemp("neighbours")) as around:
        yield around


@pytest.fixture(scope="session")
def digid(volmacht_published: Neighbours) -> Iterator[LoginService]:
    """The stand-in for DigiD, running."""
    with running(Kind.DIGID, volmacht_published) as service:
        yield service


@pytest.fixture(scope="session")
def eherkenning(volmacht_published: Neighbours) -> Iterator[LoginService]:
    """The stand-in for eHerkenning, running."""
    with running(Kind.EHERKENNING, volmacht_published) as service:
        yield service
