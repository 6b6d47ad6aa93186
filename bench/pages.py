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
from volmacht.logins.operations import login_authenticated, start_login
from volmacht.logins.states import SESSION_KEY, Representation
from volmacht.portals.shared.login_session import log_in
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refused

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
    login = start_login(
        connection_id=population.service.connection_id,
        service_id=population.service.id,
        representation=Representation.MANDATORY,
        relay_state="",
    )
    if isinstance(login, Refused) or login_authenticated(login, person=person, level=LevelOfAssurance.HIGH):
        raise RuntimeError(f"no log-in could be begun: {login}")
    return login


def _client(person: UUID, login: UUID) -> Client:
    """A browser in which this person is logged in, also for a provider."""
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    request.session[SESSION_KEY] = str(login)
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
