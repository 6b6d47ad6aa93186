"""Counters: so many in a window, counted for good, per kind and per person, and swept when they are over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction

from volmacht import clock
from volmacht.limits import operations
from volmacht.limits.models import Window
from volmacht.limits.operations import LIMITS, Limit, Limited, allow, allow_here, sweep

START = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
FEW = Limited.EMAIL_PER_PERSON


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The wall clock; its one element can be changed."""
    moments = [START]
    monkeypatch.setattr(clock, "wall_clock", lambda: moments[0])
    return moments


def tries(what: Limited, who: str, number: int) -> list[bool]:
    """Try so many times."""
    return [allow(what, who) for _ in range(number)]


@pytest.mark.parametrize("what", [what for what in Limited if LIMITS[what].count < 1000])
def test_so_many_are_allowed_and_no_more(db: None, wall: list[datetime], what: Limited) -> None:
    most = LIMITS[what].count
    assert tries(what, "a", most + 3) == [True] * most + [False] * 3


def test_everything_that_is_limited_has_a_limit() -> None:
    assert set(LIMITS) == set(Limited)
    assert all(limit.count > 0 and limit.window > timedelta() for limit in LIMITS.values())


def test_a_new_window_gives_new_tries(db: None, wall: list[datetime]) -> None:
    limit = LIMITS[FEW]
    assert not tries(FEW, "a", limit.count + 1)[-1]
    wall[0] = START + limit.window - timedelta(seconds=1)
    assert not allow(FEW, "a")
    wall[0] = START + limit.window
    assert tries(FEW, "a", limit.count + 1) == [True] * limit.count + [False]


def test_people_and_kinds_are_counted_apart(db: None, wall: list[datetime]) -> None:
    tries(FEW, "a", LIMITS[FEW].count + 1)
    assert not allow(FEW, "a")
    assert allow(FEW, "b")
    assert allow(Limited.CODE_PER_PERSON, "a")


def test_who_is_counted_cannot_be_read(db: None, wall: list[datetime]) -> None:
    address = "2001:db8::7"
    allow(Limited.LOG_IN_PER_ADDRESS, address)
    allow(Limited.PLAN_PER_ADDRESS, address)
    hashes = {bytes(who) for who in Window.objects.values_list("who", flat=True)}
    assert len(hashes) == 2
    assert not any(address.encode() in digest for digest in hashes)


def test_moving_the_demo_clock_gives_nobody_new_tries(db: None, wall: list[datetime]) -> None:
    tries(FEW, "a", LIMITS[FEW].count)
    with clock.stopped_at(START + timedelta(days=90)):
        assert not allow(FEW, "a")


def test_a_try_counts_although_the_request_fails(committed_db: None) -> None:
    def request() -> None:
        allow(FEW, "a")
        with transaction.atomic():
            Window.objects.all().delete()
            raise OperationalError

    for _ in range(LIMITS[FEW].count):
        with pytest.raises(OperationalError):
            request()
    assert not allow(FEW, "a")


def test_inside_a_transaction_that_could_undo_it_nothing_is_counted(committed_db: None) -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        allow(FEW, "a")
    assert not Window.objects.exists()


def test_many_at_once_are_all_counted(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(operations.LIMITS, FEW, Limit(25, timedelta(days=3650)))
    who = str(uuid4())

    def several(_: int) -> list[bool]:
        try:
            return tries(FEW, who, 10)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = [allowed for part in pool.map(several, range(4)) for allowed in part]
    assert (answers.count(True), answers.count(False)) == (25, 15)


def test_windows_that_no_limit_looks_at_are_swept(db: None, wall: list[datetime]) -> None:
    longest = max(limit.window for limit in LIMITS.values())
    allow(FEW, "a")
    wall[0] = START + longest
    allow(FEW, "b")
    assert sweep() == 0
    wall[0] = START + longest + timedelta(seconds=1)
    assert sweep() == 1
    assert Window.objects.count() == 1
    assert allow(FEW, "b")


def test_a_caller_is_kept_from_running_wild_without_a_row_for_each_call(
    wall: list[datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(operations.LIMITS, Limited.REST_PER_CLIENT, Limit(2, timedelta(minutes=1)))
    assert [allow_here(Limited.REST_PER_CLIENT, "a") for _ in range(3)] == [True, True, False]
    assert allow_here(Limited.REST_PER_CLIENT, "b")
    wall[0] = START + timedelta(minutes=1)
    assert allow_here(Limited.REST_PER_CLIENT, "a")


def test_of_calls_at_once_none_is_left_out(wall: list[datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(operations.LIMITS, Limited.DOOR_PER_CONNECTION, Limit(500, timedelta(days=1)))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: allow_here(Limited.DOOR_PER_CONNECTION, "many"), range(600)))
    assert answers.count(True) == 500
