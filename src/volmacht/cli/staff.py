"""`volmacht staff create|invite`: employees of the operator, and the link with which they make their account.

Once there are two service managers, adding somebody takes both of them: `--proposed-by` and `--approved-by` (DM-64).
"""

import argparse
from typing import TYPE_CHECKING

from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_on_database
from volmacht.rules.roles import StaffRole

if TYPE_CHECKING:
    from uuid import UUID

LONGEST_NAME = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, and for whom."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="add an employee, and print the link for their account")
    create.add_argument("name", metavar="NAME")
    create.add_argument("email", metavar="EMAIL")
    create.add_argument(
        "--role",
        action="append",
        choices=[role.value for role in StaffRole],
        help="may be given several times",
    )
    create.add_argument("--proposed-by", metavar="EMAIL", help="a service manager")
    create.add_argument("--approved-by", metavar="EMAIL", help="another service manager")
    create.set_defaults(carry_out=carry_out)
    invite = actions.add_parser("invite", help="print a new link: password and second factor are chosen anew")
    invite.add_argument("email", metavar="EMAIL")
    invite.set_defaults(carry_out=_invite)


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise CommandProblem(f"a name has 1 to {LONGEST_NAME} characters")
    return name


def _checked_email(text: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(text)
    except ValidationError as error:
        raise CommandProblem(f"'{text}' is not an e-mail address") from error
    return text


def carry_out(arguments: argparse.Namespace) -> int:
    """Add the employee, once; prints the id, and the link for who has no account yet."""
    start_on_database()
    from volmacht.parties import queries

    name, email = _checked_name(arguments.name), _checked_email(arguments.email)
    with database_problems():
        known = queries.staff_member(email)
        staff_id = known.id if known else _add(name, email, arguments)
    print(
        f"{known.name if known else name} <{email}> {'was there already' if known else 'is added'}: {staff_id}"
    )
    if known is None:
        _print_link(email)
    return 0


def _add(name: str, email: str, arguments: argparse.Namespace) -> "UUID":
    from volmacht.parties import operations

    roles = [StaffRole(role) for role in arguments.role] if arguments.role else None
    if arguments.proposed_by or arguments.approved_by:
        return _by_two(name, email, roles or [StaffRole.CATALOGUE_MANAGER], arguments)
    try:
        return operations.create_staff_member(name, email, roles)
    except operations.TwoNeeded:
        raise CommandProblem(
            "there are two service managers: name both, with --proposed-by and --approved-by"
        ) from None


def _by_two(name: str, email: str, roles: list[StaffRole], arguments: argparse.Namespace) -> "UUID":
    from django.db import transaction

    from volmacht.parties.operations import approve_staff_change, propose_staff_change
    from volmacht.rules.accounts import AccountObjection

    by, approver = _employee(arguments.proposed_by), _employee(arguments.approved_by)
    with transaction.atomic():
        change = propose_staff_change(by=by, name=name, email=email, roles=roles)
        found = change if isinstance(change, AccountObjection) else approve_staff_change(change, by=approver)
        if isinstance(found, AccountObjection):
            raise CommandProblem(f"not done: {found.value.replace('_', ' ')}")
    return found


def _employee(email: str | None) -> "UUID":
    from volmacht.parties import queries

    known = queries.staff_member(email) if email else None
    if known is None:
        raise CommandProblem("name two employees, with --proposed-by and --approved-by")
    return known.id


def _invite(arguments: argparse.Namespace) -> int:
    """Print a new link; earlier ones do not work any more."""
    start_on_database()
    with database_problems():
        _print_link(_checked_email(arguments.email))
    return 0


def _print_link(email: str) -> None:
    from django.conf import settings

    from volmacht.parties.operations import link_for_employee
    from volmacht.rules.accounts import SET_UP_TERM, AccountObjection

    secret = link_for_employee(email)
    if isinstance(secret, AccountObjection):
        raise CommandProblem(f"no employee has the address {email}")
    print(f"Link for their account, {SET_UP_TERM.days} days, once; give it to them and to nobody else:")
    print(f"{settings.VOLMACHT.base_url}/account/link/{secret}/")
