"""Why an employee looks at something follows from their work."""

import pytest

from volmacht.rules.reading import ReadPurpose, purpose_of
from volmacht.rules.roles import StaffRole, permissions_of


@pytest.mark.parametrize(
    ("role", "purpose"),
    [
        (StaffRole.ASSESSOR, ReadPurpose.JUDGING),
        (StaffRole.CATALOGUE_MANAGER, ReadPurpose.SUPPORT),
        (StaffRole.HELPDESK, ReadPurpose.SUPPORT),
        (StaffRole.AUDITOR, ReadPurpose.SUPERVISION),
        (StaffRole.SERVICE_MANAGER, ReadPurpose.SUPERVISION),
    ],
)
def test_each_role_looks_for_its_own_purpose_and_at_a_dispute_for_the_dispute(
    role: StaffRole, purpose: ReadPurpose
) -> None:
    assert purpose_of(permissions_of([role])) is purpose
    assert purpose_of(permissions_of([role]), dispute=True) is ReadPurpose.DISPUTE
