"""The only module that reads the clock. Everything else asks `now()` or `today()`.

In profile demo the clock can be moved forward (`move_forward`); the offset stands in a file in the data
folder, so that every process sees it at once. Tests stop the clock with `stopped_at`. Session and
network time-outs use `wall_clock()`, which nobody can move.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from volmacht.rules.periods import day_of

_stopped: datetime | None = None
_offset_file: Path | None = None
_offset_seen: tuple[tuple[int, int], timedelta] = ((0, 0), timedelta())


class ClockCannotMove(RuntimeError):
    """The clock is real here: only a demo installation can move it."""


def use_offset_file(path: Path) -> None:
    """Let the clock be moved (profile demo): the file holds whole seconds, and need not exist yet."""
    global _offset_file  # noqa: PLW0603 - one clock for a process
    _offset_file = path


def _offset() -> timedelta:
    global _offset_seen  # noqa: PLW0603 - remembered between calls, so that the file is read once per change
    if _offset_file is None:
        return timedelta()
    try:
        found = os.stat(_offset_file)  # noqa: PTH116 - a hot path: a quarter of Path.stat
    except FileNotFoundError:
        return timedelta()
    version = (
        found.st_mtime_ns,
        found.st_ino,
    )  # moves can follow one another within one tick of a file system
    if version != _offset_seen[0]:
        _offset_seen = (version, _read(_offset_file))
    return _offset_seen[1]


def _read(offset_file: Path) -> timedelta:
    return timedelta(seconds=int(offset_file.read_text() or "0"))


def wall_clock() -> datetime:
    """The real moment, in UTC, whatever the demo clock says."""
    return datetime.now(UTC)


def ticks() -> float:
    """Seconds that only go forward, for measuring how long something took or is old; nobody can move them."""
    return time.monotonic()


def now() -> datetime:
    """The moment Volmacht lives in: aware, UTC."""
    if _stopped is not None:
        return _stopped
    return wall_clock() + _offset()


def today() -> date:
    """The calendar day in Europe/Amsterdam."""
    return day_of(now())


def can_move() -> bool:
    """Whether this installation may move its clock."""
    return _offset_file is not None


def move_forward(by: timedelta) -> None:
    """Move the demo clock forward, for every process. Raises ClockCannotMove, or ValueError for going back."""
    if _offset_file is None:
        raise ClockCannotMove
    if by < timedelta():
        raise ValueError("the clock only moves forward")
    with _offset_file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two who move it at once move it twice; closing the file lets go
        before = _read(_offset_file) if _offset_file.exists() else timedelta()
        part = _offset_file.with_suffix(".new")
        part.write_text(str(int((before + by).total_seconds())))
        part.replace(_offset_file)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Stop the clock at a moment, in every thread: for tests, and for replaying a demo scenario's past."""
    global _stopped  # noqa: PLW0603 - one clock for a process
    before, _stopped = _stopped, moment.astimezone(UTC)
    try:
        yield
    finally:
        _stopped = before
