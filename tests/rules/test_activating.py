"""One try to activate: what is answered, what it costs, when it locks or blocks (DM-17, DM-22, DM-23)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days
from volmacht.rules.activating import (
    Accepted,
    ActivationLimits,
    RequestFacts,
    RequestState,
    Wrong,
    effective_period,
    expiry_of_request,
    judge_try,
)
from volmacht.rules.periods import InvalidPeriod, Period, start_of
from volmacht.rules.refusals import Refusal

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TODAY = date(2026, 11, 23)
INSTANT = timedelta(microseconds=1)
LIMITS = ActivationLimits()
OPEN = RequestFacts(
    RequestState.OPEN,
    expires_at=NOW + timedelta(days=90),
    first_day=date(2026, 11, 1),
    last_day=date(2027, 10, 31),
    represented_matches=True,
    code_current=True,
    wrong_tries=0,
)
any_facts = st.builds(
    RequestFacts,
    state=st.sampled_from(RequestState),
    expires_at=st.sampled_from([NOW - INSTANT, NOW, NOW + INSTANT]),
    first_day=st.sampled_from([TODAY - timedelta(days=9), TODAY, TODAY + timedelta(days=1)]),
    last_day=st.sampled_from([TODAY - timedelta(days=1), TODAY + timedelta(days=1)]),
    represented_matches=st.booleans(),
    code_current=st.booleans(),
    wrong_tries=st.integers(0, 6),
)


def judge(
    facts: RequestFacts | None,
    *,
    representative_wrong_tries: int = 0,
    blocked_until: datetime | None = None,
    limits: ActivationLimits = LIMITS,
) -> Accepted | Wrong:
    return judge_try(
        facts,
        representative_wrong_tries=representative_wrong_tries,
        blocked_until=blocked_until,
        moment=NOW,
        limits=limits,
    )


def test_the_right_code_with_the_right_bsn_is_accepted_from_today() -> None:
    assert judge(OPEN) == Accepted(Period(TODAY, date(2027, 10, 31)))


def test_a_request_for_later_is_accepted_from_its_own_first_day() -> None:
    facts = replace(OPEN, first_day=date(2026, 12, 1))
    assert judge(facts) == Accepted(Period(date(2026, 12, 1), date(2027, 10, 31)))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        (replace(OPEN, state=RequestState.ACTIVATED), Refusal.CODE_USED),
        (replace(OPEN, state=RequestState.WITHDRAWN), Refusal.CODE_WITHDRAWN),
        (replace(OPEN, state=RequestState.EXPIRED), Refusal.CODE_EXPIRED),
        (replace(OPEN, expires_at=NOW), Refusal.CODE_EXPIRED),
        (replace(OPEN, code_current=False), Refusal.CODE_REPLACED),
        (replace(OPEN, state=RequestState.LOCKED), Refusal.CODE_LOCKED),
        (replace(OPEN, wrong_tries=5), Refusal.CODE_LOCKED),
        (replace(OPEN, last_day=TODAY - timedelta(days=1)), Refusal.PERIOD_OVER),
        (replace(OPEN, state=RequestState.ACTIVATED, code_current=False), Refusal.CODE_USED),
        (replace(OPEN, state=RequestState.WITHDRAWN, expires_at=NOW), Refusal.CODE_WITHDRAWN),
        (replace(OPEN, state=RequestState.LOCKED, code_current=False), Refusal.CODE_REPLACED),
        (replace(OPEN, state=RequestState.LOCKED, expires_at=NOW), Refusal.CODE_EXPIRED),
    ],
)
def test_who_has_code_and_bsn_hears_what_became_of_the_request_at_no_cost(
    facts: RequestFacts, refusal: Refusal
) -> None:
    assert judge(facts) == Wrong(refusal)


def test_the_last_moment_and_the_last_day_of_a_request_still_count() -> None:
    facts = replace(OPEN, expires_at=NOW + INSTANT, last_day=TODAY, wrong_tries=4)
    assert judge(facts) == Accepted(Period(TODAY, TODAY))


def test_an_unknown_code_counts_on_the_representative_only() -> None:
    assert judge(None) == Wrong(Refusal.CODE_NOT_RECOGNISED, count_on_representative=True)


def test_a_code_with_the_wrong_bsn_counts_on_the_code_and_on_the_representative() -> None:
    assert judge(replace(OPEN, represented_matches=False)) == Wrong(
        Refusal.CODE_NOT_RECOGNISED, count_on_code=True, count_on_representative=True
    )


def test_the_fifth_wrong_try_locks_the_code() -> None:
    wrong = replace(OPEN, represented_matches=False)
    answers = [judge(replace(wrong, wrong_tries=tries)) for tries in range(5)]
    assert [isinstance(answer, Wrong) and answer.locks_code for answer in answers] == [False] * 4 + [True]


@pytest.mark.parametrize(
    "facts",
    [
        replace(OPEN, state=RequestState.ACTIVATED),
        replace(OPEN, state=RequestState.WITHDRAWN),
        replace(OPEN, state=RequestState.LOCKED),
        replace(OPEN, expires_at=NOW),
        replace(OPEN, code_current=False),
        replace(OPEN, wrong_tries=5),
    ],
)
def test_a_code_that_opens_nothing_any_more_counts_and_locks_nothing(facts: RequestFacts) -> None:
    tries = max(facts.wrong_tries, 4)
    answer = judge(replace(facts, represented_matches=False, wrong_tries=tries))
    assert answer == Wrong(Refusal.CODE_NOT_RECOGNISED, count_on_representative=True)


@pytest.mark.parametrize("facts", [None, replace(OPEN, represented_matches=False)])
def test_the_tenth_wrong_try_blocks_the_representative(facts: RequestFacts | None) -> None:
    answers = [judge(facts, representative_wrong_tries=tries) for tries in (8, 9, 10)]
    blocks = [isinstance(answer, Wrong) and answer.blocks_representative for answer in answers]
    assert blocks == [False, True, True]


@pytest.mark.parametrize("facts", [None, OPEN, replace(OPEN, represented_matches=False)])
def test_a_blocked_representative_is_refused_whatever_they_bring_and_nothing_is_counted(
    facts: RequestFacts | None,
) -> None:
    answer = judge(facts, representative_wrong_tries=10, blocked_until=NOW + INSTANT)
    assert answer == Wrong(Refusal.ACTIVATION_BLOCKED)


def test_a_refusal_counts_locks_and_blocks_nothing_unless_it_says_so() -> None:
    assert Wrong(Refusal.CODE_USED) == Wrong(
        Refusal.CODE_USED,
        count_on_code=False,
        count_on_representative=False,
        locks_code=False,
        blocks_representative=False,
    )


def test_a_block_is_over_at_its_last_moment() -> None:
    assert isinstance(judge(OPEN, representative_wrong_tries=9, blocked_until=NOW), Accepted)


def test_the_limits_can_be_set() -> None:
    limits = ActivationLimits(code_tries=1, representative_tries=1)
    answer = judge(replace(OPEN, represented_matches=False), limits=limits)
    assert answer == Wrong(
        Refusal.CODE_NOT_RECOGNISED,
        count_on_code=True,
        count_on_representative=True,
        locks_code=True,
        blocks_representative=True,
    )


def test_the_limits_are_five_tries_on_a_code_and_ten_by_a_representative_in_24_hours() -> None:
    assert ActivationLimits() == ActivationLimits(5, 10, timedelta(hours=24), timedelta(hours=24))


@given(any_facts, st.integers(0, 12))
def test_nobody_without_the_bsn_can_tell_a_wrong_code_from_a_code_in_any_state(
    facts: RequestFacts, tries: int
) -> None:
    known = judge(replace(facts, represented_matches=False), representative_wrong_tries=tries)
    unknown = judge(None, representative_wrong_tries=tries)
    assert isinstance(known, Wrong)
    assert isinstance(unknown, Wrong)
    assert known.refusal is unknown.refusal is Refusal.CODE_NOT_RECOGNISED
    assert known.blocks_representative is unknown.blocks_representative
    assert known.count_on_representative is unknown.count_on_representative is True


@given(any_facts)
def test_the_right_code_with_the_right_bsn_never_costs_a_try(facts: RequestFacts) -> None:
    answer = judge(replace(facts, represented_matches=True), representative_wrong_tries=9)
    if isinstance(answer, Wrong):
        assert answer == Wrong(answer.refusal)
    else:
        assert facts.state is RequestState.OPEN
        assert answer.period.first_day >= TODAY


@given(any_facts, st.integers(0, 12))
def test_a_try_that_locks_or_blocks_is_also_counted(facts: RequestFacts, tries: int) -> None:
    answer = judge(facts, representative_wrong_tries=tries)
    if isinstance(answer, Wrong):
        assert answer.count_on_code or not answer.locks_code
        assert answer.count_on_representative or not answer.blocks_representative


@given(days, st.integers(0, 500), st.integers(0, 500))
def test_an_effective_period_never_starts_before_the_day_of_activation(
    first_day: date, length: int, later: int
) -> None:
    last_day = first_day + timedelta(days=length)
    today = first_day + timedelta(days=later - 100)
    if today > last_day:
        with pytest.raises(InvalidPeriod):
            effective_period(first_day, last_day, today)
    else:
        assert effective_period(first_day, last_day, today) == Period(max(first_day, today), last_day)


def test_a_request_lives_whole_days_also_when_the_clock_changes() -> None:
    made = datetime(2027, 3, 4, 10, 25, tzinfo=UTC)  # 11.25 in Amsterdam; summer time begins on 28 March
    assert expiry_of_request(made, 30) == start_of(date(2027, 4, 4))
    assert expiry_of_request(made, 1) == start_of(date(2027, 3, 6))
    late = datetime(2027, 3, 4, 23, 30, tzinfo=UTC)  # it is 5 March there
    assert expiry_of_request(late, 30) == start_of(date(2027, 4, 5))
