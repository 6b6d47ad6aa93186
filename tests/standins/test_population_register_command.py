"""The stand-in as a process of its own, served by granian."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import pytest

from tests.standins.register_client import RegisterClient, by_handle
from volmacht.standins.population_register.person import Person

MODULE = "volmacht.standins.population_register"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _running(*arguments: str) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", MODULE, "--port", str(port), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            assert process.stdout is not None
            output = process.stdout.read().decode()
            assert "999900006" not in output


def _wait_until_healthy(http: httpx.Client) -> None:
    for _ in range(200):
        try:
            if http.get("/health").status_code == 200:
                return
        except httpx.ConnectError:
            time.sleep(0.05)
    pytest.fail("the stand-in did not start")


def test_the_command_serves_the_register_with_faults_and_the_given_key(people: tuple[Person, ...]) -> None:
    with (
        _running("--api-key", "a-key", "--faults") as address,
        httpx.Client(base_url=address, trust_env=False) as http,
    ):
        _wait_until_healthy(http)
        client = RegisterClient(http)
        told = client.person(by_handle(people, "mother"), "naam.volledigeNaam")
        assert told == {"naam": {"volledigeNaam": "Maria Johanna Jansen"}}
        assert client.post({"unavailable": True}, "/stand-in/fault").status_code == 200
        assert client.ask("999900006").status_code == 503


def test_the_command_tells_a_mistake_in_a_file_before_it_serves(tmp_path: object) -> None:
    command = [sys.executable, "-m", MODULE, "--port", "1", "--people", f"{tmp_path}/missing.toml"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode != 0
    assert "missing.toml" in run.stderr


def test_a_port_that_is_in_use_is_not_shared(listener: int) -> None:
    command = [sys.executable, "-m", MODULE, "--port", str(listener)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2
    assert run.stderr == f"population register: port {listener} is in use by another program\n"
