"""Opens an EncryptedID that is for us, so that a sender learns nothing but whether it worked (EN-15 to EN-19).

What is visible in the message is refused first. After that every way it can fail takes the same steps: a key that
does not open is replaced by a random one, a plain text that is not padded well by another, and only the end says no.
Decrypt only what stands in a verified element.
"""

import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

from volmacht.protocols.saml.encryption.identifier import Cause, Identifier, NotReadable
from volmacht.protocols.saml.encryption.reading import LONGEST_CIPHER_TEXT, read
from volmacht.protocols.saml.encryption.sealed import ACCEPTED, BLOCK_BYTES, KEY_BYTES, Sealed, SealedKey
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.xml.gate import WHITE_SPACE, Limits, XmlRefused, value_of
from volmacht.protocols.xml.gate import read as read_xml
from volmacht.protocols.xml.names import FORMAT_PERSISTENT, LEGACY_BSN, NAMESPACES, SAML
from volmacht.rules.identifiers import Bsn, InvalidIdentifier

MOST_KEYS: Final = 2
"""The current key and the previous one (MD-42): at most so many private-key operations a call."""

_LIMITS: Final = Limits(LONGEST_CIPHER_TEXT, depth=1, elements=1, attributes=8)
_NO_NAME_ID: Final = (
    f'<saml:NameID xmlns:saml="{NAMESPACES["saml"]}" Format="{FORMAT_PERSISTENT}"'
    f' NameQualifier="{LEGACY_BSN}">000000000</saml:NameID>'
).encode()  # parses like a good one, and fails the 11-test


def decrypted(encrypted: etree._Element, *, own: str, keys: Sequence[OwnKey]) -> Identifier:
    """What an EncryptedID says to the entity `own`. A legacy-BSN is a good Bsn; other kinds are for the caller.

    `keys`: valid ones, the current first; more than two are not tried. One private-key operation when the message
    names one of them, else one a key. Raises NotReadable.
    """
    sealed = read(encrypted)
    ways = _ways(sealed, own, keys[:MOST_KEYS])
    if not ways:
        raise NotReadable(Cause.NOT_FOR_US)
    found = [_identifier(_plain_text(sealed, _secret(key, own_key))) for key, own_key in ways]
    for identifier in found:
        if identifier is not None:
            return identifier
    raise NotReadable(Cause.CONTENT)


def _ways(sealed: Sealed, own: str, own_keys: Sequence[OwnKey]) -> list[tuple[SealedKey, OwnKey]]:
    """What to decrypt with what: the pair that goes by one name, else one key of the message with each of ours."""
    for_us = [key for key in sealed.keys if key.recipient == own]
    for own_key in own_keys:
        for key in for_us:
            if key.key_name == own_key.name:
                return [(key, own_key)]
    return [(key, own_key) for key in for_us[:1] for own_key in own_keys]


def _secret(key: SealedKey, own_key: OwnKey) -> bytes:
    """The AES key; a random one when it does not open, so that what follows is the same (as against Manger)."""
    instead = secrets.token_bytes(KEY_BYTES)
    try:
        secret = own_key.private_key.decrypt(key.cipher_text, ACCEPTED[key.transport])
    except ValueError:
        return instead
    return secret if len(secret) == KEY_BYTES else instead


def _plain_text(sealed: Sealed, secret: bytes) -> bytes:
    """What was encrypted; when its padding is wrong, a text that will be refused later (as against Vaudenay)."""
    vector, cipher_text = sealed.cipher_text[:BLOCK_BYTES], sealed.cipher_text[BLOCK_BYTES:]
    decryptor = Cipher(AES(secret), CBC(vector)).decryptor()
    padded = decryptor.update(cipher_text) + decryptor.finalize()
    padding = padded[-1]
    choices = (_NO_NAME_ID, padded[: len(padded) - padding])
    return choices[1 <= padding <= BLOCK_BYTES]


def _identifier(plain: bytes) -> Identifier | None:
    """The identifier in a NameID, or None when it breaks EN-11, EN-12 or EN-19."""
    try:
        name_id = read_xml(plain, _LIMITS)
        value = value_of(name_id)
        qualifier = name_id.get("NameQualifier", "").strip(WHITE_SPACE)
        if name_id.tag != SAML + "NameID" or set(name_id.keys()) != {"Format", "NameQualifier"}:
            return None
        if name_id.get("Format", "").strip(WHITE_SPACE) != FORMAT_PERSISTENT or not (qualifier and value):
            return None
        return Identifier.of_bsn(Bsn(value)) if qualifier == LEGACY_BSN else Identifier(qualifier, value)
    except (XmlRefused, InvalidIdentifier):
        return None
