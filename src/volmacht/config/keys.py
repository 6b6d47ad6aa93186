"""The key file: secrets that never stand in the database (DM-06, DM-21, DM-42).

`keys.json` in the data folder, readable by its owner only. Made at the first start of an embedded
installation; an operator can make it elsewhere and put it there. Losing it makes BSNs unreadable:
`docs/operators/keys.md` says how to keep it. Processes that run follow a changed file (`followed_key_file`).

`encryption` and `hashing` have numbered versions. `current` says which makes new values (without it: the highest),
`since` when a version became current.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from volmacht import clock
from volmacht.keystore.files import mark_of, write_private
from volmacht.sealing import KeyRing

LOOK_SECONDS = 0.25
HIGHEST_VERSION = 255  # one byte before each sealed value

log = structlog.get_logger("volmacht.keys")


class KeyFileProblem(RuntimeError):
    """The key file is missing, unreadable or incomplete; the message says which and what to do."""


class KeyKind(StrEnum):
    """The secrets that have versions."""

    ENCRYPTION = "encryption"
    HASHING = "hashing"


@dataclass(frozen=True, slots=True)
class Versions:
    """Which versions of one kind the file holds. `since`: when the current one became so; None for the first."""

    kept: tuple[int, ...]
    current: int
    since: datetime | None

    @property
    def announced(self) -> int | None:
        """The one that every process knows and none uses yet."""
        return self.kept[-1] if self.kept[-1] > self.current else None

    @property
    def old(self) -> tuple[int, ...]:
        """Those that only old values are under."""
        return tuple(version for version in self.kept if version < self.current)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _new_content() -> dict[str, object]:
    return {
        "django": _fresh(),
        "code": _fresh(),
        "encryption": {"1": _fresh()},
        "hashing": {"1": _fresh()},
        "checkpoint": base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode(),
    }


def key_file(data: Path) -> Path:
    """Where the key file of an installation stands."""
    return data / "keys" / "keys.json"


def make_key_file(path: Path) -> None:
    """Write a key file with fresh keys; an existing one is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w") as file:
        json.dump(_new_content(), file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text())
    except FileNotFoundError as error:
        raise KeyFileProblem(f"there is no key file at {path}: run `volmacht keys make`") from error
    except (OSError, ValueError) as error:
        raise KeyFileProblem(f"the key file at {path} cannot be read: {type(error).__name__}") from error
    if not isinstance(content, dict):
        raise KeyFileProblem(f"the key file at {path} cannot be read: it holds no names")
    return content


def _versions(content: dict[str, Any], kind: KeyKind) -> dict[int, bytes]:
    versions = content[kind]
    if not isinstance(versions, dict) or not versions:
        raise KeyFileProblem(f"the key file has no versions of '{kind}'")
    found = {int(version): base64.b64decode(str(key)) for version, key in versions.items()}
    if not all(1 <= version <= HIGHEST_VERSION for version in found):
        raise KeyFileProblem(
            f"a version of '{kind}' in the key file is not a number from 1 to {HIGHEST_VERSION}"
        )
    return found


def _current(content: dict[str, Any], kind: KeyKind) -> int:
    versions = _versions(content, kind)
    current = int(content.get("current", {}).get(kind, max(versions)))
    if current not in versions:
        raise KeyFileProblem(
            f"the key file lacks version {current} of '{kind}', which it calls the current one"
        )
    return current


