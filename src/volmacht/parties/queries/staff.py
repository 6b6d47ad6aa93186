"""Reading employees of the operator, their roles, and what is proposed about them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.parties.models import StaffChange, StaffMember
from volmacht.rules.accounts import StaffChangeState
from volmacht.rules.roles import Permission, StaffRole, permissions_of

# What employees did before there were roles, with the command line: see the record of decisions.
BEFORE_ROLES = frozenset({StaffRole.CATALOGUE_MANAGER})


@dataclass(frozen=True, slots=True)
class KnownStaff:
    """An employee of the operator; without `account_id` they act by the command line only."""

    id: UUID
    name: str
    email: str
    active: bool
    roles: frozenset[StaffRole]
    account_id: UUID | None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What they may do now; nothing when they are not active."""
        return permissions_of(self.roles) if self.active else frozenset()


@dataclass(frozen=True, slots=True)
class KnownStaffChange:
    """A proposal about an employee. `staff_id` is None for somebody new."""

    id: UUID
    staff_id: UUID | None
    name: str
    email: str
    roles: frozenset[StaffRole]
    active: bool
    state: StaffChangeState
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None


def known_staff(row: StaffMember) -> KnownStaff:
    """Of its row."""
    roles = BEFORE_ROLES if row.roles is None else frozenset(map(StaffRole, row.roles))
    return KnownStaff(row.id, row.name, row.email, row.active, roles, row.account_id)


def staff_member(email: str) -> KnownStaff | None:
    """An employee by e-mail address."""
    row = StaffMember.objects.filter(email__iexact=email).first()
    return known_staff(row) if row else None


def staff_member_by_id(staff_id: UUID) -> KnownStaff | None:
    """An employee by id."""
    row = StaffMember.objects.filter(id=staff_id).first()
    return known_staff(row) if row else None


def staff_of_account(account_id: UUID) -> KnownStaff | None:
    """The employee whose account this is; None when there is none, or they are not active."""
    row = StaffMember.objects.filter(account_id=account_id, active=True).first()
    return known_staff(row) if row else None


def staff() -> list[KnownStaff]:
    """Every employee, by name."""
    return [known_staff(row) for row in StaffMember.objects.order_by("name", "id")]


def staff_with(permission: Permission) -> list[KnownStaff]:
    """Every active employee who may do this."""
    return [one for one in staff() if permission in one.permissions]


def _known_change(row: StaffChange) -> KnownStaffChange:
    return KnownStaffChange(
        id=row.id,
        staff_id=row.staff_id,
        name=row.name,
        email=row.email,
        roles=frozenset(map(StaffRole, row.roles)),
        active=row.active,
        state=StaffChangeState(row.state),
        proposed_by=row.proposed_by_id,
        proposed_at=row.proposed_at,
        decided_by=row.decided_by_id,
        decided_at=row.decided_at,
    )


def staff_changes(*, only_open: bool = False) -> list[KnownStaffChange]:
    """What is or was proposed about employees, newest first."""
    rows = StaffChange.objects.order_by("-proposed_at", "id")
    return [
        _known_change(row) for row in (rows.filter(state=StaffChangeState.PROPOSED) if only_open else rows)
    ]


def staff_change(change_id: UUID) -> KnownStaffChange | None:
    """One proposal."""
    row = StaffChange.objects.filter(id=change_id).first()
    return _known_change(row) if row else None
