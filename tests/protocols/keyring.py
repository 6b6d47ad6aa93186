"""Real RSA keys with certificates for tests, made once a process: `own_key("entrance")` is the same key every time."""

from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from volmacht.protocols.saml.keys import OwnKey, key_name

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@cache
def own_key(
    owner: str,
    *,
    oin: str = "00000009999999999001",
    begins: datetime = NOW - timedelta(days=1),
    ends: datetime = NOW + timedelta(days=365),
) -> OwnKey:
    """A key of 2048 bits with a certificate that it signed itself, for whoever `owner` stands for."""
    private_key = rsa.generate_private_key(65537, 2048)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, owner),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, oin),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(private_key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .sign(private_key, SHA256())
    )
    return OwnKey(private_key, certificate, key_name(certificate))
