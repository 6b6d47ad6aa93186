"""`volmacht run` as a newcomer meets it, in processes of its own, over HTTP."""

import signal
import socket
import time
from http import HTTPStatus
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.commands import environment, eventually, free_port, volmacht, volmacht_running
from volmacht.cli.ports import answers
from volmacht.ports import is_free

FIRST_START_SECONDS = 60
SECOND_START_SECONDS = 20  # five on a machine with nothing else to do
STOP_SECONDS = 5


def end_of(log: Path) -> str:
    """The last it said."""
    return log.read_text()[-2000:]


def title(port: int, path: str) -> str:
    """What the title of a page is."""
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        assert answer.status == HTTPStatus.OK
        text: str = answer.read().decode()
    return text.split("<title>")[1].split("</title>", maxsplit=1)[0].strip()


def test_one_command_sets_up_and_serves_and_the_next_start_is_quick(tmp_path: Path) -> None:
    env = environment(tmp_path)
    port, log = int(env["PORT"]), tmp_path / "output"
    with volmacht_running(env, "run", log=log) as process:
        assert eventually(lambda: "Volmacht draait" in log.read_text(), FIRST_START_SECONDS), end_of(log)
        assert f"http://localhost:{port}/proef/" in log.read_text()
        assert "Mevrouw De Vries-Jansen" in log.read_text()
        assert "Volmacht is running. All people are invented." in log.read_text()
        assert "wants her daughter to do her tax return" in log.read_text()
        assert "Volmacht" in title(port, "/")
        assert title(port + 2, "/")
        assert eventually(lambda: volmacht(tmp_path, "doctor", PORT=str(port)).returncode == 0)
        # Beside it nothing else need be told than the folder.
        beside = volmacht(tmp_path, "doctor", PORT="")
        assert (beside.returncode, beside.stderr) == (0, "")
        assert volmacht(tmp_path, "audit", "verify").returncode == 0

        second = volmacht(tmp_path, "run", PORT=str(port))
        assert second.returncode == 1
        assert f"port {port} (Volmacht) is in use by another program" in second.stderr
        assert "Traceback" not in second.stderr

        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(STOP_SECONDS) == 0
        assert time.monotonic() - began < STOP_SECONDS
        assert all(is_free(port + n) for n in (0, 1, 2))

    logs = tmp_path / "log"
    first_words = (logs / "web.log").read_text()
    (logs / "of-another-program.log").write_text("not ours")
    with volmacht_running(env, "run", log=log):
        assert eventually(lambda: "Volmacht draait" in log.read_text(), SECOND_START_SECONDS), end_of(log)
        assert (logs / "web.log.1").read_text() == first_words
        assert (logs / "of-another-program.log").read_text() == "not ours"
        assert "gevuld met verzonnen mensen" not in log.read_text()


def test_an_installation_for_real_starts_empty_and_without_neighbours(tmp_path: Path) -> None:
    env = environment(tmp_path, VOLMACHT_DEMO="0", VOLMACHT_BASE_URL="https://volmacht.example")
    port, log = int(env["PORT"]), tmp_path / "output"
    with volmacht_running(env, "run", log=log) as process:
        assert eventually(lambda: "Volmacht draait" in log.read_text(), FIRST_START_SECONDS), end_of(log)
        assert "staff create NAAM" in log.read_text()
        assert "Volmacht is running on https://volmacht.example" in log.read_text()
        assert is_free(port + 1)
        assert is_free(port + 2)
        assert not answers(port, "/proef/", host="volmacht.example")
        assert "https://volmacht.example" in log.read_text()
        process.send_signal(signal.SIGTERM)
        assert process.wait(STOP_SECONDS) == 0


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_port_that_is_taken_is_named(taken: int, tmp_path: Path) -> None:
    first = free_port()
    port = first + taken
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        done = volmacht(tmp_path, "run", PORT=str(first))
    assert done.returncode == 1
    assert f"port {port} (" in done.stderr
