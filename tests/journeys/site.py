"""A real installation for journeys: `volmacht run` in profile demo, its own data folder, ports and processes.

On SQLite: what a browser sees does not depend on the database, and the operations below are tested on both.
The first start takes most of its time to set up; a copy of what it leaves starts three times as fast, on other ports.
"""

import fcntl
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from json import dumps
from pathlib import Path

from tests.cli.commands import COMMAND, environment, eventually

START_SECONDS = 150
STOP_SECONDS = 15
ORDINARY = ('"event": "request"', "[INFO]", "[WARNING] Configuration allows")
LONGEST_LINE, MOST_LINES = 400, 60


@dataclass
class Site:
    """Where it runs; `stop` and `start` it as an operator would."""

    data: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        """Volmacht; one higher the population register, two higher Gemeente Voorbeeld."""
        return int(self.environment["PORT"])

    @property
    def address(self) -> str:
        """Where Volmacht is."""
        return f"http://localhost:{self.port}"

    @property
    def provider_address(self) -> str:
        """Where Gemeente Voorbeeld is."""
        return f"http://localhost:{self.port + 2}"

    @property
    def _output(self) -> Path:
        return self.data / "output"

    def told(self) -> str:
        """What its processes wrote down that is no ordinary request, for who looks into a failing journey."""
        lines = [
            f"{file.stem}: {line[:LONGEST_LINE]}"
            for file in sorted((self.data / "log").glob("*.log"))
            for line in file.read_text(errors="replace").splitlines()
            if line and not any(word in line for word in ORDINARY)
        ]
        return "\n".join(lines[-MOST_LINES:])

    def start(self) -> None:
        """Start it and wait until everything answers."""
        with self._output.open("wb") as output:
            self.process = subprocess.Popen(
                (*COMMAND, "run"), env=self.environment, stdout=output, stderr=output
            )
        running = self.process
        eventually(lambda: self._tells_it_runs() or running.poll() is not None, START_SECONDS)
        assert self._tells_it_runs(), self._output.read_text()[-2000:]

    def _tells_it_runs(self) -> bool:
        return "Volmacht draait" in self._output.read_text()

    def stop(self) -> int:
        """Stop it with SIGTERM; its exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)

    def volmacht(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the operator on this installation."""
        return subprocess.run(
            (*COMMAND, *words), env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def somebody_dies(self, bsn: str, day: str) -> None:
        """The population register says that somebody died."""
        register = HTTPConnection("127.0.0.1", self.port + 1, timeout=10)
        register.request(
            "POST",
            "/stand-in/person",
            body=dumps({"bsn": bsn, "died": day}),
            headers={"X-API-KEY": "demo-key", "Content-Type": "application/json"},
        )
        answer = register.getresponse()
        assert answer.status == 200, answer.read()
        register.close()


def after_first_start(shared: Path) -> Path:
    """The data folder that a first start leaves, made by the worker that asks first; to be copied, not to be used."""
    folder, done = shared / "first-start", shared / "first-start.done"
    with (shared / "first-start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            folder.mkdir()
            with installed(folder):
                pass
            done.touch()
    return folder


@contextmanager
def installed(data: Path, *, copied_from: Path | None = None) -> Iterator[Site]:
    """An installation with the demo scenario, until the block ends."""
    if copied_from is not None:
        shutil.copytree(copied_from, data, dirs_exist_ok=True)
    site = Site(data, environment(data))
    try:
        site.start()
        yield site
    finally:
        site.stop()
