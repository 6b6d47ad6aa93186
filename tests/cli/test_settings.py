"""Settings that follow from what an operator sets, read by a process as `volmacht` reads them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import environment, volmacht
from volmacht.config.options import read_options

FOR_REAL = {"VOLMACHT_DEMO": "0", "VOLMACHT_BASE_URL": "https://machtigen.example.nl"}


def read(data: Path, expression: str, **variables: str) -> object:
    """What an expression about the settings is, in an installation with these variables."""
    assert volmacht(data, "keys", "make", **variables).returncode == 0
    code = f"import json; from django.conf import settings; print(json.dumps({expression}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(data, DJANGO_SETTINGS_MODULE="volmacht.config.settings", **variables),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def test_organisations_log_in_only_where_an_operator_connected_eherkenning(tmp_path: Path) -> None:
    """DM-02. What pages say then: `tests/portals/citizen/granting/test_choosing_service.py`."""
    kinds = "sorted(settings.REPRESENTATIVES_THAT_LOG_IN)"
    assert read(tmp_path, kinds, **FOR_REAL) == ["person"]
    connected = {"VOLMACHT_EHERKENNING": "urn:nl-eid-gdi:1.0:AD:00000004000000010000:entities:0001"}
    assert read(tmp_path, kinds, **FOR_REAL, **connected) == ["organisation", "person"]


def test_for_real_only_the_own_host_is_answered_and_by_the_back_channel_its_own_too(tmp_path: Path) -> None:
    names = "settings.ALLOWED_HOSTS"
    back = {
        "VOLMACHT_BACK_CHANNEL_URL": "https://back.example.nl:8443",
        "VOLMACHT_PREPRODUCTION_BACK_CHANNEL_URL": "https://back.test.example.nl:8443",
    }
    own = ["machtigen.example.nl"]
    assert read(tmp_path, names, **FOR_REAL, **back) == own
    listener = {"VOLMACHT_LISTENER": "back-channel"}
    both = ["back.example.nl", "back.test.example.nl"]
    assert read(tmp_path, names, **FOR_REAL, **back, **listener) == [*own, *both]


@pytest.mark.parametrize(
    ("noted", "variables", "port"),
    [
        (None, {}, 8000),
        ("8100\n", {}, 8100),
        ("8100\n", {"PORT": ""}, 8100),
        ("8100\n", {"PORT": "8200"}, 8200),
        ("8100\n", {"VOLMACHT_DEMO": "0"}, 8000),
        ("99999\n", {}, 8000),
        ("nonsense", {}, 8000),
    ],
)
def test_a_command_beside_a_demo_finds_its_port_in_the_data_folder(
    tmp_path: Path, noted: str | None, variables: dict[str, str], port: int
) -> None:
    if noted is not None:
        (tmp_path / "port").write_text(noted)
    options = read_options({"VOLMACHT_DATA": str(tmp_path), **variables}, tmp_path)
    assert options.port == port
    assert options.demo is (f":{port + 1}/" in options.population_register_url)
