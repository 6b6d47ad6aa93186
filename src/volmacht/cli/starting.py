"""What every verb needs before it touches Django: readable options and keys, and a database of this profile."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from volmacht.cli.problem import CommandProblem
from volmacht.config.options import BadOption, Options, options_of_this_process

SETTINGS = "volmacht.config.settings"
ANOTHER_PROFILE = {
    "demo": "This database was made for trying out (VOLMACHT_DEMO=1): it holds invented people. "
    "Use another VOLMACHT_DATA or VOLMACHT_DATABASE_URL for real use.",
    "standard": "This database was made for real use (VOLMACHT_DEMO=0). "
    "Use another VOLMACHT_DATA or VOLMACHT_DATABASE_URL for trying out.",
}


def start_django(*, begins: bool = False) -> Options:
    """Read options and keys and set Django up. Raises CommandProblem.

    Only a verb that `begins` an installation may find none: reading settings makes folder and keys.
    """
    import django
    from django.conf import settings

    from volmacht.config.keys import KeyFileProblem

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    try:
        if not begins:
            _require_installation(options_of_this_process())
        options: Options = settings.VOLMACHT
    except (BadOption, KeyFileProblem) as problem:
        raise CommandProblem(str(problem)) from problem
    except OSError as problem:
        raise CommandProblem(f"the data folder cannot be used: {problem}") from problem
    django.setup()
    logging.getLogger("psycopg.pool").setLevel(
        logging.ERROR
    )  # every failed try; the failure itself is raised
    return options


def _require_installation(options: Options) -> None:
    from volmacht.config.keys import key_file

    if not key_file(options.data).exists():
        raise CommandProblem(
            f"there is no installation in {options.data} (it has no keys). Name the folder of yours with "
            "VOLMACHT_DATA, or begin one: `make run` to try out, `volmacht keys make` for real use"
        )


def require_database_file() -> None:
    """Opening an SQLite database that is not there would make an empty one. Raises CommandProblem."""
    from django.db import connection

    path = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not path.exists():
        raise CommandProblem(
            f"there is no database in {path.parent} yet: run `volmacht migrate`, or name the folder of your "
            "installation with VOLMACHT_DATA"
        )


@contextmanager
def database_problems() -> Iterator[None]:
    """Turn "no such table" and "no such server" into a sentence."""
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        first_line = str(error).strip().split("\n", 1)[0]
        raise CommandProblem(f"the database cannot be used ({first_line}); see `volmacht doctor`") from error


def refuse_another_profile(options: Options) -> None:
    """Invented people never end up among real ones. Raises CommandProblem."""
    from django.db import connection

    from volmacht.installation import queries

    with database_problems():
        new = "installation_mark" not in connection.introspection.table_names()
        found = None if new else queries.profile()
    if found not in {None, options.profile.value}:
        raise CommandProblem(ANOTHER_PROFILE[str(found)])


def refuse_other_keys() -> None:
    """With keys that open nothing here, every page about a person would fail. Raises CommandProblem."""
    from django.conf import settings

    from volmacht.parties import queries

    with database_problems():
        fit = queries.bsns_open()
    if not fit:
        raise CommandProblem(
            f"the key file {settings.KEY_FILE} opens nothing in this database: put back the one that belongs to it. "
            "(What was made with Volmacht before 26 November 2026 cannot be opened any more: begin in a new folder)"
        )


def start_on_database() -> Options:
    """For a verb that reads or writes the database: `start_django`, and refuse that of another profile.

    Raises CommandProblem.
    """
    options = start_django()
    require_database_file()
    refuse_another_profile(options)
    return options


def migrations_are_missing() -> bool:
    """Whether the database is behind this version. Raises CommandProblem."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    require_database_file()
    with database_problems():
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
