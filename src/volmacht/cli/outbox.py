"""`volmacht outbox retry`: try messages again that could not be delivered."""

import argparse

from volmacht.cli.starting import database_problems, start_on_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action so far."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("retry", help="put failed messages back in the queue of the worker").set_defaults(
        carry_out=carry_out
    )


def carry_out(_arguments: argparse.Namespace) -> int:
    """Put them back; the worker sends them."""
    start_on_database()
    from volmacht.notifications import operations

    with database_problems():
        count = operations.retry_failed()
    print(f"{count} message{'' if count == 1 else 's'} will be tried again by the worker.")
    return 0
