"""Ways to spoil one part of a message: an attribute or an element, removed, emptied, doubled, moved or made wrong.

`rows` makes a list of cases from a table: where the part stands, and what each way of spoiling it must lead to.
"""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree

from tests.interfaces.saml.asking import BVD, ENTRANCE
from volmacht import clock
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.instants import written
from volmacht.protocols.xml.names import NAMESPACES

# Values that differ each time, by name: what names a case must be the same in every process.
VALUES: dict[str, Callable[[], str]] = {
    "an hour ago": lambda: written(clock.wall_clock() - timedelta(hours=1)),
    "in an hour": lambda: written(clock.wall_clock() + timedelta(hours=1)),
    "without a zone": lambda: written(clock.wall_clock())[:-1],
    "in another zone": lambda: written(clock.wall_clock())[:-1] + "+00:00",
    "an artifact": lambda: new_artifact(ENTRANCE),
    "an artifact of the bvd": lambda: new_artifact(BVD),
    "an artifact with an index": lambda: new_artifact(ENTRANCE, 1),
}


@dataclass(frozen=True)
class Spoiled:
    """One way to spoil one part. `how`: removed, emptied, doubled, moved, or a value (or its name) that is put in."""

    path: str
    how: str

    def __call__(self, root: etree._Element) -> None:
        """Spoil it."""
        place, _, attribute = self.path.partition("@")
        element = root if place in {"", "."} else _found(root, place.rstrip("/"))
        if attribute:
            _spoil_attribute(element, attribute, self.how)
        else:
            _spoil_element(element, self.how)


def _found(root: etree._Element, path: str) -> etree._Element:
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    first = found[0]
    assert isinstance(first, etree._Element)
    return first


def _spoil_attribute(element: etree._Element, name: str, how: str) -> None:
    assert name in element.attrib
    if how == "removed":
        del element.attrib[name]
    else:
        element.set(name, "" if how == "emptied" else _value(how))


def _spoil_element(element: etree._Element, how: str) -> None:
    parent = element.getparent()
    assert parent is not None
    if how == "removed":
        parent.remove(element)
    elif how == "emptied":
        for child in list(element):
            element.remove(child)
        element.text = None
    elif how == "doubled":
        element.addnext(deepcopy(element))
    elif how == "moved":  # to the end, or to the front when it is last
        place = 0 if element is parent[-1] else len(parent)
        parent.insert(place, element)
    else:
        element.text = _value(how)


def _value(how: str) -> str:
    return VALUES[how]() if how in VALUES else how


def rows(table: Mapping[str, Mapping[str, Any]]) -> list[Any]:
    """A case for each way of spoiling each part."""
    return [
        pytest.param(Spoiled(path, how), expected, id=f"{path} {how}")
        for path, ways in table.items()
        for how, expected in ways.items()
    ]
