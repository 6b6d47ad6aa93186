"""`volmacht keys rotate-bsn` beside a process that goes on finding people; broken off in the middle (DM-06)."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.architecture.sources import ROOT
from tests.cli.commands import COMMAND, environment
from volmacht.config.keys import KeyKind, key_file, make_key_file, versions_in

PEOPLE = 500
SCRIPT = (sys.executable, "-m", "tests.parties.many_people")
Environment = dict[str, str]


@pytest.fixture
def installation(
    committed_db: None, register_served: object, tmp_path: Path, pytestconfig: pytest.Config
) -> Environment:
    """A database and keys that only this test's processes use; how they find them."""
    more = {
        "VOLMACHT_BRP_URL": os.environ["VOLMACHT_BRP_URL"],
        "DJANGO_SETTINGS_MODULE": "volmacht.config.settings",
    }
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "postgresql":
        address = urlsplit(os.environ["VOLMACHT_DATABASE_URL"])
        more["VOLMACHT_DATABASE_URL"] = address._replace(path=f"/{name}").geturl()
    else:
        shutil.copyfile(f"{name}_clean", tmp_path / "volmacht.sqlite3")
    make_key_file(key_file(tmp_path))
    return environment(tmp_path, **more)


def carry_out(env: Environment, *words: str) -> str:
    """One command to its end."""
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the database of the test's processes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())
    with contextlib.closing(sqlite3.connect(data / "volmacht.sqlite3")) as database:
        return list(database.execute(sql))


def versions(data: Path) -> dict[str, Counter[int]]:
    """How many people and addresses are under which version."""
    people = rows(data, "SELECT bsn_hash_version, bsn_sealed FROM parties_person")
    addresses = rows(data, "SELECT address_sealed FROM parties_emailaddress")
    return {
        "hashed": Counter(version for version, _ in people),
        "sealed": Counter(bytes(sealed)[0] for _, sealed in people),
        "addresses": Counter(bytes(sealed)[0] for (sealed,) in addresses),
    }


@contextmanager
def somebody_reading(env: Environment, account: dict[str, Any]) -> Iterator[None]:
    """A process that looks people up for as long as the block lasts; its account afterwards."""
    with subprocess.Popen(
        (*SCRIPT, "read", str(PEOPLE)),
        env=env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "reading\n"
        yield
        said, _ = process.communicate("", timeout=30)
    account.update(json.loads(said))


def rotate_and_break_off(env: Environment, after: str) -> None:
    """Start the rotation, and kill it as soon as it has said this."""
    with subprocess.Popen(
        (*COMMAND, "keys", "rotate-bsn"), env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith(after):
                process.kill()
                return
    pytest.fail(f"never said {after!r}")


def let_days_pass_since_the_switch(file: Path, days: int) -> None:
    """As if the current version of the hashing key became so longer ago."""
    content = json.loads(file.read_text())
    content["since"]["hashing"]["2"] = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    file.write_text(json.dumps(content))


def test_everybody_is_found_and_opened_while_keys_are_renewed_and_after_a_crash(
    installation: Environment, tmp_path: Path
) -> None:
    carry_out(installation, *SCRIPT, "add", str(PEOPLE))
    account: dict[str, Any] = {}
    with somebody_reading(installation, account):
        rotate_and_break_off(installation, "people: 200 looked at")
        halfway = versions(tmp_path)
        assert set(halfway["hashed"]) == set(halfway["sealed"]) == {1, 2}

        said = carry_out(installation, *COMMAND, "keys", "rotate-bsn")
        assert "An earlier rotation was not finished; this one goes on with it." in said
        assert "Retired: encryption 1." in said
        assert "hashing 1 stays, for now: links in messages" in said
        people, addresses = {2: PEOPLE + 1}, {2: PEOPLE}
        assert versions(tmp_path) == {"hashed": people, "sealed": people, "addresses": addresses}

        let_days_pass_since_the_switch(key_file(tmp_path), 16)
        assert "Retired: hashing 1." in carry_out(
            installation, *COMMAND, "keys", "rotate-bsn", "--step", "retire"
        )
    kept = {kind: found.kept for kind, found in versions_in(key_file(tmp_path)).items()}
    assert kept == {KeyKind.ENCRYPTION: (2,), KeyKind.HASHING: (2,)}
    assert account["wrong"] == {}
    assert account["done"] > PEOPLE
    assert len(account["newcomers"]) == 1
