"""cacheDuration: xs:duration as a number of seconds and back (MD-05, MD-27). Pure."""

import re
from datetime import timedelta

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,6})D)?"
    r"(?P<clock>T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,9})(?:\.\d+)?S)?)?",
    re.ASCII,
)
_DAYS = {"years": 365, "months": 30, "days": 1}
_SECONDS = {"hours": 3600, "minutes": 60, "seconds": 1}


def read_duration(text: str) -> timedelta | None:
    """A positive duration in whole seconds, a month as 30 days; None for anything else, or longer than a lifetime."""
    found = _DURATION.fullmatch(text)
    if found is None or found["clock"] == "T":
        return None
    days = sum(int(found[part] or 0) * factor for part, factor in _DAYS.items())
    seconds = sum(int(found[part] or 0) * factor for part, factor in _SECONDS.items())
    return timedelta(days=days, seconds=seconds) or None


def written_duration(duration: timedelta) -> str:
    """In whole seconds. Raises ValueError unless there is at least one."""
    seconds = int(duration.total_seconds())
    if seconds < 1:
        raise ValueError("a duration of less than a second")
    return f"PT{seconds}S"
