"""Every kind of change that a connected organisation passes on, and what each needs (CN-21). Pure."""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Final


class ChangeOf(StrEnum):
    """What changes. Values are stored: never rename one."""

    CERTIFICATE = auto()  # rollover: new beside old, switch, remove old
    METADATA = auto()
    CONTACTS = auto()
    ORGANISATION_NAME = auto()
    LEVEL = auto()  # dated, announced
    TERM = auto()
    SUPPLIER = auto()
    DESCRIPTION = auto()
    STOP_SERVICE = auto()
    STOP_CONNECTION = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What a change asks of the provider before it is carried out.

    `new_test`: the provider tests again and the operator accepts it. `signature`: the signatory signs, and accepts the
    conditions anew when they have a new version. `service`, `day`: it must say which service, and from which day.
    `second_person`: two employees judge it (DM-64). `at_once`: nobody judges it when everything that can be checked is
    good (DM-64). `planned`: it waits for its day; what the catalogue dates itself does not.
    """

    new_test: bool = False
    signature: bool = False
    service: bool = False
    day: bool = False
    second_person: bool = True
    at_once: bool = False
    planned: bool = False


NEEDS: Final = {
    # CA and OIN match the approved connection (DM-64)
    ChangeOf.CERTIFICATE: Needs(second_person=False, at_once=True),
    ChangeOf.METADATA: Needs(second_person=False, at_once=True),
    ChangeOf.CONTACTS: Needs(second_person=False),
    ChangeOf.ORGANISATION_NAME: Needs(signature=True, day=True, planned=True),
    ChangeOf.LEVEL: Needs(new_test=True, service=True, day=True),
    ChangeOf.TERM: Needs(service=True),
    ChangeOf.SUPPLIER: Needs(new_test=True, signature=True, day=True, planned=True),
    ChangeOf.DESCRIPTION: Needs(service=True),
    ChangeOf.STOP_SERVICE: Needs(signature=True, service=True, day=True),
    ChangeOf.STOP_CONNECTION: Needs(signature=True, day=True, planned=True),
}

# What a supplier passes on for many clients at once: what a client must sign, that client passes on itself.
FOR_MANY: Final = tuple(change for change in ChangeOf if not NEEDS[change].signature)
