"""What is said about a CSV file: closed vocabularies, one verdict for each row, and what the whole comes to. Pure.

Lines are those of the file, from 1; columns count from 1, as in a spreadsheet (the layout of DM-63 counts from 0).
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum, auto
from hashlib import sha256
from typing import Any

from volmacht.catalogue.differences import FieldChange
from volmacht.rules.environment import Environment


class ImportKind(StrEnum):
    """Which of the two layouts a file has (DM-63)."""

    SERVICES = "services"
    ORGANISATIONS = "organisations"


class RowFault(StrEnum):
    """Why a file or one of its cells cannot be imported; `detail` of a CellFault says which limit, line or value."""

    # the file as a whole
    FILE_TOO_LARGE = auto()
    FILE_EMPTY = auto()
    WRONG_ENCODING = auto()  # not UTF-8
    NUL_BYTE = auto()
    TOO_MANY_ROWS = auto()
    WRONG_COLUMN_COUNT = auto()  # detail: how many there are
    QUOTING = auto()  # a quote that does not end, or text after one
    CELL_TOO_LONG = auto()  # longer than any cell may be
    # a cell by itself
    VALUE_MISSING = auto()
    TEXT_TOO_LONG = auto()  # detail: the longest
    CONTROL_SIGN = auto()
    NOT_A_UUID = auto()
    NOT_AN_OIN = auto()
    NOT_A_FLAG = auto()  # 0 or 1
    NOT_A_NUMBER = auto()
    NUMBER_OUT_OF_RANGE = auto()  # detail: lowest-highest
    LEVEL_UNKNOWN = auto()  # 10, 20, 25 or 30
    ENCRYPTION_UNKNOWN = auto()
    ENCRYPTION_UNSUPPORTED = auto()  # pseudonyms
    REPRESENTATIVE_KIND_UNKNOWN = auto()
    ROLE_UNKNOWN = auto()  # 0 to 3
    NOT_A_MOMENT = auto()  # dd-MM-yyyy HH:mm
    MOMENT_DOES_NOT_EXIST = auto()  # in the hour that is left out in March
    NOT_AT_MIDNIGHT = auto()  # an announced level counts from the beginning of a day
    ITEM_MALFORMED = auto()  # of relations or services; detail: the how-manieth
    RELATION_KIND_UNKNOWN = auto()
    # cells together
    UNTIL_BEFORE_FROM = auto()
    LEVEL_AND_DATE_GO_TOGETHER = auto()
    ITEM_TWICE = auto()
    NAMED_TWICE = auto()  # the same UUID or OIN; detail: the line of the first
    # beside what stands in the catalogue
    CONNECTION_UNKNOWN = auto()
    CONNECTION_MISSING = auto()  # a new service that is no set
    SERVICE_UNKNOWN = auto()
    RELATION_WITH_ITSELF = auto()
    SOURCE_IS_NO_SET = auto()  # only a set holds services
    NOT_ONE_LEVEL = auto()  # what is held or opened by one cannot hold or open another (DM-61)
    ROLE_TERM_NOT_KEPT = auto()  # the role has no dates of its own here
    LINK_TERM_NOT_KEPT = auto()  # nor has a service of an organisation
    OFFERS_OVER_OWN_CONNECTION = auto()  # a service is always offered by the organisation of its connection
    NOT_ALLOWED = auto()  # a limit of the catalogue that has no word of its own; detail: the field


class RowNote(StrEnum):
    """What is good to know of a row that can be imported."""

    FIRST_OF_TWO_MOMENTS = auto()  # an hour that comes twice in October: the first is taken, as DigiD does
    SERVICE_ENTITY_ID_NOT_KEPT = auto()
    ENCRYPTION_IS_BSN = auto()  # "Legacy BSN" in the file
    ROLE_FOLLOWS_CONNECTION = auto()  # here the entity id of a connection says which role


class RowOutcome(StrEnum):
    """What a row comes to."""

    NEW = auto()
    CHANGED = auto()
    UNCHANGED = auto()
    FAULTY = auto()


@dataclass(frozen=True, slots=True)
class CellFault:
    """One fault; `column` is None where it is about the line, `line` None where it is about the file."""

    fault: RowFault
    line: int | None = None
    column: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """What becomes of one row. `key` is its UUID or OIN as it stands in the file."""

    line: int
    key: str
    name: str
    outcome: RowOutcome
    faults: tuple[CellFault, ...] = ()
    notes: tuple[RowNote, ...] = ()
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class DryRun:
    """What an import would do now. `faults` are those of the file: then there are no rows."""

    kind: ImportKind
    environment: Environment
    rows: tuple[RowVerdict, ...] = ()
    faults: tuple[CellFault, ...] = ()
    header: bool = False
    empty_lines: int = 0

    def count(self, outcome: RowOutcome) -> int:
        """How many rows come to this."""
        return sum(row.outcome is outcome for row in self.rows)

    @property
    def possible(self) -> bool:
        """Whether nothing is wrong anywhere: all or nothing."""
        return not self.faults and not self.count(RowOutcome.FAULTY)

    @property
    def changes_something(self) -> bool:
        """Whether a row is new or changed."""
        return any(row.outcome in {RowOutcome.NEW, RowOutcome.CHANGED} for row in self.rows)


def stored_verdicts(rows: Sequence[RowVerdict]) -> list[dict[str, Any]]:
    """Verdicts as JSON; equal verdicts are equal JSON."""
    stored: list[dict[str, Any]] = json.loads(json.dumps([asdict(row) for row in rows]))
    return stored


def read_verdicts(stored: Sequence[dict[str, Any]]) -> tuple[RowVerdict, ...]:
    """The verdicts that `stored_verdicts` made."""
    return tuple(_verdict(row) for row in stored)


def _verdict(row: dict[str, Any]) -> RowVerdict:
    return RowVerdict(
        line=row["line"],
        key=row["key"],
        name=row["name"],
        outcome=RowOutcome(row["outcome"]),
        faults=tuple(CellFault(**(one | {"fault": RowFault(one["fault"])})) for one in row["faults"]),
        notes=tuple(RowNote(one) for one in row["notes"]),
        changes=tuple(FieldChange(**one) for one in row["changes"]),
    )


def digest_of(kind: ImportKind, environment: Environment, rows: object, verdicts: object) -> str:
    """SHA-256 over what is to be carried out and what the dry run said of it."""
    whole = [kind.value, environment.value, rows, verdicts]
    return sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
