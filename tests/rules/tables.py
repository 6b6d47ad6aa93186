"""Reads the decision table `tables/decide.toml` into values that any door can be asked with.

Each row names only what differs from the defaults at the top of the table. A misspelt key or value is an
error. Mandates get ids in the order in which they stand: the first is UUID(int=1).
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.ends import EndReason
from volmacht.rules.kinds import PartyKind, RepresentativeKind
from volmacht.rules.refusals import Refusal
from volmacht.rules.representation import (
    Allowed,
    Decision,
    Denied,
    MandateFacts,
    PartyFacts,
    Question,
    ServiceRules,
)
from volmacht.rules.routes import Route
from volmacht.rules.services import LookUpStatus

Row = Mapping[str, Any]
_TABLE = Path(__file__).with_name("tables") / "decide.toml"
_KEYS = {"name", "rules", "moment", "level", "service", "representative", "represented", "mandates", "answer"}


@dataclass(frozen=True)
class DecisionCase:
    """One row: the facts, and the one right answer. `rules` are the rule ids that it shows."""

    name: str
    rules: tuple[str, ...]
    question: Question
    service: ServiceRules
    representative: PartyFacts
    represented: PartyFacts
    mandates: tuple[MandateFacts, ...]
    answer: Decision


def decision_cases() -> tuple[DecisionCase, ...]:
    """All rows of the table, in order."""
    document = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    defaults = document["defaults"]
    return tuple(_case(row, defaults) for row in document["case"])


def _case(row: Row, defaults: Row) -> DecisionCase:
    _only(row, _KEYS)
    mandates = tuple(
        _mandate(UUID(int=number), _over(defaults["mandate"], given))
        for number, given in enumerate(row.get("mandates", ()), start=1)
    )
    moment = row.get("moment", defaults["moment"])
    return DecisionCase(
        name=row["name"],
        rules=tuple(row["rules"]),
        question=Question.at(moment, LevelOfAssurance[row.get("level", defaults["level"])]),
        service=_service(_over(defaults["service"], row.get("service", {}))),
        representative=_party(_over(defaults["representative"], row.get("representative", {}))),
        represented=_party(_over(defaults["represented"], row.get("represented", {}))),
        mandates=mandates,
        answer=_answer(row["answer"], mandates),
    )


def _only(row: Row, keys: set[str]) -> None:
    unknown = row.keys() - keys
    if unknown:
        raise KeyError(f"unknown in the table: {sorted(unknown)}")


def _over(defaults: Row, row: Row) -> Row:
    _only(row, {*defaults, "died_on", "ended_at", "end_reason"})
    return {**defaults, **row}


def _service(row: Row) -> ServiceRules:
    return ServiceRules(
        status=LookUpStatus(row["status"]),
        own_service=row["own"],
        kind=RepresentativeKind(row["kind"]),
        minimum_level=LevelOfAssurance[row["minimum_level"]],
    )


def _party(row: Row) -> PartyFacts:
    return PartyFacts(
        kind=PartyKind(row["kind"]),
        died_on=row.get("died_on"),
        under_guardianship=row["under_guardianship"],
        blocked=row["blocked"],
    )


def _mandate(mandate_id: UUID, row: Row) -> MandateFacts:
    return MandateFacts(
        mandate_id=mandate_id,
        first_day=row["first_day"],
        last_day=row["last_day"],
        ended_at=row.get("ended_at"),
        end_reason=EndReason(row["end_reason"]) if "end_reason" in row else None,
        covered=row["covered"],
        route=Route(row["route"]),
    )


def _answer(row: Row, mandates: tuple[MandateFacts, ...]) -> Decision:
    _only(row, {"allowed", "refused", "end_reason", "valid_from"})
    if "allowed" in row:
        mandate = mandates[row["allowed"] - 1]
        return Allowed(mandate.mandate_id, mandate.route)
    return Denied(
        refusal=Refusal(row["refused"]),
        end_reason=EndReason(row["end_reason"]) if "end_reason" in row else None,
        valid_from=row.get("valid_from"),
    )
