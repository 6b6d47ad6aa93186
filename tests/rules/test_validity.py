"""The phase of a mandate follows from its days and its end moment alone (DM-32)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days, moments_near, periods
from volmacht.rules.periods import Period
from volmacht.rules.validity import Phase, phase

DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
START = datetime(2026, 11, 30, 23, tzinfo=UTC)
END = datetime(2026, 12, 31, 23, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("ended_at", "moment", "expected"),
    [
        (None, START - INSTANT, Phase.TO_COME),
        (None, START, Phase.ACTIVE),
        (None, END - INSTANT, Phase.ACTIVE),
        (None, END, Phase.ENDED),
        (START + INSTANT, START, Phase.ACTIVE),
        (START + INSTANT, START + INSTANT, Phase.ENDED),
        (START - INSTANT, START - INSTANT, Phase.ENDED),
        (START, START - INSTANT, Phase.TO_COME),
        (END + INSTANT, END, Phase.ENDED),
    ],
)
def test_the_phase_changes_at_the_exact_moment(
    ended_at: datetime | None, moment: datetime, expected: Phase
) -> None:
    assert phase(DECEMBER, ended_at, moment) is expected


@given(st.data(), days)
def test_a_mandate_is_valid_within_its_period_and_before_its_end(data: st.DataObject, day: date) -> None:
    period = data.draw(periods(day))
    ended_at = data.draw(st.none() | moments_near(day))
    moment = data.draw(moments_near(day))
    ended = ended_at is not None and ended_at <= moment
    valid = phase(period, ended_at, moment) is Phase.ACTIVE
    assert valid == (period.starts_at <= moment < period.ends_at and not ended)


@given(st.data(), days)
def test_what_has_ended_stays_ended(data: st.DataObject, day: date) -> None:
    period = data.draw(periods(day))
    ended_at = data.draw(st.none() | moments_near(day))
    earlier, later = sorted(data.draw(st.tuples(moments_near(day), moments_near(day))))
    order = list(Phase)
    assert order.index(phase(period, ended_at, earlier)) <= order.index(phase(period, ended_at, later))
