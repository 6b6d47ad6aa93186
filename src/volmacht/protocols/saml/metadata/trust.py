"""Which certificates are believed: in date, not revoked, and issued below a pinned authority (MD-23, SG-12).

Nothing is believed because it stands in a document (WK-04, WK-05). The path is found by `cryptography`; its profile
for web servers holds for the authorities (CA flag, path length, key usage, name constraints, no SHA-1), while of the
last certificate only what MD-23, MD-24 and TL-03 ask is asked. No files, no network: revocation lists are given.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.verification import ExtensionPolicy, PolicyBuilder, Store, VerificationError

from volmacht.protocols.saml.keys import UnsuitableKey, rsa_key_of
from volmacht.protocols.saml.metadata.certificates import (
    Purpose,
    is_authority,
    is_for_tls_clients,
    may_be_used_for,
    oin_of,
)
from volmacht.protocols.saml.metadata.model import Entity
from volmacht.rules.identifiers import Oin

__all__ = [
    "CertificateFault",
    "Judge",
    "Purpose",
    "Trust",
    "client_certificate_faults",
    "client_faults",
    "oin_of",
]

JUDGED_SECONDS = 10
MOST_JUDGED = 1000


class CertificateFault(StrEnum):
    """Why a certificate is not believed."""

    KEY_UNSUITABLE = "key-unsuitable"
    OF_AUTHORITY = "of-authority"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation-unknown"
    KEY_USAGE = "key-usage"
    NOT_FOR_TLS_CLIENTS = "not-for-tls-clients"
    OTHER_OIN = "other-oin"
    NOT_LISTED = "not-listed"


@dataclass(frozen=True, slots=True)
class Trust:
    """What an administrator pinned for one environment.

    `anchors` are believed as they are: roots, or authorities below them. `intermediates` only help to find the path
    to an anchor, as metadata carries one certificate a key. `revoked` are revocation lists; one that is past its
    date still revokes. With `revocation_required` a certificate without a list that is in date is refused.
    `http_allowed` is for a demonstration on one machine (MD-31); `uzi_accepted` for MD-24.
    """

    anchors: tuple[x509.Certificate, ...]
    intermediates: tuple[x509.Certificate, ...] = ()
    revoked: tuple[x509.CertificateRevocationList, ...] = ()
    revocation_required: bool = False
    http_allowed: bool = False
    uzi_accepted: bool = False
    # What `client_faults` found lately, so that a client that calls often is not judged at each call.
    judged: dict[tuple[x509.Certificate, Oin, int], tuple["CertificateFault", ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )


class Judge:
    """Applies a trust at one moment to many certificates; what they share is looked at once."""

    def __init__(self, trust: Trust, now: datetime) -> None:
        self.trust = trust
        self.now = now
        self._lists: dict[x509.Certificate, tuple[x509.CertificateRevocationList, ...]] = {}

    def faults(self, certificate: x509.Certificate, purpose: Purpose) -> tuple[CertificateFault, ...]:
        """Everything against it for this purpose; whose it is is asked apart, by `belongs_to`.

        Of one that is not valid yet the path is judged for the moment when it will be, as nobody looks again then.
        """
        found = list(_own_faults(certificate, purpose))
        if self.now > certificate.not_valid_after_utc:
            return (*found, CertificateFault.EXPIRED)  # never counts again: its path does not matter
        if self.now < certificate.not_valid_before_utc:
            found.append(CertificateFault.NOT_YET_VALID)
        path = self._path(certificate)
        if path:
            found += self._revocation(path)
        else:
            found.append(CertificateFault.UNTRUSTED)
        return tuple(found)

    def belongs_to(self, certificate: x509.Certificate, oin: Oin) -> bool:
        """Whether it was issued to this organisation (MD-24)."""
        return oin_of(certificate, uzi=self.trust.uzi_accepted) == oin

    @cached_property
    def _store(self) -> Store:
        return Store(list(self.trust.anchors))

    def _path(self, certificate: x509.Certificate) -> list[x509.Certificate]:
        """From this certificate to an anchor; empty when there is no path."""
        if not self.trust.anchors:
            return []
        verifier = (
            PolicyBuilder()
            .store(self._store)
            .time(max(self.now, certificate.not_valid_before_utc))
            .extension_policies(
                ca_policy=ExtensionPolicy.webpki_defaults_ca(), ee_policy=ExtensionPolicy.permit_all()
            )
            .build_client_verifier()
        )
        try:
            return verifier.verify(certificate, list(self.trust.intermediates)).chain
        except (VerificationError, ValueError):
            return []

    def _revocation(self, path: list[x509.Certificate]) -> list[CertificateFault]:
        """Whether any certificate of the path, save the anchor, is on a list of its issuer."""
        known = True
        for certificate, issuer in pairwise(path):
            lists = self._lists_of(issuer)
            number = certificate.serial_number
            if any(one.get_revoked_certificate_by_serial_number(number) is not None for one in lists):
                return [CertificateFault.REVOKED]
            known = known and any(self._is_current(one) for one in lists)
        return [] if known or not self.trust.revocation_required else [CertificateFault.REVOCATION_UNKNOWN]

    def _lists_of(self, issuer: x509.Certificate) -> tuple[x509.CertificateRevocationList, ...]:
        """The lists that this authority signed."""
        if issuer not in self._lists:
            self._lists[issuer] = tuple(
                one for one in self.trust.revoked if one.issuer == issuer.subject and _signed(one, issuer)
            )
        return self._lists[issuer]

    def _is_current(self, one: x509.CertificateRevocationList) -> bool:
        return one.next_update_utc is not None and one.last_update_utc <= self.now < one.next_update_utc


def client_faults(
    certificate: x509.Certificate, *, oin: Oin, trust: Trust, now: datetime
) -> tuple[CertificateFault, ...]:
    """Everything against a TLS client certificate of an organisation, but for whether it is pinned (TL-03, BR-11).

    At most `JUDGED_SECONDS` old; another `trust`, for example with a newer revocation list, is asked anew.
    """
    which = certificate, oin, int(now.timestamp()) // JUDGED_SECONDS
    known = trust.judged.get(which)
    if known is not None:
        return known
    judge = Judge(trust, now)
    found = judge.faults(certificate, Purpose.TLS_CLIENT)
    if not judge.belongs_to(certificate, oin):
        found = (*found, CertificateFault.OTHER_OIN)
    if len(trust.judged) >= MOST_JUDGED:
        trust.judged.clear()
    trust.judged[which] = found
    return found


def client_certificate_faults(
    certificate: x509.Certificate, *, issuer: Entity, trust: Trust, now: datetime
) -> tuple[CertificateFault, ...]:
    """Everything against a TLS client certificate of who claims to be this issuer; nothing means accepted (TL-03)."""
    found = list(client_faults(certificate, oin=issuer.oin, trust=trust, now=now))
    if all(key.certificate != certificate for key in issuer.signing):
        found.append(CertificateFault.NOT_LISTED)
    return tuple(found)


def _own_faults(certificate: x509.Certificate, purpose: Purpose) -> list[CertificateFault]:
    """What the certificate itself shows, whoever issued it."""
    found = []
    try:
        rsa_key_of(certificate)
    except UnsuitableKey:
        found.append(CertificateFault.KEY_UNSUITABLE)
    if is_authority(certificate):
        found.append(CertificateFault.OF_AUTHORITY)
    if not may_be_used_for(certificate, purpose):
        found.append(CertificateFault.KEY_USAGE)
    if purpose is Purpose.TLS_CLIENT and not is_for_tls_clients(certificate):
        found.append(CertificateFault.NOT_FOR_TLS_CLIENTS)
    return found


def _signed(revocations: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether this authority made the list."""
    key = issuer.public_key()
    return isinstance(key, RSAPublicKey | EllipticCurvePublicKey) and revocations.is_signature_valid(key)
