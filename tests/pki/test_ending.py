"""When somebody is warned that a certificate ends (MD-43)."""

from datetime import UTC, datetime, timedelta

import pytest

from volmacht.pki import days_left, warning

ENDS = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        (400, None), (91, None), (90, 90), (31, 90), (30, 30), (15, 30), (14, 14), (8, 14), (7, 7), (2, 7),
        (1, 1), (0, 1), (-1, 1), (-400, 1),
    ],
)  # fmt: skip
def test_a_warning_comes_90_30_14_7_and_1_days_ahead_and_stays(days: int, moment: int | None) -> None:
    assert warning(days) == moment


@pytest.mark.parametrize(
    ("before", "days"), [(24, 1), (23, 0), (0, 0), (-1, -1), (24 * 90, 90), (24 * 90 - 1, 89)]
)
def test_only_whole_days_are_counted(before: int, days: int) -> None:
    assert days_left(ENDS, ENDS - timedelta(hours=before)) == days
