"""A town that connects, its supplier and the desk, at noon on a quiet Monday."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.onboarding.town import Town
    from volmacht.onboarding.actors import CaseActor

MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def monday(clock_at: Callable[[datetime], None]) -> None:
    """Noon in Amsterdam on Monday 23 November 2026."""
    clock_at(MONDAY)


@pytest.fixture
def town(a_database: None, monday: None) -> "Iterator[Town]":
    """Who takes part."""
    from tests.onboarding.town import Town
    from volmacht.onboarding.directory import _in_use

    here = Town()
    _in_use.append(here)
    yield here
    _in_use.remove(here)


@pytest.fixture
def body(town: "Town") -> UUID:
    """A municipality that is proven."""
    from tests.onboarding.town import OIN

    return town.add_body("Gemeente Dorp", OIN)


@pytest.fixture
def signatory(town: "Town", body: UUID) -> "CaseActor":
    """Who signs for it."""
    from volmacht.rules.roles import MemberRole

    return town.add_member(body, MemberRole.SIGNATORY, email="secretaris@dorp.example")


@pytest.fixture
def judges(town: "Town", two_staff: tuple[UUID, UUID]) -> "tuple[CaseActor, CaseActor]":
    """Two assessors."""
    from volmacht.rules.roles import StaffRole

    one, other = (town.add_employee(staff, StaffRole.ASSESSOR) for staff in two_staff)
    return one, other


@pytest.fixture
def supplier(town: "Town", body: UUID) -> "CaseActor":
    """A project leader of a supplier that may act for the municipality."""
    from tests.onboarding.town import SUPPLIER_OIN
    from volmacht.rules.onboarding.cases import Side
    from volmacht.rules.roles import MemberRole

    firm = town.add_body("Bouwers BV", SUPPLIER_OIN)
    town.consents.add((body, firm))
    return town.add_member(firm, MemberRole.PROJECT_LEADER, side=Side.SUPPLIER)
