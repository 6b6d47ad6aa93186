"""Writes a message as text that is in exclusive canonical form from the start, and signs that text. Pure.

A signature over canonical text costs one hash and one RSA operation; a tree would be parsed and canonicalised for
each of the two signatures of an answer, which takes longer than the RSA. Text also leaves embedded elements as they
are (see `embedding`). Where an embedded element makes the text not canonical, lxml canonicalises it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from volmacht.protocols.saml.embedding import XSI, prefix_beside, serialised
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.signing import signature
from volmacht.protocols.xml.gate import parsed
from volmacht.protocols.xml.names import NAMESPACES

_NOT_XML: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_NOT_PLAIN: Final = re.compile(f'[&<>"\\t\\n\\r{_NOT_XML}]')  # few values have any of these
_REFUSED: Final = re.compile(f"[{_NOT_XML}]")
_TEXT: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#xD;"})
_ATTRIBUTE: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#x9;", "\n": "&#xA;", "\r": "&#xD;"}
)
# What `serialised` gives when it keeps every namespace, and how lxml writes an empty element otherwise.
_NOT_CANONICAL: Final = ("PrefixList", XSI, "/>")
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Node:
    """An element of samlp or saml, by its usual prefix. Attributes that are None are left out.

    Content: elements, text as `str`, and as `bytes` an embedded element as `embedding.serialised` made it.
    """

    name: str
    attributes: Mapping[str, str | None]
    content: tuple["Node | str | bytes | None", ...]


def node(
    name: str, attributes: Mapping[str, str | None] | None = None, *content: Node | str | bytes | None
) -> Node:
    """An element; content that is None is left out."""
    return Node(name, attributes or {}, content)


def attribute(name: str, values: tuple[str, ...] | tuple[bytes, ...]) -> Node | None:
    """A saml:Attribute with one AttributeValue for each value; nothing without values."""
    if not values:
        return None
    return node("saml:Attribute", {"Name": name}, *(node("saml:AttributeValue", {}, one) for one in values))


def unsigned(root: Node) -> bytes:
    """The message as UTF-8. Raises ValueError for characters that XML cannot hold."""
    return "".join(_Writer(root).pieces(root)).encode()


def signed(root: Node, key: OwnKey) -> bytes:
    """The message as UTF-8, with a signature after its Issuer, which is its first child. Raises ValueError."""
    writer = _Writer(root)
    begin, issuer, *rest = writer.pieces(root)
    data = "".join((begin, issuer, *rest)).encode()
    if not writer.canonical:
        data = etree.tostring(parsed(data), method="c14n", exclusive=True, with_comments=False)
    message = "".join((begin, issuer, signature(data, root.attributes["ID"] or "", key), *rest)).encode()
    return message if writer.canonical else serialised(parsed(message))


class _Writer:
    """Writes one message; `canonical` tells whether what was written so far is in canonical form."""

    def __init__(self, root: Node) -> None:
        around = [one for one in _embedded(root) if b"PrefixList" in one]
        self._prefixes = {known: prefix_beside(known, around) for known in ("samlp", "saml")}
        self._declarations = {
            known: f' xmlns:{prefix}="{NAMESPACES[known]}"' for known, prefix in self._prefixes.items()
        }
        self.canonical = True

    def pieces(self, element: Node, rendered: frozenset[str] = _NOTHING) -> list[str]:
        """The start tag, each piece of content, the end tag. `rendered`: the namespaces that ancestors declared."""
        known, _, local = element.name.partition(":")
        name = f"{self._prefixes[known]}:{local}"
        declared = "" if known in rendered else self._declarations[known]
        inside = rendered | {known}
        start = f"<{name}{declared}{_attributes(element.attributes)}>"
        return [
            start,
            *[self._content(one, inside) for one in element.content if one is not None],
            f"</{name}>",
        ]

    def _content(self, content: Node | str | bytes, rendered: frozenset[str]) -> str:
        if isinstance(content, Node):
            return "".join(self.pieces(content, rendered))
        if isinstance(content, str):
            return _escaped(content, _TEXT)
        return self._embed(content.decode(), rendered)

    def _embed(self, element: str, rendered: frozenset[str]) -> str:
        """Without the declarations in its start tag that canonical form leaves out here."""
        start, closing, rest = element.partition(">")
        for known in rendered:
            start = start.replace(self._declarations[known], "", 1)
        written = f"{start}{closing}{rest}"
        # What we made ourselves has none of these; what others made may.
        declared = (f" xmlns:{self._prefixes[known]}=" for known in rendered)
        if any(mark in written for mark in (*_NOT_CANONICAL, *declared)):
            self.canonical = False
        return written


def _embedded(element: Node) -> Iterator[bytes]:
    for one in element.content:
        if isinstance(one, bytes):
            yield one
        elif isinstance(one, Node):
            yield from _embedded(one)


def _attributes(attributes: Mapping[str, str | None]) -> str:
    return "".join(
        [
            f' {name}="{_escaped(value, _ATTRIBUTE)}"'
            for name, value in sorted(attributes.items())
            if value is not None
        ]
    )


def _escaped(value: str, table: dict[int, str]) -> str:
    if not _NOT_PLAIN.search(value):
        return value
    if _REFUSED.search(value):
        raise ValueError("a character that XML cannot hold")
    return value.translate(table)
