"""The one decision, asked of the register: facts from one indexed look-up, then `rules.representation.decide`.

Called on every log-in, so it speaks SQL itself: one statement brings both parties and every mandate between
them. The catalogue answers from its snapshot in memory. Reads only; `operations.answer_provider` records.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.mandates.models import Mandate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import (
    Decision,
    Denied,
    MandateFacts,
    PartyFacts,
    Question,
    ServiceRules,
    decide,
)
from volmacht.rules.routes import Route
from volmacht.statements import Row, rows, uuid_value

QUESTION = """
SELECT r.kind, r.died_on, r.under_guardianship, r.blocked, p.kind, p.died_on, p.under_guardianship, p.blocked,
       m.id, m.first_day, m.last_day, m.ended_at, m.end_reason, m.route, m.service_id,
       EXISTS (SELECT 1 FROM mandates_coverage c
               WHERE c.mandate_id = m.id AND c.service_id = %s AND c.removed_at IS NULL),
       p.id
FROM parties_party r
JOIN parties_party p ON p.id {one_of}
LEFT JOIN mandates_mandate m ON m.representative_id = r.id AND m.represented_id = p.id AND m.environment = %s
WHERE r.id = %s
"""


ONE = QUESTION.replace("{one_of}", "= %s")


@dataclass(frozen=True, slots=True)
class Asked:
    """May `representative` act for `represented` at `service_id` with this level? Asked over `connection_id`.

    `service_id` is a row id of the catalogue; the environment is the service's own. `dv_entity_id` is who asks over the
    connection of an LC or RD, which serves many.
    """

    representative: UUID
    represented: UUID
    service_id: UUID
    connection_id: UUID
    level: LevelOfAssurance
    dv_entity_id: str = ""


@dataclass(frozen=True, slots=True)
class AskedOfMany:
    """The same question about several people."""

    representative: UUID
    represented: Collection[UUID]
    service_id: UUID
    connection_id: UUID
    level: LevelOfAssurance
    dv_entity_id: str = ""


COLUMNS = (Mandate.id, Mandate.first_day, Mandate.last_day, Mandate.ended_at, Mandate.service)


@cache
def _converters() -> list[list[Any]]:
    """How this database's values of the mandate columns become Python's (SQLite keeps text for all)."""
    expressions = [column.field.get_col(Mandate._meta.db_table) for column in COLUMNS]
    return [
        [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
        for expression in expressions
    ]


def _read(place: int, value: Any) -> Any:
    for convert in _converters()[place]:
        value = convert(value, None, connection)
    return value


def _died(value: Any) -> date | None:
    result: date | None = _read(1, value)
    return result


def _mandate(row: tuple[Any, ...], service_id: UUID) -> MandateFacts:
    ended_at: datetime | None = _read(3, row[11])
    granted_for = _read(4, row[14])
    covered = bool(row[15]) and (granted_for == service_id or catalogue.covers(granted_for, service_id))
    return MandateFacts(
        mandate_id=_read(0, row[8]),
        first_day=_read(1, row[9]),
        last_day=_read(2, row[10]),
        ended_at=ended_at,
        end_reason=EndReason(row[12]) if row[12] else None,
        covered=covered,
        route=Route(row[13]),
    )


def _rows(asked: Asked, environment: Environment) -> list[Row]:
    ids = (asked.service_id, asked.represented, asked.representative)
    service_id, represented, representative = map(uuid_value, ids)
    return rows(ONE, [service_id, represented, environment.value, representative])


def _rows_of_many(asked: AskedOfMany, environment: Environment) -> list[Row]:
    many = [uuid_value(one) for one in asked.represented]
    service_id, representative = uuid_value(asked.service_id), uuid_value(asked.representative)
    if connection.vendor == "postgresql":  # one text however many there are: it is prepared once
        sql = QUESTION.replace("{one_of}", "= ANY(%s)")
        return rows(sql, [service_id, many, environment.value, representative])
    sql = QUESTION.replace("{one_of}", f"IN ({', '.join(['%s'] * len(many))})")
    return rows(sql, [service_id, *many, environment.value, representative])


def _rules(service: ServiceEntry, connection_id: UUID, dv_entity_id: str = "") -> ServiceRules:
    return ServiceRules(
        status=catalogue.status(service.id, connection_id, dv_entity_id=dv_entity_id),
        own_service=catalogue.is_own_service(service.id, connection_id),
        kind=service.representative_kind,
        minimum_level=service.minimum_level,
    )


def _decide(question: Question, rules: ServiceRules, found: Sequence[Row], service_id: UUID) -> Decision:
    """`found` are the rows of two parties; someone unknown has none."""
    if not found:
        return Denied(Refusal.NO_MANDATE)
    first = found[0]
    return decide(
        question,
        rules,
        PartyFacts(PartyKind(first[0]), _died(first[1]), bool(first[2]), bool(first[3])),
        PartyFacts(PartyKind(first[4]), _died(first[5]), bool(first[6]), bool(first[7])),
        [_mandate(row, service_id) for row in found if row[8] is not None],
    )


def decide_for(asked: Asked, moment: datetime | None = None) -> Decision:
    """Decide at a moment (default now). Someone unknown is answered like someone without a mandate."""
    service = catalogue.service(asked.service_id)
    if service is None:
        return Denied(Refusal.NOT_OWN_SERVICE)
    rules = _rules(service, asked.connection_id, asked.dv_entity_id)
    found = _rows(asked, service.environment)
    return _decide(Question.at(moment or clock.now(), asked.level), rules, found, asked.service_id)


def decide_for_many(asked: AskedOfMany) -> dict[UUID, Decision]:
    """`decide_for` about each of several people, now, with one statement for all."""
    service = catalogue.service(asked.service_id)
    if service is None or not asked.represented:
        return dict.fromkeys(asked.represented, Denied(Refusal.NOT_OWN_SERVICE))
    rules = _rules(service, asked.connection_id, asked.dv_entity_id)
    question = Question.at(clock.now(), asked.level)
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in _rows_of_many(asked, service.environment):
        found[_read(0, row[16])].append(row)
    return {one: _decide(question, rules, found[one], service.id) for one in asked.represented}
