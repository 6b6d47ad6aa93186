"""Dry runs, exports, and the imports that wait for a second employee (DM-63, DM-64). Only looks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.catalogue.importing.document import Row
from volmacht.catalogue.importing.judging import judge_rows, try_document
from volmacht.catalogue.importing.standing import what_stands
from volmacht.catalogue.importing.verdicts import DryRun, ImportKind, read_verdicts
from volmacht.catalogue.importing.writing import written
from volmacht.catalogue.kinds import ProposalState
from volmacht.catalogue.models import StoredImport
from volmacht.rules.environment import Environment


@dataclass(frozen=True, slots=True)
class ProposedImport:
    """A stored import. `run` is its dry run as it was; `differs` the lines whose verdict is another now.

    While something differs nobody can approve it. Only `stored_import` tells `differs`, of an import not judged yet.
    """

    id: UUID
    run: DryRun
    digest: str
    state: ProposalState
    proposed_by: UUID
    tried_at: datetime
    proposed_at: datetime | None
    judged_by: UUID | None
    judged_at: datetime | None
    differs: tuple[int, ...] = ()


def dry_run(content: bytes, *, kind: ImportKind, environment: Environment) -> DryRun:
    """What the import of a file would do now; nothing is kept."""
    return try_document(kind, environment, content)[0]


def exported(kind: ImportKind, environment: Environment) -> bytes:
    """One environment of the catalogue as CSV in DigiD's layout."""
    return written(kind, what_stands(environment))


def open_imports() -> tuple[ProposedImport, ...]:
    """The imports that wait for a second employee, oldest first."""
    rows = StoredImport.objects.filter(state=ProposalState.OPEN).order_by("proposed_at", "id")
    return tuple(_shown(row) for row in rows)


def stored_import(import_id: UUID) -> ProposedImport | None:
    """One import, tried, proposed or judged."""
    row = StoredImport.objects.filter(id=import_id).first()
    if row is None:
        return None
    if row.state not in {ProposalState.TRIED, ProposalState.OPEN}:
        return _shown(row)
    shown = _shown(row)
    rows = [Row(line, tuple(cells)) for line, cells in row.rows]
    now = judge_rows(shown.run.kind, shown.run.environment, rows)
    pairs = zip(shown.run.rows, now, strict=False)  # rows that were damaged are told when it is judged
    return _shown(row, tuple(was.line for was, becomes in pairs if was != becomes.verdict))


def _shown(row: StoredImport, differs: tuple[int, ...] = ()) -> ProposedImport:
    run = DryRun(
        ImportKind(row.kind),
        Environment(row.environment),
        read_verdicts(row.verdicts),
        header=row.header,
        empty_lines=row.empty_lines,
    )
    return ProposedImport(
        id=row.id,
        run=run,
        digest=row.digest,
        state=ProposalState(row.state),
        proposed_by=row.proposed_by_id,
        tried_at=row.tried_at,
        proposed_at=row.proposed_at,
        judged_by=row.judged_by_id,
        judged_at=row.judged_at,
        differs=differs,
    )
