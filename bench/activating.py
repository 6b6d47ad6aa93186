"""Eight clients activate codes at once: nothing fails, nothing is lost, nothing doubles; the throughput is printed.

Clients are threads, as in the web server; the population register is the real stand-in, in a process of its own.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.apps import apps
from django.conf import settings
from django.db import connection

from bench.figures import Direction, Figure
from bench.population import Population
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.cli import ports
from volmacht.cli.children import running
from volmacht.cli.stand_ins import population_register
from volmacht.mandates import operations
from volmacht.parties.operations import know_person
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.periods import longest_last_day
from volmacht.rules.refusals import Refused
from volmacht.standins.population_register.people import load_people

CLIENTS, REPRESENTED, SERVICES = 8, 24, 8
LEVEL = LevelOfAssurance.HIGH


@dataclass(frozen=True, slots=True)
class Order:
    """A code waiting to be activated, twice: a double click is part of what is tried."""

    representative: UUID
    code: AuthorisationCode
    bsn: Bsn


def _adults() -> list[Bsn]:
    return [
        person.bsn
        for person in load_people()
        if not person.case and not person.handle and person.digid_levels
    ]


def _orders() -> list[Order]:
    adults = _adults()
    representatives = [know_person(bsn) for bsn in adults[:CLIENTS]]
    services = [
        entry
        for entry in catalogue.offered(Environment.PRODUCTION)
        if entry.representative_kind is not RepresentativeKind.ORGANISATION and not entry.is_set
    ][:SERVICES]
    orders = []
    for place, bsn in enumerate(adults[CLIENTS : CLIENTS + REPRESENTED]):
        represented = know_person(bsn)
        for service in services:
            first = clock.today()
            made = operations.request_mandate(
                represented=represented if not isinstance(represented, Refused) else uuid4(),
                level=LEVEL,
                service_id=service.id,
                first_day=first,
                last_day=longest_last_day(first, service.longest_months),
                once=uuid4(),
                environment=Environment.PRODUCTION,
            )
            representative = representatives[place % CLIENTS]
            if (
                isinstance(made, operations.RequestMade)
                and made.code
                and not isinstance(representative, Refused)
            ):
                orders.append(Order(representative, made.code, bsn))
    return orders


def _activate(order: Order) -> list[object]:
    try:
        return [
            operations.activate(
                representative=order.representative,
                level=LEVEL,
                code=order.code,
                bsn=order.bsn,
                environment=Environment.PRODUCTION,
            )
            for _ in range(2)
        ]
    finally:
        connection.close()


def measure(_population: Population, database: str) -> list[Figure]:
    """Failures, lost and double mandates (all must be zero), and activations per second."""
    mandate = apps.get_model("mandates", "Mandate")
    with running(population_register(settings.VOLMACHT)):
        while not ports.answers(settings.VOLMACHT.port + 1, "/health"):
            time.sleep(0.05)
        orders = _orders()
        before = mandate.objects.count()
        start = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as clients:
            answers = list(clients.map(_activate, orders))
        seconds = time.perf_counter() - start
    made = mandate.objects.count() - before
    failed = sum(not isinstance(answer, operations.ActivationDone) for pair in answers for answer in pair)
    differing = sum(pair[0] != pair[1] for pair in answers)
    note = f"{len(orders)} codes, each activated twice, {CLIENTS} clients"
    return [
        Figure("activations_failed", failed, "", 0, Direction.MAX, database, note),
        Figure(
            "mandates_lost_or_double",
            abs(len(orders) - made) + differing,
            "",
            0,
            Direction.MAX,
            database,
            note,
        ),
        Figure("activations_per_second", len(orders) / seconds, "1/s", None, Direction.MIN, database, note),
    ]
