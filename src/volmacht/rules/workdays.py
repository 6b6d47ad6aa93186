"""Dutch working days and office hours: when something counts as received, when it is due (CN-10, CN-23).

Pure: no clock, no time zone but Amsterdam's. The holidays come from the package `holidays`; which of them
close the office is decided here (decision 0020): 5 May every year, Good Friday never. Whoever stores a due
date stores `RULE_VERSION` with it (CN-12); raise that version when a change here would give another date.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

import holidays

from volmacht.rules.periods import AMSTERDAM

RULE_VERSION = "nl-workdays-1"
OPENS = time(8)
CLOSES = time(17)

_SATURDAY = 5
_WORKED = frozenset({"Goede vrijdag"})
_ONE_DAY = timedelta(days=1)


class Holiday(StrEnum):
    """A day on which the office is closed. The values are the names the package `holidays` uses in Dutch."""

    NEW_YEARS_DAY = "Nieuwjaarsdag"
    EASTER_SUNDAY = "Eerste paasdag"
    EASTER_MONDAY = "Tweede paasdag"
    KINGS_DAY = "Koningsdag"
    QUEENS_DAY = "Koninginnedag"
    LIBERATION_DAY = "Bevrijdingsdag"
    ASCENSION_DAY = "Hemelvaartsdag"
    WHIT_SUNDAY = "Eerste pinksterdag"
    WHIT_MONDAY = "Tweede pinksterdag"
    CHRISTMAS_DAY = "Eerste kerstdag"
    BOXING_DAY = "Tweede kerstdag"


@dataclass(frozen=True, slots=True)
class OfficeState:
    """Whether the desk can be reached. Open: `closes_at` is set; closed: `opens_at` is. Amsterdam time."""

    open: bool
    opens_at: datetime | None
    closes_at: datetime | None


@lru_cache(maxsize=256)
def public_holidays(year: int) -> Mapping[date, Holiday]:
    """The holidays of one year on which the office is closed, in order, weekends included."""
    listed = holidays.country_holidays("NL", years=year, language="nl", categories=("public", "optional"))
    closed = {day: [name for name in listed.get_list(day) if name not in _WORKED] for day in sorted(listed)}
    return MappingProxyType({day: Holiday(names[0]) for day, names in closed.items() if names})


def is_workday(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < _SATURDAY and day not in public_holidays(day.year)


def workday_from(day: date) -> date:
    """The day itself when it is a workday, else the first workday after it."""
    while not is_workday(day):
        day += _ONE_DAY
    return day


def next_workday(day: date) -> date:
    """The first workday after the day, whether or not the day itself is one."""
    return workday_from(day + _ONE_DAY)


def add_workdays(day: date, count: int) -> date:
    """The workday that lies `count` workdays after the day; the day itself is never counted.

    A promise "within five working days" after receipt on a Monday is due on the next Monday. With 0 it is
    `workday_from(day)`. A negative count is a mistake of the caller: ValueError.
    """
    if count < 0:
        raise ValueError("workdays are counted forward")
    if count == 0:
        return workday_from(day)
    for _ in range(count):
        day = next_workday(day)
    return day


def workdays_between(first: date, last: date) -> int:
    """How many workdays lie after `first`, up to and including `last`; negative when `last` is earlier.

    For a workday `day`: `workdays_between(day, add_workdays(day, n)) == n`.
    """
    if last < first:
        return -workdays_between(last, first)
    days = (first + timedelta(days=offset) for offset in range(1, (last - first).days + 1))
    return sum(1 for day in days if is_workday(day))


def received_on(moment: datetime) -> date:
    """The workday on which something counts as received: after 17:00, or on a day off, the next one (CN-10).

    17:00 sharp is still in time. The moment must be aware; what counts is the time in the Netherlands.
    """
    local = _local(moment)
    return next_workday(local.date()) if local.time() > CLOSES else workday_from(local.date())


def office_state(moment: datetime) -> OfficeState:
    """Open on workdays from 08:00 up to 17:00 (CN-23), and when that changes."""
    local = _local(moment)
    today = local.date()
    if is_workday(today):
        if local.time() < OPENS:
            return OfficeState(open=False, opens_at=_at(today, OPENS), closes_at=None)
        if local.time() < CLOSES:
            return OfficeState(open=True, opens_at=None, closes_at=_at(today, CLOSES))
    return OfficeState(open=False, opens_at=_at(next_workday(today), OPENS), closes_at=None)


def _local(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment carries its time zone")
    return moment.astimezone(AMSTERDAM)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=AMSTERDAM)
