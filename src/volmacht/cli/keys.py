"""`volmacht keys make`: write the key file of this installation, once."""

import argparse

from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import start_django
from volmacht.config.keys import key_file, make_key_file
from volmacht.config.options import BadOption, options_of_this_process


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action so far."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("make", help="make the key file; an existing one is left alone").set_defaults(
        carry_out=carry_out
    )


def carry_out(_arguments: argparse.Namespace) -> int:
    """Make the file, readable by its owner only, unless it is there; says where it stands."""
    try:
        options = options_of_this_process()
    except BadOption as problem:
        raise CommandProblem(str(problem)) from problem
    path = key_file(options.data)
    make_key_file(path)
    start_django()  # reads the file, and says so if that cannot be
    print(f"The key file of this installation: {path}")
    print("Keep a copy in a safe place, apart from copies of the database: without it no BSN can be read.")
    return 0
