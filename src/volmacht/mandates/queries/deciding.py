"""The one decision, asked of the register: facts from one indexed look-up, then `rules.representation.decide`.

Called on every log-in, so it speaks SQL itself: one statement brings both parties and every mandate between
them. The catalogue answers from its snapshot in memory. Reads only; `operations.answer_provider` records.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from volmacht import clock
from volmacht.catalogue import queries as catalogue
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
from volmacht.statements import Row, rows

SQL = """
SELECT r.kind, r.died_on, r.under_guardianship, r.blocked, p.kind, p.died_on, p.under_guardianship, p.blocked,
       m.id, m.first_day, m.last_day, m.ended_at, m.end_reason, m.route, m.service_id,
       EXISTS (SELECT 1 FROM mandates_coverage c
               WHERE c.mandate_id = m.id AND c.service_id = %s AND c.removed_at IS NULL)
FROM parties_party r
JOIN parties_party p ON p.id = %s
LEFT JOIN mandates_mandate m ON m.representative_id = r.id AND m.represented_id = p.id AND m.environment = %s
WHERE r.id = %s
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """May `representative` act for `represented` at `service_id` with this level? Asked over `connection_id`.

    `service_id` is a row id of the catalogue; the environment is the service's own.
    """

    representative: UUID
    represented: UUID
    service_id: UUID
    connection_id: UUID
    level: LevelOfAssurance


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
    key = Mandate._meta.pk.get_db_prep_value
    ids = (asked.service_id, asked.represented, asked.representative)
    service_id, represented, representative = (key(value, connection) for value in ids)
    return rows(SQL, [service_id, represented, environment.value, representative])


def decide_for(asked: Asked, moment: datetime | None = None) -> Decision:
    """Decide at a moment (default now). Someone unknown is answered like someone without a mandate."""
    service = catalogue.service(asked.service_id)
    if service is None:
        return Denied(Refusal.NOT_OWN_SERVICE)
    rules = ServiceRules(
        status=catalogue.status(asked.service_id, asked.connection_id),
        own_service=catalogue.is_own_service(asked.service_id, asked.connection_id),
        kind=service.representative_kind,
        minimum_level=service.minimum_level,
    )
    found = _rows(asked, service.environment)
    if not found:
        return Denied(Refusal.NO_MANDATE)
    first = found[0]
    return decide(
        Question.at(moment or clock.now(), asked.level),
        rules,
        PartyFacts(PartyKind(first[0]), _died(first[1]), bool(first[2]), bool(first[3])),
        PartyFacts(PartyKind(first[4]), _died(first[5]), bool(first[6]), bool(first[7])),
        [_mandate(row, asked.service_id) for row in found if row[8] is not None],
    )
