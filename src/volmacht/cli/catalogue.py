"""`volmacht catalogue load FILE`: put a catalogue file through propose and approve (DM-64). CSV: `catalogue_csv`."""

import argparse
import sys
from pathlib import Path
from uuid import UUID

from volmacht.cli import catalogue_csv
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_on_database


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file and the two employees."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    load = actions.add_parser("load", help="load providers, connections, services and sets from a TOML file")
    load.add_argument("file", metavar="FILE", type=Path)
    add_employees(load)
    load.set_defaults(carry_out=carry_out)
    catalogue_csv.add_arguments(actions)


def add_employees(parser: argparse.ArgumentParser) -> None:
    """The two employees that every change of the catalogue names (DM-64)."""
    parser.add_argument("--proposed-by", metavar="EMAIL", required=True)
    parser.add_argument("--approved-by", metavar="EMAIL", required=True)


def two_employees(arguments: argparse.Namespace) -> tuple[UUID, UUID]:
    """Who proposes and who approves. Raises CommandProblem unless these are two people who work here."""
    proposer, approver = employee(arguments.proposed_by), employee(arguments.approved_by)
    if proposer == approver:
        raise CommandProblem(
            "somebody else must approve: --proposed-by and --approved-by are the same person"
        )
    return proposer, approver


def employee(email: str) -> UUID:
    """The employee with this e-mail address. Raises CommandProblem."""
    from volmacht.parties import queries

    found = queries.staff_member(email)
    if found is None or not found.active:
        raise CommandProblem(
            f"nobody with e-mail address {email} works here: `volmacht staff create NAME EMAIL`"
        )
    return found.id


def carry_out(arguments: argparse.Namespace) -> int:
    """Load the file; four eyes: two different employees. Status 1 when a line could not be followed, and says which."""
    start_on_database()
    from volmacht.catalogue import operations

    with database_problems():
        proposer, approver = two_employees(arguments)
        try:
            outcome = operations.load_catalogue(arguments.file, proposed_by=proposer, approved_by=approver)
        except (operations.BadCatalogueFile, operations.NotStaff) as problem:
            raise CommandProblem(str(problem)) from problem
    if not isinstance(outcome, operations.Loaded):
        raise CommandProblem(f"the catalogue is left as it was: {outcome.objection} {outcome.detail}".strip())
    print(f"{outcome.changes} changes made from {arguments.file}.")
    for left in outcome.left:
        print(f"not done: {left}", file=sys.stderr)
    return 1 if outcome.left else 0
