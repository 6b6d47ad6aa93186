"""From cells to values, and back to cells: the forms that DigiD's layout knows (DM-63). Pure.

`Cells` collects every fault and note of a row instead of stopping at the first. Moments are Dutch time, to the minute:
one that does not exist (the hour left out in March) is a fault; of one that comes twice (October) the first counts, as
DigiD does, and the row says so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from volmacht.catalogue.importing.document import Row
from volmacht.catalogue.importing.verdicts import CellFault, RowFault, RowNote
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import InvalidIdentifier, Oin
from volmacht.rules.periods import AMSTERDAM, day_of, start_of

_MOMENT = re.compile(r"([0-9]{2})-([0-9]{2})-([0-9]{4}) ([0-9]{2}):([0-9]{2})")
_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_NUMBER = re.compile(r"[0-9]{1,9}")
MOST_ITEMS: Final = 2000


@dataclass(frozen=True, slots=True)
class Item:
    """One of several in a cell, apart by commas and inside by `#`: a service, for relations its kind, and its term."""

    service_uuid: UUID
    kind: str
    active: bool
    from_: "Moment"
    until: "Moment"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment and how it stands in the cell: compared by what is shown, as a cell knows no seconds."""

    at: datetime | None
    shown: str


NO_MOMENT = Moment(None, "")


def shown_moment(moment: datetime | None) -> str:
    """A moment as the layout shows it: Dutch time, without seconds; empty for none."""
    return moment.astimezone(AMSTERDAM).strftime("%d-%m-%Y %H:%M") if moment else ""


def shown_day(day: date | None) -> str:
    """The beginning of a day as the layout shows it; empty for none."""
    return f"{day:%d-%m-%Y} 00:00" if day else ""


def shown_flag(flag: bool) -> str:
    """0 or 1."""
    return "1" if flag else "0"


