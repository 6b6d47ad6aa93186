"""Restricting makes a mandate smaller, renewing makes it longer within the maximum (DM-33, DM-34)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days
from volmacht.rules.living import (
    PROPOSAL_WITHIN,
    check_proposal,
    check_renewal,
    check_restriction,
    first_day_to_propose,
)
from volmacht.rules.periods import Period, longest_last_day
from volmacht.rules.refusals import Refusal, Refused

TODAY = date(2026, 11, 23)
ONE_DAY = timedelta(days=1)
CURRENT = Period(date(2026, 1, 1), date(2026, 12, 31))
TAX, CARE, PARKING = UUID(int=1), UUID(int=2), UUID(int=3)
COVERED = frozenset({TAX, CARE})


@pytest.mark.parametrize(
    ("current", "new_last_day", "keep", "expected"),
    [
        (CURRENT, date(2026, 12, 30), COVERED, None),
        (CURRENT, TODAY, COVERED, None),
        (CURRENT, date(2026, 12, 31), frozenset({TAX}), None),
        (CURRENT, date(2026, 11, 30), frozenset({TAX}), None),
        (CURRENT, date(2026, 12, 31), COVERED, Refusal.NOT_SHORTER),
        (CURRENT, date(2027, 1, 1), COVERED, Refusal.NOT_SHORTER),
        (CURRENT, date(2027, 1, 1), frozenset({TAX}), Refusal.NOT_SHORTER),
        (CURRENT, date(2026, 12, 30), frozenset(), Refusal.NOTHING_LEFT),
        (CURRENT, TODAY - ONE_DAY, COVERED, Refusal.NOTHING_LEFT),
        (CURRENT, date(2026, 12, 30), COVERED | {PARKING}, Refusal.SET_CHANGED),
        (CURRENT, date(2026, 12, 30), frozenset({PARKING}), Refusal.SET_CHANGED),
        (Period(date(2026, 1, 1), TODAY), TODAY, frozenset({TAX}), None),
        (Period(date(2026, 1, 1), TODAY - ONE_DAY), TODAY, COVERED, Refusal.ALREADY_ENDED),
        (Period(date(2026, 12, 1), date(2026, 12, 31)), date(2026, 12, 1), COVERED, None),
        (Period(date(2026, 12, 1), date(2026, 12, 31)), date(2026, 11, 30), COVERED, Refusal.NOTHING_LEFT),
    ],
)
def test_a_restriction_is_shorter_or_has_fewer_services_and_leaves_something(
    current: Period, new_last_day: date, keep: frozenset[UUID], expected: Refusal | None
) -> None:
    assert check_restriction(current, new_last_day, COVERED, keep, TODAY) is expected


service_sets = st.frozensets(st.sampled_from([TAX, CARE, PARKING]))


@given(days, st.integers(0, 60), st.integers(-10, 70), st.integers(-10, 70), service_sets, service_sets)
def test_a_restricted_mandate_is_a_smaller_mandate(
    first_day: date, length: int, new_length: int, lived: int, covered: frozenset[UUID], keep: frozenset[UUID]
) -> None:
    current = Period(first_day, first_day + length * ONE_DAY)
    new_last_day = first_day + new_length * ONE_DAY
    today = first_day + lived * ONE_DAY
    if check_restriction(current, new_last_day, covered, keep, today) is None:
        smaller = Period(first_day, new_last_day)
        assert today <= smaller.last_day <= current.last_day
        assert keep
        assert keep <= covered
        assert (smaller, keep) != (current, covered)


@pytest.mark.parametrize(
    ("current_last_day", "new_last_day", "expected"),
    [
        (date(2026, 12, 31), date(2027, 1, 1), None),
        (date(2026, 12, 31), date(2027, 11, 22), None),
        (date(2026, 12, 31), date(2027, 11, 23), Refusal.PERIOD_TOO_LONG),
        (date(2026, 12, 31), date(2026, 12, 31), Refusal.RENEWAL_NOT_LONGER),
        (date(2026, 12, 31), date(2026, 11, 1), Refusal.RENEWAL_NOT_LONGER),
        (TODAY, TODAY + ONE_DAY, None),
        (TODAY - ONE_DAY, TODAY + ONE_DAY, Refusal.ALREADY_ENDED),
        (date(2027, 11, 22), date(2027, 11, 23), Refusal.PERIOD_TOO_LONG),
        (date(2026, 12, 31), date.max, Refusal.PERIOD_TOO_LONG),
    ],
)
def test_a_renewal_is_longer_and_at_most_the_maximum_from_today(
    current_last_day: date, new_last_day: date, expected: Refusal | None
) -> None:
    assert check_renewal(current_last_day, new_last_day, today=TODAY, longest_months=12) is expected


@given(days, st.integers(-10, 800), st.integers(-10, 800), st.integers(1, 60))
def test_a_renewed_mandate_lasts_longer_and_within_the_maximum(
    today: date, current: int, new: int, months: int
) -> None:
    current_last_day, new_last_day = today + current * ONE_DAY, today + new * ONE_DAY
    if check_renewal(current_last_day, new_last_day, today=today, longest_months=months) is None:
        assert today <= current_last_day < new_last_day <= longest_last_day(today, months)


@pytest.mark.parametrize(
    ("current", "months", "declined", "expected"),
    [
        (CURRENT, 12, False, None),
        (Period(date(2026, 1, 1), TODAY + PROPOSAL_WITHIN), 12, False, None),
        (
            Period(date(2026, 1, 1), TODAY + PROPOSAL_WITHIN + ONE_DAY),
            12,
            False,
            Refused(Refusal.RENEWAL_TOO_EARLY, TODAY + ONE_DAY),
        ),
        (Period(TODAY, date(2026, 12, 22)), 1, False, Refused(Refusal.RENEWAL_TOO_EARLY, date(2026, 11, 24))),
        (Period(date(2026, 11, 1), TODAY), 1, False, None),
        (Period(date(2026, 1, 1), TODAY - ONE_DAY), 12, False, Refused(Refusal.ALREADY_ENDED)),
        (Period(TODAY + ONE_DAY, date(2026, 12, 31)), 12, False, Refused(Refusal.NOT_YET_VALID)),
        (CURRENT, 12, True, Refused(Refusal.RENEWAL_DECLINED)),
    ],
)
def test_renewal_is_proposed_soon_before_the_end_and_not_after_a_no(
    current: Period, months: int, declined: bool, expected: Refused | None
) -> None:
    assert check_proposal(current, today=TODAY, longest_months=months, declined=declined) == expected


@given(days, st.integers(0, 800), st.integers(0, 800), st.integers(1, 60))
def test_what_may_be_proposed_can_be_renewed_and_from_the_day_that_is_told_it_may(
    today: date, lived: int, left: int, months: int
) -> None:
    current = Period(today - lived * ONE_DAY, today + left * ONE_DAY)
    refused = check_proposal(current, today=today, longest_months=months, declined=False)
    if refused is None:
        longest = longest_last_day(today, months)
        assert check_renewal(current.last_day, longest, today=today, longest_months=months) is None
    else:
        assert refused.day == first_day_to_propose(current.last_day, months)
        assert refused.day is not None
        assert today < refused.day
        if refused.day <= current.last_day:
            later = check_proposal(current, today=refused.day, longest_months=months, declined=False)
            assert later is None
