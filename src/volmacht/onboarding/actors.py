"""Who acts on a case, and what they may do there now. Asked anew at every act: rights can be lost."""

from dataclasses import dataclass
from uuid import UUID

from volmacht.audit.kinds import SYSTEM, Actor, ActorKind
from volmacht.onboarding.models import Case
from volmacht.onboarding.suppliers import suppliers_of
from volmacht.parties import queries as parties
from volmacht.rules.onboarding.cases import Acting, CaseKind, Side
from volmacht.rules.roles import Permission, Right, rights_of


@dataclass(frozen=True, slots=True)
class CaseActor:
    """Somebody who acts. `id` is an account, or an employee; `organisation_id` the organisation they are a member of.

    For a supplier that is the supplier itself; for whom it acts, the case says. `function` is the role that history
    shows; a name is kept nowhere but in a signature.
    """

    side: Side
    id: UUID | None = None
    name: str = ""
    function: str = ""
    organisation_id: UUID | None = None


THE_SYSTEM = CaseActor(Side.SYSTEM)


def acting(case: Case, actor: CaseActor) -> Acting | None:
    """What the actor may do with this case; None for who may not even see it."""
    if actor.side is Side.SYSTEM:
        return Acting(side=Side.SYSTEM)
    if actor.side is Side.OPERATOR:
        return _employee(case, actor)
    rights = rights_at(case.organisation_id, actor)
    return Acting(side=actor.side, rights=rights) if Right.SEE in rights else None


def rights_at(organisation_id: UUID | None, actor: CaseActor) -> frozenset[Right]:
    """What a member may do for an organisation: their own, or a client of theirs that lets them (CN-11)."""
    if organisation_id is None or actor.id is None or actor.organisation_id is None:
        return frozenset()
    if actor.side is Side.SUPPLIER:
        lets_it = actor.organisation_id in suppliers_of(organisation_id)
        return rights_for_clients(actor) if lets_it else frozenset()
    if actor.side is not Side.PROVIDER or actor.organisation_id != organisation_id:
        return frozenset()
    member = parties.member(actor.id, actor.organisation_id)
    return rights_of(member.roles) if member else frozenset()


def rights_for_clients(actor: CaseActor) -> frozenset[Right]:
    """What a member of a supplier may do for each client that lets the supplier act; which those are, is not asked."""
    if actor.side is not Side.SUPPLIER or actor.id is None or actor.organisation_id is None:
        return frozenset()
    member = parties.member(actor.id, actor.organisation_id)
    return rights_of(member.roles, as_supplier=True) if member else frozenset()


def permissions_of(actor: CaseActor) -> frozenset[Permission]:
    """What an employee may do; nothing for who is not active any more."""
    found = parties.staff_member_by_id(actor.id) if actor.side is Side.OPERATOR and actor.id else None
    return found.permissions if found and found.active else frozenset()


def audit_actor(actor: CaseActor) -> Actor:
    """The same, for the audit chain; for which organisation, the subject of the event says."""
    if actor.side is Side.OPERATOR:
        return Actor(ActorKind.STAFF, actor.id)
    if actor.side is Side.SYSTEM:
        return SYSTEM
    return Actor(ActorKind.ACCOUNT, actor.id)


def _employee(case: Case, actor: CaseActor) -> Acting | None:
    permissions = permissions_of(actor)
    sees = Permission.HANDLE_DISPUTES if case.kind == CaseKind.DISPUTE else Permission.SEE_CASES
    if sees not in permissions or actor.id is None:
        return None
    return Acting(
        side=Side.OPERATOR,
        permissions=permissions,
        proposed_it=case.proposed_by == actor.id,
        of_the_organisation=_belongs(case, actor.id),
    )


def _belongs(case: Case, staff_id: UUID) -> bool:
    """Whether this employee is a member of the organisation or of a supplier of it, or acted for it in this case."""
    employee = parties.staff_member_by_id(staff_id)
    if case.organisation_id is None or employee is None:
        return False
    if employee.account_id and case.events.filter(actor_id=employee.account_id).exists():
        return True
    return parties.belongs_to(employee, case.organisation_id)
