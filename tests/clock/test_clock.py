"""The one clock: real unless tried out, then it moves forward only, and every process sees it."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from volmacht import clock

DAY = timedelta(days=1)
SOON = timedelta(seconds=5)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def offset_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of this test's own; the process goes back to its own afterwards."""
    monkeypatch.setattr(clock, "_offset_file", None)
    monkeypatch.setattr(clock, "_offset_seen", ((0, 0), timedelta()))
    path = tmp_path / "clock-offset"
    clock.use_offset_file(path)
    return path


def ahead() -> timedelta:
    """How far the clock is ahead of the wall clock."""
    return clock.now() - clock.wall_clock()


def in_another_process(offset_file: Path) -> timedelta:
    """How far a process that starts now thinks it is ahead."""
    program = (
        "import sys; from pathlib import Path; from volmacht import clock; "
        "clock.use_offset_file(Path(sys.argv[1])); "
        "print((clock.now() - clock.wall_clock()).total_seconds())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(offset_file)], capture_output=True, text=True, check=True
    )
    return timedelta(seconds=float(done.stdout))


def test_the_clock_gives_utc_with_its_time_zone() -> None:
    for moment in (clock.now(), clock.wall_clock()):
        assert moment.utcoffset() == timedelta()
        assert abs(moment - datetime.now(UTC)) < SOON


def test_a_clock_that_nobody_moved_is_the_wall_clock(offset_file: Path) -> None:
    assert abs(ahead()) < SOON
    assert not offset_file.exists()


def test_moving_forward_adds_up_and_leaves_the_wall_clock(offset_file: Path) -> None:
    wall = clock.wall_clock()
    clock.move_forward(DAY)
    clock.move_forward(timedelta(days=90, seconds=7))
    assert abs(ahead() - timedelta(days=91, seconds=7)) < SOON
    assert abs(clock.wall_clock() - wall) < SOON
    assert clock.today() == (clock.now().astimezone(ZoneInfo("Europe/Amsterdam"))).date()


def test_the_clock_does_not_go_back(offset_file: Path) -> None:
    clock.move_forward(DAY)
    with pytest.raises(ValueError, match="only moves forward"):
        clock.move_forward(timedelta(seconds=-1))
    assert abs(ahead() - DAY) < SOON


def test_a_real_clock_cannot_be_moved(offset_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_offset_file", None)
    assert not clock.can_move()
    with pytest.raises(clock.ClockCannotMove):
        clock.move_forward(DAY)
    assert abs(ahead()) < SOON


def test_every_process_sees_where_the_clock_was_moved(offset_file: Path) -> None:
    assert clock.can_move()
    assert abs(in_another_process(offset_file)) < SOON
    clock.move_forward(5 * DAY)
    assert abs(in_another_process(offset_file) - 5 * DAY) < SOON


def test_this_process_sees_what_another_did(offset_file: Path) -> None:
    clock.move_forward(DAY)
    assert abs(ahead() - DAY) < SOON
    other = offset_file.with_suffix(".other")
    other.write_text(str(int((3 * DAY).total_seconds())))
    other.replace(offset_file)
    assert abs(ahead() - 3 * DAY) < SOON


def test_moves_right_after_one_another_are_all_seen(offset_file: Path) -> None:
    for number in range(1, 200):
        clock.move_forward(timedelta(hours=1))
        assert abs(ahead() - timedelta(hours=number)) < SOON


def test_two_who_move_the_clock_at_once_move_it_twice(offset_file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: clock.move_forward(DAY), range(40)))
    assert abs(ahead() - 40 * DAY) < SOON
    assert abs(in_another_process(offset_file) - 40 * DAY) < SOON


def test_a_stopped_clock_stands_still_in_every_thread(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOON)
    seen: list[datetime] = []
    thread = threading.Thread(target=lambda: seen.append(clock.now()))
    thread.start()
    thread.join()
    assert [*seen, clock.now()] == [NOON, NOON]


def test_stopping_within_stopping_goes_back_to_the_moment_before() -> None:
    with clock.stopped_at(NOON):
        with clock.stopped_at(NOON - DAY):
            assert clock.now() == NOON - DAY
        assert clock.now() == NOON
        with pytest.raises(KeyError), clock.stopped_at(NOON + DAY):
            raise KeyError
        assert clock.now() == NOON
    assert abs(clock.now() - clock.wall_clock()) < SOON or clock.can_move()


def test_a_moment_in_another_time_zone_is_kept_in_utc() -> None:
    with clock.stopped_at(NOON.astimezone(ZoneInfo("Europe/Amsterdam"))):
        assert clock.now() == NOON
        assert clock.now().tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 21, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
    ],
)
def test_today_begins_at_midnight_in_amsterdam(moment: datetime, day: date) -> None:
    with clock.stopped_at(moment):
        assert clock.today() == day


def test_ticks_go_forward_whatever_the_clock_says(offset_file: Path) -> None:
    before = clock.ticks()
    clock.move_forward(DAY)
    with clock.stopped_at(NOON):
        assert 0 <= clock.ticks() - before < SOON.total_seconds()
