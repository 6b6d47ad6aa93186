"""Two registers of organisations as Volmacht sees them: that of OINs, and the list of who may use the BSN (ALB).

Ports: the adapters stand in `parties.adapters`. Asked when an organisation signs up (CN-2). No Django, no HTTP.
"""

from dataclasses import dataclass
from typing import Protocol

from volmacht.rules.identifiers import Oin


class OrganisationRegisterUnavailable(Exception):
    """The register gave no usable answer. Trying again later may help."""


@dataclass(frozen=True, slots=True)
class RegisteredOrganisation:
    """What the OIN register says of an organisation today. `kvk_number` is empty for who has none."""

    oin: Oin
    name: str
    kvk_number: str
    active: bool


@dataclass(frozen=True, slots=True)
class EntitledOrganisation:
    """An organisation that may use the BSN. `kvk_number` is empty where the list does not say."""

    name: str
    kvk_number: str


class OinRegister(Protocol):
    """The register of organisation identification numbers."""

    def look_up(self, oin: Oin) -> RegisteredOrganisation | None:
        """The organisation with this number; None when there is none. Raises OrganisationRegisterUnavailable."""
        ...


class AlbRegister(Protocol):
    """The list of organisations that may use the BSN."""

    def look_up(self, name: str) -> EntitledOrganisation | None:
        """Who is called exactly so, capitals and spaces aside; None when nobody is.

        Raises OrganisationRegisterUnavailable.
        """
        ...
