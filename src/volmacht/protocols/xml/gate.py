"""The gate for XML from outside: bytes in, a tree that holds nothing but elements, attributes and text out (XM-01..05).

What can be seen in the bytes is refused before a tree is made: size, encoding, DOCTYPE, processing instructions,
comments, too many elements, long attributes. That is exact, not a guess: in well-formed XML a `<` is markup
everywhere except in comments and CDATA sections, and these are skipped as the parser would. Touches nothing else.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from lxml import etree

KIB: Final = 1024
WHITE_SPACE: Final = " \t\r\n"

_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(["'])1\.0\1"""
    rb"""(?:\s+encoding\s*=\s*(["'])(?P<encoding>[A-Za-z0-9._-]+)\2)?"""
    rb"""(?:\s+standalone\s*=\s*(["'])(?:yes|no)\4)?\s*\?>"""
)
_BEGINS_DECLARATION = re.compile(rb"<\?xml\s")
_SPECIAL = re.compile(rb"<[!?]")
_QUOTED = re.compile(rb"""[^"'>]*(?:"([^"]*)"|'([^']*)')""")
_ID_NAMES = frozenset({"ID", "Id", "id"})
_ID_LENGTH = 2
_RESOURCE_LIMIT = (
    114  # libxml2's XML_ERR_RESOURCE_LIMIT: a depth or length that no limit of ours allows either
)


class XmlFault(StrEnum):
    """Why input was refused."""

    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf8"
    DOCTYPE = "doctype"
    PROCESSING_INSTRUCTION = "processing-instruction"
    COMMENT = "comment"
    NOT_WELL_FORMED = "not-well-formed"
    TOO_DEEP = "too-deep"
    TOO_MANY_ELEMENTS = "too-many-elements"
    TOO_MANY_ATTRIBUTES = "too-many-attributes"
    ATTRIBUTE_TOO_LONG = "attribute-too-long"
    DUPLICATE_ID = "duplicate-id"
    SCHEMA = "schema"
    NOT_TEXT = "not-text"
    INNER_WHITE_SPACE = "inner-white-space"


class XmlRefused(ValueError):
    """Input that does not pass; `line` counts from 1, `element` is a name in a schema. Never repeats what was in it."""

    def __init__(self, fault: XmlFault, line: int | None = None, element: str = "") -> None:
        places = ((f"line {line}",) if line is not None else ()) + ((element,) if element else ())
        super().__init__(f"{fault.value} ({', '.join(places)})" if places else fault.value)
        self.fault = fault
        self.line = line


@dataclass(frozen=True, slots=True)
class Limits:
    """What a kind of message may be (XM-04); `size` and `attribute` (one value, as it is written) in bytes.

    `attributes` is for one element, its namespaces included. It is not in XM-04, but 40,000 of them keep a
    canonicaliser busy for more than a second.
    """

    size: int
    depth: int = 64
    elements: int = 10_000
    attribute: int = 4 * KIB
    attributes: int = 64
    drop_comments: bool = False


AUTHN_REQUEST: Final = Limits(256 * KIB)
RESOLVE: Final = Limits(64 * KIB)
LOGOUT: Final = Limits(64 * KIB)
ARTIFACT_RESPONSE: Final = Limits(1024 * KIB)
METADATA: Final = Limits(20 * KIB * KIB, elements=500_000, drop_comments=True)


def read(data: bytes, limits: Limits) -> etree._Element:
    """The root element. Its tree has no comment, instruction, DTD or entity, and no id twice. Raises XmlRefused."""
    if len(data) > limits.size:
        raise XmlRefused(XmlFault.TOO_LARGE)
    body = _after_declaration(data.removeprefix(_BOM))
    # Most messages have no `!` and no `?`: then they are their own skeleton, and no search for two bytes is needed.
    plain = (b"!" not in body or b"<!" not in body) and (b"?" not in body or b"<?" not in body)
    skeleton = body if plain else _skeleton(body, drop_comments=limits.drop_comments)
    _check_size_of_markup(skeleton, limits)
    root = parsed(data, drop_comments=limits.drop_comments)
    if _deeper_than(limits.depth)(root):
        raise XmlRefused(XmlFault.TOO_DEEP)
    _check_ids(root)
    return root


def parsed(data: bytes, *, drop_comments: bool = False) -> etree._Element:
    """The root of a tree made without network, DTD, entities or ids, and without any check of our own.

    For bytes that passed `read` already, or that we made. Raises XmlRefused when not well-formed.
    """
    # One parser a call: it costs a microsecond, and a shared one would make threads wait for each other.
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        collect_ids=False,
        remove_comments=drop_comments,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        too_deep = error.code == _RESOURCE_LIMIT and "depth" in (error.msg or "")
        fault = XmlFault.TOO_DEEP if too_deep else XmlFault.NOT_WELL_FORMED
        raise XmlRefused(fault, error.lineno) from None  # its message repeats input


def text_of(element: etree._Element) -> str:
    """The full string value of an element that may hold text only (XM-03). Raises XmlRefused."""
    if len(element):
        raise XmlRefused(XmlFault.NOT_TEXT, element.sourceline)
    return element.text or ""


