"""`volmacht backup FILE`: copy the SQLite database while it is in use. PostgreSQL has pg_dump for that."""

import argparse
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import start_on_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the copy goes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="the copy; must not exist yet")
    parser.set_defaults(carry_out=carry_out)


def copy_database(source: Path, target: Path) -> None:
    """Copy all pages through SQLite itself, check the copy, and only then give it its name."""
    part = target.with_name(target.name + ".part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(part)) as new,
    ):
        old.backup(new)
        verdict = new.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise CommandProblem(f"the copy is not whole ({verdict}); the database itself may be damaged")
    handle = os.open(part, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    part.rename(target)


def carry_out(arguments: argparse.Namespace) -> int:
    """Copy, or say which tool to use."""
    start_on_database()
    from django.conf import settings

    target: Path = arguments.file
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("postgresql"):
        raise CommandProblem("this installation uses PostgreSQL: make the copy with pg_dump --format=custom")
    if target.exists():
        raise CommandProblem(f"{target} exists already: a copy never replaces another one")
    source = Path(database["NAME"])
    if not source.exists():
        raise CommandProblem(f"there is no database at {source} yet")
    try:
        copy_database(source, target)
    except (OSError, sqlite3.Error) as problem:
        raise CommandProblem(f"the copy could not be made: {problem}") from problem
    print(f"The database is copied to {target}.")
    print(f"The keys are not in it. Keep a copy of {settings.KEY_FILE} as well, in another place.")
    return 0
