"""Instants on the wire and the clock skew that is forgiven (TM-01, TM-06, TM-11). Reads no clock."""

import re
from datetime import UTC, datetime, timedelta

SKEW = timedelta(seconds=30)
"""How far two clocks may differ, both ways (TM-01)."""

_INSTANT = re.compile(
    r"(?P<seconds>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.(?P<fraction>[0-9]{1,32}))?Z"
)


def written(moment: datetime) -> str:
    """In UTC with `Z` and milliseconds; what is finer is cut off. Raises ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def read_instant(text: str) -> datetime | None:
    """The instant, to the microsecond; None when it is malformed or not written in UTC with `Z` (TM-11)."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        return None
    try:
        second = datetime.fromisoformat(found["seconds"])
    except ValueError:  # a thirteenth month, a leap second
        return None
    microseconds = int((found["fraction"] or "")[:6].ljust(6, "0"))
    return second.replace(microsecond=microseconds, tzinfo=UTC)


def within(now: datetime, not_before: datetime | None, not_on_or_after: datetime | None) -> bool:
    """Whether now lies in the window, with the skew on both sides (TM-06). A bound of None does not bind."""
    # The skew moves now and not the bounds: a bound may stand at the very end of the calendar.
    begun = not_before is None or not_before <= now + SKEW
    over = not_on_or_after is not None and not_on_or_after <= now - SKEW
    return begun and not over
