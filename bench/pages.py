"""Portal pages: the number of queries must not grow with the number of mandates, the time hardly."""

from datetime import timedelta
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.figures import Direction, Figure, compared
from bench.population import FEW, MANY, Population
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity
from volmacht.logins.models import Transaction
from volmacht.logins.operations import start_login
from volmacht.logins.states import State
from volmacht.portals.choosing.own_login import remember
from volmacht.portals.shared.login_session import log_in
from volmacht.protocols.saml.handling.requests import Accepted, Sender, Way
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

PAGES = {
    "my_mandates": "/mijn/machtigingen/",
    "uses": "/mijn/gebruik/",
    "my_data": "/mijn/gegevens/",
    "services": "/machtigen/dienst/?aanvraag=00000000",
}
CHOOSING = "/inloggen/voor/{}/wie/"
TIMES = 15


def _let_represent(person: UUID, number: int, population: Population) -> None:
    """Let somebody act for so many people at the measured service; `population` has people who are represented."""
    mandate, coverage = apps.get_model("mandates", "Mandate"), apps.get_model("mandates", "Coverage")
    represented = {pair[0] for pair in population.pairs} - {population.many, population.few}
    made = mandate.objects.bulk_create(
        mandate(
            environment="production",
            representative_id=person,
            represented_id=other,
            service_id=population.service.id,
            first_day=clock.today(),
            last_day=clock.today() + timedelta(days=100),
            route="direct",
            level_granted=25,
            level_activated=25,
            registered_by_kind="person",
            registered_at=clock.now(),
        )
        for other in sorted(represented)[:number]
    )
    coverage.objects.bulk_create(
        coverage(mandate_id=row.id, service_id=population.service.id) for row in made
    )


def _login(person: UUID, population: Population) -> UUID:
    """A log-in for a provider in which this person has to choose for whom."""
    if population.service.connection_id is None:
        raise RuntimeError("the measured service has no connection")
    connection = catalogue.connection(population.service.connection_id)
    provider = connection.entity_id if connection else ""
    offer = catalogue.offer(Environment.PRODUCTION, provider, provider, population.service.service_uuid)
    if offer is None:
        raise RuntimeError("the measured service cannot be logged in at")
    question = Accepted(
        sender=Sender(provider, "_bench", "https://provider.example/saml/acs", None),
        provider=provider,
        service_uuid=str(population.service.service_uuid),
        offer=offer,
        level=population.service.minimum_level,
        way=Way.MANDATORY,
        force_authn=False,
        authentication_services=(),
        representation_services=(),
        idp_assertion=None,
        key_named=True,
    )
    login = start_login(question, environment=Environment.PRODUCTION, door=OwnEntity.ENTRANCE).id
    # What the authentication service says; the log-in itself is measured in log_ins.py.
    Transaction.objects.filter(id=login).update(
        party_id=person, level=LevelOfAssurance.HIGH, state=State.AUTHENTICATED
    )
    return login


def _client(person: UUID, login: UUID) -> Client:
    """A browser in which this person is logged in, also for a provider."""
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    remember(request, login)
    log_in(request, party_id=person, level=LevelOfAssurance.HIGH, name="Iemand")
    request.session.save()
    client.cookies["__Host-volmacht"] = str(request.session.session_key)
    return client


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(address, follow=True)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return len(seen)


def measure(population: Population, database: str) -> list[Figure]:
    """For each page the difference in queries and the ratio of times between 1,000 and 10 mandates."""
    people = {population.many: MANY, population.few: FEW}
    for person, number in people.items():
        _let_represent(person, number, population)
    logins = [_login(person, population) for person in people]
    many, few = (_client(person, login) for person, login in zip(people, logins, strict=True))
    pages = {name: (address, address) for name, address in PAGES.items()}
    pages["choosing"] = (CHOOSING.format(logins[0]), CHOOSING.format(logins[1]))
    figures = []
    for name, (of_many, of_few) in pages.items():
        _queries(
            many, of_many
        )  # fills what the process remembers of the catalogue and of what is chosen most
        more = _queries(many, of_many) - _queries(few, of_few)
        figures.append(Figure(f"queries_more_with_1000_{name}", more, "queries", 0, Direction.MAX, database))
    goals = {"my_mandates": 2.0, "choosing": None}
    timed = [_slower(name, many, few, pages[name], goal, database) for name, goal in goals.items()]
    return figures + timed


def _slower(
    name: str, many: Client, few: Client, addresses: tuple[str, str], goal: float | None, database: str
) -> Figure:
    slow, quick = compared(lambda: many.get(addresses[0]), lambda: few.get(addresses[1]), times=TIMES)
    note = f"{slow * 1e3:.1f} ms against {quick * 1e3:.1f} ms"
    return Figure(f"{name}_1000_per_10", slow / quick, "×", goal, Direction.MAX, database, note)