def read_key_file(path: Path) -> KeyRing:
    """Read the keys. Raises KeyFileProblem."""
    content = _content(path)
    try:
        return KeyRing(
            django=str(content["django"]),
            code=base64.b64decode(content["code"]),
            encryption=_versions(content, KeyKind.ENCRYPTION),
            hashing=_versions(content, KeyKind.HASHING),
            checkpoint=base64.b64decode(content["checkpoint"]),
            sealing_version=_current(content, KeyKind.ENCRYPTION),
            hashing_version=_current(content, KeyKind.HASHING),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileProblem(f"the key file at {path} cannot be read: {type(error).__name__}") from error


class _Follower:
    """Reads the versions again when the file changed, and keeps everything else as it was at the start.

    A file that cannot be read, or that has other keys under a known number, is not taken over: values written
    with it could not be read back.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen, self._looked_at = mark_of(path), clock.ticks()
        self._ring = replace(read_key_file(path), ciphers={}, follow=self)

    def __call__(self, at_once: bool) -> KeyRing:
        if at_once or clock.ticks() - self._looked_at >= LOOK_SECONDS:
            found, self._looked_at = mark_of(self._path), clock.ticks()
            if found != self._seen:
                self._seen, self._ring = found, self._read()
        return self._ring

    def _read(self) -> KeyRing:
        old = self._ring
        try:
            new = read_key_file(self._path)
        except KeyFileProblem as problem:
            log.error("keys.unreadable", problem=str(problem))  # noqa: TRY400 - the sentence says it all
            return old
        if not (_agree(old.encryption, new.encryption) and _agree(old.hashing, new.hashing)):
            log.error("keys.of-another-installation", file=str(self._path))
            return old
        log.info("keys.read-again", encryption=new.sealing_version, hashing=new.hashing_version)
        return replace(
            old,
            ciphers={},
            encryption=new.encryption,
            hashing=new.hashing,
            sealing_version=new.sealing_version,
            hashing_version=new.hashing_version,
        )


def _agree(old: dict[int, bytes], new: dict[int, bytes]) -> bool:
    return all(old[version] == new[version] for version in old.keys() & new.keys())


def followed_key_file(path: Path) -> KeyRing:
    """Read the keys, and go on following the file's versions within a second. Raises KeyFileProblem."""
    return _Follower(path)(False)


def versions_in(path: Path) -> dict[KeyKind, Versions]:
    """What versions the file holds. Raises KeyFileProblem."""
    content = _content(path)
    read_key_file(path)
    return {kind: _versions_of(content, kind) for kind in KeyKind}


def _versions_of(content: dict[str, Any], kind: KeyKind) -> Versions:
    current = _current(content, kind)
    since = content.get("since", {}).get(kind, {}).get(str(current))
    return Versions(
        kept=tuple(sorted(_versions(content, kind))),
        current=current,
        since=datetime.fromisoformat(since) if since else None,
    )


def announce_versions(path: Path) -> None:
    """Add the next version of both kinds; the current ones stay so. Raises KeyFileProblem."""
    content = _content(path)
    for kind in KeyKind:
        following = max(_versions(content, kind)) + 1
        if following > HIGHEST_VERSION:
            raise KeyFileProblem(f"'{kind}' has no version left above {HIGHEST_VERSION}")
        content.setdefault("current", {})[kind] = _current(content, kind)
        content[kind][str(following)] = _fresh()
    _write(path, content)


def make_newest_current(path: Path, now: datetime) -> None:
    """From now on the highest version of both kinds makes new values. Raises KeyFileProblem."""
    content = _content(path)
    for kind in KeyKind:
        newest = max(_versions(content, kind))
        if newest != _current(content, kind):
            content.setdefault("current", {})[kind] = newest
            content.setdefault("since", {}).setdefault(kind, {})[str(newest)] = now.isoformat()
    _write(path, content)


def retire_version(path: Path, kind: KeyKind, version: int) -> None:
    """Take an old version out, for ever. Raises KeyFileProblem."""
    content = _content(path)
    if version >= _current(content, kind):
        raise KeyFileProblem(f"version {version} of '{kind}' is not an old one")
    content[kind].pop(str(version), None)
    content.get("since", {}).get(kind, {}).pop(str(version), None)
    _write(path, content)


def _write(path: Path, content: dict[str, Any]) -> None:
    try:
        write_private(path, json.dumps(content, indent=1).encode())
    except OSError as error:
        raise KeyFileProblem(f"the key file at {path} cannot be changed: {type(error).__name__}") from error
