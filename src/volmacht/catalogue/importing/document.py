"""From the bytes of a CSV file to rows of cells (DM-63). Pure; judges the form of the file, no value.

UTF-8 with or without BOM; separated by `,` or `;`, whichever gives the number of columns in the first line that is not
empty; a header line may stand above. The whole file is refused at the first fault of this kind.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from volmacht.catalogue.importing.verdicts import CellFault, ImportKind, RowFault

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 10_000
COLUMNS: Final = {ImportKind.SERVICES: 21, ImportKind.ORGANISATIONS: 11}
KEY_COLUMN: Final = {ImportKind.SERVICES: 2, ImportKind.ORGANISATIONS: 0}
FLAG_COLUMNS: Final = {ImportKind.SERVICES: (9, 11, 17), ImportKind.ORGANISATIONS: (3, 7)}
_KEY = re.compile(r"[0-9]{20}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_OTHER_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")
_FORMULA = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line where it begins, and its cells as text."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The rows of a file, without header and empty lines."""

    rows: tuple[Row, ...]
    header: bool
    empty_lines: int


class Unreadable(ValueError):
    """The file cannot be read to rows."""

    def __init__(
        self, fault: RowFault, line: int | None = None, detail: str = "", column: int | None = None
    ) -> None:
        super().__init__(fault)
        self.fault = CellFault(fault, line, column, detail)


def read_document(content: bytes, kind: ImportKind) -> Document:
    """The rows of a file. Raises Unreadable."""
    text = _decoded(content)
    separator = _separator(text, COLUMNS[kind])
    rows: list[Row] = []
    header, empty = False, 0
    for line, cells in _records(text, separator):
        if not any(cell.strip() for cell in cells):
            empty += 1
            continue
        if len(cells) != COLUMNS[kind]:
            raise Unreadable(RowFault.WRONG_COLUMN_COUNT, line, str(len(cells)))
        if not rows and not header and _is_header(cells, kind):
            header = True
            continue
        if len(rows) == MOST_ROWS:
            raise Unreadable(RowFault.TOO_MANY_ROWS, line, str(MOST_ROWS))
        rows.append(Row(line, tuple(_cleaned(cell) for cell in cells)))
    if not rows:
        raise Unreadable(RowFault.FILE_EMPTY)
    return Document(tuple(rows), header, empty)


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise Unreadable(RowFault.FILE_TOO_LARGE, detail=str(LARGEST_FILE))
    if content.startswith(_OTHER_BOMS):
        raise Unreadable(RowFault.WRONG_ENCODING, 1)
    if (nul := content.find(b"\0")) >= 0:
        raise Unreadable(RowFault.NUL_BYTE, content.count(b"\n", 0, nul) + 1)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        raise Unreadable(RowFault.WRONG_ENCODING, before.count(b"\n") + 1) from error


def _separator(text: str, columns: int) -> str:
    """The one that gives the right number of columns; a comma where neither does."""
    for separator in (",", ";"):
        try:
            first = next((cells for _, cells in _records(text, separator) if any(map(str.strip, cells))), [])
        except Unreadable:
            continue  # it is judged when everything is read
        if len(first) == columns:
            return separator
    return "," if text.count(",") >= text.count(";") else ";"


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line on which it begins. Raises Unreadable."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        fault = RowFault.CELL_TOO_LONG if "limit" in str(error) else RowFault.QUOTING
        raise Unreadable(fault, line) from error


def _is_header(cells: list[str], kind: ImportKind) -> bool:
    """No key where the key stands, and nowhere a flag where flags stand: words about what comes below."""
    flags = {cells[column].strip() for column in FLAG_COLUMNS[kind]}
    return not _KEY.fullmatch(cells[KEY_COLUMN[kind]].strip()) and flags.isdisjoint({"0", "1"})


def _cleaned(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from reading a formula, and with one kind of line break."""
    shown = cell[1:] if _FORMULA.match(cell) else cell
    return shown.replace("\r\n", "\n").replace("\r", "\n").strip()


def guarded(text: str) -> str:
    """A cell as it is written: what a spreadsheet would take for a formula gets an apostrophe in front.

    Text that already begins with apostrophes and such a sign gets one more, so that reading takes away what this adds.
    """
    return f"'{text}" if _FORMULA.match(f"'{text}") else text
