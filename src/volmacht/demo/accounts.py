"""The demo's employees, organisations and members, set up through the operations that people use.

Needs the stand-in for the registers of organisations to answer. Their passwords are random and known to nobody: the
page for trying out is their door (profile demo only).
"""

import secrets
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from volmacht.demo.replaying import ScenarioProblem
from volmacht.parties import queries as parties
from volmacht.parties.operations import (
    Claimed,
    SignUp,
    accept_invitation,
    approve_staff_change,
    create_staff_member,
    give_supplier_consent,
    invite_member,
    link_for_employee,
    make_link,
    propose_staff_change,
    record_proof_of_organisation,
    record_proof_of_signatory,
    set_up_account,
    sign_up_organisation,
)
from volmacht.rules.accounts import AccountObjection, LinkPurpose, ProofHow
from volmacht.rules.roles import MemberRole, StaffRole

FILE = Path(__file__).parent / "accounts.toml"
Thing = TypeVar("Thing")


@cache
def _content() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


def demo_accounts_are_there() -> bool:
    """Whether they were set up before."""
    return parties.account_with_email(_content()["staff"][0]["email"]) is not None


def _good(found: Thing | AccountObjection, what: str) -> Thing:
    if isinstance(found, AccountObjection):
        raise ScenarioProblem(f"{what}: {found}")
    return found


@transaction.atomic
def load_accounts() -> None:
    """Everybody, once. Raises ScenarioProblem."""
    if demo_accounts_are_there():
        return
    staff = _load_staff()
    for organisation in _content()["organisation"]:
        _load_organisation(organisation, staff)
    for organisation in _content()["organisation"]:
        _let_act(organisation)


def _load_staff() -> dict[StaffRole, UUID]:
    """Two service managers by the command's operation, everybody else by the two of them; one of each role."""
    people = _content()["staff"]
    managers = [
        create_staff_member(one["name"], one["email"], [StaffRole.SERVICE_MANAGER])
        for one in people
        if one["role"] == StaffRole.SERVICE_MANAGER
    ]
    found = {StaffRole.SERVICE_MANAGER: managers[0]}
    for one in people:
        role = StaffRole(one["role"])
        if role is not StaffRole.SERVICE_MANAGER:
            change = _good(
                propose_staff_change(by=managers[0], name=one["name"], email=one["email"], roles=[role]),
                one["email"],
            )
            if one.get("proposed"):
                continue
            found[role] = _good(approve_staff_change(change, by=managers[1]), one["email"])
        _account(_good(link_for_employee(one["email"]), one["email"]), one["name"])
    return found


def _account(secret: str, name: str) -> UUID:
    password = secrets.token_urlsafe(24)
    return _good(set_up_account(secret, name=name, password=password, language="nl"), name)


def _member(one: Mapping[str, Any]) -> UUID:
    """Their account; somebody may work for several organisations."""
    known = parties.account_with_email(one["email"])
    return (
        known.id if known else _account(make_link(LinkPurpose.NEW_ACCOUNT, email=one["email"]), one["name"])
    )


def _load_organisation(table: Mapping[str, Any], staff: Mapping[StaffRole, UUID]) -> None:
    signatory, *others = table["member"]
    account_id = _member(signatory)
    said = SignUp(
        oin=table["oin"],
        kvk_number=table["kvk"],
        is_supplier=table.get("supplier", False),
        alb_name=table.get("alb", ""),
        public_task=table.get("task", ""),
        legal_basis=table.get("law", ""),
    )
    organisation_id = _good(_signed_up(sign_up_organisation(account_id, said)), table["oin"])
    assessor = staff[StaffRole.ASSESSOR]
    if table.get("proven", True):
        _prove(assessor, organisation_id, account_id)
    for one in others:
        invited = invite_member(
            by=account_id,
            organisation_id=organisation_id,
            email=one["email"],
            roles=[MemberRole(role) for role in one["roles"]],
        )
        _, secret = _good(invited, one["email"])
        _good(accept_invitation(secret, _member(one)), one["email"])


def _signed_up(made: UUID | Claimed | AccountObjection) -> UUID | AccountObjection:
    """In a scenario nobody claims what another signed up."""
    return AccountObjection.ORGANISATION_EXISTS if isinstance(made, Claimed) else made


def _prove(assessor: UUID, organisation_id: UUID, account_id: UUID) -> None:
    for objection in (
        record_proof_of_organisation(
            by=assessor, organisation_id=organisation_id, how=ProofHow.EARLIER_CONNECTION
        ),
        record_proof_of_signatory(
            by=assessor, organisation_id=organisation_id, account_id=account_id, how=ProofHow.VIDEO_CALL
        ),
    ):
        if objection:
            raise ScenarioProblem(f"the proof of an organisation: {objection}")


def _let_act(table: Mapping[str, Any]) -> None:
    for supplier in table.get("suppliers", []):
        provider_id = parties.organisation_with_oin(table["oin"])
        signatory = parties.account_with_email(table["member"][0]["email"])
        if provider_id and signatory:
            _good(
                give_supplier_consent(by=signatory.id, provider_id=provider_id, supplier_oin=supplier),
                table["oin"],
            )
