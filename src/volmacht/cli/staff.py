"""`volmacht staff create NAME EMAIL`: add an employee of the operator."""

import argparse

from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_on_database

LONGEST_NAME = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Name and e-mail address."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="add an employee")
    create.add_argument("name", metavar="NAME")
    create.add_argument("email", metavar="EMAIL")
    create.set_defaults(carry_out=carry_out)


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
    """Add the employee, once; prints the id."""
    start_on_database()
    from volmacht.parties import operations, queries

    name, email = _checked_name(arguments.name), _checked_email(arguments.email)
    with database_problems():
        known = queries.staff_member(email)
        staff_id = operations.create_staff_member(name, email)
    print(
        f"{known.name if known else name} <{email}> {'was there already' if known else 'is added'}: {staff_id}"
    )
    return 0
