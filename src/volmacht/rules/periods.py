"""Periods of mandates, in calendar days of Europe/Amsterdam (DM-30, DM-31).

A period runs from 00:00 on its first day up to 00:00 after its last day, Dutch time, whatever the clock
change does. People choose days; moments are aware datetimes. This module turns the one into the other and
judges a chosen period.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from volmacht.rules.refusals import Refusal

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
START_WITHIN_MONTHS = 12
_ONE_DAY = timedelta(days=1)


class InvalidPeriod(ValueError):
    """The last day lies before the first, or has no day after it."""


class PeriodPreset(StrEnum):
    """The choices offered for the end of a period; `OWN` means that the person gives the dates."""

    MONTH = "month"
    YEAR = "year"
    MAXIMUM = "maximum"
    OWN = "own"


def day_of(moment: datetime) -> date:
    """The calendar day in Amsterdam at this moment. Raises ValueError for a moment without time zone.

    At the end of the calendar, which others write for what never ends, it is the last day that there is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    try:
        return moment.astimezone(AMSTERDAM).date()
    except OverflowError:
        return date.max


def start_of(day: date) -> datetime:
    """The moment at which this day begins in Amsterdam, in UTC."""
    return datetime.combine(day, time.min, AMSTERDAM).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A first and a last day, both included (DM-30)."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day or self.last_day == date.max:
            raise InvalidPeriod("a period needs its last day on or after its first day")

    @property
    def starts_at(self) -> datetime:
        """The first moment that belongs to the period (UTC)."""
        return start_of(self.first_day)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to the period (UTC)."""
        return start_of(self.last_day + _ONE_DAY)

    def contains(self, day: date) -> bool:
        """Whether this calendar day belongs to the period."""
        return self.first_day <= day <= self.last_day


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def longest_last_day(first_day: date, months: int) -> date:
    """The last day of the longest period of so many months that begins on `first_day` (DM-31)."""
    return add_months(first_day, months) - _ONE_DAY


def preset_period(preset: PeriodPreset, first_day: date, longest_months: int) -> Period:
    """What a preset stands for, never longer than the service allows. Raises ValueError for `OWN`."""
    months = {PeriodPreset.MONTH: 1, PeriodPreset.YEAR: 12, PeriodPreset.MAXIMUM: longest_months}.get(preset)
    if months is None:
        raise ValueError("an own period has its own last day")
    return Period(first_day, longest_last_day(first_day, min(months, longest_months)))


def check_period(
    first_day: date,
    last_day: date,
    *,
    today: date,
    longest_months: int,
    start_within_months: int = START_WITHIN_MONTHS,
) -> Refusal | None:
    """Judge a chosen period; the first of these that applies is the answer.

    1. `START_IN_PAST`: begins before today. 2. `START_TOO_FAR`: begins more than `start_within_months` from
    today. 3. `END_BEFORE_START`. 4. `PERIOD_TOO_LONG`: longer than the service allows (DM-31).
    """
    if first_day < today:
        return Refusal.START_IN_PAST
    if first_day > add_months(today, start_within_months):
        return Refusal.START_TOO_FAR
    if last_day < first_day:
        return Refusal.END_BEFORE_START
    if last_day > longest_last_day(first_day, longest_months):
        return Refusal.PERIOD_TOO_LONG
    return None
