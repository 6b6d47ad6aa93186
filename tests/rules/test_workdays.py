"""Working days, receipt and office hours (CN-10, CN-23): against a table written by hand, and as properties."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.periods import AMSTERDAM
from volmacht.rules.workdays import (
    RULE_VERSION,
    Holiday,
    add_workdays,
    is_workday,
    next_workday,
    office_state,
    public_holidays,
    received_on,
    workday_from,
    workdays_between,
)

# New Year, Easter Sunday and Monday, King's, Liberation and Ascension Day, Whit Sunday and Monday, Christmas.
PUBLISHED = {
    2020: "01-01 04-12 04-13 04-27 05-05 05-21 05-31 06-01 12-25 12-26",
    2021: "01-01 04-04 04-05 04-27 05-05 05-13 05-23 05-24 12-25 12-26",
    2022: "01-01 04-17 04-18 04-27 05-05 05-26 06-05 06-06 12-25 12-26",
    2023: "01-01 04-09 04-10 04-27 05-05 05-18 05-28 05-29 12-25 12-26",
    2024: "01-01 03-31 04-01 04-27 05-05 05-09 05-19 05-20 12-25 12-26",
    2025: "01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26",
    2026: "01-01 04-05 04-06 04-27 05-05 05-14 05-24 05-25 12-25 12-26",
    2027: "01-01 03-28 03-29 04-27 05-05 05-06 05-16 05-17 12-25 12-26",
    2028: "01-01 04-16 04-17 04-27 05-05 05-25 06-04 06-05 12-25 12-26",
    2029: "01-01 04-01 04-02 04-27 05-05 05-10 05-20 05-21 12-25 12-26",
    2030: "01-01 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26",
    2031: "01-01 04-13 04-14 04-26 05-05 05-22 06-01 06-02 12-25 12-26",
    2032: "01-01 03-28 03-29 04-27 05-05 05-06 05-16 05-17 12-25 12-26",
    2033: "01-01 04-17 04-18 04-27 05-05 05-26 06-05 06-06 12-25 12-26",
    2034: "01-01 04-09 04-10 04-27 05-05 05-18 05-28 05-29 12-25 12-26",
    2035: "01-01 03-25 03-26 04-27 05-03 05-05 05-13 05-14 12-25 12-26",
}
GOOD_FRIDAYS = [date(2026, 4, 3), date(2027, 3, 26), date(2028, 4, 14)]
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


def amsterdam(text: str) -> datetime:
    """A moment on Dutch clocks."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_office_is_closed_on_the_published_holidays_and_no_others(year: int) -> None:
    written_out = [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()]
    assert list(public_holidays(year)) == written_out


def test_a_holiday_has_its_name() -> None:
    assert public_holidays(2026)[date(2026, 4, 27)] is Holiday.KINGS_DAY
    assert public_holidays(2027)[date(2027, 5, 6)] is Holiday.ASCENSION_DAY
    assert public_holidays(2013)[date(2013, 4, 30)] is Holiday.QUEENS_DAY


def test_two_holidays_on_one_day_close_the_office_once() -> None:
    assert public_holidays(2016)[date(2016, 5, 5)] is Holiday.LIBERATION_DAY
    assert not is_workday(date(2016, 5, 5))


@pytest.mark.parametrize("day", GOOD_FRIDAYS)
def test_good_friday_is_a_workday(day: date) -> None:
    assert is_workday(day)


@pytest.mark.parametrize("year", range(2020, 2036))
def test_liberation_day_is_free_every_year_and_not_only_in_lustrum_years(year: int) -> None:
    assert not is_workday(date(year, 5, 5))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", True),  # Monday
        ("2026-11-27", True),  # Friday
        ("2026-11-28", False),  # Saturday
        ("2026-11-29", False),  # Sunday
        ("2025-04-26", False),  # King's Day a day early, because the 27th was a Sunday
        ("2025-04-28", True),  # the Monday after it is an ordinary one
        ("2026-12-31", True),
        ("2027-01-01", False),
    ],
)
def test_workdays_are_monday_to_friday_without_the_holidays(day: str, expected: bool) -> None:
    assert is_workday(date.fromisoformat(day)) is expected


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        ("2026-11-23", 5, "2026-11-30"),  # Monday to Monday
        ("2026-11-27", 1, "2026-11-30"),  # over a weekend
        ("2026-11-28", 1, "2026-11-30"),  # from a Saturday: the Monday is the first
        ("2026-12-24", 1, "2026-12-28"),  # Christmas Day on Friday, Boxing Day on Saturday
        ("2026-12-31", 5, "2027-01-08"),  # over the turn of the year
        ("2026-04-30", 5, "2026-05-08"),  # over Liberation Day
        ("2027-05-03", 5, "2027-05-12"),  # Liberation Day and Ascension Day in one week
        ("2028-02-28", 1, "2028-02-29"),  # a leap year
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-11-28", 0, "2026-11-30"),
    ],
)
def test_workdays_are_counted_from_the_day_after(day: str, count: int, due: str) -> None:
    assert add_workdays(date.fromisoformat(day), count) == date.fromisoformat(due)


