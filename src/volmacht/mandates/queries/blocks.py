"""Whether somebody has to wait before entering a code again (DM-22)."""

from datetime import datetime
from uuid import UUID

from volmacht import clock
from volmacht.mandates.models import Block


def blocked_until(representative: UUID, moment: datetime | None = None) -> datetime | None:
    """Until when this representative may enter no code; None when they may (at a moment, default now)."""
    return (
        Block.objects.filter(representative_id=representative, until__gt=moment or clock.now())
        .values_list("until", flat=True)
        .first()
    )
