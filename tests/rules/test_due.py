"""When a case is due, across weekends, holidays, year end and the change of clocks; and what silence brings."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.rules.onboarding.cases import Action, CaseState, Side, turn_of
from volmacht.rules.onboarding.due import (
    DUE_RULE,
    Due,
    Urgency,
    due_after,
    months_of_silence,
    silent_from,
    urgency,
)
from volmacht.rules.periods import AMSTERDAM, day_of
from volmacht.rules.workdays import RULE_VERSION, is_workday, received_on, workdays_between

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


def amsterdam(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def handed_in(moment: str) -> date | None:
    due = due_after(
        Action.HAND_IN,
        CaseState.PREPRODUCTION_FORM,
        CaseState.PREPRODUCTION_REVIEW,
        now=amsterdam(moment),
        standing=None,
    )
    return due.on if due else None


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-23T09:00", "2026-11-30"),  # a Monday: the next one
        ("2026-11-23T17:00", "2026-11-30"),  # in time, sharp
        ("2026-11-23T17:00:01", "2026-12-01"),  # counts as Tuesday
        ("2026-11-28T12:00", "2026-12-07"),  # a Saturday counts as Monday
        ("2026-04-02T10:00", "2026-04-10"),  # Good Friday is worked, Easter Monday is not
        ("2026-04-28T10:00", "2026-05-06"),  # Liberation Day
        ("2026-04-27T10:00", "2026-05-06"),  # King's Day counts as the 28th
        ("2026-12-24T16:00", "2027-01-04"),  # Christmas on a Friday, New Year on a Friday
        ("2026-12-31T17:30", "2027-01-11"),  # after five on New Year's Eve: Monday 4 January
        ("2026-03-27T16:59", "2026-04-03"),  # over the night on which the clock goes forward
        ("2026-10-23T17:01", "2026-11-02"),  # and back
        ("2030-04-26T09:00", "2030-05-03"),
        ("2035-05-02T18:00", "2035-05-11"),  # Ascension Day comes first on the 3rd of May
    ],
)
def test_five_working_days_after_receipt(received: str, due: str) -> None:
    assert handed_in(received) == date.fromisoformat(due)


def test_what_is_received_in_summer_is_judged_by_the_clock_in_amsterdam() -> None:
    in_time = datetime(2026, 7, 6, 15, 0, tzinfo=UTC)  # 17:00 in Amsterdam
    late = in_time + timedelta(seconds=1)
    states = (Action.HAND_IN, CaseState.FORM, CaseState.REVIEW)
    assert due_after(*states, now=in_time, standing=None) == Due(date(2026, 7, 13), in_time)
    assert due_after(*states, now=late, standing=None) == Due(date(2026, 7, 14), late)


@given(MOMENTS)
def test_a_due_date_is_a_working_day_five_after_receipt_and_names_its_rule(moment: datetime) -> None:
    due = due_after(Action.OFFER, CaseState.TESTING, CaseState.ACCEPTANCE, now=moment, standing=None)
    assert due is not None
    assert is_workday(due.on)
    assert workdays_between(received_on(moment), due.on) == 5
    assert RULE_VERSION in due.rule
    assert due.rule == DUE_RULE


@given(MOMENTS)
def test_activating_is_due_on_the_day_of_receipt(moment: datetime) -> None:
    due = due_after(
        Action.CONFIRM, CaseState.PRODUCTION_CONFIRM, CaseState.ACTIVATING, now=moment, standing=None
    )
    assert due is not None
    assert due.on == received_on(moment)


def test_judging_and_confirming_share_one_term() -> None:
    standing = Due(date(2026, 11, 30), amsterdam("2026-11-23T09:00"), "an older rule")
    later = amsterdam("2026-11-26T09:00")
    review, confirm = CaseState.PRODUCTION_REVIEW, CaseState.PRODUCTION_CONFIRM
    assert due_after(Action.REPORT_PASSED, review, confirm, now=later, standing=standing) == standing
    assert due_after(Action.SEND_BACK, confirm, review, now=later, standing=standing) == standing
    new = due_after(Action.CONFIRM, confirm, CaseState.ACTIVATING, now=later, standing=standing)
    assert new == Due(date(2026, 11, 26), later)


def test_a_provider_has_no_due_date() -> None:
    for state in CaseState:
        due = due_after(None, None, state, now=amsterdam("2026-11-23T09:00"), standing=None)
        assert (due is not None) is (turn_of(state) is Side.OPERATOR)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2026-11-24", None),
        ("2026-11-27", Urgency.NEAR),  # Friday: the next working day is Monday 30
        ("2026-11-28", Urgency.NEAR),
        ("2026-11-30", Urgency.NEAR),
        ("2026-12-01", Urgency.OVER),
    ],
)
def test_what_is_due_within_one_working_day_is_near(today: str, expected: Urgency | None) -> None:
    assert urgency(date(2026, 11, 30), date.fromisoformat(today)) is expected
    assert urgency(None, date.fromisoformat(today)) is None


@pytest.mark.parametrize(
    ("since", "now", "months"),
    [
        ("2026-01-31T12:00", "2026-02-27T23:59", 0),
        ("2026-01-31T12:00", "2026-02-28T00:00", 1),  # the last day of a shorter month
        ("2026-01-31T12:00", "2026-04-29T12:00", 1),
        ("2026-01-31T12:00", "2026-04-30T12:00", 3),
        ("2026-01-31T12:00", "2026-06-30T12:00", 5),
        ("2026-01-31T12:00", "2026-07-30T23:59", 5),
        ("2026-01-31T12:00", "2026-07-31T00:00", 6),
        ("2026-01-31T12:00", "2028-01-01T00:00", 6),
        ("2026-03-28T23:30", "2026-04-28T00:00", 1),  # over the night on which the clock goes forward
    ],
)
def test_silence_is_counted_in_calendar_months_of_amsterdam(since: str, now: str, months: int) -> None:
    assert months_of_silence(amsterdam(since), amsterdam(now)) == months


@given(MOMENTS, st.integers(0, 400))
def test_who_is_not_looked_at_yet_has_no_reminder_due(since: datetime, days: int) -> None:
    now = since + timedelta(days=days)
    if months_of_silence(since, now):
        assert day_of(since) <= silent_from(day_of(now))


@pytest.mark.parametrize(
    ("today", "expected"),
    [("2026-11-26", None), ("2026-11-27", Urgency.OVER)],
    ids=["that day", "the day after"],
)
def test_what_is_due_on_the_day_it_came_in_is_not_nearly_late_that_day(
    today: str, expected: Urgency | None
) -> None:
    received = datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert urgency(date(2026, 11, 26), date.fromisoformat(today), received) is expected
    assert urgency(date(2026, 11, 26), date(2026, 11, 26), received - timedelta(days=3)) is Urgency.NEAR
