"""`volmacht migrate`: bring the database to this version, and mark a new one with the profile."""

import argparse

from volmacht.cli.starting import database_problems, refuse_another_profile, start_django
from volmacht.config.options import Options


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments."""
    parser.set_defaults(carry_out=carry_out)


def migrate(options: Options) -> None:
    """Apply what is missing, and mark the database. Raises CommandProblem."""
    from django.core.management import call_command

    from volmacht.installation import operations

    refuse_another_profile(options)
    with database_problems():
        call_command("migrate", verbosity=0, interactive=False)
        operations.mark(options.profile.value)


def carry_out(_arguments: argparse.Namespace) -> int:
    """Do it."""
    migrate(start_django(begins=True))
    print("The database is up to date.")
    return 0
