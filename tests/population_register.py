"""The real stand-in for the population register, served over HTTP in a thread of the test process.

Every test that uses the database can reach it; `population_register` (in conftest) changes what it says.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register

KEY = "demo-key"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: list[tuple[str, str]]
    content: bytes


def _ask(
    stand_in: PopulationRegisterStandIn, method: str, path: str, content: bytes, headers: Mapping[str, str]
) -> _Answer:
    """Call the stand-in as a web server does."""
    began: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        began.append((status, headers))
        return lambda _written: None

    environ = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()} | {
        "PATH_INFO": path,
        "REQUEST_METHOD": method,
        "CONTENT_TYPE": headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(content)),
        "wsgi.input": BytesIO(content),
    }
    answer = b"".join(stand_in(environ, start))
    status, answered = began[0]
    return _Answer(int(status.split()[0]), answered, answer)


class _Handler(BaseHTTPRequestHandler):
    """Keeps connections open, as a register does: tests ask thousands of times."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # an answer leaves in one piece

    def do_POST(self) -> None:
        """Pass a question on to the stand-in as it is now."""
        assert isinstance(self.server, _Server)
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = dict(self.headers.items())
        answer = _ask(self.server.control.stand_in, self.command, self.path, content, headers)
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.content)

    do_GET = do_POST  # noqa: N815 - the name that http.server gives

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives
        """Say nothing: a test's output is for what fails."""


@cache
def people() -> tuple[Person, ...]:
    """Everybody in the register, read once."""
    return load_people()


class PopulationRegisterControl:
    """The register's switches. Facts and faults go back to those of the files after the test."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Everybody and everything as in the files."""
        self.stand_in = PopulationRegisterStandIn(Register(people()), KEY, faults_enabled=True)

    def person(self, handle: str) -> Person:
        """A main character, by handle."""
        return next(person for person in people() if person.handle == handle)

    def with_case(self, case: str) -> Person:
        """Somebody with an unusual situation, by the name that the file gives it."""
        return next(person for person in people() if person.case == case)

    def die(self, bsn: str, day: date | None = None) -> None:
        """Somebody died; on an unknown day when none is given."""
        self._switch("/stand-in/person", {"bsn": bsn, "died": day.isoformat() if day else "unknown"})

    def place_under_guardianship(self, bsn: str, *, on: bool = True) -> None:
        """Somebody is placed under guardianship, or no longer."""
        self._switch("/stand-in/person", {"bsn": bsn, "guardianship": on})

    def fail(self, *, delay_seconds: float = 0, unavailable: bool = True) -> None:
        """The register answers late, or not."""
        self._switch("/stand-in/fault", {"delay_seconds": delay_seconds, "unavailable": unavailable})

    def _switch(self, path: str, body: dict[str, object]) -> None:
        headers = {"X-API-KEY": KEY, "Accept": "application/json", "Content-Type": "application/json"}
        answer = _ask(self.stand_in, "POST", path, json.dumps(body).encode(), headers)
        assert answer.status == HTTPStatus.OK, answer.content


class _Server(ThreadingHTTPServer):
    """Answers on a socket that listens already."""

    def __init__(self, control: PopulationRegisterControl, listening: socket.socket) -> None:
        super().__init__(listening.getsockname(), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.control = control


@contextmanager
def serving(control: PopulationRegisterControl, listening: socket.socket) -> Iterator[None]:
    """Serve on a socket that listens already."""
    server = _Server(control, listening)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
