"""Putting the test database back as the migrations left it, after a test that really committed.

The audit triggers refuse DELETE and TRUNCATE, as they should; so the whole database is replaced by a copy.
"""

import shutil
from pathlib import Path

from django.db import connection, connections


def _copy_name() -> str:
    return f"{connection.settings_dict['NAME']}_clean"


def _let_go() -> None:
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined] # PostgreSQL's wrapper has it


def _postgresql(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _replace_postgresql(target: str, source: str) -> None:
    _postgresql(
        f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)',
        f'CREATE DATABASE "{target}" TEMPLATE "{source}"',
    )


def _replace_sqlite(target: str, source: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        Path(target + suffix).unlink(missing_ok=True)
    shutil.copyfile(source, target)


def _replace(target: str, source: str) -> None:
    _let_go()
    if connection.vendor == "postgresql":
        _replace_postgresql(target, source)
    else:
        _replace_sqlite(target, source)


def keep_copy() -> None:
    """Remember the database as it is now."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    _replace(_copy_name(), str(connection.settings_dict["NAME"]))


def restore() -> None:
    """Make the database what it was at `keep_copy`."""
    _replace(str(connection.settings_dict["NAME"]), _copy_name())
