"""Whose certificate it is: the names in a subject, with the OIN where PKIoverheid puts it (MD-24)."""

from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from volmacht.rules.identifiers import Oin

COUNTRY = "NL"
TEST_ORGANISATION = "Volmacht TEST"
LONGEST_NAME = 64  # of X.520


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as it stands in its certificates. Raises ValueError for a name that does not fit in one."""

    name: str
    oin: Oin

    def __post_init__(self) -> None:
        if not 1 <= len(self.name) <= LONGEST_NAME:
            raise ValueError(f"the name of an organisation has 1 to {LONGEST_NAME} characters")


def authority_name(common_name: str) -> x509.Name:
    """The subject of an authority. Raises ValueError for a name that is empty or too long."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, TEST_ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def organisation_name(organisation: Organisation, common_name: str) -> x509.Name:
    """The subject of an organisation's certificate: the OIN is its serialNumber (2.5.4.5). Raises ValueError."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation.name),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, organisation.oin.value),
        ]
    )


def oins_of(name: x509.Name) -> list[str]:
    """Every serialNumber in a subject, as it is written."""
    return [str(attribute.value) for attribute in name.get_attributes_for_oid(NameOID.SERIAL_NUMBER)]
