"""The key file: secrets that never stand in the database (DM-06, DM-21, DM-42).

`keys.json` in the data folder, readable by its owner only. Made at the first start of an embedded
installation; an operator can make it elsewhere and put it there. Losing it makes BSNs unreadable:
`docs/operators/keys.md` says how to keep it.
"""

import base64
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from volmacht.sealing import KeyRing


class KeyFileProblem(RuntimeError):
    """The key file is missing, unreadable or incomplete; the message says which and what to do."""


def _new_content() -> dict[str, object]:
    def fresh() -> str:
        return base64.b64encode(secrets.token_bytes(32)).decode()

    return {
        "django": fresh(),
        "code": fresh(),
        "encryption": {"1": fresh()},
        "hashing": {"1": fresh()},
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


def _versions(content: dict[str, object], name: str) -> dict[int, bytes]:
    versions = content[name]
    if not isinstance(versions, dict) or not versions:
        raise KeyFileProblem(f"the key file has no versions of '{name}'")
    return {int(version): base64.b64decode(str(key)) for version, key in versions.items()}


def read_key_file(path: Path) -> KeyRing:
    """Read the keys. Raises KeyFileProblem."""
    try:
        content = json.loads(path.read_text())
        return KeyRing(
            django=str(content["django"]),
            code=base64.b64decode(content["code"]),
            encryption=_versions(content, "encryption"),
            hashing=_versions(content, "hashing"),
            checkpoint=base64.b64decode(content["checkpoint"]),
        )
    except FileNotFoundError as error:
        raise KeyFileProblem(f"there is no key file at {path}: run `volmacht keys make`") from error
    except (OSError, ValueError, KeyError) as error:
        raise KeyFileProblem(f"the key file at {path} cannot be read: {type(error).__name__}") from error
