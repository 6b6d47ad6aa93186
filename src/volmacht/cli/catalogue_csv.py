"""`volmacht catalogue import`, `approve`, `reject` and `export`: the catalogue as CSV in DigiD's layout (DM-63)."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from volmacht.cli.problem import CommandProblem
from volmacht.cli.starting import database_problems, start_on_database
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from volmacht.catalogue.kinds import NotJudged
    from volmacht.catalogue.queries import CellFault, DryRun, RowVerdict

LAYOUTS = ("services", "organisations")


def add_arguments(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The four actions."""
    bring = actions.add_parser("import", help="try a CSV file in DigiD's layout, and propose it whole")
    bring.add_argument("file", metavar="FILE", type=Path)
    _add_layout(bring)
    how = bring.add_mutually_exclusive_group(required=True)
    how.add_argument("--dry-run", action="store_true", help="only tell what each row would do")
    how.add_argument("--propose", action="store_true", help="ask another employee to approve it")
    bring.add_argument("--by", metavar="EMAIL", help="who proposes")
    bring.set_defaults(carry_out=carry_out_import)
    for action, text, carry_out in (
        ("approve", "carry out a whole import that somebody else proposed", carry_out_approve),
        ("reject", "close an import that somebody else proposed", carry_out_reject),
    ):
        judge = actions.add_parser(action, help=text)
        judge.add_argument("id", metavar="ID", type=UUID)
        judge.add_argument("--by", metavar="EMAIL", required=True)
        judge.set_defaults(carry_out=carry_out)
    export = actions.add_parser("export", help="write the catalogue as CSV in DigiD's layout")
    export.add_argument("file", metavar="FILE", type=Path)
    _add_layout(export)
    export.set_defaults(carry_out=carry_out_export)


def _add_layout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kind", choices=LAYOUTS, required=True)
    parser.add_argument("--environment", choices=[one.value for one in Environment], required=True)


def carry_out_import(arguments: argparse.Namespace) -> int:
    """Tell the verdict on every row, and propose the whole where that is asked. Status 1 when a row is faulty."""
    start_on_database()
    from volmacht.catalogue import operations, queries
    from volmacht.cli.catalogue import employee

    kind, environment = queries.ImportKind(arguments.kind), Environment(arguments.environment)
    content = _read(arguments.file)
    with database_problems():
        if arguments.dry_run:
            run = queries.dry_run(content, kind=kind, environment=environment)
            _tell(run)
            return 0 if run.possible else 1
        if not arguments.by:
            raise CommandProblem("--propose needs --by EMAIL: who proposes it")
        proposer = employee(arguments.by)
        tried = operations.upload_import(content, kind=kind, environment=environment, by=proposer)
        _tell(tried.run)
        if tried.id is None or not tried.run.possible:
            raise CommandProblem("nothing is proposed: every row must be right")
        _refuse(operations.propose_import(tried.id, by=proposer))
    print(f"Proposed. Somebody else: volmacht catalogue approve {tried.id} --by EMAIL")
    return 0


def carry_out_approve(arguments: argparse.Namespace) -> int:
    """Carry out an import: all of it or nothing."""
    start_on_database()
    from volmacht.catalogue import operations
    from volmacht.cli.catalogue import employee

    with database_problems():
        done = operations.approve_import(arguments.id, by=employee(arguments.by))
    if isinstance(done, operations.Imported):
        print(f"{done.changes} changes made.")
        return 0
    _refuse(done)
    return 1


def carry_out_reject(arguments: argparse.Namespace) -> int:
    """Close an import."""
    start_on_database()
    from volmacht.catalogue import operations
    from volmacht.cli.catalogue import employee

    with database_problems():
        _refuse(operations.reject_import(arguments.id, by=employee(arguments.by)))
    print("Rejected.")
    return 0


def carry_out_export(arguments: argparse.Namespace) -> int:
    """Write the file."""
    start_on_database()
    from volmacht.catalogue import queries

    with database_problems():
        content = queries.exported(queries.ImportKind(arguments.kind), Environment(arguments.environment))
    try:
        arguments.file.write_bytes(content)
    except OSError as error:
        raise CommandProblem(f"{arguments.file}: {error.strerror}") from error
    print(f"{arguments.file} is written.")
    return 0


def _read(path: Path) -> bytes:
    from volmacht.catalogue.queries import LARGEST_IMPORT

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_IMPORT + 1)  # one more says that it is too large
    except OSError as error:
        raise CommandProblem(f"{path}: {error.strerror}") from error


def _refuse(objection: "NotJudged | None") -> None:
    if objection is not None:
        raise CommandProblem(f"nothing is done: {objection.objection} {objection.detail}".strip())


def _tell(run: "DryRun") -> None:
    """Every row on a line of its own, and the whole in one."""
    from volmacht.catalogue.queries import RowOutcome

    for fault in run.faults:
        print(_fault(fault), file=sys.stderr)
    for row in run.rows:
        _tell_row(row)
    counts = ", ".join(f"{run.count(outcome)} {outcome}" for outcome in RowOutcome)
    print(f"{counts}; header line: {'yes' if run.header else 'no'}; empty lines: {run.empty_lines}.")


def _tell_row(row: "RowVerdict") -> None:
    print(f"line {row.line}: {row.outcome} {row.key} {row.name}".rstrip())
    for change in row.changes:
        print(f"    {change.field}: {change.before!r} -> {change.after!r}")
    for note in row.notes:
        print(f"    note: {note}")
    for fault in row.faults:
        print(f"    {_fault(fault)}", file=sys.stderr)


def _fault(fault: "CellFault") -> str:
    place = ", ".join(f"{name} {at}" for name, at in (("line", fault.line), ("column", fault.column)) if at)
    return f"{place or 'file'}: {fault.fault} {fault.detail}".rstrip()
