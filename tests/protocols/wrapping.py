"""The eight ways to wrap a signed element that "On Breaking SAML" (Somorovsky and others, 2012) names XSW1 to XSW8.

XSW1 and XSW2 wrap a signed message, the others a signed assertion in a Response. Each takes a valid document and
gives one in which the signed original is still somewhere, and a forged copy stands where a careless reader looks.
"""

from collections.abc import Callable
from copy import deepcopy

from lxml import etree

from tests.protocols.samples import found
from volmacht.protocols.xml import names

FORGED = "forged"
ASSERTION = names.SAML + "Assertion"
SIGNATURE = names.DS + "Signature"
Wrapping = Callable[[etree._Element, str], etree._Element]


def forged_copy(original: etree._Element, forged_id: str) -> etree._Element:
    """The same without a signature, about somebody else."""
    copy = deepcopy(original)
    copy.tail = None
    copy.set("ID", forged_id)
    for signature in copy.findall(SIGNATURE):
        copy.remove(signature)
    for text in (*copy.iter(names.SAML + "NameID"), *copy.iter(names.SAML + "AttributeValue")):
        text.text = FORGED
    return copy


def bare_copy(original: etree._Element) -> etree._Element:
    """The signed content without the signature."""
    copy = deepcopy(original)
    copy.tail = None
    for signature in copy.findall(SIGNATURE):
        copy.remove(signature)
    return copy


def wrapped_in(parent: etree._Element, tag: str, child: etree._Element) -> None:
    """Put a child in a new element at the end."""
    etree.SubElement(parent, tag).append(child)


def xsw1(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged message with the signature in it, and the original inside the signature."""
    forged, signature = forged_copy(root, forged_id), deepcopy(found(root, SIGNATURE))
    forged.insert(1, signature)
    signature.append(bare_copy(root))
    return forged


def xsw2(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged message with the original and its detached signature as children."""
    forged, signature = forged_copy(root, forged_id), deepcopy(found(root, SIGNATURE))
    forged.insert(1, bare_copy(root))
    forged.insert(2, signature)
    return forged


def xsw3(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged assertion before the original."""
    original = found(root, ASSERTION)
    original.addprevious(forged_copy(original, forged_id))
    return root


def xsw4(root: etree._Element, forged_id: str) -> etree._Element:
    """The original inside a forged assertion."""
    original = found(root, ASSERTION)
    forged = forged_copy(original, forged_id)
    root.replace(original, forged)
    forged.append(original)
    return root


def xsw5(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged assertion with the signature in it, the original without it after."""
    original = found(root, ASSERTION)
    forged = forged_copy(original, forged_id)
    forged.insert(1, deepcopy(found(original, SIGNATURE)))
    root.replace(original, forged)
    root.append(bare_copy(original))
    return root


def xsw6(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged assertion with the signature in it, the original inside the signature."""
    original = found(root, ASSERTION)
    forged, signature = forged_copy(original, forged_id), deepcopy(found(original, SIGNATURE))
    forged.insert(1, signature)
    signature.append(bare_copy(original))
    root.replace(original, forged)
    return root


def xsw7(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged assertion inside Extensions, where a schema allows anything, before the original."""
    original = found(root, ASSERTION)
    extensions = etree.Element(names.SAMLP + "Extensions")
    extensions.append(forged_copy(original, forged_id))
    root.insert(1, extensions)
    return root


def xsw8(root: etree._Element, forged_id: str) -> etree._Element:
    """A forged assertion with the signature in it, the original in a ds:Object of the signature."""
    original = found(root, ASSERTION)
    forged, signature = forged_copy(original, forged_id), deepcopy(found(original, SIGNATURE))
    forged.insert(1, signature)
    wrapped_in(signature, names.DS + "Object", bare_copy(original))
    root.replace(original, forged)
    return root


OF_MESSAGES: dict[str, Wrapping] = {"XSW1": xsw1, "XSW2": xsw2}
OF_ASSERTIONS: dict[str, Wrapping] = {
    "XSW3": xsw3,
    "XSW4": xsw4,
    "XSW5": xsw5,
    "XSW6": xsw6,
    "XSW7": xsw7,
    "XSW8": xsw8,
}
