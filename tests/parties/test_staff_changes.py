"""Employees and their roles: one proposes, another approves (DM-64). And who tries to do it alone."""

from typing import Any
from uuid import UUID

import pytest

from volmacht.parties import operations, queries
from volmacht.parties.models import StaffMember
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.roles import Permission, StaffRole

pytestmark = pytest.mark.usefixtures("db")
MANAGER = [StaffRole.SERVICE_MANAGER]


@pytest.fixture
def two() -> tuple[UUID, UUID]:
    one = operations.create_staff_member("Sanne", "sanne@beheer.example", MANAGER)
    return one, operations.create_staff_member("Sjoerd", "sjoerd@beheer.example", MANAGER)


def propose(by: UUID, staff_id: UUID | None = None, **more: Any) -> UUID | AccountObjection:
    """Propose an assessor, or what is told."""
    said = {"name": "Asha", "email": "asha@beheer.example", "roles": [StaffRole.ASSESSOR], **more}
    return operations.propose_staff_change(by=by, staff_id=staff_id, **said)


def proposed(by: UUID, staff_id: UUID | None = None, **more: Any) -> UUID:
    """The same, when it goes well."""
    change = propose(by, staff_id, **more)
    assert isinstance(change, UUID), change
    return change


def test_one_proposes_and_another_approves(two: tuple[UUID, UUID]) -> None:
    change = proposed(two[0])
    assert queries.staff_member("asha@beheer.example") is None
    staff_id = operations.approve_staff_change(change, by=two[1])
    assert isinstance(staff_id, UUID)
    known = queries.staff_member_by_id(staff_id)
    assert known is not None
    assert known.roles == {StaffRole.ASSESSOR}
    assert Permission.JUDGE_CASES in known.permissions
    assert operations.approve_staff_change(change, by=two[1]) is AccountObjection.ALREADY_DECIDED


def test_nobody_approves_what_they_proposed(two: tuple[UUID, UUID]) -> None:
    assert operations.approve_staff_change(proposed(two[0]), by=two[0]) is AccountObjection.SAME_EMPLOYEE


def test_nobody_decides_about_themselves(two: tuple[UUID, UUID]) -> None:
    more: dict[str, Any] = {"name": "Sanne", "email": "sanne@beheer.example", "roles": list(StaffRole)}
    assert propose(two[0], two[0], **more) is AccountObjection.ABOUT_YOURSELF
    change = proposed(two[1], two[0], **more)
    assert operations.approve_staff_change(change, by=two[0]) is AccountObjection.ABOUT_YOURSELF


def test_who_is_no_service_manager_proposes_and_approves_nothing(two: tuple[UUID, UUID]) -> None:
    change = proposed(two[0])
    assessor = operations.approve_staff_change(change, by=two[1])
    assert isinstance(assessor, UUID)
    more: dict[str, Any] = {"name": "Bram", "email": "bram@beheer.example"}
    assert propose(assessor, **more) is AccountObjection.NOT_ALLOWED
    waiting = proposed(two[0], **more)
    assert operations.approve_staff_change(waiting, by=assessor) is AccountObjection.NOT_ALLOWED
    assert operations.reject_staff_change(waiting, by=assessor) is AccountObjection.NOT_ALLOWED
    assert operations.reject_staff_change(waiting, by=two[1]) is None
    assert operations.approve_staff_change(waiting, by=two[1]) is AccountObjection.ALREADY_DECIDED


def test_who_does_not_work_here_any_more_approves_nothing(two: tuple[UUID, UUID]) -> None:
    change = proposed(two[0])
    StaffMember.objects.filter(id=two[1]).update(active=False)
    assert operations.approve_staff_change(change, by=two[1]) is AccountObjection.NOT_ALLOWED


def test_a_proposal_of_who_is_no_service_manager_any_more_is_not_carried_out(two: tuple[UUID, UUID]) -> None:
    change = proposed(two[0])
    StaffMember.objects.filter(id=two[0]).update(roles=[StaffRole.AUDITOR])
    assert operations.approve_staff_change(change, by=two[1]) is AccountObjection.NOT_ALLOWED


def test_two_service_managers_stay(two: tuple[UUID, UUID]) -> None:
    third = operations.approve_staff_change(
        proposed(two[0], name="Derk", email="derk@beheer.example", roles=MANAGER), by=two[1]
    )
    assert isinstance(third, UUID)
    gone: dict[str, Any] = {"name": "Sjoerd", "email": "sjoerd@beheer.example", "roles": [], "active": False}
    assert operations.approve_staff_change(proposed(two[0], two[1], **gone), by=third) == two[1]
    other: dict[str, Any] = {"name": "Derk", "email": "derk@beheer.example", "roles": [StaffRole.AUDITOR]}
    change = proposed(two[0], third, **other)
    StaffMember.objects.filter(id=two[1]).update(active=True)
    StaffMember.objects.filter(id=two[1]).update(active=False)
    assert operations.approve_staff_change(change, by=third) is AccountObjection.ABOUT_YOURSELF


def test_the_command_adds_the_first_ones_only(two: tuple[UUID, UUID]) -> None:
    with pytest.raises(operations.TwoNeeded):
        operations.create_staff_member("Derde", "derde@beheer.example", MANAGER)
    assert operations.create_staff_member("Sanne", "SANNE@beheer.example", MANAGER) == two[0]


def test_an_address_belongs_to_one_employee(two: tuple[UUID, UUID]) -> None:
    assert propose(two[0], email="Sjoerd@beheer.example") is AccountObjection.EMPLOYEE_EXISTS
    assert propose(two[0], roles=[]) is AccountObjection.NO_ROLE
    assert propose(two[0], name=" ") is AccountObjection.NAME_MISSING


def test_an_employee_of_before_there_were_roles_manages_the_catalogue() -> None:
    staff_id = operations.create_staff_member("Oud", "oud@beheer.example")
    StaffMember.objects.filter(id=staff_id).update(roles=None)
    known = queries.staff_member_by_id(staff_id)
    assert known is not None
    assert known.roles == {StaffRole.CATALOGUE_MANAGER}
