"""The real stand-in for the population register, served over HTTP in a thread of the test process.

Every test that uses the database can reach it; `population_register` (in conftest) changes what it says.
"""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from http import HTTPStatus
from io import BytesIO
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register

KEY = "demo-key"


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that wsgiref gives
        """Say nothing: a test's output is for what fails."""


@cache
def people() -> tuple[Person, ...]:
    """Everybody in the register, read once."""
    return load_people()


class PopulationRegisterControl:
    """The register's switches. Facts and faults go back to those of the files after the test."""

    def __init__(self) -> None:
        self.reset()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Pass on to the stand-in as it is now."""
        return self._standin(environ, start_response)

    def reset(self) -> None:
        """Everybody and everything as in the files."""
        self._standin = PopulationRegisterStandIn(Register(people()), KEY, faults_enabled=True)

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
        content = json.dumps(body).encode()
        seen: list[str] = []

        def started(status: str, _headers: object, _error: object = None, /) -> Callable[[bytes], object]:
            seen.append(status)
            return lambda _written: None

        environ = {
            "PATH_INFO": path,
            "REQUEST_METHOD": "POST",
            "HTTP_X_API_KEY": KEY,
            "HTTP_ACCEPT": "application/json",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "wsgi.input": BytesIO(content),
        }
        answer = b"".join(self._standin(environ, started))
        assert int(seen[0].split()[0]) == HTTPStatus.OK, answer


@contextmanager
def serving(control: PopulationRegisterControl, listening: socket.socket) -> Iterator[None]:
    """Serve on a socket that listens already."""
    server = _Server(listening.getsockname(), _Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = "127.0.0.1", listening.getsockname()[1]
    server.setup_environ()
    server.set_app(control)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
