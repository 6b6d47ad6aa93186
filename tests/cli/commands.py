"""Carrying out the `volmacht` command in a process of its own, on a data folder of its own."""

import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from volmacht.ports import is_free

COMMAND = (sys.executable, "-m", "volmacht.cli.main")


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of the test's own installation, with these variables changed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("VOLMACHT_", "DJANGO_"))}
    return {**own, "VOLMACHT_DATA": str(data), "PORT": str(free_port()), **more}


def free_port() -> int:
    """The first of ten ports in a row that nobody uses, below those that the system hands out by itself: no
    connection takes one between now and the moment at which it is used."""
    while True:
        port = secrets.randbelow(1_500) * 10 + 15_000
        if all(is_free(port + n) for n in range(10)):
            return port


def volmacht(data: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Carry out one command to its end."""
    return subprocess.run(
        (*COMMAND, *words),
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def volmacht_running(env: dict[str, str], *words: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A command that goes on, until the block ends."""
    with log.open("wb") as output:
        process = subprocess.Popen((*COMMAND, *words), env=env, stdout=output, stderr=output)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.wait(15)


def eventually(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes true in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.05)
    return False
