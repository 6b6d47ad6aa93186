"""Writing files that other processes read at the same moment: whole or not at all, for the owner only.

Touches the files it is given. Knows nothing of what is in them.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700

Mark = tuple[int, int, int]
"""Tells one state of a file from another: moment of change in ns, inode, size."""


class ChangedBySomebodyElse(RuntimeError):
    """Another process holds the lock: it is changing the same files at this moment."""


def mark_of(path: Path) -> Mark | None:
    """The state of a file; None when it is not there."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def private_folder(path: Path) -> Path:
    """Make a folder for its owner only, unless it is there."""
    path.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
    return path


def write_private(path: Path, content: bytes) -> None:
    """Replace a file in one go, and be sure that it is on disk. It keeps its owner; its mode becomes 0600.

    Each thread writes a part of its own: whoever is last replaces the file, and nobody sees that of another half-way.
    Raises PermissionError when it belongs to somebody else and we are not root.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_native_id()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as file:
            with suppress(FileNotFoundError):
                before = path.stat()
                os.fchown(file.fileno(), before.st_uid, before.st_gid)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def changing(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """One process at a time changes what is in a folder; the lock goes when the process does.

    Raises ChangedBySomebodyElse when it would have to wait and may not.
    """
    with (folder / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ChangedBySomebodyElse(folder.name) from error
        yield
