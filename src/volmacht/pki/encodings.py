"""Keys and certificates as PEM, and read back from PEM or DER. Touches no files."""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)

from volmacht.protocols.saml.keys import UnsuitableKey

_PEM = b"-----BEGIN"


def pem_of(
    *signed: x509.Certificate | x509.CertificateRevocationList | x509.CertificateSigningRequest,
) -> bytes:
    """One after the other."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in signed)


def certificates_from(data: bytes) -> list[x509.Certificate]:
    """All certificates in PEM, or the one in DER. Raises ValueError."""
    return x509.load_pem_x509_certificates(data) if _PEM in data else [x509.load_der_x509_certificate(data)]


def private_key_pem(key: RSAPrivateKey, password: bytes | None = None) -> bytes:
    """PKCS#8, encrypted when there is a password."""
    encryption: KeySerializationEncryption = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def private_key_from(data: bytes, password: bytes | None = None) -> RSAPrivateKey:
    """An RSA key in PEM or DER. Raises UnsuitableKey, and ValueError for a wrong password or malformed data."""
    load = load_pem_private_key if _PEM in data else load_der_private_key
    try:
        key = load(data, password)
    except TypeError:  # a password that is missing, or not needed
        raise ValueError("the password does not fit") from None
    except ValueError as unreadable:
        if password is None:
            raise
        # One wrong password in some 250 leaves good padding, and then only noise where the key should be.
        raise ValueError("the password does not fit, or what it opens is no key") from unreadable
    if not isinstance(key, RSAPrivateKey):
        raise UnsuitableKey("not an RSA key")
    return key
