"""Keys and certificates as the messages use them: RSA of at least 2048 bits, each with its name (MD-29, MD-30).

One kind a purpose, so that a key is never used for another (RO-06, MD-11). Where keys are kept is not known here.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key

SMALLEST_BITS = 2048
LARGEST_BITS = 8192


class UnsuitableKey(ValueError):
    """A key that is not RSA of 2048 to 8192 bits; the message says which."""


def key_name(certificate: x509.Certificate) -> str:
    """Our own name for a certificate: lower-case hex SHA-256 of its DER form (MD-30)."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def rsa_key_of(certificate: x509.Certificate) -> RSAPublicKey:
    """The public key of a certificate. Raises UnsuitableKey."""
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise UnsuitableKey("not an RSA key")
    if not SMALLEST_BITS <= key.key_size <= LARGEST_BITS:
        raise UnsuitableKey(f"RSA of {key.key_size} bits")
    return key


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A certificate under the name that its owner's metadata gives it; `public_key` is taken from it."""

    name: str
    certificate: x509.Certificate
    public_key: RSAPublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "public_key", rsa_key_of(self.certificate))

    def counts_at(self, moment: datetime) -> bool:
        """Whether the certificate is within its dates (MD-43)."""
        return self.certificate.not_valid_before_utc <= moment <= self.certificate.not_valid_after_utc


@dataclass(frozen=True, slots=True)
class RecipientKey:
    """A published encryption key together with the entity that can read what is encrypted with it (EN-06)."""

    recipient: str
    key: PublishedKey


@dataclass(frozen=True, slots=True)
class OwnKey:
    """A private key of our own with its certificate: for signing, for decrypting, or for TLS."""

    private_key: RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate
    name: str

    @classmethod
    def load(cls, private_key_der: bytes, certificate: x509.Certificate) -> "OwnKey":
        """From PKCS#8 DER, under our own name for it. Raises UnsuitableKey, ValueError."""
        private_key = load_der_private_key(private_key_der, password=None)
        if not isinstance(private_key, RSAPrivateKey):
            raise UnsuitableKey("not an RSA key")
        if private_key.public_key() != rsa_key_of(certificate):
            raise UnsuitableKey("the certificate is for another key")
        return cls(private_key, certificate, key_name(certificate))

    def published(self) -> PublishedKey:
        """What others may know of it."""
        return PublishedKey(self.name, self.certificate)
