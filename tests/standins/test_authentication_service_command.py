"""Starting the stand-in for an authentication service from the command line."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.commands import free_port
from tests.standins.login_service import Neighbours, command, own_environment
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.kinds import Kind


def started(
    around: Neighbours, keys: Path, kind: Kind = Kind.DIGID, *, port: int = 0
) -> subprocess.CompletedProcess[str]:
    """Start it with these keys, in the belief that it stops at once."""
    port = port or free_port()
    return subprocess.run(
        command(kind, keys, around, port, port + 1),
        env=own_environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("preproduction", "has no folder preproduction or production"),
        ("preproduction/signing.key.pem", "no usable signing key"),
        ("preproduction/server.crt.pem", "no usable server key"),
    ],
)
def test_a_missing_file_is_named(
    volmacht_published: Neighbours, tmp_path: Path, gone: str, told: str
) -> None:
    keys = tmp_path / "keys"
    shutil.copytree(volmacht_published.make_keys(Kind.DIGID, Environment.PREPRODUCTION), keys)
    found = keys / gone
    if found.is_dir():
        shutil.rmtree(found)
    else:
        found.unlink()
    done = started(volmacht_published, keys)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_keys_of_another_service_are_refused(volmacht_published: Neighbours) -> None:
    keys = volmacht_published.make_keys(Kind.DIGID, Environment.PREPRODUCTION)
    done = started(volmacht_published, keys, Kind.EHERKENNING)
    assert done.returncode == 2
    assert "is not for the OIN 00000009000000003000" in done.stderr


@pytest.mark.parametrize("which", [0, 1], ids=["front", "back"])
def test_a_port_that_is_in_use_is_not_shared(
    volmacht_published: Neighbours, listener: int, which: int
) -> None:
    keys = volmacht_published.make_keys(Kind.DIGID, Environment.PREPRODUCTION)
    done = started(volmacht_published, keys, port=listener - which)
    assert done.returncode == 2
    assert f"port {listener} is in use" in done.stderr
    assert "Traceback" not in done.stderr
