"""Encryption and keyed hashes for what rests in the database (DM-06, DM-21). Touches no database.

The only module that encrypts or hashes with our own keys. A sealed value is
`version (1 byte) + nonce (12 bytes) + AES-256-GCM ciphertext and tag`, bound to its purpose and to the row it
stands in: what somebody copies to another column or another row does not open there. Look-ups go by
`keyed_hashes`, never by opening.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

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
    LOGIN = "login"
    STATEMENT = "statement"
    FEDERATION = "federation"
    CHOICE = "choice"
    TOTP = "totp"
    RECOVERY_CODE = "recovery-code"
    ACCOUNT_LINK = "account-link"
    INVITATION = "invitation"


class CannotOpen(Exception):
    """A sealed value was changed, is for another purpose or another row, or its key version is gone."""


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """All secrets. `sealing_version` and `hashing_version` make new values; 0 stands for the highest there is.

    `follow` gives the ring that counts now: keys get new versions while processes run. Asked with True it looks at
    once, else when it last looked some moments ago.
    """

    django: str
    code: bytes
    encryption: dict[int, bytes]
    hashing: dict[int, bytes]
    checkpoint: bytes
    sealing_version: int = 0
    hashing_version: int = 0
    ciphers: dict[int, AESGCM] = field(default_factory=dict)
    follow: Callable[[bool], "KeyRing"] | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        self.ciphers.update({version: AESGCM(key) for version, key in self.encryption.items()})
        object.__setattr__(self, "sealing_version", self.sealing_version or max(self.encryption))
        object.__setattr__(self, "hashing_version", self.hashing_version or max(self.hashing))


def _keys(*, at_once: bool = False) -> KeyRing:
    ring: KeyRing = settings.VOLMACHT_KEYS
    return ring.follow(at_once) if ring.follow else ring


def look_for_new_keys() -> None:
    """Look at the key file now: before concluding from a look-up that somebody is unknown (DM-06)."""
    _keys(at_once=True)


def current_hash_version() -> int:
    """The version with which new keyed hashes are made."""
    return _keys().hashing_version


def oldest_hash_version() -> int:
    """The oldest version that is kept: every process has it, also while a new one is spreading."""
    return min(_keys().hashing)


def current_encryption_version() -> int:
    """The version with which new values are sealed."""
    return _keys().sealing_version


def sealed_under(sealed: bytes) -> int:
    """The version of the key that sealed a value."""
    return sealed[0]


def _bound(purpose: Purpose, row: UUID | str) -> bytes:
    """What is authenticated beside the value; no purpose holds a null byte."""
    return f"{purpose}\0{row}".encode()


def seal(purpose: Purpose, row: UUID | str, plaintext: bytes) -> bytes:
    """Encrypt with the current key version, for this row: its primary key, or the key of a session."""
    keys = _keys()
    version = keys.sealing_version
    nonce = secrets.token_bytes(NONCE_BYTES)
    return bytes([version]) + nonce + keys.ciphers[version].encrypt(nonce, plaintext, _bound(purpose, row))


def unseal(purpose: Purpose, row: UUID | str, sealed: bytes) -> bytes:
    """Decrypt with the version that sealed it. Raises CannotOpen."""
    cipher = _cipher(sealed[0]) if len(sealed) > NONCE_BYTES else None
    if cipher is None:
        raise CannotOpen(purpose)
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], _bound(purpose, row))
    except InvalidTag as error:
        raise CannotOpen(purpose) from error


def _cipher(version: int) -> AESGCM | None:
    """Of a version; one that is unknown may be so new that another process saw it first."""
    return _keys().ciphers.get(version) or _keys(at_once=True).ciphers.get(version)


def resealed(purpose: Purpose, row: UUID | str, sealed: bytes) -> bytes | None:
    """The same under the current version; None when it is already. Raises CannotOpen."""
    if sealed_under(sealed) == current_encryption_version():
        return None
    return seal(purpose, row, unseal(purpose, row, sealed))


def keyed_hash(purpose: Purpose, value: str, version: int | None = None) -> bytes:
    """HMAC-SHA-256 (32 bytes) of a value under the current hashing key, or the one named."""
    return _hash(_keys(), purpose, value, version)


def keyed_hashes(purpose: Purpose, value: str) -> list[bytes]:
    """The hashes a stored value may have: under the current key, and under each other that is kept (DM-06).

    Kept are previous ones that something still needs, and the next one from the moment it is announced.
    """
    keys = _keys()
    versions = sorted(keys.hashing, key=lambda version: (version != keys.hashing_version, -version))
    return [_hash(keys, purpose, value, version) for version in versions]


def _hash(keys: KeyRing, purpose: Purpose, value: str, version: int | None) -> bytes:
    key = keys.hashing[keys.hashing_version if version is None else version]
    return hmac.digest(key, f"{purpose}\0{value}".encode(), hashlib.sha256)


def code_hash(symbols: str) -> bytes:
    """HMAC-SHA-256 of an authorisation code under its own key (DM-21)."""
    return hmac.digest(_keys().code, f"{Purpose.AUTHORISATION_CODE}\0{symbols}".encode(), hashlib.sha256)
