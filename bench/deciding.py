"""Deciding one question in process, without and with the record, against a bare ORM fetch and a bare ORM insert."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

from django.apps import apps
from django.db import connection

from bench.figures import Direction, Figure, compared, seconds_each
from bench.population import Population
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import Asked, decide_for
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.representation import Decision, Denied

READS, WRITES = 1_000, 150
RAW = "SELECT * FROM mandates_mandate WHERE id = %s"


def _questions(population: Population) -> Iterator[Asked]:
    connection_id = population.service.connection_id
    if connection_id is None:
        raise RuntimeError("the measured service has no connection")
    for representative, represented in itertools.cycle(population.pairs):
        yield Asked(representative, represented, population.service.id, connection_id, LevelOfAssurance.HIGH)


def _must_be_allowed(decision: Decision) -> None:
    match decision:
        case Denied():
            raise RuntimeError(f"a valid mandate was refused: {decision.refusal}")


def measure(population: Population, database: str) -> list[Figure]:
    """Four figures: the decision, the raw SQL beside it, the decision with its record, and all per second."""
    mandate, use = apps.get_model("mandates", "Mandate"), apps.get_model("mandates", "Use")
    ids, questions = itertools.cycle(population.mandates), _questions(population)
    key = mandate._meta.pk

    def fetch() -> None:
        mandate.objects.get(id=next(ids))

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute(RAW, [key.get_db_prep_value(next(ids), connection)])
            cursor.fetchone()

    def decide() -> None:
        _must_be_allowed(decide_for(next(questions)))

    def insert() -> None:
        """The same row that the record of an answer has, about just as many different people."""
        asked = next(questions)
        use.objects.create(
            id=uuid4(),
            moment=datetime.now(UTC),
            environment="production",
            provider_id=next(iter(population.service.provider_ids)),
            service_id=asked.service_id,
            representative_id=asked.representative,
            represented_id=asked.represented,
            mandate_id=next(ids),
            level=25,
        )

    def answer() -> None:
        _must_be_allowed(answer_provider(next(questions)))

    deciding, fetching = compared(decide, fetch, times=READS)
    raw_seconds = seconds_each(raw, times=READS)
    answering, inserting = compared(answer, insert, times=WRITES)
    return [
        Figure(
            "decision_per_orm_fetch", deciding / fetching, "×", 1.5, Direction.MAX, database,
            f"{deciding * 1e6:.0f} µs against {fetching * 1e6:.0f} µs",
        ),
        Figure(
            "decision_per_raw_sql", deciding / raw_seconds, "×", None, Direction.MAX, database,
            f"{raw_seconds * 1e6:.0f} µs",
        ),
        Figure(
            "recorded_decision_per_orm_insert", answering / inserting, "×", 2.0, Direction.MAX, database,
            f"{answering * 1e6:.0f} µs against {inserting * 1e6:.0f} µs",
        ),
        Figure("decisions_per_second", 1 / deciding, "1/s", None, Direction.MIN, database),
        Figure("recorded_decisions_per_second", 1 / answering, "1/s", None, Direction.MIN, database),
    ]  # fmt: skip
