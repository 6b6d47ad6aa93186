"""From the bytes of a file, or its stored rows, to a dry run (DM-63). Reads the catalogue; changes nothing."""

from collections.abc import Sequence

from volmacht import clock
from volmacht.catalogue.importing.document import Document, Row, Unreadable, read_document
from volmacht.catalogue.importing.judging_organisations import judge_organisations
from volmacht.catalogue.importing.judging_services import judge_services
from volmacht.catalogue.importing.plan import Judged
from volmacht.catalogue.importing.standing import what_stands
from volmacht.catalogue.importing.verdicts import DryRun, ImportKind
from volmacht.rules.environment import Environment


def judge_rows(kind: ImportKind, environment: Environment, rows: Sequence[Row]) -> list[Judged]:
    """What becomes of each row now, and the changes that it takes."""
    standing = what_stands(environment)
    if kind is ImportKind.SERVICES:
        return judge_services(rows, standing)
    return judge_organisations(rows, standing, clock.now())


def try_document(
    kind: ImportKind, environment: Environment, content: bytes
) -> tuple[DryRun, Document | None]:
    """The dry run of a file, and its rows; without rows where it cannot be read."""
    try:
        document = read_document(content, kind)
    except Unreadable as error:
        return DryRun(kind, environment, faults=(error.fault,)), None
    verdicts = tuple(one.verdict for one in judge_rows(kind, environment, document.rows))
    run = DryRun(kind, environment, verdicts, header=document.header, empty_lines=document.empty_lines)
    return run, document
