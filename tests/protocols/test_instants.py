"""Instants: UTC with `Z` and milliseconds out, nothing without `Z` in, 30 seconds forgiven (TM-01, TM-06, TM-11)."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.protocols.saml.instants import SKEW, read_instant, within, written

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WINDOW = (NOON, NOON + timedelta(minutes=2))


def test_an_instant_is_written_in_utc_with_milliseconds() -> None:
    amsterdam = timezone(timedelta(hours=1))
    assert written(datetime(2026, 11, 25, 13, 0, 0, 123999, amsterdam)) == "2026-11-25T12:00:00.123Z"


def test_a_moment_without_a_time_zone_is_not_written() -> None:
    with pytest.raises(ValueError, match="time zone"):
        written(datetime(2026, 11, 25, 12, 0))  # noqa: DTZ001 - that is what is tried


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_reads_back_to_the_millisecond(moment: datetime) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert read_instant(written(moment)) == whole


@pytest.mark.parametrize(
    ("text", "microsecond"),
    [
        ("2026-11-25T12:00:00Z", 0),
        ("2026-11-25T12:00:00.5Z", 500_000),
        ("2026-11-25T12:00:00.123456789Z", 123_456),
    ],
)
def test_any_number_of_decimals_is_read(text: str, microsecond: int) -> None:
    assert read_instant(text) == NOON.replace(microsecond=microsecond)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-25T12:00:00",
        "2026-11-25T13:00:00+01:00",
        "2026-11-25T12:00:00+00:00",
        "2026-11-25T12:00:00z",
        "2026-11-25 12:00:00Z",
        "2026-11-25T12:00:00.Z",
        "2026-11-25T12:00Z",
        "2026-11-25Z",
        "2026-13-25T12:00:00Z",
        "2026-11-25T24:00:00Z",
        "2026-11-25T12:00:60Z",
        "0000-11-25T12:00:00Z",
        "-2026-11-25T12:00:00Z",
        "２０２６-11-25T12:00:00Z",
        " 2026-11-25T12:00:00Z",
        "2026-11-25T12:00:00Z\n",
    ],
)
def test_what_is_not_an_instant_in_utc_is_not_read(text: str) -> None:
    assert read_instant(text) is None


@pytest.mark.parametrize(
    ("now", "is_within"),
    [
        (NOON - SKEW - SECOND, False),
        (NOON - SKEW, True),
        (NOON + timedelta(minutes=1), True),
        (NOON + timedelta(minutes=2) + SKEW - SECOND, True),
        (NOON + timedelta(minutes=2) + SKEW, False),
    ],
)
def test_a_window_is_thirty_seconds_wider_on_both_sides(now: datetime, is_within: bool) -> None:
    assert within(now, *WINDOW) is is_within


def test_a_bound_that_is_not_there_does_not_bind() -> None:
    assert within(NOON, None, None)
    assert not within(NOON, None, NOON - SKEW)
    assert not within(NOON, NOON + SKEW + SECOND, None)


def test_a_bound_at_the_end_of_the_calendar_is_compared_too() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    assert within(NOON, first, last)
    assert not within(NOON, last, None)
    assert not within(NOON, None, first)