def _local(value: str) -> datetime:
    """Raises ValueError."""
    found = _MOMENT.fullmatch(value)
    if found is None:
        raise ValueError("not in the form of a moment")
    day, month, year, hour, minute = map(int, found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


class Cells:
    """The cells of one row, read one by one; columns count from 0, as in the layout."""

    def __init__(self, row: Row) -> None:
        self.line = row.line
        self.faults: list[CellFault] = []
        self.notes: list[RowNote] = []
        self._cells = row.cells

    def fault(self, column: int | None, fault: RowFault, detail: str = "") -> None:
        """Something is wrong here."""
        self.faults.append(CellFault(fault, self.line, None if column is None else column + 1, detail))

    def note(self, note: RowNote) -> None:
        """Something is good to know; once."""
        if note not in self.notes:
            self.notes.append(note)

    def raw(self, column: int) -> str:
        """The cell itself."""
        return self._cells[column]

    def text(self, column: int, longest: int, *, needed: bool = False, lines: bool = False) -> str:
        """Text without control signs; line breaks only where `lines` may be."""
        value = self._cells[column]
        if needed and not value:
            self.fault(column, RowFault.VALUE_MISSING)
        if len(value) > longest:
            self.fault(column, RowFault.TEXT_TOO_LONG, str(longest))
        if any(ord(sign) < ord(" ") and not (lines and sign == "\n") for sign in value):
            self.fault(column, RowFault.CONTROL_SIGN)
        return value

    def flag(self, column: int) -> bool:
        """0 or 1; needed."""
        return self._flag(column, self._cells[column])

    def _flag(self, column: int, value: str) -> bool:
        if value not in {"0", "1"}:
            self.fault(column, RowFault.NOT_A_FLAG if value else RowFault.VALUE_MISSING)
        return value == "1"

    def number(self, column: int, lowest: int, highest: int, *, needed: bool) -> int | None:
        """A whole number within bounds, both included."""
        value = self._cells[column]
        if not value:
            if needed:
                self.fault(column, RowFault.VALUE_MISSING)
            return None
        if not _NUMBER.fullmatch(value):
            self.fault(column, RowFault.NOT_A_NUMBER)
        elif not lowest <= int(value) <= highest:
            self.fault(column, RowFault.NUMBER_OUT_OF_RANGE, f"{lowest}-{highest}")
        else:
            return int(value)
        return None

    def level(self, column: int, *, needed: bool) -> LevelOfAssurance | None:
        """A level of assurance by its number."""
        value = self._cells[column]
        if not value and not needed:
            return None
        try:
            return LevelOfAssurance(int(value) if _NUMBER.fullmatch(value) else -1)
        except ValueError:
            self.fault(column, RowFault.LEVEL_UNKNOWN if value else RowFault.VALUE_MISSING)
            return None

    def service_uuid(self, column: int) -> UUID | None:
        """A ServiceUUID, written as UUIDs are; needed."""
        value = self._cells[column]
        if _UUID.fullmatch(value):
            return UUID(value)
        self.fault(column, RowFault.NOT_A_UUID if value else RowFault.VALUE_MISSING)
        return None

    def oin(self, column: int) -> str:
        """An OIN; needed."""
        value = self._cells[column]
        try:
            return Oin.parse(value).value
        except InvalidIdentifier:
            self.fault(column, RowFault.NOT_AN_OIN if value else RowFault.VALUE_MISSING)
            return ""

    def moment(self, column: int) -> Moment:
        """A moment as `dd-MM-yyyy HH:mm`; empty is none."""
        return self._moment(column, self._cells[column])

    def _moment(self, column: int, value: str) -> Moment:
        if not value:
            return NO_MOMENT
        try:
            local = _local(value)
            moment = local.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fault(column, RowFault.NOT_A_MOMENT)
            return NO_MOMENT
        if moment.astimezone(AMSTERDAM).replace(tzinfo=None) != local.replace(tzinfo=None):
            self.fault(column, RowFault.MOMENT_DOES_NOT_EXIST)
        elif local.utcoffset() != local.replace(fold=1).utcoffset():
            self.note(RowNote.FIRST_OF_TWO_MOMENTS)
        return Moment(moment, value)

    def day(self, column: int) -> date | None:
        """The day that begins at this moment: at midnight, Dutch time; empty is none."""
        moment = self.moment(column).at
        if moment is None:
            return None
        if start_of(day_of(moment)) != moment:
            self.fault(column, RowFault.NOT_AT_MIDNIGHT)
        return day_of(moment)

    def term(self, active: int, from_: int, until: int) -> tuple[bool, Moment, Moment]:
        """Active, from and until."""
        found = self.flag(active), self.moment(from_), self.moment(until)
        self._order(until, found[1], found[2])
        return found

    def _order(self, column: int, from_: Moment, until: Moment) -> None:
        if from_.at and until.at and until.at <= from_.at:
            self.fault(column, RowFault.UNTIL_BEFORE_FROM)

    def items(self, column: int, *, with_kind: bool) -> tuple[Item, ...]:
        """The items of a cell, as `uuid#type#active#from#until` or without type; none where it is empty."""
        parts = [part.strip() for part in self._cells[column].split(",")] if self._cells[column] else []
        if len(parts) > MOST_ITEMS:
            self.fault(column, RowFault.CELL_TOO_LONG, str(MOST_ITEMS))
            return ()
        read = [self._item(column, number, part, with_kind) for number, part in enumerate(parts, 1)]
        found = tuple(item for item in read if item)
        self._each_once(column, found)
        return found

    def _item(self, column: int, number: int, part: str, with_kind: bool) -> Item | None:
        fields = [field.strip() for field in part.split("#")]
        most = 5 if with_kind else 4
        if not most - 2 <= len(fields) <= most or not _UUID.fullmatch(fields[0]):
            self.fault(column, RowFault.ITEM_MALFORMED, str(number))
            return None
        fields += [""] * (most - len(fields))
        kind = fields.pop(1) if with_kind else ""
        from_, until = self._moment(column, fields[2]), self._moment(column, fields[3])
        self._order(column, from_, until)
        return Item(UUID(fields[0]), kind, self._flag(column, fields[1]), from_, until)

    def _each_once(self, column: int, items: Sequence[Item]) -> None:
        keys = [(item.service_uuid, item.kind) for item in items]
        if len(set(keys)) != len(keys):
            self.fault(column, RowFault.ITEM_TWICE)
