"""Network ports: is one free, and does somebody answer there?"""

import socket
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from volmacht.cli.problem import CommandProblem

ANSWER_SECONDS = 2.0


def require_free(port: int, purpose: str) -> None:
    """Raises CommandProblem when somebody listens on this port of the machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandProblem(
                f"port {port} ({purpose}) is in use by another program; stop that, "
                "or choose other ports, for example: PORT=8100 make run"
            ) from error


def answers(port: int, path: str, *, host: str = "localhost") -> bool:
    """Whether a page on this machine answers 200; `host` is the name under which it knows itself."""
    connection = HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
