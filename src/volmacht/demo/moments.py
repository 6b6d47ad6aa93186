"""When something in the scenario happened: days before now, always in the daytime. Pure."""

from datetime import UTC, datetime, timedelta
from zlib import crc32


def moment_of(days_ago: float, now: datetime, what: str) -> datetime:
    """A moment so many days ago between 8:00 and 20:00 UTC, the same for the same `what`; never after now."""
    day = (now - timedelta(days=days_ago)).astimezone(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
    return min(day + timedelta(seconds=crc32(what.encode()) % 43_200), now)
