"""Periods in Dutch days: across clock changes, 29 February, turns of month and year (DM-30, DM-31)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days, moments, moments_near, periods
from volmacht.rules.periods import (
    InvalidPeriod,
    Period,
    PeriodPreset,
    add_months,
    check_period,
    day_of,
    longest_last_day,
    preset_period,
    start_of,
)
from volmacht.rules.refusals import Refusal

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "start"),
    [
        (date(2026, 1, 1), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 25, 23, tzinfo=UTC)),
        (date(2028, 2, 29), datetime(2028, 2, 28, 23, tzinfo=UTC)),
    ],
)
def test_a_day_starts_at_midnight_in_amsterdam(day: date, start: datetime) -> None:
    assert start_of(day) == start
    assert start_of(day).tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 23), 24)]
)
def test_a_day_of_a_clock_change_has_its_own_length(day: date, hours: int) -> None:
    period = Period(day, day)
    assert period.ends_at - period.starts_at == timedelta(hours=hours)


@given(days)
def test_a_day_begins_at_its_start_and_not_a_microsecond_earlier(day: date) -> None:
    assert day_of(start_of(day)) == day
    assert day_of(start_of(day) - timedelta(microseconds=1)) == day - ONE_DAY


@given(moments)
def test_every_moment_lies_in_its_own_day(moment: datetime) -> None:
    day = day_of(moment)
    assert start_of(day) <= moment < start_of(day + ONE_DAY)


def test_the_end_of_the_calendar_has_a_day() -> None:
    assert day_of(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)) == date.max


def test_a_moment_without_time_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="time zone"):
        day_of(datetime(2026, 11, 23, 12))  # noqa: DTZ001 - that is what is refused


@given(st.data(), days)
def test_a_period_contains_the_days_of_exactly_the_moments_between_its_start_and_its_end(
    data: st.DataObject, day: date
) -> None:
    period = data.draw(periods(day))
    moment = data.draw(moments_near(day))
    assert period.contains(day_of(moment)) == (period.starts_at <= moment < period.ends_at)


@given(periods())
def test_a_period_has_whole_days_and_at_least_one(period: Period) -> None:
    assert period.ends_at - period.starts_at >= timedelta(hours=23)
    assert period.contains(period.first_day)
    assert period.contains(period.last_day)
    assert not period.contains(period.first_day - ONE_DAY)
    assert not period.contains(period.last_day + ONE_DAY)


@pytest.mark.parametrize("last_day", [date(2026, 11, 22), date.max])
def test_a_period_needs_a_last_day_that_has_a_next_day_and_is_not_before_the_first(last_day: date) -> None:
    with pytest.raises(InvalidPeriod):
        Period(TODAY, last_day)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 3, 31), 1, date(2026, 4, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 11, 23), 60, date(2031, 11, 23)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(days, st.integers(-60, 60))
def test_adding_months_lands_in_the_right_month_on_the_same_day_or_the_last(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == day.day or (found.day < day.day and (found + ONE_DAY).day == 1)


@given(days, st.integers(1, 60))
def test_the_longest_period_has_at_least_28_days_a_month_and_grows_with_every_month(
    day: date, months: int
) -> None:
    last_day = longest_last_day(day, months)
    assert last_day - day >= timedelta(days=28 * months - 1)
    assert longest_last_day(day, months + 1) > last_day


def test_a_year_ends_the_day_before_the_same_day_next_year() -> None:
    assert longest_last_day(TODAY, 12) == date(2027, 11, 22)
    assert longest_last_day(date(2026, 1, 1), 12) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("preset", "longest_months", "last_day"),
    [
        (PeriodPreset.MONTH, 12, date(2026, 12, 22)),
        (PeriodPreset.YEAR, 12, date(2027, 11, 22)),
        (PeriodPreset.YEAR, 6, date(2027, 5, 22)),
        (PeriodPreset.YEAR, 60, date(2027, 11, 22)),
        (PeriodPreset.MAXIMUM, 60, date(2031, 11, 22)),
        (PeriodPreset.MAXIMUM, 1, date(2026, 12, 22)),
    ],
)
def test_a_preset_is_never_longer_than_the_service_allows(
    preset: PeriodPreset, longest_months: int, last_day: date
) -> None:
    assert preset_period(preset, TODAY, longest_months) == Period(TODAY, last_day)


def test_an_own_period_cannot_be_preset() -> None:
    with pytest.raises(ValueError, match="own last day"):
        preset_period(PeriodPreset.OWN, TODAY, 12)


@given(
    st.sampled_from([PeriodPreset.MONTH, PeriodPreset.YEAR, PeriodPreset.MAXIMUM]), days, st.integers(1, 60)
)
def test_every_preset_is_a_period_that_may_be_chosen(preset: PeriodPreset, day: date, months: int) -> None:
    period = preset_period(preset, day, months)
    assert check_period(period.first_day, period.last_day, today=day, longest_months=months) is None


@pytest.mark.parametrize(
    ("first_day", "last_day", "expected"),
    [
        (TODAY, TODAY, None),
        (TODAY, date(2027, 11, 22), None),
        (TODAY, date(2027, 11, 23), Refusal.PERIOD_TOO_LONG),
        (date(2026, 11, 22), TODAY, Refusal.START_IN_PAST),
        (date(2027, 11, 23), date(2027, 11, 23), None),
        (date(2027, 11, 24), date(2027, 11, 24), Refusal.START_TOO_FAR),
        (date(2026, 11, 24), TODAY, Refusal.END_BEFORE_START),
        (date(2026, 11, 22), date(2026, 11, 21), Refusal.START_IN_PAST),
        (date(2027, 11, 24), date(2026, 11, 21), Refusal.START_TOO_FAR),
        (date.max, date.max, Refusal.START_TOO_FAR),
        (TODAY, date.max, Refusal.PERIOD_TOO_LONG),
        (date.min, date.max, Refusal.START_IN_PAST),
    ],
)
def test_a_chosen_period_is_judged_in_a_fixed_order(
    first_day: date, last_day: date, expected: Refusal | None
) -> None:
    assert check_period(first_day, last_day, today=TODAY, longest_months=12) is expected


def test_how_far_ahead_a_period_may_begin_can_be_set() -> None:
    first_day = date(2027, 1, 23)
    for within, expected in [(2, None), (1, Refusal.START_TOO_FAR)]:
        found = check_period(first_day, first_day, today=TODAY, longest_months=12, start_within_months=within)
        assert found is expected


@given(days, st.integers(-5, 800), st.integers(-5, 800), st.integers(1, 60))
def test_a_period_that_is_accepted_is_a_period_within_its_bounds(
    today: date, ahead: int, length: int, months: int
) -> None:
    first_day = today + timedelta(days=ahead)
    last_day = first_day + timedelta(days=length)
    if check_period(first_day, last_day, today=today, longest_months=months) is None:
        assert today <= Period(first_day, last_day).first_day <= add_months(today, 12)
        assert last_day < add_months(first_day, months)
