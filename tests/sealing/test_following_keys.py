"""A running process follows new versions in the key file, loses none by it, and takes over nothing else (DM-06)."""

import base64
import json
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.cli.commands import eventually
from volmacht.config.keys import (
    KeyFileProblem,
    KeyKind,
    Versions,
    announce_versions,
    followed_key_file,
    make_key_file,
    make_newest_current,
    read_key_file,
    retire_version,
    versions_in,
)
from volmacht.sealing import (
    CannotOpen,
    Purpose,
    current_hash_version,
    keyed_hash,
    keyed_hashes,
    look_for_new_keys,
    seal,
    sealed_under,
    unseal,
)

ROW = UUID(int=1)
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    """A key file that this process follows."""
    path = tmp_path / "keys.json"
    make_key_file(path)
    settings.VOLMACHT_KEYS = followed_key_file(path)
    return path


def change(file: Path, **changes: Any) -> None:
    """Edit the file as an operator could."""
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def fresh() -> str:
    """A key as it stands in the file."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def test_an_announced_version_opens_and_finds_but_makes_nothing_new(file: Path) -> None:
    before = keyed_hash(Purpose.BSN, "999900006")
    announce_versions(file)
    look_for_new_keys()
    assert sealed_under(seal(Purpose.BSN, ROW, b"x")) == current_hash_version() == 1
    assert keyed_hashes(Purpose.BSN, "999900006") == [before, keyed_hash(Purpose.BSN, "999900006", 2)]
    assert versions_in(file)[KeyKind.HASHING] == Versions(kept=(1, 2), current=1, since=None)


def test_a_version_that_became_current_is_used_within_a_second_and_the_old_one_still_opens(
    file: Path,
) -> None:
    old = seal(Purpose.BSN, ROW, b"x")
    announce_versions(file)
    make_newest_current(file, NOON)
    assert eventually(lambda: sealed_under(seal(Purpose.BSN, ROW, b"x")) == 2, seconds=1)
    assert current_hash_version() == 2
    assert unseal(Purpose.BSN, ROW, old) == b"x"
    assert versions_in(file)[KeyKind.ENCRYPTION] == Versions(kept=(1, 2), current=2, since=NOON)


def test_what_another_process_sealed_with_a_newer_key_opens_at_once(file: Path, settings: Settings) -> None:
    mine = settings.VOLMACHT_KEYS
    announce_versions(file)
    make_newest_current(file, NOON)
    settings.VOLMACHT_KEYS = read_key_file(file)
    newer = seal(Purpose.BSN, ROW, b"x")
    settings.VOLMACHT_KEYS = mine
    assert unseal(Purpose.BSN, ROW, newer) == b"x"


def test_a_retired_version_opens_nothing_any_more(file: Path) -> None:
    old = seal(Purpose.BSN, ROW, b"x")
    announce_versions(file)
    make_newest_current(file, NOON)
    retire_version(file, KeyKind.ENCRYPTION, 1)
    look_for_new_keys()
    with pytest.raises(CannotOpen):
        unseal(Purpose.BSN, ROW, old)
    assert versions_in(file)[KeyKind.ENCRYPTION].old == ()
    assert versions_in(file)[KeyKind.HASHING].old == (1,)


def test_the_current_version_is_never_retired(file: Path) -> None:
    with pytest.raises(KeyFileProblem):
        retire_version(file, KeyKind.HASHING, 1)
    announce_versions(file)
    with pytest.raises(KeyFileProblem):
        retire_version(file, KeyKind.HASHING, 2)


def test_a_file_without_a_current_version_means_the_highest(file: Path) -> None:
    content = json.loads(file.read_text())
    change(file, hashing={**content["hashing"], "2": fresh()})
    look_for_new_keys()
    assert current_hash_version() == 2
    assert versions_in(file)[KeyKind.HASHING].old == (1,)


def test_a_file_that_cannot_be_read_or_is_of_another_installation_is_not_followed(file: Path) -> None:
    sealed = seal(Purpose.BSN, ROW, b"x")
    good = file.read_text()
    for bad in ("", "{", "[]", json.dumps({**json.loads(good), "encryption": {"1": fresh()}})):
        file.write_text(bad)
        look_for_new_keys()
        assert unseal(Purpose.BSN, ROW, sealed) == b"x"
    file.unlink()
    look_for_new_keys()
    assert unseal(Purpose.BSN, ROW, sealed) == b"x"
    file.write_text(good)
    announce_versions(file)
    make_newest_current(file, NOON)
    look_for_new_keys()
    assert current_hash_version() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"current": {"hashing": 3}},
        {"current": {"encryption": "x"}},
        {"current": 1},
        {"hashing": {}},
        {"hashing": {"0": fresh()}},
        {"encryption": {"256": fresh()}},
    ],
)
def test_a_wrong_version_is_told(file: Path, wrong: dict[str, Any]) -> None:
    change(file, **wrong)
    with pytest.raises(KeyFileProblem):
        read_key_file(file)


def test_the_other_secrets_stay_as_they_were_at_the_start(file: Path, settings: Settings) -> None:
    start = settings.VOLMACHT_KEYS
    change(file, django="other", code=fresh(), checkpoint=fresh())
    assert start.follow
    now = start.follow(True)
    assert (now.django, now.code, now.checkpoint) == (start.django, start.code, start.checkpoint)


def test_a_change_keeps_the_file_whole_and_private(file: Path) -> None:
    before = json.loads(file.read_text())
    announce_versions(file)
    make_newest_current(file, NOON)
    after = json.loads(file.read_text())
    assert {name: after[name] for name in ("django", "code", "checkpoint")} == {
        name: before[name] for name in ("django", "code", "checkpoint")
    }
    assert after["encryption"]["1"] == before["encryption"]["1"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["keys.json"]


def test_versions_end_at_what_one_byte_holds(file: Path) -> None:
    content = json.loads(file.read_text())
    change(file, encryption={"255": content["encryption"]["1"]})
    with pytest.raises(KeyFileProblem, match="no version left"):
        announce_versions(file)
