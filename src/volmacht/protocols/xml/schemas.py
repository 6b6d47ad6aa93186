"""The XML schemas of OASIS and W3C, compiled once, without network (XM-06).

They come out of an installed package that carries them; its code is not imported. Unknown content passes only where
the schema has a wildcard. Reads those files, touches nothing else.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from lxml import etree

from volmacht.protocols.xml.gate import XmlFault, XmlRefused
from volmacht.protocols.xml.names import NAMESPACES

CARRIER = "onelogin"
# The name that a message begins with; a stranger's name may be anything, so only short ones of letters count.
_COMPLAINS_OF = re.compile(r"Element '\{(?P<namespace>[^}']+)\}(?P<name>[A-Za-z]{1,40})'")


class Schema(StrEnum):
    """What a document can be; the value is the file that describes it."""

    PROTOCOL = "saml-schema-protocol-2.0.xsd"
    METADATA = "saml-schema-metadata-2.0.xsd"


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A schema and its lock: all validations with one schema object write to one log, from which the line comes.

    A copy for each thread would need no lock, but costs 20 ms and megabytes a thread; a validation takes 0.1 ms.
    """

    schema: etree.XMLSchema
    lock: Lock = field(default_factory=Lock)


def validate(element: etree._Element, schema: Schema) -> None:
    """Raises XmlRefused (SCHEMA), with line and element of the first fault. May be called from several threads."""
    compiled = _compiled(schema)
    with compiled.lock:
        if compiled.schema.validate(element):
            return
        first = next(iter(compiled.schema.error_log), None)
    if first is None:
        raise XmlRefused(XmlFault.SCHEMA)
    raise XmlRefused(XmlFault.SCHEMA, first.line, _element_in(first.message or ""))


def _element_in(message: str) -> str:
    """About which element libxml2 complains, if its name is one of SAML or of signatures; the rest repeats input."""
    found = _COMPLAINS_OF.match(message)
    return found["name"] if found and found["namespace"] in NAMESPACES.values() else ""


@cache
def _compiled(schema: Schema) -> _Compiled:
    return _Compiled(etree.XMLSchema(file=str(_folder() / schema.value)))


def _folder() -> Path:
    """Where the schemas are installed. Raises FileNotFoundError."""
    found = find_spec(CARRIER)  # a top-level name: found without running the package
    for place in (found and found.submodule_search_locations) or ():
        folder = Path(place) / "saml2" / "schemas"
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no package {CARRIER} with schemas is installed")
