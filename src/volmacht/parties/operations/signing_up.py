"""Signing an organisation up by somebody who says to sign for it (CN-2): the registers are asked, each fault is told.

Nothing is proven by this: see `proving`. Of another organisation nothing is told but that it is here already. One that
is here and that nobody proved can be claimed: whoever proves it takes it over (decision 0044).
"""

from dataclasses import dataclass
from functools import cache
from typing import TypedDict
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.module_loading import import_string

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import Claim, ConnectingOrganisation, Membership, Organisation, Party
from volmacht.parties.operations.holding import hold_everything
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
from volmacht.rules.roles import MemberRole, Right
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


@dataclass(frozen=True, slots=True)
class Claimed:
    """The organisation was here, and nobody proved it: by proof it becomes that of who signed it up now."""

    organisation_id: UUID


class _Said(TypedDict):
    alb_name: str
    public_task: str
    legal_basis: str
    is_supplier: bool


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


def sign_up_organisation(account_id: UUID, said: SignUp) -> UUID | Claimed | AccountObjection:
    """Add the organisation, with this account as its signatory; the id of its party.

    Claimed, when others signed it up and never proved it. Who may prove it already gets its id.

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
    except IntegrityError:  # somebody else signed it up at the same moment: now it is here
        return _add(account_id, said, found)


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
def _add(account_id: UUID, said: SignUp, found: RegisteredOrganisation) -> UUID | Claimed | AccountObjection:
    row = _held_row(found)
    if row is not None and hasattr(row.party, "connecting"):
        return _claim(account_id, said, found, row)
    if row is not None and row.oin not in {None, found.oin.value}:
        return AccountObjection.ORGANISATION_EXISTS
    party_id = _party(found, row)
    now = clock.now()
    organisation = ConnectingOrganisation.objects.create(party_id=party_id, created_at=now, **_said(said))
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


def _held_row(found: RegisteredOrganisation) -> Organisation | None:
    """The one with these numbers. What is held comes first: who proves it holds in the same order."""
    rows = Organisation.objects.filter(Q(kvk_number=found.kvk_number) | Q(oin=found.oin.value))
    for party_id in rows.order_by("party_id").values_list("party_id", flat=True):
        hold_everything(party_id)
    here = list(rows.select_for_update(of=("self",)).select_related("party__connecting"))
    return next((row for row in here if row.kvk_number == found.kvk_number), here[0] if here else None)


def _said(said: SignUp) -> _Said:
    """What is kept of what was typed; of a supplier there is no more to say."""
    of_provider = not said.is_supplier
    return _Said(
        is_supplier=said.is_supplier,
        alb_name=" ".join(said.alb_name.split()) if of_provider else "",
        public_task=said.public_task.strip() if of_provider else "",
        legal_basis=said.legal_basis.strip() if of_provider else "",
    )


def _claim(
    account_id: UUID, said: SignUp, found: RegisteredOrganisation, row: Organisation
) -> UUID | Claimed | AccountObjection:
    """Of one that is here already. Another OIN of the same company may be claimed: else that would keep it out."""
    if row.party.connecting.proven_at is not None or row.kvk_number != found.kvk_number:
        return AccountObjection.ORGANISATION_EXISTS
    if Organisation.objects.filter(oin=found.oin.value).exclude(party_id=row.party_id).exists():
        return AccountObjection.ORGANISATION_EXISTS
    own = queries.member(account_id, row.party_id)
    if own is not None and Right.UPLOAD in own.rights and row.oin == found.oin.value:
        return row.party_id
    Claim.objects.update_or_create(
        account_id=account_id,
        defaults={
            "organisation_id": row.party_id,
            "oin": found.oin.value,
            "name": found.name[:400],
            "made_at": clock.now(),
            **_said(said),
        },
    )
    return Claimed(row.party_id)


def _party(found: RegisteredOrganisation, row: Organisation | None) -> UUID:
    """Its party: one that acted for people before is the same organisation, and is called by its name from now on."""
    names = {"name": found.name[:400], "search_name": folded(found.name)[:400]}
    if row is None:
        party = Party.objects.create(id=uuid4(), kind=PartyKind.ORGANISATION, created_at=clock.now(), **names)
        Organisation.objects.create(party=party, kvk_number=found.kvk_number, oin=found.oin.value)
        return party.id
    Organisation.objects.filter(party_id=row.party_id).update(
        oin=found.oin.value, kvk_number=found.kvk_number
    )
    Party.objects.filter(id=row.party_id).update(**names)
    return row.party_id
