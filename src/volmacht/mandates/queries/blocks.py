"""Whether somebody has to wait before entering a code again (DM-22)."""

from datetime import datetime
from uuid import UUID

from volmacht import clock
from volmacht.mandates.models import Block, EmployeeBlock, PreproductionBlock
from volmacht.rules.environment import Environment


def blocked_until(
    representative: UUID,
    moment: datetime | None = None,
    *,
    environment: Environment,
    employee: str = "",
) -> datetime | None:
    """Until when this representative may enter no code; None when they may (at a moment, default now).

    What was tried in pre-production blocks there alone. Of an organisation each employee waits for their own tries
    only (DM-25).
    """
    after = moment or clock.now()
    block: Block | EmployeeBlock | PreproductionBlock | None
    if environment is Environment.PREPRODUCTION:
        block = PreproductionBlock.objects.filter(
            representative_id=representative, employee=employee, until__gt=after
        ).first()
    elif employee:
        block = EmployeeBlock.objects.filter(
            organisation_id=representative, employee=employee, until__gt=after
        ).first()
    else:
        block = Block.objects.filter(representative_id=representative, until__gt=after).first()
    return block.until if block else None
