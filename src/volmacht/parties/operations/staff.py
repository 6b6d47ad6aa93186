"""Employees of the operator. The command line makes the first ones; from two service managers on, one proposes who
works here with which roles, and another approves (DM-64)."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import SYSTEM, Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.parties import queries
from volmacht.parties.models import StaffChange, StaffMember
from volmacht.parties.queries.staff import BEFORE_ROLES, KnownStaff, KnownStaffChange
from volmacht.rules.accounts import AccountObjection, StaffChangeState
from volmacht.rules.roles import Permission, StaffRole

TWO = 2  # service managers, so that one can approve what the other proposed


class TwoNeeded(RuntimeError):
    """There are two service managers: nobody is added by the command line alone any more (DM-64)."""


@transaction.atomic
def create_staff_member(name: str, email: str, roles: Collection[StaffRole] | None = None) -> UUID:
    """Add an employee of the operator; an existing one with this address is returned as it is.

    Without roles: the catalogue manager's, as before there were roles. Raises TwoNeeded.
    """
    _hold()
    existing = queries.staff_member(email)
    if existing:
        return existing.id
    if len(queries.staff_with(Permission.MANAGE_STAFF)) >= TWO:
        raise TwoNeeded
    return _create(name, email, BEFORE_ROLES if roles is None else roles)


def _create(name: str, email: str, roles: Collection[StaffRole], by: Actor = SYSTEM) -> UUID:
    row = StaffMember.objects.create(name=name, email=email, created_at=clock.now(), roles=sorted(roles))
    record(
        EventKind.STAFF_CREATED,
        actor=by,
        subject_id=row.id,
        object_id=row.id,
        data={"roles": " ".join(sorted(roles))},
    )
    return row.id


def _hold() -> None:
    """Let nobody else change employees until the transaction ends (PostgreSQL; SQLite has one writer)."""
    list(StaffMember.objects.select_for_update().order_by("id").values_list("id", flat=True))


def _may(staff_id: UUID) -> KnownStaff | None:
    known = queries.staff_member_by_id(staff_id)
    return known if known and Permission.MANAGE_STAFF in known.permissions else None


def _acting(staff_id: UUID) -> Actor:
    return Actor(ActorKind.STAFF, staff_id)


@transaction.atomic
def propose_staff_change(
    *,
    by: UUID,
    name: str,
    email: str,
    roles: Collection[StaffRole],
    staff_id: UUID | None = None,
    active: bool = True,
) -> UUID | AccountObjection:
    """Propose somebody new, or other roles, another name, or the end of somebody's work here.

    Objections: NOT_ALLOWED, ABOUT_YOURSELF, EMPLOYEE_UNKNOWN, EMPLOYEE_EXISTS, NO_ROLE, NAME_MISSING.
    """
    _hold()
    if _may(by) is None:
        return AccountObjection.NOT_ALLOWED
    if by == staff_id:
        return AccountObjection.ABOUT_YOURSELF
    objection = _about(staff_id, email, roles, name, active=active)
    if objection:
        return objection
    row = StaffChange.objects.create(
        staff_id=staff_id,
        name=" ".join(name.split())[:200],
        email=email,
        roles=sorted(roles),
        active=active,
        state=StaffChangeState.PROPOSED,
        proposed_by_id=by,
        proposed_at=clock.now(),
    )
    record(
        EventKind.STAFF_PROPOSED,
        actor=_acting(by),
        subject_id=staff_id or row.id,
        object_id=row.id,
        data={"roles": " ".join(sorted(roles)), "active": active},
    )
    return row.id


def _about(
    staff_id: UUID | None, email: str, roles: Collection[StaffRole], name: str, *, active: bool
) -> AccountObjection | None:
    if staff_id is not None and queries.staff_member_by_id(staff_id) is None:
        return AccountObjection.EMPLOYEE_UNKNOWN
    same_address = queries.staff_member(email)
    if same_address is not None and same_address.id != staff_id:
        return AccountObjection.EMPLOYEE_EXISTS
    if active and not roles:
        return AccountObjection.NO_ROLE
    return None if name.strip() else AccountObjection.NAME_MISSING


@transaction.atomic
def approve_staff_change(change_id: UUID, *, by: UUID) -> UUID | AccountObjection:
    """Carry out what another proposed; the id of the employee.

    Objections: NOT_ALLOWED, ALREADY_DECIDED, SAME_EMPLOYEE, ABOUT_YOURSELF, EMPLOYEE_EXISTS, LAST_SERVICE_MANAGERS.
    """
    _hold()
    change = _decided_by(change_id, by)
    if isinstance(change, AccountObjection):
        return change
    if by == change.proposed_by:
        return AccountObjection.SAME_EMPLOYEE
    if _may(change.proposed_by) is None:
        return AccountObjection.NOT_ALLOWED  # who proposed is no service manager any more
    objection = _about(change.staff_id, change.email, change.roles, change.name, active=change.active)
    if objection or _too_few_after(change):
        return objection or AccountObjection.LAST_SERVICE_MANAGERS
    staff_id = _carry_out(change, by)
    _close(change, StaffChangeState.APPROVED, by, staff_id)
    return staff_id


@transaction.atomic
def reject_staff_change(change_id: UUID, *, by: UUID) -> AccountObjection | None:
    """Close a proposal without carrying it out; who proposed may do so too.

    Objections: NOT_ALLOWED, ALREADY_DECIDED, ABOUT_YOURSELF.
    """
    _hold()
    change = _decided_by(change_id, by)
    if isinstance(change, AccountObjection):
        return change
    _close(change, StaffChangeState.REJECTED, by, change.staff_id)
    record(
        EventKind.STAFF_REJECTED,
        actor=_acting(by),
        subject_id=change.staff_id or change.id,
        object_id=change.id,
    )
    return None


def _decided_by(change_id: UUID, by: UUID) -> KnownStaffChange | AccountObjection:
    change = queries.staff_change(change_id)
    if _may(by) is None or change is None:
        return AccountObjection.NOT_ALLOWED
    if change.state is not StaffChangeState.PROPOSED:
        return AccountObjection.ALREADY_DECIDED
    return AccountObjection.ABOUT_YOURSELF if change.staff_id == by else change


def _too_few_after(change: KnownStaffChange) -> bool:
    """Whether fewer than two could manage employees afterwards, where there were two."""
    now = {one.id for one in queries.staff_with(Permission.MANAGE_STAFF)}
    stays = change.active and StaffRole.SERVICE_MANAGER in change.roles
    return change.staff_id in now and not stays and len(now) <= TWO


def _carry_out(change: KnownStaffChange, by: UUID) -> UUID:
    if change.staff_id is None:
        return _create(change.name, change.email, change.roles, _acting(by))
    StaffMember.objects.filter(id=change.staff_id).update(
        name=change.name, email=change.email, roles=sorted(change.roles), active=change.active
    )
    return change.staff_id


def _close(change: KnownStaffChange, state: StaffChangeState, by: UUID, staff_id: UUID | None) -> None:
    StaffChange.objects.filter(id=change.id).update(
        state=state, decided_by=by, decided_at=clock.now(), staff_id=staff_id
    )
    if state is StaffChangeState.APPROVED and staff_id is not None:
        record(
            EventKind.STAFF_CHANGED,
            actor=_acting(by),
            subject_id=staff_id,
            object_id=change.id,
            data={
                "roles": " ".join(sorted(change.roles)),
                "active": change.active,
                "proposed_by": str(change.proposed_by),
            },
        )
