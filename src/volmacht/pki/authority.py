"""An authority: makes itself, an authority below it, and certificates for organisations, from a request or with a key.

Certificates are RSA with SHA-256, have key identifiers, and are never valid longer than their issuer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from volmacht.pki.encodings import certificates_from, pem_of, private_key_from
from volmacht.pki.purposes import Purpose, extensions_for, key_usage
from volmacht.pki.requests import key_requested
from volmacht.pki.subjects import Organisation, authority_name, organisation_name
from volmacht.protocols.saml.keys import SMALLEST_BITS, OwnKey, UnsuitableKey, key_name

BITS: Final = 3072
DAYS: Final = 3 * 365
"""How long an organisation's certificate is valid, unless told otherwise."""

_EXPONENT: Final = 65537


class NotInForce(ValueError):
    """The authority itself is not valid at this moment, so it issues nothing."""


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A new key with its certificate, and the intermediates that lead to the root, nearest first."""

    own_key: OwnKey
    intermediates: tuple[x509.Certificate, ...]

    @property
    def chain_pem(self) -> bytes:
        """What a TLS server or client sends: the certificate and the intermediates."""
        return pem_of(self.own_key.certificate, *self.intermediates)


@dataclass(frozen=True, slots=True)
class Authority:
    """A key that issues. `above`: the certificates between it and the root, and the root, nearest first."""

    private_key: RSAPrivateKey = field(repr=False)
    certificate: x509.Certificate
    above: tuple[x509.Certificate, ...] = ()

    @classmethod
    def load(cls, private_key: bytes, certificates: bytes, password: bytes | None = None) -> Self:
        """From PEM or DER: its key; its certificate and then those above it. Raises ValueError, UnsuitableKey."""
        key = private_key_from(private_key, password)
        own, *above = certificates_from(certificates)
        if own.public_key() != key.public_key():
            raise UnsuitableKey("the certificate is for another key")
        return cls(key, own, tuple(above))

    @property
    def certificates_pem(self) -> bytes:
        """Its own certificate and those above it, as `load` takes them."""
        return pem_of(self.certificate, *self.above)

    @property
    def intermediates(self) -> tuple[x509.Certificate, ...]:
        """What leads from a certificate that it issues to the root, without the root."""
        return tuple(one for one in (self.certificate, *self.above) if one.issuer != one.subject)

    def key_identifier(self) -> x509.AuthorityKeyIdentifier:
        """How what it signs points at its key."""
        own = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)

    def subordinate(self, name: str, *, now: datetime, years: int, bits: int = BITS) -> "Authority":
        """A new authority below this root, that issues to organisations only. Raises NotInForce, UnsuitableKey."""
        if self.above:
            raise ValueError("only a root has authorities below it")
        key = _new_key(bits)
        builder = _for_authority(
            self._begin(authority_name(name), key.public_key(), now, years * 365), below=0
        )
        return Authority(key, builder.sign(self.private_key, SHA256()), (self.certificate, *self.above))

    def issue(
        self,
        organisation: Organisation,
        purpose: Purpose,
        *,
        common_name: str,
        now: datetime,
        days: int = DAYS,
        bits: int = BITS,
        hosts: Sequence[str] = (),
    ) -> IssuedCertificate:
        """A new key and its certificate, valid from now. `hosts`: of a TLS server, which needs one.

        Raises NotInForce, UnsuitableKey, and ValueError for names that do not fit in a certificate.
        """
        key = _new_key(bits)
        builder = self._begin(organisation_name(organisation, common_name), key.public_key(), now, days)
        certificate = self._finish(builder, purpose, hosts)
        return IssuedCertificate(OwnKey(key, certificate, key_name(certificate)), self.intermediates)

    def issue_from_csr(
        self,
        request: x509.CertificateSigningRequest,
        organisation: Organisation,
        purpose: Purpose,
        *,
        common_name: str,
        now: datetime,
        days: int = DAYS,
        hosts: Sequence[str] = (),
    ) -> x509.Certificate:
        """A certificate for the key of a request. Names, purpose and hosts are the caller's, whatever it asks for.

        Raises RequestRefused, and what `issue` raises.
        """
        key = key_requested(request, organisation.oin)
        builder = self._begin(organisation_name(organisation, common_name), key, now, days)
        return self._finish(builder, purpose, hosts)

    def _begin(
        self, subject: x509.Name, key: RSAPublicKey, now: datetime, days: int
    ) -> x509.CertificateBuilder:
        ends = self.certificate.not_valid_after_utc
        if not self.certificate.not_valid_before_utc <= now < ends:
            raise NotInForce("the authority is not valid now")
        builder = _begin(subject, key, now, min(now + timedelta(days=days), ends))
        return builder.issuer_name(self.certificate.subject).add_extension(
            self.key_identifier(), critical=False
        )

    def _finish(
        self, builder: x509.CertificateBuilder, purpose: Purpose, hosts: Sequence[str]
    ) -> x509.Certificate:
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        for extension, critical in extensions_for(purpose, hosts):
            builder = builder.add_extension(extension, critical=critical)
        return builder.sign(self.private_key, SHA256())


def make_authority(name: str, *, now: datetime, years: int, bits: int = BITS) -> Authority:
    """A new root that signed itself, valid from now; one level of authorities may stand below it."""
    key = _new_key(bits)
    subject = authority_name(name)
    builder = _begin(subject, key.public_key(), now, now + timedelta(days=years * 365)).issuer_name(subject)
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    pointer = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own)
    builder = _for_authority(builder.add_extension(pointer, critical=False), below=1)
    return Authority(key, builder.sign(key, SHA256()))


def _begin(
    subject: x509.Name, key: RSAPublicKey, begins: datetime, ends: datetime
) -> x509.CertificateBuilder:
    """What every certificate has; instants in whole seconds, as certificates have them."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins.replace(microsecond=0))
        .not_valid_after(ends.replace(microsecond=0))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _for_authority(builder: x509.CertificateBuilder, *, below: int) -> x509.CertificateBuilder:
    """`below`: how many levels of authorities may follow."""
    constraints = x509.BasicConstraints(ca=True, path_length=below)
    return builder.add_extension(constraints, critical=True).add_extension(
        key_usage(certifies=True), critical=True
    )


def _new_key(bits: int) -> RSAPrivateKey:
    if bits < SMALLEST_BITS:
        raise UnsuitableKey(f"RSA of {bits} bits")
    return generate_private_key(_EXPONENT, bits)
