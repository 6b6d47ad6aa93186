"""Questions that one certificate answers by itself: whose it is and what its key may do (MD-23, MD-24, TL-03). Pure.

Whether it is to be believed is for `trust` to say.
"""

import re
from enum import StrEnum
from typing import Final, TypeVar

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from volmacht.rules.identifiers import InvalidIdentifier, Oin

_Kind = TypeVar("_Kind", bound=x509.ExtensionType)

_IA5_STRING: Final = 0x16
_UZI_NAME: Final = x509.ObjectIdentifier("2.5.5.5")
# CA, version, UZI number, kind of card (S: server), subscriber number (URA), role, AGB code
_UZI_SERVER = re.compile(r"[0-9.]+-[0-9]+-[0-9]+-S-(?P<ura>[0-9]{8})-[0-9.]+-[0-9]+", re.ASCII)


class Purpose(StrEnum):
    """What a certificate is used for."""

    SIGNING = "signing"
    ENCRYPTION = "encryption"
    TLS_CLIENT = "tls-client"


def load_certificate(der: bytes) -> x509.Certificate:
    """Read a certificate with everything in it that is asked later. Raises ValueError for any that cannot be read."""
    try:
        certificate = x509.load_der_x509_certificate(der)
        # The library reads these only when asked, and then raises.
        certificate.public_key()
        _ = (certificate.subject, certificate.issuer, certificate.extensions)
    except (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType) as error:
        raise ValueError("unreadable certificate") from error
    except (UnsupportedAlgorithm, TypeError) as error:
        raise ValueError("unreadable certificate") from error
    return certificate


def oin_of(certificate: x509.Certificate, *, uzi: bool = False) -> Oin | None:
    """The OIN in subject serialNumber; with `uzi` also the one that stands for a UZI subscriber (MD-24)."""
    numbers = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    if len(numbers) == 1:
        try:
            return Oin(str(numbers[0].value))
        except InvalidIdentifier:
            pass
    return _uzi_oin(certificate) if uzi else None


def is_authority(certificate: x509.Certificate) -> bool:
    """Whether it may issue certificates, and so is nobody's own."""
    constraints = _extension(certificate, x509.BasicConstraints)
    return constraints is not None and constraints.ca


def may_be_used_for(certificate: x509.Certificate, purpose: Purpose) -> bool:
    """Whether its key usage names this purpose; a certificate without key usage names none (MD-23)."""
    usage = _extension(certificate, x509.KeyUsage)
    if usage is None:
        return False
    if purpose is Purpose.ENCRYPTION:
        return usage.key_encipherment
    return usage.digital_signature


def is_for_tls_clients(certificate: x509.Certificate) -> bool:
    """Whether extended key usage names client authentication (MD-44, TL-03)."""
    usage = _extension(certificate, x509.ExtendedKeyUsage)
    return usage is not None and ExtendedKeyUsageOID.CLIENT_AUTH in usage


def _uzi_oin(certificate: x509.Certificate) -> Oin | None:
    """`00000009` + URA + `0000`, for a UZI server certificate."""
    names = _extension(certificate, x509.SubjectAlternativeName)
    for name in names.get_values_for_type(x509.OtherName) if names else ():
        if name.type_id == _UZI_NAME and (found := _UZI_SERVER.fullmatch(_ia5_text(name.value))):
            return Oin(f"00000009{found['ura']}0000")
    return None


def _ia5_text(der: bytes) -> str:
    """The text of an IA5String of at most 127 characters; "" for anything else."""
    tag, length, text = der[:1], der[1:2], der[2:]
    if tag != bytes([_IA5_STRING]) or length != bytes([len(text) % 256]) or not text.isascii():
        return ""
    return text.decode("ascii")


def _extension(certificate: x509.Certificate, kind: type[_Kind]) -> _Kind | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
