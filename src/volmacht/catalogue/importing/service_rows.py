"""A row of services in DigiD's layout (DM-63): which cell says which field. Pure.

The layout says less than the catalogue. English texts, website, keywords, longest mandate, minimum age, survivors,
counter, `code_at_login` and the organisations have no column: they stay as they are, or get the catalogue's default.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from volmacht.catalogue.entity_ids import LONGEST_ENTITY_ID
from volmacht.catalogue.importing.cells import Cells, Item
from volmacht.catalogue.importing.document import Row
from volmacht.catalogue.importing.standing import RELATION_LABELS
from volmacht.catalogue.importing.verdicts import RowFault, RowNote
from volmacht.catalogue.kinds import RelationKind
from volmacht.rules.kinds import RepresentativeKind

KIND_LABELS: Final = {
    RepresentativeKind.PERSON: "Burger",
    RepresentativeKind.ORGANISATION: "Organisatie",
    RepresentativeKind.BOTH: "Burger en organisatie",
    RepresentativeKind.NONE: "Niet",
}
ENCRYPTION, LEGACY_ENCRYPTION, PSEUDONYM = "BSN", "Legacy BSN", "Pseudoniem"
COLUMN_OF: Final = {
    "connection": 0,
    "name": 3,
    "minimum_level": 4,
    "announced_level": 6,
    "announced_on": 7,
    "announced_message": 8,
    "digid_allowed": 9,
    "permission_question": 10,
    "mandatable": 11,
    "position": 12,
    "representative_kind": 13,
    "request_days": 14,
    "description": 15,
    "explanation": 16,
    "active": 17,
    "active_from": 18,
    "active_until": 19,
}
RELATIONS: Final = 20


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """What a row says: `said` names only the fields that it says something about, moments as `cells.Moment`."""

    line: int
    service_uuid: UUID | None
    connection: str
    said: dict[str, object]
    relations: tuple[tuple[RelationKind, Item], ...]

    @property
    def is_set(self) -> bool:
        """What holds services is a set: the layout has no column for it."""
        return any(kind is RelationKind.SERVICE_SET for kind, _ in self.relations)


def read_service_row(row: Row) -> tuple[ServiceRow, Cells]:
    """What a row says, with the faults and notes that were found on the way."""
    cells = Cells(row)
    mandatable = cells.flag(11)
    service_uuid = cells.service_uuid(2)
    connection = cells.text(0, LONGEST_ENTITY_ID)
    _look_at_entity_id(cells, connection)
    _look_at_encryption(cells)
    said = _fields(cells, mandatable=mandatable)
    relations = tuple(
        (kind, item)
        for item in cells.items(RELATIONS, with_kind=True)
        if (kind := _relation_kind(cells, item.kind)) is not None
    )
    return ServiceRow(row.line, service_uuid, connection, said, relations), cells


def _fields(cells: Cells, *, mandatable: bool) -> dict[str, object]:
    said: dict[str, object] = {
        "name": cells.text(3, 255, needed=True),
        "minimum_level": cells.level(4, needed=True),
        "announced_level": cells.level(6, needed=False),
        "announced_on": cells.day(7),
        "announced_message": cells.text(8, 300),
        "digid_allowed": cells.flag(9),
        "permission_question": cells.text(10, 255),
        "mandatable": mandatable,
        "description": cells.text(15, 300),
        "explanation": cells.text(16, 2000, lines=True),
    }
    said["active"], said["active_from"], said["active_until"] = cells.term(17, 18, 19)
    if (said["announced_level"] is None) is not (said["announced_on"] is None):
        cells.fault(6 if said["announced_level"] is None else 7, RowFault.LEVEL_AND_DATE_GO_TOGETHER)
    only_where_mandatable = {
        "position": cells.number(12, 0, 100_000, needed=mandatable),
        "representative_kind": _representative_kind(cells, needed=mandatable),
        "request_days": cells.number(14, 1, 365, needed=mandatable),
    }
    return said | {name: value for name, value in only_where_mandatable.items() if value is not None}


def _look_at_entity_id(cells: Cells, connection: str) -> None:
    own = cells.text(1, LONGEST_ENTITY_ID)
    if own != connection:
        cells.note(RowNote.SERVICE_ENTITY_ID_NOT_KEPT)


def _look_at_encryption(cells: Cells) -> None:
    """Here a provider gets the BSN, encrypted for it alone; never a pseudonym."""
    value = cells.raw(5)
    if value == LEGACY_ENCRYPTION:
        cells.note(RowNote.ENCRYPTION_IS_BSN)
    elif value == PSEUDONYM:
        cells.fault(5, RowFault.ENCRYPTION_UNSUPPORTED)
    elif value != ENCRYPTION:
        cells.fault(5, RowFault.ENCRYPTION_UNKNOWN if value else RowFault.VALUE_MISSING)


def _representative_kind(cells: Cells, *, needed: bool) -> RepresentativeKind | None:
    value = cells.raw(13)
    for kind, label in KIND_LABELS.items():
        if value.lower() in {label.lower(), kind.value}:
            return kind
    if value or needed:
        cells.fault(13, RowFault.REPRESENTATIVE_KIND_UNKNOWN if value else RowFault.VALUE_MISSING)
    return None


def _relation_kind(cells: Cells, value: str) -> RelationKind | None:
    for kind, label in RELATION_LABELS.items():
        if value.lower() == label.lower():
            return kind
    cells.fault(RELATIONS, RowFault.RELATION_KIND_UNKNOWN)
    return None
