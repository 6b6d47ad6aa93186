"""SAML artifacts of type 4: made, and read from outside (AB-02, AB-07). Where they are kept is not known here."""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

TYPE = (4).to_bytes(2)
SOURCE_BYTES = 20
HANDLE_BYTES = 20
LONGEST_INDEX = 0xFFFF
_BYTES = 2 + 2 + SOURCE_BYTES + HANDLE_BYTES
_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Artifact:
    """What an artifact says: which resolution service, SHA-1 of the issuer's entity id, and the secret handle."""

    index: int
    source: bytes
    handle: bytes = field(repr=False)

    def is_from(self, entity_id: str) -> bool:
        """Whether this entity made it, as far as the artifact itself tells (AB-07)."""
        return hmac.compare_digest(self.source, source_of(entity_id))


def source_of(entity_id: str) -> bytes:
    """SourceID: the 20 bytes of the SHA-1 of an entity id (AB-02)."""
    return hashlib.sha1(entity_id.encode(), usedforsecurity=False).digest()


def new_artifact(issuer: str, index: int = 0) -> str:
    """A fresh one of 60 characters. `index`: of the issuer's ArtifactResolutionService, 0 to 65535."""
    if not 0 <= index <= LONGEST_INDEX:
        raise ValueError("an endpoint index has two bytes")
    handle = secrets.token_bytes(HANDLE_BYTES)
    return base64.b64encode(TYPE + index.to_bytes(2) + source_of(issuer) + handle).decode()


def read_artifact(text: str) -> Artifact | None:
    """What it says; None unless it is 44 bytes of type 4 in strict base64. The caller trims (AB-15)."""
    if len(text) != _CHARACTERS or not text.isascii():
        return None
    try:
        content = base64.b64decode(text, validate=True)
    except binascii.Error:
        return None
    # Spare bits in the last character may be set: only the one spelling that we would write is taken.
    if len(content) != _BYTES or content[:2] != TYPE or base64.b64encode(content).decode() != text:
        return None
    return Artifact(int.from_bytes(content[2:4]), content[4 : 4 + SOURCE_BYTES], content[4 + SOURCE_BYTES :])