def value_of(element: etree._Element) -> str:
    """Its text without the white space around it; white space inside is refused. Raises XmlRefused."""
    value = text_of(element).strip(WHITE_SPACE)
    if any(space in value for space in WHITE_SPACE):
        raise XmlRefused(XmlFault.INNER_WHITE_SPACE, element.sourceline)
    return value


def _after_declaration(data: bytes) -> bytes:
    """What follows the XML declaration, if there is one. Raises XmlRefused unless all is UTF-8 (XM-05)."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise XmlRefused(XmlFault.NOT_UTF8) from None
    if b"\0" in data:  # UTF-16 and UTF-32 of plain letters are valid UTF-8, full of zeros
        raise XmlRefused(XmlFault.NOT_UTF8)
    declaration = _DECLARATION.match(data)
    if declaration is None:
        if _BEGINS_DECLARATION.match(data):  # of XML 1.1, or malformed
            raise XmlRefused(XmlFault.NOT_WELL_FORMED, 1)
        return data
    if (declaration["encoding"] or b"UTF-8").upper() != b"UTF-8":
        raise XmlRefused(XmlFault.NOT_UTF8, 1)
    # Its lines stay, so that a line number is that of the input.
    return b"\n" * declaration[0].count(b"\n") + data[declaration.end() :]


def _skeleton(body: bytes, *, drop_comments: bool) -> bytes:
    """The body without CDATA sections and allowed comments. Raises XmlRefused for any other `<!` or `<?`."""
    kept: list[bytes] = []
    done = 0
    while special := _SPECIAL.search(body, done):
        kept.append(body[done : special.start()])
        done = _end_of_special(body, special.start(), drop_comments=drop_comments)
    kept.append(body[done:])
    return b"".join(kept)


def _end_of_special(body: bytes, start: int, *, drop_comments: bool) -> int:
    """Just past the comment or CDATA section at `start`. Raises XmlRefused when it is none or may not be there."""
    if body.startswith(b"<!--", start):
        fault, opening, closing = XmlFault.COMMENT, b"<!--", b"-->"
    elif body.startswith(b"<![CDATA[", start):
        fault, opening, closing = XmlFault.NOT_WELL_FORMED, b"<![CDATA[", b"]]>"
    elif body.startswith(b"<?", start):
        raise XmlRefused(XmlFault.PROCESSING_INSTRUCTION, _line(body, start))
    elif body.startswith(b"<!DOCTYPE", start):
        raise XmlRefused(XmlFault.DOCTYPE, _line(body, start))
    else:
        raise XmlRefused(XmlFault.NOT_WELL_FORMED, _line(body, start))
    end = body.find(closing, start + len(opening))
    if end < 0 or (fault is XmlFault.COMMENT and not drop_comments):
        raise XmlRefused(fault, _line(body, start))
    return end + len(closing)


def _line(body: bytes, position: int) -> int:
    return body.count(b"\n", 0, position) + 1


def _check_size_of_markup(skeleton: bytes, limits: Limits) -> None:
    """Raises XmlRefused for too many elements, or a tag with too many or too long attributes and namespaces.

    What a short document cannot hold is not counted.
    """
    if len(skeleton) > limits.elements * len(b"<a/>"):
        elements = skeleton.count(b"<") - skeleton.count(b"</")
        if elements > limits.elements:
            raise XmlRefused(XmlFault.TOO_MANY_ELEMENTS)
    if len(skeleton) <= limits.attribute and skeleton.count(b"=") <= limits.attributes:
        return
    for piece in skeleton.split(b"<"):  # a tag, and the text after it
        if len(piece) > limits.attribute or piece.count(b"=") > limits.attributes:
            lengths = _quoted_lengths(piece)
            if len(lengths) > limits.attributes:
                raise XmlRefused(XmlFault.TOO_MANY_ATTRIBUTES)
            if any(length > limits.attribute for length in lengths):
                raise XmlRefused(XmlFault.ATTRIBUTE_TOO_LONG)


def _quoted_lengths(piece: bytes) -> list[int]:
    """Of each quoted value in the tag that this begins with."""
    lengths, done = [], 0
    while quoted := _QUOTED.match(piece, done):
        lengths.append(quoted.end(quoted.lastindex or 0) - quoted.start(quoted.lastindex or 0))
        done = quoted.end()
    return lengths


@cache
def _deeper_than(depth: int) -> etree.XPath:
    """Finds elements below this level; the root is level 1. Walks the tree in C."""
    return etree.XPath("/*" * (depth + 1))


def _check_ids(root: etree._Element) -> None:
    """Raises XmlRefused when two ids are equal, in whatever namespace (SG-09)."""
    ids: set[str] = set()
    for element in root.iter():
        for name in element.keys():  # noqa: SIM118 - an element is no mapping: iterating it gives its children
            if name[-2:] in _ID_NAMES and (len(name) == _ID_LENGTH or name[-3] == "}"):
                # xml:id is compared without the white space around it
                value = element.get(name, "").strip(WHITE_SPACE)
                if value in ids:
                    raise XmlRefused(XmlFault.DUPLICATE_ID, element.sourceline)
                ids.add(value)
