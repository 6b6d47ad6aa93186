"""An EncryptedID as values, and the algorithms that may stand in it (EN-08, EN-15, EN-16). Touches no key, no XML."""

from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from volmacht.protocols.xml import names

BLOCK_BYTES: Final = 16
KEY_BYTES: Final = 32
MGF_NAMESPACE: Final = "http://www.w3.org/2009/xmlenc11#"


@dataclass(frozen=True, slots=True)
class Transport:
    """How a key is encrypted with RSA: the URIs of algorithm, digest and mask, as far as they are named."""

    algorithm: str
    digest: str | None = None
    mask: str | None = None


_SHA1: Final = SHA1()  # noqa: S303 - inside OAEP only, where ST-SAML prescribes it (SG-04)
_HASHES: Final = {names.SHA1: _SHA1, names.SHA256: SHA256()}
_MASKS: Final = {names.MGF1_SHA1: _SHA1, names.MGF1_SHA256: SHA256()}

EMITTED: Final = Transport(names.RSA_OAEP_MGF1P, names.SHA1)
"""What we encrypt a key with (EN-08)."""

ACCEPTED: Final[dict[Transport, OAEP]] = {
    Transport(names.RSA_OAEP_MGF1P): OAEP(MGF1(_SHA1), _SHA1, label=None),
    **{
        Transport(names.RSA_OAEP_MGF1P, digest): OAEP(MGF1(_SHA1), hashing, label=None)
        for digest, hashing in _HASHES.items()
    },
    **{
        Transport(names.RSA_OAEP, digest, mask): OAEP(MGF1(masking), hashing, label=None)
        for digest, hashing in _HASHES.items()
        for mask, masking in _MASKS.items()
    },
}
"""What a key may be encrypted with (EN-15). The first algorithm always masks with SHA-1."""


@dataclass(frozen=True, slots=True)
class SealedKey:
    """The key to the cipher text, encrypted for one certificate of one recipient."""

    recipient: str
    key_name: str
    transport: Transport
    cipher_text: bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """An EncryptedID. `cipher_text` begins with its IV; `carried_name` is None in the form of EN-04."""

    cipher_text: bytes
    keys: tuple[SealedKey, ...]
    carried_name: str | None = None
