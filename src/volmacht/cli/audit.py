"""`volmacht audit verify`: is the chain of audit events whole? (DM-42)"""

import argparse
import sys

from volmacht.cli.starting import database_problems, start_on_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """One action so far."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("verify", help="name the first broken event of each partition").set_defaults(
        carry_out=carry_out
    )


def carry_out(_arguments: argparse.Namespace) -> int:
    """0 when the chain is whole; else 1, and every fault on standard error."""
    start_on_database()
    from volmacht.audit.verification import verify

    with database_problems():
        findings = verify()
    for finding in findings:
        print(f"{finding.fault}: {finding.where}", file=sys.stderr)
    if not findings:
        print("The audit chain is whole.")
    return 1 if findings else 0
