"""Revocation lists of an authority (SG-12). Which certificates are revoked is for the caller to keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from volmacht.pki.authority import Authority

Revocation = x509.ReasonFlags
"""Why a certificate was revoked."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that no longer counts, since this moment."""

    serial_number: int
    since: datetime
    reason: Revocation = Revocation.unspecified


def revocation_list(
    authority: Authority, revoked: Iterable[Revoked], *, now: datetime, days: int = 7
) -> x509.CertificateRevocationList:
    """All that this authority revoked, signed; a later list has a higher number. The next one is due in `days`."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now)
        .next_update(now + timedelta(days=days))
        .add_extension(authority.key_identifier(), critical=False)
        .add_extension(x509.CRLNumber(int(now.timestamp())), critical=False)
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(_entry(one))
    return builder.sign(authority.private_key, SHA256())


def _entry(one: Revoked) -> x509.RevokedCertificate:
    entry = x509.RevokedCertificateBuilder().serial_number(one.serial_number).revocation_date(one.since)
    if one.reason is not Revocation.unspecified:  # which is left out (RFC 5280, 5.3.1)
        entry = entry.add_extension(x509.CRLReason(one.reason), critical=False)
    return entry.build()
