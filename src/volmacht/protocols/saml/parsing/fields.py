"""Reads single attributes and children of an element, without the white space around them (XM-03). Pure.

Everything here raises XmlRefused (SCHEMA, with the line) for what is missing, there twice or of another kind.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.instants import read_instant
from volmacht.protocols.xml.gate import XmlFault, XmlRefused, value_of
from volmacht.protocols.xml.names import SAML

WHITE_SPACE: Final = " \t\r\n"
LARGEST_INDEX = 65535  # xs:unsignedShort
_FLAGS: Final = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Head:
    """What every message begins with."""

    id: str
    version: str
    issue_instant: datetime | None
    destination: str | None
    in_response_to: str | None
    issuer: str


def refused(element: etree._Element) -> XmlRefused:
    """The error for an element of another shape."""
    return XmlRefused(XmlFault.SCHEMA, element.sourceline)


def head(element: etree._Element, tag: str) -> Head:
    """The common attributes and the Issuer of a message, which must have this tag (AR-02 to AR-05, AR-16)."""
    if element.tag != tag:
        raise refused(element)
    return Head(
        id=required(element, "ID"),
        version=required(element, "Version"),
        issue_instant=read_instant(required(element, "IssueInstant")),
        destination=attribute(element, "Destination"),
        in_response_to=attribute(element, "InResponseTo"),
        issuer=value_of(only(element, SAML + "Issuer")),
    )


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute, trimmed. White space inside stays: such a value equals nothing."""
    value = element.get(name)
    return None if value is None else value.strip(WHITE_SPACE)


def required(element: etree._Element, name: str) -> str:
    """An attribute that must be there."""
    value = attribute(element, name)
    if value is None:
        raise refused(element)
    return value


def instant(element: etree._Element, name: str) -> datetime:
    """An instant that must be there, in UTC with `Z` (TM-11)."""
    moment = read_instant(required(element, name))
    if moment is None:
        raise refused(element)
    return moment


def flag(element: etree._Element, name: str) -> bool:
    """A boolean that is false when absent."""
    value = attribute(element, name)
    if value is not None and value not in _FLAGS:
        raise refused(element)
    return value is not None and _FLAGS[value]


def number(element: etree._Element, name: str) -> int | None:
    """An index: 0 to 65535."""
    value = attribute(element, name)
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST_INDEX))):
        raise refused(element)
    if int(value) > LARGEST_INDEX:
        raise refused(element)
    return int(value)


def optional(element: etree._Element, tag: str) -> etree._Element | None:
    """The child with this tag, if any."""
    found = element.findall(tag)
    if len(found) > 1:
        raise refused(element)
    return found[0] if found else None


def only(element: etree._Element, tag: str) -> etree._Element:
    """The one child with this tag."""
    found = optional(element, tag)
    if found is None:
        raise refused(element)
    return found


def holds_only(element: etree._Element, *tags: str) -> None:
    """Refuse children with other tags."""
    if any(child.tag not in tags for child in element):
        raise refused(element)


def values(element: etree._Element, tag: str) -> tuple[str, ...]:
    """The texts of all children with this tag."""
    return tuple(value_of(child) for child in element.findall(tag))


def readable(element: etree._Element) -> str:
    """The text of an element, or "" for one that cannot be read: where a status answers it rather than a page."""
    try:
        return value_of(element)
    except XmlRefused:
        return ""


def sole(element: etree._Element, tag: str) -> bytes | None:
    """The only child of an element, serialised, when it has this tag and no text beside it."""
    text = (element.text or "") + "".join(child.tail or "" for child in element)
    if len(element) != 1 or element[0].tag != tag or text.strip(WHITE_SPACE):
        return None
    return serialised(element[0])
