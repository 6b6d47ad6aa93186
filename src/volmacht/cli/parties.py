"""`volmacht parties erase`: remove the personal values of somebody, with four eyes (DM-44, DM-64).

The BSN is asked for, never given as an argument: arguments stay in the history of a shell and in lists of processes.
"""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from volmacht.cli.catalogue import add_employees, two_employees
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_on_database
from volmacht.rules.identifiers import Bsn, InvalidIdentifier

if TYPE_CHECKING:
    from volmacht.mandates.operations import Kept
    from volmacht.parties.queries import KnownParty

SURE = "erase"
LONGEST_LINE = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two employees; whom it is about is asked."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    erase = actions.add_parser("erase", help="remove every personal value of a person; asks for the BSN")
    add_employees(erase)
    erase.set_defaults(carry_out=carry_out)


def carry_out(arguments: argparse.Namespace) -> int:
    """Ask whom, show who it is, ask whether that is meant, erase."""
    start_on_database()
    from volmacht.mandates import operations

    with database_problems():
        proposer, approver = two_employees(arguments)
        person = _person(_asked_bsn())
        print(f"This is {person.name}, {_birth(person)}. What is erased does not come back.")
        if _line(f"Type {SURE} to go on: ") != SURE:
            raise CommandProblem("nothing is erased")
        kept = operations.erase_unless_kept(person=person.id, proposed_by=proposer, approved_by=approver)
    if kept:
        raise CommandProblem(
            f"nothing is erased: the register must still keep {', '.join(_words(one) for one in kept)} about this"
            " person. The worker removes each when its term is over; ask again after that"
        )
    print(f"Erased. Nobody is left behind number {person.id}.")
    return 0


def _asked_bsn() -> Bsn:
    """Not shown while it is typed; a script may give it as the first line of standard input."""
    asked = "BSN of the person (not shown): "
    typed = getpass.getpass(asked) if sys.stdin.isatty() else _line(asked)
    try:
        return Bsn.parse(typed)
    except InvalidIdentifier as problem:
        raise CommandProblem("that is not a BSN") from problem


def _line(asked: str) -> str:
    print(asked, end="", flush=True)
    return sys.stdin.readline(LONGEST_LINE).strip()


def _person(bsn: Bsn) -> "KnownParty":
    from volmacht.parties import queries

    party_id = queries.party_with_bsn(bsn)
    found = queries.party(party_id) if party_id else None
    if found is None:
        raise CommandProblem("nobody with this BSN is known here: there is nothing to erase")
    return found


def _birth(person: "KnownParty") -> str:
    return (
        f"born in {person.birth_date.year if person.birth_date else person.birth_year or 'an unknown year'}"
    )


def _words(kept: "Kept") -> str:
    return f"{kept.number} {kept.kind} (until {kept.until})"
