"""The real stand-in for the registers of organisations, served over HTTP in a thread of the test process."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from volmacht.standins.organisation_register.app import OrganisationRegisterStandIn


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that http.server gives
        """Say nothing: a test's output is for what fails."""


class _Server(ThreadingMixIn, WSGIServer):
    """Answers on a socket that listens already."""

    daemon_threads = True

    def __init__(self, listening: socket.socket) -> None:
        super().__init__(listening.getsockname(), _Quiet, bind_and_activate=False)
        self.socket.close()
        self.socket = listening
        self.server_name, self.server_port = listening.getsockname()
        self.setup_environ()


@contextmanager
def serving(stand_in: OrganisationRegisterStandIn, listening: socket.socket) -> Iterator[None]:
    """Serve on a socket that listens already."""
    server = _Server(listening)
    server.set_app(stand_in)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
