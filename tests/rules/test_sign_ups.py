"""When a sign-up that nobody proves is reminded, and when it ends (decision 0044)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import integers, none

from volmacht.rules.accounts import SignUpDue, sign_up_due

BEGAN = datetime(2026, 11, 23, 11, tzinfo=UTC)
HOUR = timedelta(hours=1)


def due(quiet: int, reminded: int | None, now: int) -> SignUpDue | None:
    """In hours since it began."""
    told = None if reminded is None else BEGAN + reminded * HOUR
    return sign_up_due(quiet_since=BEGAN + quiet * HOUR, reminded_at=told, now=BEGAN + now * HOUR)


@pytest.mark.parametrize(
    ("quiet", "reminded", "now", "wanted"),
    [
        (0, None, 76 * 24 - 1, None),
        (0, None, 76 * 24, SignUpDue.REMIND),
        (0, None, 400 * 24, SignUpDue.REMIND),
        (0, 76 * 24, 90 * 24 - 1, None),
        (0, 76 * 24, 90 * 24, SignUpDue.LAPSE),
        (0, 80 * 24, 94 * 24 - 1, None),
        (0, 80 * 24, 94 * 24, SignUpDue.LAPSE),
        (80 * 24, 76 * 24, 90 * 24, None),
        (80 * 24, 76 * 24, 156 * 24, SignUpDue.REMIND),
    ],
)
def test_when_it_is_reminded_and_when_it_ends(
    quiet: int, reminded: int | None, now: int, wanted: SignUpDue | None
) -> None:
    assert due(quiet, reminded, now) is wanted


@given(integers(0, 10_000), none() | integers(0, 10_000), integers(0, 20_000))
def test_nothing_ends_within_90_days_nor_within_14_days_of_a_reminder(
    quiet: int, reminded: int | None, now: int
) -> None:
    if due(quiet, reminded, now) is SignUpDue.LAPSE:
        assert reminded is not None
        assert now >= quiet + 90 * 24
        assert now >= reminded + 14 * 24 >= quiet + 14 * 24
