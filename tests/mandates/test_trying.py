"""What a try with a code costs, and what its answer gives away (DM-17, DM-20, DM-22)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests.mandates import scene
from tests.mandates.conftest import NOON
from tests.mandates.messages import kinds_to, with_email
from tests.mandates.scene import Someone
from tests.population_register import PopulationRegisterControl
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about, history_of
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.mandates.operations import ActivationDone, CodeMade, Recognised, replace_code, withdraw_request
from volmacht.mandates.queries import blocked_until, list_requests
from volmacht.notifications.kinds import MessageKind
from volmacht.rules.activating import RequestState
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal, Refused

WRONG = Refused(Refusal.CODE_NOT_RECOGNISED)
Clock = Callable[[datetime], None]


def test_a_wrong_code_and_a_wrong_bsn_get_the_same_answer_after_as_many_queries(
    mother: Someone,
    daughter: Someone,
    neighbour: Someone,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = scene.request(mother)
    scene.try_code(
        daughter, neighbour.bsn, scene.wrong_code()
    )  # what is read once for a process has been read
    with CaptureQueriesContext(connection) as asked:
        assert scene.try_code(daughter, mother.bsn, scene.wrong_code()) == WRONG
    with django_assert_num_queries(len(asked)):
        assert scene.try_code(daughter, neighbour.bsn, made.code) == WRONG
    unknown_here = scene.main_character("grandson").bsn
    with django_assert_num_queries(len(asked)):
        assert scene.try_code(daughter, unknown_here, made.code) == WRONG


def test_the_try_that_locks_a_code_takes_one_query_more_and_only_for_the_mail_it_writes(
    mother: Someone, daughter: Someone, neighbour: Someone, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = [scene.request(mother).code, scene.request(mother).code]
    for person, code in zip((daughter, neighbour), codes, strict=True):
        for _ in range(4):
            scene.try_code(person, scene.main_character("widow").bsn, code)
    CATALOGUE.view(fresh=True)  # else a slow machine may ask within, as once a second
    with CaptureQueriesContext(connection) as asked:
        assert scene.try_code(daughter, mother.bsn, scene.wrong_code()) == WRONG
    CATALOGUE.view(fresh=True)
    with django_assert_num_queries(len(asked)):
        assert scene.try_code(daughter, neighbour.bsn, codes[0]) == WRONG
    with_email(mother)
    CATALOGUE.view(fresh=True)
    with django_assert_num_queries(len(asked) + 1):
        assert scene.try_code(neighbour, daughter.bsn, codes[1]) == WRONG
    assert kinds_to(mother).count(MessageKind.CODE_LOCKED) == 1


def test_a_wrong_try_is_answered_without_asking_the_population_register(
    mother: Someone,
    daughter: Someone,
    neighbour: Someone,
    population_register: PopulationRegisterControl,
) -> None:
    made = scene.request(mother)
    population_register.fail()
    assert scene.try_code(daughter, neighbour.bsn, made.code) == WRONG
    assert scene.activate(daughter, neighbour, made.code) == WRONG
    assert scene.activate(daughter, mother, scene.wrong_code()) == WRONG
    assert scene.activate(daughter, mother, made.code) == Refused(Refusal.REGISTER_UNAVAILABLE)


def test_the_fifth_wrong_bsn_locks_the_code_and_tells_the_represented_person(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    with_email(mother)
    made = scene.request(mother)
    for _ in range(4):
        assert scene.try_code(daughter, neighbour.bsn, made.code) == WRONG
    assert MessageKind.CODE_LOCKED not in kinds_to(mother)
    assert scene.try_code(daughter, neighbour.bsn, made.code) == WRONG
    assert scene.try_code(daughter, mother.bsn, made.code) == Refused(Refusal.CODE_LOCKED)
    assert kinds_to(mother).count(MessageKind.CODE_LOCKED) == 1


def test_tries_of_different_people_count_together_on_the_code(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for helper in [daughter] * 3 + [scene.main_character("widow")] * 2:
        assert scene.try_code(helper, neighbour.bsn, made.code) == WRONG
    assert scene.try_code(daughter, mother.bsn, made.code) == Refused(Refusal.CODE_LOCKED)


def test_who_has_not_the_bsn_does_not_learn_that_the_code_is_locked(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    assert {scene.try_code(daughter, neighbour.bsn, made.code) for _ in range(7)} == {WRONG}


def test_four_wrong_tries_do_not_stand_in_the_way_of_the_right_one(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for _ in range(4):
        scene.try_code(daughter, neighbour.bsn, made.code)
    assert isinstance(scene.activate(daughter, mother, made.code), ActivationDone)


def test_a_new_code_unlocks_the_request_and_can_be_locked_again(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    with_email(mother)
    made = scene.request(mother)
    for _ in range(5):
        scene.try_code(daughter, neighbour.bsn, made.code)
    again = replace_code(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    assert isinstance(again, CodeMade)
    other = scene.main_character("widow")
    for _ in range(5):
        assert scene.try_code(other, neighbour.bsn, again.code) == WRONG
    assert scene.try_code(daughter, mother.bsn, again.code) == Refused(Refusal.CODE_LOCKED)
    assert kinds_to(mother).count(MessageKind.CODE_LOCKED) == 2


def test_tries_with_a_replaced_code_do_not_lock_the_one_that_took_its_place(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    lost = scene.request(mother)
    again = replace_code(request_id=lost.id, represented=mother.id, environment=Environment.PRODUCTION)
    assert isinstance(again, CodeMade)
    for _ in range(9):
        assert scene.try_code(neighbour, daughter.bsn, lost.code) == WRONG
    assert [request.state for request in list_requests(mother.id, environment=Environment.PRODUCTION)] == [
        RequestState.OPEN
    ]
    assert isinstance(scene.activate(daughter, mother, again.code), ActivationDone)
    assert scene.try_code(neighbour, daughter.bsn, lost.code) == WRONG
    assert (
        blocked_until(neighbour.id, environment=Environment.PRODUCTION) is not None
    )  # the tries do count on who made them


def test_the_tenth_wrong_try_blocks_the_representative_whatever_they_bring(
    mother: Someone, daughter: Someone
) -> None:
    made = scene.request(mother)
    for number in range(10):
        assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None, number
        assert scene.try_code(daughter, mother.bsn, scene.wrong_code()) == WRONG
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) == NOON + timedelta(hours=24)
    assert scene.try_code(daughter, mother.bsn, made.code) == Refused(
        Refusal.ACTIVATION_BLOCKED, (NOON + timedelta(days=1)).date()
    )
    assert EventKind.REPRESENTATIVE_BLOCKED in {event.kind for event in history_about(daughter.id)}


def test_the_represented_person_hears_of_a_block_that_came_from_tries_with_their_code(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    with_email(mother)
    made = scene.request(mother)
    for _ in range(9):
        scene.try_code(daughter, neighbour.bsn, scene.wrong_code())
    scene.try_code(daughter, neighbour.bsn, made.code)
    assert kinds_to(mother).count(MessageKind.ACTIVATION_BLOCKED) == 1


def test_everybody_whose_code_was_tried_before_a_block_hears_of_it_once(
    clock_at: Clock, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    widow, long_ago = scene.main_character("widow"), scene.main_character("grandfather")
    with_email(mother, widow, long_ago)
    scene.try_code(daughter, neighbour.bsn, scene.request(long_ago, scene.INCOME_TAX).code)
    clock_at(NOON + timedelta(hours=24))
    codes = [scene.request(mother).code, scene.request(mother, scene.PENSION).code]
    for code in (*codes, *codes, scene.request(widow, scene.INCOME_TAX).code):
        scene.try_code(daughter, neighbour.bsn, code)
    for _ in range(5):
        scene.try_code(daughter, neighbour.bsn, scene.wrong_code())
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is not None
    told = [kinds_to(person).count(MessageKind.ACTIVATION_BLOCKED) for person in (mother, widow, long_ago)]
    assert told == [1, 1, 0]


def test_the_day_of_a_block_is_the_one_in_amsterdam(
    clock_at: Clock, mother: Someone, daughter: Someone
) -> None:
    clock_at(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))  # 24 November, half past midnight
    for _ in range(10):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    refused = scene.try_code(daughter, mother.bsn, scene.wrong_code())
    assert isinstance(refused, Refused)
    assert f"{refused.day}" == "2026-11-25"


def test_a_blocked_representative_pays_nothing_and_counts_nothing_on_the_code(
    clock_at: Clock, mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for _ in range(10):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    for _ in range(6):
        scene.try_code(daughter, neighbour.bsn, made.code)
    clock_at(NOON + timedelta(hours=24))
    assert isinstance(scene.activate(daughter, mother, made.code), ActivationDone)


@pytest.mark.parametrize(
    ("later", "blocked"), [(timedelta(hours=24), False), (timedelta(hours=23, minutes=59), True)]
)
def test_wrong_tries_count_for_a_moving_24_hours(
    clock_at: Clock, mother: Someone, daughter: Someone, later: timedelta, blocked: bool
) -> None:
    for _ in range(9):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    clock_at(NOON + later)
    scene.try_code(daughter, mother.bsn, scene.wrong_code())
    assert (blocked_until(daughter.id, environment=Environment.PRODUCTION) is not None) is blocked


def test_a_block_of_one_person_leaves_others_free(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    for _ in range(10):
        scene.try_code(daughter, mother.bsn, scene.wrong_code())
    assert isinstance(scene.try_code(neighbour, mother.bsn, made.code), Recognised)


def test_ones_own_bsn_is_refused_and_costs_no_try(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    for _ in range(11):
        assert scene.try_code(daughter, daughter.bsn, made.code) == Refused(Refusal.SAME_PERSON)
        assert scene.activate(mother, mother, made.code) == Refused(Refusal.SAME_PERSON)
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None


def test_a_right_code_that_opens_nothing_any_more_costs_no_try(mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    withdraw_request(request_id=made.id, represented=mother.id, environment=Environment.PRODUCTION)
    for _ in range(11):
        assert scene.try_code(daughter, mother.bsn, made.code) == Refused(Refusal.CODE_WITHDRAWN)
    assert blocked_until(daughter.id, environment=Environment.PRODUCTION) is None


def test_every_wrong_try_stands_in_the_chain_with_whom_it_concerns(
    mother: Someone, daughter: Someone, neighbour: Someone
) -> None:
    made = scene.request(mother)
    scene.try_code(daughter, neighbour.bsn, made.code)
    scene.try_code(daughter, mother.bsn, scene.wrong_code())
    failed = [event for event in history_of(made.id) if event.kind is EventKind.CODE_TRY_FAILED]
    assert [(event.subject_id, event.actor.id) for event in failed] == [(mother.id, daughter.id)]
    mine = [event for event in history_about(daughter.id) if event.kind is EventKind.CODE_TRY_FAILED]
    assert {event.subject_id for event in mine} == {mother.id, daughter.id}
