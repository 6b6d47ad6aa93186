"""What a line of a catalogue file says otherwise than the catalogue does, and what no file can change. Only looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from volmacht.catalogue.carrying_out import columns
from volmacht.catalogue.file import Table
from volmacht.catalogue.models import InForce

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TERM_STAYS = "a file cannot change from when until when it counts; switch it off or on with `active`"


@dataclass(frozen=True, slots=True)
class Left:
    """A difference that stays: where in the file, which field, what stands, what the file says, and what to do."""

    where: str
    field: str
    stands: object
    asked: object
    advice: str

    def __str__(self) -> str:
        """A sentence for an employee."""
        return (
            f"{self.where}: {self.field} is {_shown(self.stands)} in the catalogue, and {_shown(self.asked)} in the"
            f" file: {self.advice}"
        )


def differences(row: InForce, table: Table, wanted: "DataclassInstance") -> dict[str, object]:
    """The fields that the file names and that stand otherwise, with what they should be."""
    asked = columns(wanted)
    return {name: asked[name] for name in table if name in asked and asked[name] != getattr(row, name)}


def left_over(
    where: str, row: InForce, differing: Mapping[str, object], advice: Mapping[str, str]
) -> list[Left]:
    """Those of the differences that no change can take away: with the advice for that field, or about its dates."""
    return [
        Left(where, name, getattr(row, name), asked, advice.get(name, TERM_STAYS))
        for name, asked in differing.items()
    ]


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "empty" if value in (None, "") else str(value)
