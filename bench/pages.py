"""Portal pages: the number of queries must not grow with the number of mandates, the time hardly."""

from uuid import UUID

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.figures import Direction, Figure, compared
from bench.population import Population
from volmacht.portals.shared.login_session import log_in
from volmacht.rules.assurance import LevelOfAssurance

PAGES = {
    "my_mandates": "/mijn/machtigingen/",
    "uses": "/mijn/gebruik/",
    "my_data": "/mijn/gegevens/",
    "services": "/machtigen/dienst/",
}
TIMES = 15


def _client(person: UUID) -> Client:
    """A browser in which this person is logged in."""
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    log_in(request, party_id=person, level=LevelOfAssurance.HIGH, name="Iemand")
    request.session.save()
    client.cookies["__Host-volmacht"] = str(request.session.session_key)
    return client


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return len(seen)


def measure(population: Population, database: str) -> list[Figure]:
    """For each page the difference in queries and the ratio of times between 1,000 and 10 mandates."""
    many, few = _client(population.many), _client(population.few)
    figures = []
    for name, address in PAGES.items():
        many.get(address)  # fills what the process remembers of the catalogue and of what is chosen most
        more = _queries(many, address) - _queries(few, address)
        figures.append(Figure(f"queries_more_with_1000_{name}", more, "queries", 0, Direction.MAX, database))
    slow, quick = compared(
        lambda: many.get(PAGES["my_mandates"]), lambda: few.get(PAGES["my_mandates"]), times=TIMES
    )
    note = f"{slow * 1e3:.1f} ms against {quick * 1e3:.1f} ms"
    figures.append(Figure("my_mandates_1000_per_10", slow / quick, "×", 2.0, Direction.MAX, database, note))
    return figures
