"""Network ports: is one free, and does somebody answer there?"""

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from volmacht.cli.problem import CommandProblem
from volmacht.ports import is_free

ANSWER_SECONDS = 2.0


def require_free(port: int, purpose: str) -> None:
    """Raises CommandProblem when somebody listens on this port of the machine."""
    if not is_free(port):
        raise CommandProblem(
            f"port {port} ({purpose}) is in use by another program; stop that, "
            "or choose other ports, for example: PORT=8100 make run"
        )


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
