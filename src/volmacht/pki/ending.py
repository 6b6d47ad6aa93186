"""How long a certificate still lasts, and when somebody must be warned that it ends (MD-43). Pure."""

from datetime import datetime

WARNED_DAYS = (90, 30, 14, 7, 1)


def days_left(ends: datetime, now: datetime) -> int:
    """Whole days until it ends; negative once it has ended."""
    return (ends - now).days


def warning(days: int) -> int | None:
    """The last of the moments of warning that has come: 90, 30, 14, 7 or 1 days ahead; None while none has."""
    return min((moment for moment in WARNED_DAYS if days <= moment), default=None)
