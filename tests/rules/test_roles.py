"""What roles allow."""

from itertools import combinations

import pytest

from volmacht.rules.roles import (
    OF_A_SUPPLIER,
    MemberRole,
    Permission,
    Right,
    StaffRole,
    permissions_of,
    rights_of,
)


def test_every_permission_and_every_right_is_given_by_some_role() -> None:
    assert permissions_of(StaffRole) == frozenset(Permission)
    assert rights_of(MemberRole) == frozenset(Right)


def test_without_a_role_nobody_may_do_anything() -> None:
    assert permissions_of([]) == frozenset()
    assert rights_of([]) == frozenset()


@pytest.mark.parametrize("pair", list(combinations(StaffRole, 2)))
def test_two_roles_allow_what_each_allows(pair: tuple[StaffRole, StaffRole]) -> None:
    assert permissions_of(pair) == permissions_of(pair[:1]) | permissions_of(pair[1:])


def test_only_a_signatory_signs() -> None:
    assert [role for role in MemberRole if Right.SIGN in rights_of([role])] == [MemberRole.SIGNATORY]


def test_an_auditor_and_a_reader_change_nothing() -> None:
    assert permissions_of([StaffRole.AUDITOR]) == {
        Permission.SEE_CASES,
        Permission.SEE_CATALOGUE,
        Permission.SEE_AUDIT,
    }
    assert rights_of([MemberRole.READER]) == {Right.SEE}


@pytest.mark.parametrize("role", MemberRole)
def test_a_supplier_binds_nobody_and_manages_no_members(role: MemberRole) -> None:
    assert rights_of([role], as_supplier=True) == rights_of([role]) & OF_A_SUPPLIER
    assert not rights_of([role], as_supplier=True) & {Right.SIGN, Right.MANAGE_MEMBERS}
