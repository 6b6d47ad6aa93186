"""Who may do what, among employees of the operator and members of an organisation that connects. Pure.

Roles are given to people; permissions are asked by operations and pages. The tables below are the only place that joins
the two. That two different people judge one thing (DM-64) is not a matter of roles: operations compare who acted.
"""

from collections.abc import Iterable
from enum import StrEnum, auto


class StaffRole(StrEnum):
    """What an employee of the operator is for (connection.md 1). Values are stored: never rename one."""

    ASSESSOR = auto()  # judges forms and reports
    CATALOGUE_MANAGER = auto()
    HELPDESK = auto()
    AUDITOR = auto()
    SERVICE_MANAGER = auto()  # accounts, roles, tariffs, standard sentences


class Permission(StrEnum):
    """What an employee may do at the desk."""

    SEE_CASES = auto()
    JUDGE_CASES = auto()  # take a case, judge, return, propose a verdict, confirm that of another
    WRITE_TO_ORGANISATIONS = auto()
    RECORD_PROOF = auto()  # that an organisation or its signatory is who they say
    SEE_CATALOGUE = auto()
    CHANGE_CATALOGUE = auto()  # propose a change, and approve that of another
    HANDLE_DISPUTES = auto()  # cases of DM-39a, with personal data
    MANAGE_STAFF = auto()  # propose accounts and roles, and approve what another proposed
    MANAGE_TARIFFS = auto()
    SEE_AUDIT = auto()


class MemberRole(StrEnum):
    """What a member of a connecting organisation is for. Values are stored: never rename one."""

    SIGNATORY = auto()  # signs forms and conditions; may do everything
    PROJECT_LEADER = auto()
    FUNCTIONAL = auto()
    TECHNICAL = auto()
    SECURITY = auto()
    READER = auto()


class Right(StrEnum):
    """What a member may do for the organisation."""

    SEE = auto()
    FILL_FORMS = auto()
    UPLOAD = auto()  # metadata, certificate requests, statements
    WRITE = auto()  # messages to the desk
    OFFER = auto()  # hand in, offer for testing, withdraw
    MANAGE_MEMBERS = auto()
    SIGN = auto()  # forms, conditions, consent for a supplier


_STAFF: dict[StaffRole, frozenset[Permission]] = {
    StaffRole.ASSESSOR: frozenset(
        {
            Permission.SEE_CASES,
            Permission.JUDGE_CASES,
            Permission.WRITE_TO_ORGANISATIONS,
            Permission.RECORD_PROOF,
            Permission.SEE_CATALOGUE,
        }
    ),
    StaffRole.CATALOGUE_MANAGER: frozenset(
        {Permission.SEE_CASES, Permission.SEE_CATALOGUE, Permission.CHANGE_CATALOGUE}
    ),
    StaffRole.HELPDESK: frozenset(
        {
            Permission.SEE_CASES,
            Permission.WRITE_TO_ORGANISATIONS,
            Permission.SEE_CATALOGUE,
            Permission.HANDLE_DISPUTES,
        }
    ),
    StaffRole.AUDITOR: frozenset({Permission.SEE_CASES, Permission.SEE_CATALOGUE, Permission.SEE_AUDIT}),
    StaffRole.SERVICE_MANAGER: frozenset(
        {
            Permission.SEE_CASES,
            Permission.SEE_CATALOGUE,
            Permission.MANAGE_STAFF,
            Permission.MANAGE_TARIFFS,
            Permission.SEE_AUDIT,
        }
    ),
}

_MEMBERS: dict[MemberRole, frozenset[Right]] = {
    MemberRole.SIGNATORY: frozenset(Right),
    MemberRole.PROJECT_LEADER: frozenset(Right) - {Right.SIGN},
    MemberRole.FUNCTIONAL: frozenset({Right.SEE, Right.FILL_FORMS, Right.WRITE}),
    MemberRole.TECHNICAL: frozenset({Right.SEE, Right.FILL_FORMS, Right.UPLOAD, Right.WRITE}),
    MemberRole.SECURITY: frozenset({Right.SEE, Right.FILL_FORMS, Right.UPLOAD, Right.WRITE}),
    MemberRole.READER: frozenset({Right.SEE}),
}

# What a supplier may do for a provider that lets it: all work, and nothing that binds the provider.
OF_A_SUPPLIER: frozenset[Right] = frozenset(
    {Right.SEE, Right.FILL_FORMS, Right.UPLOAD, Right.WRITE, Right.OFFER}
)


def permissions_of(roles: Iterable[StaffRole]) -> frozenset[Permission]:
    """Everything that an employee with these roles may do."""
    return frozenset().union(*(_STAFF[role] for role in roles))


def rights_of(roles: Iterable[MemberRole], *, as_supplier: bool = False) -> frozenset[Right]:
    """Everything that a member with these roles may do; `as_supplier` for a client of their own organisation."""
    rights: frozenset[Right] = frozenset().union(*(_MEMBERS[role] for role in roles))
    return rights & OF_A_SUPPLIER if as_supplier else rights
