"""Serves a WSGI application over real HTTP, on a port of its own, for as long as a test needs it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that left before a slow answer is what some tests are about."""


class _Quietly(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the screen."""


@contextmanager
def served(application: WSGIApplication) -> Iterator[str]:
    """The address of the application, without a slash at the end."""
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quietly)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
