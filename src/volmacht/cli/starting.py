"""What every verb needs before it touches Django: readable options and keys, and a database of this profile."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from volmacht.cli.problem import CommandProblem
from volmacht.config.options import BadOption, Options

SETTINGS = "volmacht.config.settings"
ANOTHER_PROFILE = {
    "demo": "This database was made for trying out (VOLMACHT_DEMO=1): it holds invented people. "
    "Use another VOLMACHT_DATA or VOLMACHT_DATABASE_URL for real use.",
    "standard": "This database was made for real use (VOLMACHT_DEMO=0). "
    "Use another VOLMACHT_DATA or VOLMACHT_DATABASE_URL for trying out.",
}


def start_django() -> Options:
    """Read options and keys and set Django up. Raises CommandProblem."""
    import django
    from django.conf import settings

    from volmacht.config.keys import KeyFileProblem

    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    try:
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


def start_on_database() -> Options:
    """For a verb that reads or writes the database: `start_django`, and refuse that of another profile.

    Raises CommandProblem.
    """
    options = start_django()
    refuse_another_profile(options)
    return options


def migrations_are_missing() -> bool:
    """Whether the database is behind this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with database_problems():
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
