"""Encrypts a person's number, once for all who may read it (EN-03, EN-05 to EN-08, EN-11, EN-13)."""

import secrets
from collections.abc import Sequence
from html import escape
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

from volmacht.protocols.saml.encryption.identifier import Identifier
from volmacht.protocols.saml.encryption.sealed import (
    ACCEPTED,
    BLOCK_BYTES,
    EMITTED,
    KEY_BYTES,
    Sealed,
    SealedKey,
)
from volmacht.protocols.saml.encryption.writing import write
from volmacht.protocols.saml.keys import RecipientKey
from volmacht.protocols.xml.names import FORMAT_PERSISTENT, NAMESPACES, POLYMORPHIC_BSN, PSEUDONYM

_FOR_ONE_RECIPIENT: Final = frozenset({POLYMORPHIC_BSN, PSEUDONYM})
_PADDING: Final = ACCEPTED[EMITTED]


def encrypted_id(identifier: Identifier, keys: Sequence[RecipientKey]) -> etree._Element:
    """A saml:EncryptedID that each of the keys opens: one public-key operation a key.

    The identifier is taken as it is. Raises ValueError without a key, or when a polymorphic identifier would be for
    several recipients (EN-13).
    """
    if not keys:
        raise ValueError("nobody to encrypt for")
    if identifier.qualifier in _FOR_ONE_RECIPIENT and len({key.recipient for key in keys}) > 1:
        raise ValueError("such an identifier differs for each recipient")
    secret = secrets.token_bytes(KEY_BYTES)
    return write(Sealed(_cipher_text(_name_id(identifier), secret), tuple(_for(key, secret) for key in keys)))


def _name_id(identifier: Identifier) -> bytes:
    """The plain text: a NameID that declares its own namespace (EN-11)."""
    return (
        f'<saml:NameID xmlns:saml="{NAMESPACES["saml"]}" Format="{FORMAT_PERSISTENT}"'
        f' NameQualifier="{escape(identifier.qualifier)}">{escape(identifier.value, quote=False)}</saml:NameID>'
    ).encode()


def _cipher_text(plain: bytes, secret: bytes) -> bytes:
    """IV and AES-256-CBC, padded as XML encryption has it: random bytes, the last one tells how many."""
    missing = BLOCK_BYTES - len(plain) % BLOCK_BYTES
    padding = secrets.token_bytes(missing - 1) + bytes([missing])
    vector = secrets.token_bytes(BLOCK_BYTES)
    encryptor = Cipher(AES(secret), CBC(vector)).encryptor()
    return vector + encryptor.update(plain + padding) + encryptor.finalize()


def _for(key: RecipientKey, secret: bytes) -> SealedKey:
    cipher_text = key.key.public_key.encrypt(secret, _PADDING)
    return SealedKey(key.recipient, key.key.name, EMITTED, cipher_text)