def test_workdays_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="counted forward"):
        add_workdays(date(2026, 11, 23), -1)


@given(DAYS)
def test_the_next_workday_is_a_workday_with_no_workday_before_it(day: date) -> None:
    following = next_workday(day)
    assert following > day
    assert is_workday(following)
    skipped = [day + timedelta(days=n) for n in range(1, (following - day).days)]
    assert not any(is_workday(other) for other in skipped)


@given(DAYS)
def test_no_pause_is_longer_than_four_days(day: date) -> None:
    assert (next_workday(day) - day).days <= 5


@given(DAYS, st.integers(0, 300))
def test_counting_back_what_was_added_gives_the_same_number(day: date, count: int) -> None:
    start = workday_from(day)
    due = add_workdays(start, count)
    assert workdays_between(start, due) == count
    assert workdays_between(due, start) == -count


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_adding_in_two_turns_is_adding_at_once(day: date, first: int, second: int) -> None:
    start = workday_from(day)
    assert add_workdays(add_workdays(start, first), second) == add_workdays(start, first + second)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-23T09:00", "2026-11-23"),
        ("2026-11-23T17:00", "2026-11-23"),  # sharp is in time
        ("2026-11-23T17:00:01", "2026-11-24"),
        ("2026-11-23T23:59", "2026-11-24"),
        ("2026-11-24T00:00", "2026-11-24"),
        ("2026-11-27T17:01", "2026-11-30"),
        ("2026-11-28T12:00", "2026-11-30"),
        ("2026-12-24T18:00", "2026-12-28"),
        ("2026-07-01T17:00", "2026-07-01"),  # summer time
        ("2026-07-01T17:01", "2026-07-02"),
    ],
)
def test_after_five_or_on_a_day_off_counts_as_the_next_workday(moment: str, day: str) -> None:
    received = amsterdam(moment)
    assert received_on(received) == date.fromisoformat(day)
    assert received_on(received.astimezone(UTC)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T07:59:59", "2026-11-23T08:00"),
        ("2026-11-23T17:00", "2026-11-24T08:00"),
        ("2026-11-27T17:00", "2026-11-30T08:00"),
        ("2026-11-28T10:00", "2026-11-30T08:00"),
        ("2026-12-25T10:00", "2026-12-28T08:00"),
        ("2026-03-27T20:00", "2026-03-30T08:00"),  # summer time begins in that weekend
    ],
)
def test_a_closed_desk_says_when_it_opens(moment: str, opens: str) -> None:
    state = office_state(amsterdam(moment))
    assert (state.open, state.opens_at, state.closes_at) == (False, amsterdam(opens), None)


@pytest.mark.parametrize("moment", ["2026-11-23T08:00", "2026-11-23T12:00", "2026-11-23T16:59:59"])
def test_an_open_desk_says_when_it_closes(moment: str) -> None:
    state = office_state(amsterdam(moment))
    assert (state.open, state.opens_at, state.closes_at) == (True, None, amsterdam("2026-11-23T17:00"))


@given(MOMENTS)
def test_the_desk_changes_state_at_the_moment_it_names(moment: datetime) -> None:
    state = office_state(moment)
    change = state.closes_at if state.open else state.opens_at
    assert change is not None
    assert change > moment
    assert office_state(change).open is not state.open


@given(MOMENTS)
def test_what_arrives_while_the_desk_is_open_counts_today(moment: datetime) -> None:
    if office_state(moment).open:
        assert received_on(moment) == moment.astimezone(AMSTERDAM).date()
    assert is_workday(received_on(moment))


@pytest.mark.parametrize("ask", [received_on, office_state])
def test_a_moment_without_a_time_zone_is_refused(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(ValueError, match="time zone"):
        ask(datetime.combine(date(2026, 11, 23), time(9)))


def test_the_rule_has_a_version_to_store_with_a_date() -> None:
    assert RULE_VERSION == "nl-workdays-1"
