"""Reads a text in the small part of Markdown that documents use, and refuses the rest. Pure.

A heading may end in `{#anchor}`, which is its id on a page. HTML is text here, never markup; a picture is refused.
"""

import re
from collections.abc import Callable
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

from volmacht.onboarding.documents.structure import (
    Block,
    Code,
    Heading,
    Items,
    Line,
    Paragraph,
    Quotation,
    Span,
    Table,
)

_PARSER: Final = MarkdownIt("commonmark", {"html": False}).enable("table")
_ANCHORED: Final = re.compile(r"(?P<text>.*?)\s*\{#(?P<anchor>[a-z0-9_-]+)\}")
_NOT_IN_ANCHOR: Final = re.compile(r"[^a-z0-9]+")
_LINKS: Final = ("https://", "/", "#")


class UnreadableText(ValueError):
    """A text uses what documents do not have, or has no title."""


class _Tokens:
    """The tokens of a text, taken one after the other."""

    def __init__(self, tokens: list[Token], links: Callable[[str], str]) -> None:
        self._tokens = tokens
        self._next = 0
        self.links = links

    def take(self, kind: str = "") -> Token:
        """The next token, which is of this kind."""
        token = self._tokens[self._next]
        if kind and token.type != kind:
            raise UnreadableText(f"{kind} expected, {token.type} found near line {token.map}")
        self._next += 1
        return token

    def at(self, *kinds: str) -> bool:
        """Whether the next token is one of these."""
        return self._next < len(self._tokens) and self._tokens[self._next].type in kinds

    @property
    def next_kind(self) -> str:
        """The kind of the next token."""
        return self._tokens[self._next].type

    @property
    def over(self) -> bool:
        """Whether all were taken."""
        return self._next == len(self._tokens)


def _as_it_is(address: str) -> str:
    return address


def read(text: str, links: Callable[[str], str] = _as_it_is) -> tuple[str, tuple[Block, ...]]:
    """The title (the only heading of level 1, which comes first) and what follows it. Raises UnreadableText.

    `links` gives the address to use for one in the text; nothing makes it plain text.
    """
    tokens = _Tokens(_PARSER.parse(text), links)
    if not tokens.at("heading_open"):
        raise UnreadableText("no title")
    title = _heading(tokens)
    if title.level != 1:
        raise UnreadableText("no title")
    blocks = []
    while not tokens.over:
        blocks.append(_block(tokens))
    if any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        raise UnreadableText("two titles")
    return "".join(span.text for span in title.line), tuple(blocks)


def _block(tokens: _Tokens) -> Block:
    reader = _READERS.get(tokens.next_kind)
    if reader is None:
        raise UnreadableText(f"{tokens.next_kind} is not for documents")
    return reader(tokens)


def _heading(tokens: _Tokens) -> Heading:
    level = int(tokens.take("heading_open").tag[1:])
    token = tokens.take("inline")
    tokens.take("heading_close")
    line = _line(token, tokens.links)
    last = line[-1].text if line else ""
    if anchored := _ANCHORED.fullmatch(last):
        line = (*line[:-1], Span(anchored["text"], strong=line[-1].strong))
        return Heading(level, anchored["anchor"], line)
    words = "".join(span.text for span in line).lower()
    return Heading(level, _NOT_IN_ANCHOR.sub("-", words).strip("-"), line)


def _paragraph(tokens: _Tokens) -> Paragraph:
    tokens.take("paragraph_open")
    line = _line(tokens.take("inline"), tokens.links)
    tokens.take("paragraph_close")
    return Paragraph(line)


def _items(tokens: _Tokens) -> Items:
    numbered = tokens.take().type == "ordered_list_open"
    entries = []
    while tokens.at("list_item_open"):
        tokens.take()
        entries.append(_until(tokens, "list_item_close"))
    tokens.take()
    return Items(numbered, tuple(entries))


def _quotation(tokens: _Tokens) -> Quotation:
    tokens.take("blockquote_open")
    return Quotation(_until(tokens, "blockquote_close"))


def _until(tokens: _Tokens, end: str) -> tuple[Block, ...]:
    blocks = []
    while not tokens.at(end):
        blocks.append(_block(tokens))
    tokens.take()
    return tuple(blocks)


def _table(tokens: _Tokens) -> Table:
    rows: list[tuple[Line, ...]] = []
    tokens.take("table_open")
    while not tokens.at("table_close"):
        if not tokens.at("tr_open"):
            tokens.take()  # the head and the body begin and end
            continue
        tokens.take()
        cells = []
        while not tokens.at("tr_close"):
            tokens.take()
            cells.append(_line(tokens.take("inline"), tokens.links))
            tokens.take()
        tokens.take()
        rows.append(tuple(cells))
    tokens.take()
    return Table(rows[0], tuple(rows[1:]))


def _code(tokens: _Tokens) -> Code:
    return Code(tokens.take().content.rstrip("\n"))


_READERS: Final[dict[str, Callable[[_Tokens], Block]]] = {
    "heading_open": _heading,
    "paragraph_open": _paragraph,
    "bullet_list_open": _items,
    "ordered_list_open": _items,
    "blockquote_open": _quotation,
    "table_open": _table,
    "fence": _code,
    "code_block": _code,
}


def _line(inline: Token, links: Callable[[str], str]) -> Line:
    spans: list[Span] = []
    strong, address = False, ""
    for token in inline.children or ():
        match token.type:
            case "text" | "text_special":
                spans.append(Span(token.content, strong, False, address))
            case "code_inline":
                spans.append(Span(token.content, strong, True, address))
            case "softbreak" | "hardbreak":
                spans.append(Span(" ", strong, False, address))
            case "strong_open" | "strong_close" | "em_open" | "em_close":
                strong = token.nesting == 1
            case "link_open":
                address = links(str(token.attrGet("href") or ""))
                if address and not address.startswith(_LINKS):
                    raise UnreadableText(f"an address that is not for documents: {address}")
            case "link_close":
                address = ""
            case _:
                raise UnreadableText(f"{token.type} is not for documents")
    return _joined(spans)


def _joined(spans: list[Span]) -> Line:
    """Neighbours of the same kind are one."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and (last.strong, last.code, last.address) == (span.strong, span.code, span.address):
            joined[-1] = Span(last.text + span.text, span.strong, span.code, span.address)
        elif span.text:
            joined.append(span)
    return tuple(joined)
