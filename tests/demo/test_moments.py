"""When the cases of the demo moved: on working days, at whatever hour the demo is made."""

from datetime import UTC, datetime

import pytest

from volmacht.demo.moments import workday_moment_of
from volmacht.rules.periods import day_of
from volmacht.rules.workdays import is_workday


@pytest.mark.parametrize("hour", [0, 11, 22, 23])
def test_a_case_moves_on_a_working_day_whenever_the_demo_is_made(hour: int) -> None:
    now = datetime(2026, 11, 26, hour, 30, tzinfo=UTC)
    moments = [workday_moment_of(days, now, f"what {days}") for days in range(400)]
    assert [moment for moment in moments if not is_workday(day_of(moment))] == []
    assert max(moments) <= now
