"""Encryption and keyed hashes for what rests in the database (DM-06, DM-21). Touches no database.

The only module that encrypts or hashes with our own keys. A sealed value is
`version (1 byte) + nonce (12 bytes) + AES-256-GCM ciphertext and tag`, bound to its purpose, so that a
value sealed for one purpose does not open for another. Look-ups go by `keyed_hashes`, never by opening.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class Purpose(StrEnum):
    """What a sealed value or keyed hash is for; part of what is authenticated."""

    BSN = "bsn"
    EMAIL_ADDRESS = "email-address"
    SESSION = "session"
    OUTBOX = "outbox"
    AUTHORISATION_CODE = "authorisation-code"
    LIMIT = "limit"
    LINK = "link"


class CannotOpen(Exception):
    """A sealed value was changed, is for another purpose, or its key version is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """All secrets; the highest version of a key is the current one."""

    django: str
    code: bytes
    encryption: dict[int, bytes]
    hashing: dict[int, bytes]
    checkpoint: bytes
    ciphers: dict[int, AESGCM] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ciphers.update({version: AESGCM(key) for version, key in self.encryption.items()})


def _keys() -> KeyRing:
    ring: KeyRing = settings.VOLMACHT_KEYS
    return ring


def current_hash_version() -> int:
    """The version with which new keyed hashes are made."""
    return max(_keys().hashing)


def seal(purpose: Purpose, plaintext: bytes) -> bytes:
    """Encrypt with the current key version."""
    keys = _keys()
    version = max(keys.ciphers)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([version]) + nonce + keys.ciphers[version].encrypt(nonce, plaintext, purpose.encode())


def unseal(purpose: Purpose, sealed: bytes) -> bytes:
    """Decrypt with the version that sealed it. Raises CannotOpen."""
    cipher = _keys().ciphers.get(sealed[0]) if len(sealed) > NONCE_BYTES else None
    if cipher is None:
        raise CannotOpen(purpose)
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], purpose.encode())
    except InvalidTag as error:
        raise CannotOpen(purpose) from error


def keyed_hash(purpose: Purpose, value: str, version: int | None = None) -> bytes:
    """HMAC-SHA-256 (32 bytes) of a value under the current hashing key, or the one named."""
    keys = _keys().hashing
    return hmac.digest(
        keys[max(keys) if version is None else version], f"{purpose}\0{value}".encode(), hashlib.sha256
    )


def keyed_hashes(purpose: Purpose, value: str) -> list[bytes]:
    """The hashes a stored value may have: under the current key and the previous one (DM-06)."""
    versions = sorted(_keys().hashing, reverse=True)[:2]
    return [keyed_hash(purpose, value, version) for version in versions]


def code_hash(symbols: str) -> bytes:
    """HMAC-SHA-256 of an authorisation code under its own key (DM-21)."""
    return hmac.digest(_keys().code, f"{Purpose.AUTHORISATION_CODE}\0{symbols}".encode(), hashlib.sha256)
