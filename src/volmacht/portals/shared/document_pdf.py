"""A document about connecting as PDF: the only place where one is drawn (CN-24). Values go to typst as JSON."""

from collections.abc import Iterable

from volmacht.onboarding.documents import DocumentVersion
from volmacht.onboarding.documents.structure import (
    Block,
    Code,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Table,
)
from volmacht.portals.shared.pdf import JSON, render_pdf

TEMPLATE = "document.typ"


def document_pdf(document: DocumentVersion, under_title: str) -> bytes:
    """The whole text; `under_title` says which version it is."""
    return text_pdf(document.title, under_title, document.text, document.language)


def text_pdf(title: str, under_title: str, text: Iterable[Block], language: str) -> bytes:
    """Any text in the structure of documents."""
    values: dict[str, JSON] = {
        "title": title,
        "under_title": under_title,
        "blocks": [_block(block) for block in text],
    }
    return render_pdf(TEMPLATE, values, language)


def _block(block: Block) -> JSON:
    match block:
        case Heading():
            return {"kind": block.kind, "level": block.level, "line": _line(block.line)}
        case Paragraph():
            return {"kind": block.kind, "line": _line(block.line)}
        case Items():
            entries = [[_block(inner) for inner in entry] for entry in block.entries]
            return {"kind": block.kind, "numbered": block.numbered, "entries": entries}
        case Table():
            rows = [[_line(cell) for cell in row] for row in block.rows]
            return {"kind": block.kind, "head": [_line(cell) for cell in block.head], "rows": rows}
        case Quotation():
            return {"kind": block.kind, "blocks": [_block(inner) for inner in block.blocks]}
        case Code():
            return {"kind": block.kind, "text": block.text}


def _line(line: Line) -> JSON:
    """An address on this site means nothing on paper."""
    return [
        {
            "text": span.text,
            "strong": span.strong,
            "code": span.code,
            "address": span.address if span.address.startswith("https://") else "",
        }
        for span in line
    ]
