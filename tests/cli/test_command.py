"""The command as an operator meets it: quick help, clear sentences, statuses that scripts can use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import volmacht
from volmacht.cli.main import VERBS, main


def test_help_needs_no_framework_and_names_every_verb() -> None:
    code = (
        "import sys; from volmacht.cli.main import main\n"
        "try: main(['--help'])\n"
        "finally: assert 'django' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(verb in done.stdout for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert VERBS[verb].split()[0].lower() in capsys.readouterr().out.lower()


def test_wrong_use_is_status_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["staff", "create", "only a name"])
    assert ended.value.code == 2
    assert "EMAIL" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "99999", "PORT is '99999', but must be a whole number from 1 to 65000."),
        ("VOLMACHT_DEMO", "ja", "VOLMACHT_DEMO is 'ja', but must be 1 (try it out) or 0 (for real)."),
        ("VOLMACHT_BASE_URL", "volmacht.nl", "must start with http:// or https://"),
        ("VOLMACHT_DATABASE_URL", "mysql://x", "must look like postgresql://user:password@host:5432/name"),
    ],
)
def test_an_option_that_cannot_be_right_is_named(
    variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    done = volmacht(tmp_path, "migrate", **{variable: value})
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "keys.json").write_text("{")
    done = volmacht(tmp_path, "migrate")
    assert done.returncode == 1
    assert f"the key file at {tmp_path}/keys/keys.json cannot be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = volmacht(tmp_path / "file" / "data", "migrate")
    assert done.returncode == 1
    assert "the data folder cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


READING = [
    "audit verify", "doctor", "keys list", "outbox retry", "backup copy.sqlite3", "worker --once", "serve",
    "staff create Anne anne@volmacht.example", "metadata list", "pki anchors",
]  # fmt: skip


@pytest.mark.parametrize("words", READING)
def test_where_nothing_is_installed_a_verb_says_so_and_makes_nothing(words: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = volmacht(data, *words.split())
    assert done.returncode == 1
    assert f"there is no installation in {data}" in done.stderr
    assert "VOLMACHT_DATA" in done.stderr
    assert "Traceback" not in done.stderr
    assert not data.exists()


def test_without_a_database_a_verb_says_so_and_makes_none(tmp_path: Path) -> None:
    assert volmacht(tmp_path, "keys", "make").returncode == 0
    for words in ("audit verify", "doctor", "staff create Anne anne@volmacht.example"):
        done = volmacht(tmp_path, *words.split())
        assert done.returncode == 1
        assert f"there is no database in {tmp_path} yet: run `volmacht migrate`" in done.stderr
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.glob("*.sqlite3*"))


def test_a_key_file_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = volmacht(tmp_path, "keys", "make")
    path = tmp_path / "keys" / "keys.json"
    content = json.loads(path.read_text())
    assert first.returncode == 0
    assert str(path) in first.stdout
    assert path.stat().st_mode & 0o077 == 0
    volmacht(tmp_path, "keys", "make")
    assert json.loads(path.read_text()) == content


WITH_DATABASE = [
    "run", "serve", "migrate", "worker --once", "audit verify", "outbox retry",
    "staff create Anne anne@volmacht.example",
    "catalogue load catalogue.toml --proposed-by a@volmacht.example --approved-by b@volmacht.example",
]  # fmt: skip


@pytest.mark.parametrize(
    ("made_as", "started_as", "commands"),
    [("1", "0", WITH_DATABASE), ("0", "1", ["run", "migrate", "worker --once"])],
    ids=["for-real", "for-trying-out"],
)
def test_tc_100_a_database_for_trying_out_is_never_used_for_real_nor_the_other_way_round(
    made_as: str, started_as: str, commands: list[str], tmp_path: Path
) -> None:
    assert volmacht(tmp_path, "migrate", VOLMACHT_DEMO=made_as).returncode == 0
    for words in commands:
        refused = volmacht(tmp_path, *words.split(), VOLMACHT_DEMO=started_as)
        assert refused.returncode == 1, words
        assert "This database was made for" in refused.stderr, words
        assert "Traceback" not in refused.stderr, words
