"""`volmacht metadata`: take in the SAML metadata of a connection or peer, and tell what is stored (MD-21 to MD-28).

One employee is enough, and is named in the audit chain: a document counts only with a certificate of a pinned authority
that carries the OIN of what two employees approved (DM-64).
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from volmacht.cli.catalogue import employee
from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_django
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from volmacht.catalogue.operations import ImportOutcome
    from volmacht.catalogue.queries import Run, RunFinding, StoredPeer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Import one, or list all."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    take = actions.add_parser(
        "import", help="take in a document; from an address it is refreshed from then on"
    )
    take.add_argument("source", metavar="FILE|URL")
    take.add_argument("--environment", choices=list(Environment), type=Environment, required=True)
    take.add_argument("--entity-id", metavar="ID", required=True)
    take.add_argument("--by", metavar="EMAIL", required=True, help="the employee who takes it in")
    take.set_defaults(carry_out=_import)
    listing = actions.add_parser("list", help="what is stored, until when, and how the last reading ended")
    listing.add_argument("--environment", choices=list(Environment), type=Environment)
    listing.set_defaults(carry_out=_list)


def _import(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue.operations import NotRegistered

    with database_problems():
        try:
            outcome = _take(arguments, employee(arguments.by))
        except NotRegistered as problem:
            raise CommandProblem(
                f"{arguments.entity_id} is not registered in {arguments.environment}: put its connection in the"
                " catalogue (`volmacht catalogue load`) or pin it (`volmacht peers add`) first"
            ) from problem
    for finding in outcome.findings:
        print(_finding(finding))
    if not outcome.is_good:
        raise CommandProblem(f"not taken in: {outcome.outcome}; what was stored before stays")
    print(f"Taken in: {outcome.outcome}, {_until(outcome.valid_until)}.")
    return 0


def _take(arguments: argparse.Namespace, by: "UUID") -> "ImportOutcome":
    from volmacht.catalogue.operations import import_from_address, import_metadata

    source, environment, entity_id = arguments.source, arguments.environment, arguments.entity_id
    if source.startswith(("https://", "http://")):
        return import_from_address(environment=environment, entity_id=entity_id, address=source, by=by)
    try:
        data = Path(source).read_bytes()
    except OSError as problem:
        raise CommandProblem(f"{source}: {problem.strerror}") from problem
    name = Path(source).name
    return import_metadata(environment=environment, entity_id=entity_id, data=data, source=name, by=by)


def _list(arguments: argparse.Namespace) -> int:
    start_django()
    from volmacht.catalogue import queries

    with database_problems():
        for environment in [arguments.environment] if arguments.environment else Environment:
            for entity_id, stored in queries.metadata_of_all(environment):
                runs = queries.metadata_runs(environment, entity_id, most=1)
                print("\n".join(_lines(environment, entity_id, stored, runs)))
    return 0


def _lines(
    environment: Environment, entity_id: str, stored: "StoredPeer | None", runs: "tuple[Run, ...]"
) -> list[str]:
    """One peer, with the errors of its last reading below it."""
    lines = [f"{environment} {entity_id}: {_stored(stored) if stored else 'no metadata'}"]
    for run in runs:
        lines.append(f"  last reading {run.moment:%Y-%m-%d %H:%M} UTC: {run.outcome}")
        lines += [f"  {_finding(one)}" for one in run.errors]
    return lines


def _stored(stored: "StoredPeer") -> str:
    source = f"refreshed from {stored.source}" if stored.source else "by file"
    return f"{_until(stored.valid_until)}, {source}"


def _until(moment: "datetime | None") -> str:
    return f"valid until {moment:%Y-%m-%d %H:%M} UTC" if moment else "without an end of its own"


def _finding(found: "RunFinding") -> str:
    line = f" line {found.line}" if found.line else ""
    entity = f" {found.entity_id}" if found.entity_id else ""
    return f"{found.severity} {found.rule} {found.code}{line}{entity}"
