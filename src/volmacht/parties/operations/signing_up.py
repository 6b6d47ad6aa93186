"""Signing an organisation up by somebody who says to sign for it (CN-2): the registers are asked, each fault is told.

Nothing is proven by this: see `proving`. Of another organisation nothing is told but that it is here already.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.parties.models import ConnectingOrganisation, Membership, Organisation, Party
from volmacht.parties.operations.noting import acting_account
from volmacht.parties.organisation_registers import (
    AlbRegister,
    OinRegister,
    OrganisationRegisterUnavailable,
    RegisteredOrganisation,
)
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import InvalidIdentifier, KvkNumber, Oin
from volmacht.rules.kinds import PartyKind
from volmacht.rules.roles import MemberRole
from volmacht.rules.searching import folded


@dataclass(frozen=True, slots=True)
class SignUp:
    """What somebody says of their organisation, as typed. A supplier has no name in the ALB list and no public task."""

    oin: str
    kvk_number: str
    is_supplier: bool
    alb_name: str = ""
    public_task: str = ""
    legal_basis: str = ""


@cache
def oin_register() -> OinRegister:
    """The register of OINs that this installation asks."""
    register: OinRegister = import_string(settings.OIN_REGISTER)(settings.VOLMACHT.oin_register_url)
    return register


@cache
def alb_register() -> AlbRegister:
    """The list of who may use the BSN that this installation asks."""
    register: AlbRegister = import_string(settings.ALB_REGISTER)(settings.VOLMACHT.alb_register_url)
    return register


def sign_up_organisation(account_id: UUID, said: SignUp) -> UUID | AccountObjection:
    """Add the organisation, with this account as its signatory; the id of its party.

    Objections: OIN_FORM, KVK_FORM, OIN_UNKNOWN, OIN_WITHDRAWN, KVK_MISMATCH, ALB_NAME_UNKNOWN, ALB_OTHER_ORGANISATION,
    TASK_MISSING, ORGANISATION_EXISTS, REGISTER_AWAY. The registers are asked before the transaction.
    """
    numbers = _numbers(said)
    if isinstance(numbers, AccountObjection):
        return numbers
    try:
        found = _registered(*numbers)
        if isinstance(found, AccountObjection):
            return found
        objection = None if said.is_supplier else _not_entitled(said, found)
    except OrganisationRegisterUnavailable:
        return AccountObjection.REGISTER_AWAY
    try:
        return objection or _add(account_id, said, found)
    except IntegrityError:  # somebody else signed it up at the same moment
        return AccountObjection.ORGANISATION_EXISTS


def _numbers(said: SignUp) -> tuple[Oin, KvkNumber] | AccountObjection:
    try:
        oin = Oin.parse(said.oin)
    except InvalidIdentifier:
        return AccountObjection.OIN_FORM
    try:
        return oin, KvkNumber.parse(said.kvk_number)
    except InvalidIdentifier:
        return AccountObjection.KVK_FORM


def _registered(oin: Oin, kvk: KvkNumber) -> RegisteredOrganisation | AccountObjection:
    found = oin_register().look_up(oin)
    if found is None:
        return AccountObjection.OIN_UNKNOWN
    if not found.active:
        return AccountObjection.OIN_WITHDRAWN
    # A number that the register does not confirm is not taken over: eHerkenning would prove it.
    return found if found.kvk_number == kvk.value else AccountObjection.KVK_MISMATCH


def _not_entitled(said: SignUp, found: RegisteredOrganisation) -> AccountObjection | None:
    """Why this organisation may not use the BSN, as far as the list says (CK-D4)."""
    if not said.public_task.strip() or not said.legal_basis.strip():
        return AccountObjection.TASK_MISSING
    entitled = alb_register().look_up(said.alb_name) if said.alb_name.strip() else None
    if entitled is None:
        return AccountObjection.ALB_NAME_UNKNOWN
    if entitled.kvk_number and entitled.kvk_number != found.kvk_number:
        return AccountObjection.ALB_OTHER_ORGANISATION
    return None


@transaction.atomic
def _add(account_id: UUID, said: SignUp, found: RegisteredOrganisation) -> UUID | AccountObjection:
    party_id = _party(found)
    if isinstance(party_id, AccountObjection):
        return party_id
    now = clock.now()
    organisation = ConnectingOrganisation.objects.create(
        party_id=party_id,
        alb_name="" if said.is_supplier else " ".join(said.alb_name.split()),
        public_task="" if said.is_supplier else said.public_task.strip(),
        legal_basis="" if said.is_supplier else said.legal_basis.strip(),
        is_supplier=said.is_supplier,
        created_at=now,
    )
    Membership.objects.create(
        account_id=account_id, organisation=organisation, roles=[MemberRole.SIGNATORY], since=now
    )
    record(
        EventKind.ORGANISATION_SIGNED_UP,
        actor=acting_account(account_id),
        subject_id=party_id,
        object_id=account_id,
        data={"supplier": said.is_supplier},
    )
    return party_id


def _party(found: RegisteredOrganisation) -> UUID | AccountObjection:
    """Its party: one that acted for people before is the same organisation, and is called by its name from now on."""
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("party__connecting")
    row = rows.filter(kvk_number=found.kvk_number).first() or rows.filter(oin=found.oin.value).first()
    names = {"name": found.name[:400], "search_name": folded(found.name)[:400]}
    if row is None:
        party = Party.objects.create(id=uuid4(), kind=PartyKind.ORGANISATION, created_at=clock.now(), **names)
        Organisation.objects.create(party=party, kvk_number=found.kvk_number, oin=found.oin.value)
        return party.id
    if hasattr(row.party, "connecting") or row.oin not in {None, found.oin.value}:
        return AccountObjection.ORGANISATION_EXISTS
    Organisation.objects.filter(party_id=row.party_id).update(
        oin=found.oin.value, kvk_number=found.kvk_number
    )
    Party.objects.filter(id=row.party_id).update(**names)
    return row.party_id
