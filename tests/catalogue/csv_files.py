"""CSV files in DigiD's layout for tests: rows of which a test changes what it is about."""

import csv
import io
from uuid import UUID

from tests.catalogue.building import Building
from volmacht.catalogue import queries
from volmacht.catalogue.operations import TriedImport, propose_import, upload_import
from volmacht.catalogue.queries import CellFault, DryRun, ImportKind, RowFault
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION
ENTITY = "urn:test:csv"
NEW_UUID = "33333333-3333-4333-8333-333333333333"
OTHER_UUID = "44444444-4444-4444-8444-444444444444"
OIN = "00000001234567890000"
SERVICE = [
    ENTITY, ENTITY, NEW_UUID, "Dienst", "20", "BSN", "", "", "", "1", "Mag dit?", "1", "3", "Burger", "90",
    "Wat het is", "Meer", "1", "01-01-2026 00:00", "", "",
]  # fmt: skip
ORGANISATION = [
    OIN,
    "Gemeente",
    "Omschrijving",
    "1",
    "01-01-2026 00:00",
    "",
    "0",
    "1",
    "01-01-2026 00:00",
    "",
    "",
]


def service(**cells: str) -> list[str]:
    """A row of services; `c4="25"` puts 25 in column 4 of the layout, which counts from 0."""
    return with_cells(SERVICE, cells)


def organisation(**cells: str) -> list[str]:
    """A row of organisations."""
    return with_cells(ORGANISATION, cells)


def with_cells(row: list[str], cells: dict[str, str]) -> list[str]:
    return [cells.get(f"c{column}", cell) for column, cell in enumerate(row)]


def file_of(*rows: list[str], separator: str = ",") -> bytes:
    """A file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def tried(content: bytes, kind: ImportKind = ImportKind.SERVICES) -> DryRun:
    """The dry run in production."""
    return queries.dry_run(content, kind=kind, environment=PRODUCTION)


def faults(
    content: bytes, kind: ImportKind = ImportKind.SERVICES
) -> list[tuple[RowFault, int | None, int | None]]:
    """Each fault with its line and column."""
    run = tried(content, kind)
    found: list[CellFault] = [*run.faults, *(fault for row in run.rows for fault in row.faults)]
    return [(one.fault, one.line, one.column) for one in found]


def uploaded(content: bytes, by: UUID, kind: ImportKind = ImportKind.SERVICES) -> TriedImport:
    """The file as it is kept after its dry run."""
    return upload_import(content, kind=kind, environment=PRODUCTION, by=by)


def proposed(building: Building, content: bytes, kind: ImportKind = ImportKind.SERVICES) -> UUID:
    """The file, tried and proposed."""
    import_id = uploaded(content, building.proposer, kind).id
    assert import_id
    assert propose_import(import_id, by=building.proposer) is None
    return import_id
