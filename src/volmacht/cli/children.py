"""Child processes that are kept running: started together, restarted when one dies, stopped together.

Knows nothing of what the children do. A child that dies five times quickly takes everything down, with its
last words: restarting for ever would hide that nothing works.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from volmacht import clock
from volmacht.cli.problem import CommandProblem

QUICK_SECONDS = 10.0
QUICK_DEATHS = 5
FIRST_PAUSE_SECONDS = 0.25
STOP_SECONDS = 4.0
LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 20.0
LAST_LINES = 15
PREVIOUS_LOGS = 3


@dataclass(frozen=True, slots=True)
class Child:
    """A process to keep running; what it prints goes to `log`, or to our own output when None."""

    name: str
    command: tuple[str, ...]
    log: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def python(
        cls,
        name: str,
        module: str,
        *arguments: str,
        log: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> "Child":
        """A Python module run with the interpreter that runs us, with these variables beside our own."""
        return cls(name, (sys.executable, "-m", module, *arguments), log, environment or {})

    def last_words(self) -> str:
        """The end of its log; a pointer to the output above when it has none."""
        if self.log is None:
            return "See what it printed above."
        lines = self.log.read_text(errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join([f"Its last words ({self.log}):", *(f"  {line}" for line in lines)])


def set_log_aside(child: Child) -> None:
    """Begin a new log; the previous ones stay beside it, numbered from the youngest, so that a crash can be found."""
    if child.log is None or not child.log.exists():
        return
    for number in range(PREVIOUS_LOGS, 0, -1):
        younger = child.log.with_name(f"{child.log.name}.{number - 1}") if number > 1 else child.log
        if younger.exists():
            younger.replace(child.log.with_name(f"{child.log.name}.{number}"))


def start(child: Child) -> subprocess.Popen[bytes]:
    """Start one child; it stops when we are gone.

    It leads a session of its own: Ctrl+C in a terminal reaches us only, and what it starts itself can be found.
    """
    command = (sys.executable, "-m", "volmacht.cli.tethered", *child.command)
    environment = {**os.environ, **child.environment, "PYTHONUNBUFFERED": "1"}
    if child.log is None:
        return subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own command
    child.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with child.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - our own command
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask all to stop; after four seconds, make them and whatever they started."""
    for process in processes:
        process.terminate()
    ends = clock.ticks() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, ends - clock.ticks()))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def running(child: Child) -> Iterator[subprocess.Popen[bytes]]:
    """One child for as long as the block lasts."""
    process = start(child)
    try:
        yield process
    finally:
        stop([process])


@dataclass(slots=True)
class _Life:
    """One child's present process, and how often it died quickly."""

    child: Child
    process: subprocess.Popen[bytes]
    started_at: float
    quick_deaths: int = 0
    start_again_at: float | None = None


@dataclass
class Supervisor:
    """Keeps the children running until told to stop. `announce` is called when a child is started again."""

    children: Sequence[Child]
    announce: Callable[[str], None]
    _stopping: threading.Event = field(default_factory=threading.Event)
    _lives: list[_Life] = field(default_factory=list)

    def stop_at_signals(self) -> None:
        """SIGTERM and SIGINT end `keep_running`."""

        def told(_number: int, _frame: FrameType | None) -> None:
            self._stopping.set()

        signal.signal(signal.SIGTERM, told)
        signal.signal(signal.SIGINT, told)

    def keep_running(self, ready: Callable[[], bool], when_ready: Callable[[], None]) -> None:
        """Start all; call `when_ready` once `ready` says so; return when told to stop.

        Raises CommandProblem when a child cannot be kept running. All children are stopped in either case.
        """
        told, patience_ends = False, clock.ticks() + PATIENCE_SECONDS
        try:
            for child in self.children:
                self._lives.append(_Life(child, start(child), clock.ticks()))
            while not self._stopping.wait(LOOK_SECONDS):
                for life in self._lives:
                    self._look_after(life)
                if not told and ready():
                    told = True
                    when_ready()
                if not told and clock.ticks() > patience_ends:
                    patience_ends = float("inf")
                    self.announce(f"not everything is ready after {PATIENCE_SECONDS:g} s; still trying")
        finally:
            stop([life.process for life in self._lives])

    def _look_after(self, life: _Life) -> None:
        now = clock.ticks()
        if life.start_again_at is not None:
            if now >= life.start_again_at:
                life.process, life.started_at, life.start_again_at = start(life.child), now, None
            return
        status = life.process.poll()
        if status is None or self._stopping.is_set():
            return
        stop([life.process])  # what it started must not outlive it
        life.quick_deaths = life.quick_deaths + 1 if now - life.started_at < QUICK_SECONDS else 1
        if life.quick_deaths >= QUICK_DEATHS:
            raise CommandProblem(f"the {life.child.name} stops again and again.\n{life.child.last_words()}")
        pause = FIRST_PAUSE_SECONDS * 2**life.quick_deaths
        self.announce(f"the {life.child.name} stopped (status {status}) and is started again in {pause:g} s")
        life.start_again_at = now + pause
