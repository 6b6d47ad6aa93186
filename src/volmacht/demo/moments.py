"""When something in the scenario happened: days before now, always in the daytime. Pure."""

from datetime import UTC, datetime, time, timedelta
from zlib import crc32

from volmacht.rules.periods import day_of
from volmacht.rules.workdays import is_workday

ONE_DAY = timedelta(days=1)


def moment_of(days_ago: float, now: datetime, what: str) -> datetime:
    """A moment so many days ago between 8:00 and 20:00 UTC, the same for the same `what`; never after now."""
    day = (now - timedelta(days=days_ago)).astimezone(UTC).replace(hour=8, minute=0, second=0, microsecond=0)
    return min(day + timedelta(seconds=crc32(what.encode()) % 43_200), now)


def workday_moment_of(days_ago: float, now: datetime, what: str) -> datetime:
    """The same on a working day: on a day off, the last working day before it. Between 8:00 and 14:00 UTC."""
    moment = now - timedelta(days=days_ago)
    while not is_workday(day_of(moment)):
        moment -= ONE_DAY
    begins = datetime.combine(day_of(moment), time(8), UTC)  # late in the evening it is another day in UTC
    return min(begins + timedelta(seconds=crc32(what.encode()) % 21_600), now)
