"""Whether somebody holds the key of an organisation's certificate: they signed a text that was made for this.

As `openssl dgst -sha256 -sign key.pem` signs: RSA, PKCS #1 v1.5, SHA-256, over the bytes of the text. Which authorities
are believed is given.
"""

from datetime import datetime
from enum import StrEnum, auto

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from volmacht.pki.encodings import certificates_from
from volmacht.protocols.saml.keys import UnsuitableKey, rsa_key_of
from volmacht.protocols.saml.metadata.trust import CertificateFault, Judge, Purpose, Trust
from volmacht.rules.identifiers import Oin

NOT_NOW = {CertificateFault.EXPIRED, CertificateFault.NOT_YET_VALID}


class PossessionFault(StrEnum):
    """Why it is not proven."""

    UNREADABLE = auto()
    KEY = auto()  # no RSA key of a size that we accept, or that of an authority
    NOT_VALID_NOW = auto()
    NOT_TRUSTED = auto()
    OTHER_OIN = auto()
    SIGNATURE = auto()


def possession_fault(
    text: bytes, *, signature: bytes, certificate: bytes, oin: Oin, trust: Trust, now: datetime
) -> PossessionFault | None:
    """What is wrong; None when it is proven. Of several certificates in one file the first counts."""
    try:
        own = certificates_from(certificate)[0]
        key = rsa_key_of(own)
    except (ValueError, IndexError):
        return PossessionFault.UNREADABLE
    except UnsuitableKey:
        return PossessionFault.KEY
    fault = _of_certificate(own, Judge(trust, now), oin)
    if fault:
        return fault
    try:
        key.verify(signature, text, PKCS1v15(), SHA256())
    except InvalidSignature:
        return PossessionFault.SIGNATURE
    return None


def _of_certificate(own: x509.Certificate, judge: Judge, oin: Oin) -> PossessionFault | None:
    """Whose it is comes last: nobody learns here which OIN a certificate has that we do not believe."""
    faults = set(judge.faults(own, Purpose.SIGNING)) - {CertificateFault.KEY_USAGE}
    if faults & NOT_NOW:
        return PossessionFault.NOT_VALID_NOW
    if faults & {CertificateFault.KEY_UNSUITABLE, CertificateFault.OF_AUTHORITY}:
        return PossessionFault.KEY
    if faults:
        return PossessionFault.NOT_TRUSTED
    return None if judge.belongs_to(own, oin) else PossessionFault.OTHER_OIN
