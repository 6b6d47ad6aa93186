"""Passes an EncryptedID on to somebody else's assertion, without opening it (AS-23, AS-24)."""

from collections.abc import Collection
from dataclasses import replace

from lxml import etree

from volmacht.protocols.saml.encryption.identifier import Cause, NotReadable
from volmacht.protocols.saml.encryption.reading import read
from volmacht.protocols.saml.encryption.writing import write
from volmacht.protocols.xml.gate import WHITE_SPACE
from volmacht.protocols.xml.names import XENC


def recipients(encrypted: etree._Element) -> tuple[str, ...]:
    """For whom it has a key: one entity id a key, in their order. Says nothing about the rest of it."""
    named = (
        key.get("Recipient", "").strip(WHITE_SPACE) for key in encrypted.iterchildren(XENC + "EncryptedKey")
    )
    return tuple(recipient for recipient in named if recipient)


def can_be_passed_on(encrypted: etree._Element) -> bool:
    """Whether its form and algorithms are such that `copied` takes it: known when it comes, not when it is wanted."""
    try:
        read(encrypted)
    except NotReadable:
        return False
    return True


def copied(encrypted: etree._Element, *, audience: Collection[str]) -> etree._Element:
    """A copy with new ids and only the keys of these recipients; cipher text and names of keys stay (AS-23).

    Written anew, so its form is ours whatever the form of the original. Raises NotReadable when the original is
    malformed or uses what we do not accept, and when no key is left.
    """
    sealed = read(encrypted)
    kept = tuple(key for key in sealed.keys if key.recipient in audience)
    if not kept:
        raise NotReadable(Cause.NOT_FOR_US)
    return write(replace(sealed, keys=kept))
