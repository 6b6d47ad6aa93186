"""Signed or encrypted elements as bytes, to be carried inside another message without a change (AS-30). Pure.

Never move such an element into another tree with lxml: it renames prefixes to those of the new parent, and then
the signature inside is broken. Bytes are spliced into text instead. What a signature covers can still depend on
the message around it, when its PrefixList names a prefix: `prefix_beside` keeps our own prefixes out of the way.
"""

import re
from collections.abc import Iterable

from lxml import etree

from volmacht.protocols.xml.names import NAMESPACES

XSI = "http://www.w3.org/2001/XMLSchema-instance"

_NEEDS_SCOPE = etree.XPath(
    "boolean(descendant::ec:InclusiveNamespaces | descendant-or-self::*/@xsi:type)",
    namespaces={"ec": NAMESPACES["ec"], "xsi": XSI},
)
_PREFIX_LIST = re.compile(rb'PrefixList="([^"]*)"')  # as lxml writes it


def serialised(element: etree._Element) -> bytes:
    """The element in exclusive canonical form; with every namespace in scope where that form could lose one in use.

    Those are prefixes that count for a signature by a PrefixList, or that stand in a value (`xsi:type`). Take evidence
    from the tree that was received: what was canonicalised as part of a message has lost them already.
    """
    if _NEEDS_SCOPE(element):
        return etree.tostring(element, with_tail=False)
    return etree.tostring(element, method="c14n", exclusive=True, with_comments=False)


def prefix_beside(wanted: str, embedded: Iterable[bytes]) -> str:
    """A prefix for our own elements that no PrefixList in these serialised elements names: `wanted`, or like it.

    Else a namespace of ours that the signer did not have in scope would count for its digest.
    """
    taken = {word for one in embedded for found in _PREFIX_LIST.findall(one) for word in found.split()}
    prefix, number = wanted, 1
    while prefix.encode() in taken:
        number += 1
        prefix = f"{wanted}{number}"
    return prefix
