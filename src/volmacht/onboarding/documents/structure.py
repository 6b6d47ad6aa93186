"""What a document is made of: headings, paragraphs, lists, tables, quotations and code. Frozen values. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in a line; `address` makes it a link."""

    text: str
    strong: bool = False
    code: bool = False
    address: str = ""


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 2 or 3; `anchor` is its id on a page, the same in both languages."""

    kind: ClassVar = "heading"
    level: int
    anchor: str
    line: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    kind: ClassVar = "paragraph"
    line: Line


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered or not."""

    kind: ClassVar = "items"
    numbered: bool
    entries: "tuple[tuple[Block, ...], ...]"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a row of headings."""

    kind: ClassVar = "table"
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A text to take over, such as that of a letter."""

    kind: ClassVar = "quotation"
    blocks: "tuple[Block, ...]"


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that stand as they are."""

    kind: ClassVar = "code"
    text: str


Block: TypeAlias = Heading | Paragraph | Items | Table | Quotation | Code


def plain(line: Line) -> str:
    """A line without its marks."""
    return "".join(span.text for span in line)


def lines(blocks: tuple[Block, ...]) -> Iterator[Line]:
    """Every line of text, code left out."""
    for block in blocks:
        match block:
            case Heading(line=line) | Paragraph(line=line):
                yield line
            case Items(entries=entries):
                for entry in entries:
                    yield from lines(entry)
            case Table(head=head, rows=rows):
                yield from head
                for row in rows:
                    yield from row
            case Quotation(blocks=inner):
                yield from lines(inner)


def chapter(blocks: tuple[Block, ...], anchor: str) -> tuple[Block, ...]:
    """What stands under the heading with this anchor, up to the next of its level or above. Raises KeyError."""
    for place, block in enumerate(blocks):
        if isinstance(block, Heading) and block.anchor == anchor:
            inside = blocks[place + 1 :]
            end = next(
                (n for n, b in enumerate(inside) if isinstance(b, Heading) and b.level <= block.level),
                len(inside),
            )
            return inside[:end]
    raise KeyError(anchor)
