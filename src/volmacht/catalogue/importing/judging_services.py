"""A verdict on each row of services beside what stands, and the changes that it takes (DM-61, DM-63). Only looks.

What holds a service is named in the row of what holds it: the row's own service is the set. A relation that a row does
not name stays.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from volmacht.catalogue.contents import read_service_fields
from volmacht.catalogue.differences import FieldChange, as_json
from volmacht.catalogue.importing.cells import Cells, Item, Moment, shown_flag, shown_moment
from volmacht.catalogue.importing.document import Row
from volmacht.catalogue.importing.plan import (
    Judged,
    OfferStep,
    Step,
    differing,
    each_named_once,
    verdict_on,
)
from volmacht.catalogue.importing.service_rows import COLUMN_OF, RELATIONS, ServiceRow, read_service_row
from volmacht.catalogue.importing.standing import RelationKey, Standing
from volmacht.catalogue.importing.verdicts import RowFault
from volmacht.catalogue.kinds import ChangeKind, RelationKind
from volmacht.catalogue.models import Relation, Service
from volmacht.catalogue.reading import Fields, InvalidContent
from volmacht.rules.kinds import RepresentativeKind

NEEDED_OF_NEW: dict[str, object] = {"representative_kind": RepresentativeKind.NONE}


@dataclass(frozen=True, slots=True)
class _Named:
    """A service that a relation may name: what stands, or what the file adds."""

    id: UUID
    is_set: bool


def judge_services(rows: Sequence[Row], standing: Standing) -> list[Judged]:
    """What becomes of each row."""
    return _Judging(rows, standing).judged()


class _Judging:
    """One file of services beside what stands."""

    def __init__(self, rows: Sequence[Row], standing: Standing) -> None:
        self._standing = standing
        self._read = [read_service_row(row) for row in rows]
        each_named_once([(cells, row.service_uuid, 2) for row, cells in self._read])
        self._named = {
            service_uuid: _Named(row.id, row.is_set) for service_uuid, row in standing.services.items()
        }
        for row, _ in self._read:
            if row.service_uuid and row.service_uuid not in self._named:
                self._named[row.service_uuid] = _Named(uuid4(), row.is_set)
        self._targets_of: dict[UUID, set[UUID]] = defaultdict(set)
        self._sources_of: dict[UUID, set[UUID]] = defaultdict(set)
        mentioned: list[RelationKey] = [
            (kind, row.service_uuid, item.service_uuid)
            for row, _ in self._read
            if row.service_uuid
            for kind, item in row.relations
        ]
        for _, source, target in (*standing.relations, *mentioned):
            self._targets_of[source].add(target)
            self._sources_of[target].add(source)

    def judged(self) -> list[Judged]:
        """A verdict for every row, in the order of the file."""
        return [self._judge(row, cells) for row, cells in self._read]

    def _judge(self, row: ServiceRow, cells: Cells) -> Judged:
        stands = self._standing.services.get(row.service_uuid) if row.service_uuid else None
        changes, content = differing(row.said, stands)
        connection, link = self._connection(row, cells, stands)
        relations, steps = self._relations(row, cells)
        if not cells.faults:
            _limits(row, cells)
        changes = [*connection, *changes, *relations]
        kept = [] if cells.faults else self._steps(row, stands, content | link, steps)
        return Judged(verdict_on(cells, cells.raw(2), cells.raw(3), stands is None, changes), kept)

    def _connection(
        self, row: ServiceRow, cells: Cells, stands: Service | None
    ) -> tuple[list[FieldChange], dict[str, object]]:
        """Over which connection: an empty cell leaves it. Its organisation then offers the service too."""
        if not row.connection:
            if stands is None and not row.is_set:
                cells.fault(0, RowFault.CONNECTION_MISSING)
            return [], {}
        found = self._standing.connections.get(row.connection)
        if found is None:
            cells.fault(0, RowFault.CONNECTION_UNKNOWN)
            return [], {}
        if stands and stands.connection_id == found.id:
            return [], {}
        before = self._standing.entity_id_of(stands) if stands else None
        providers = self._standing.offered_by.get(stands.id, frozenset()) if stands else frozenset()
        content = {"connection": found.id, "providers": sorted(providers | {found.provider_id})}
        return [FieldChange("connection", before, row.connection)], content

    def _relations(self, row: ServiceRow, cells: Cells) -> tuple[list[FieldChange], list[Step | OfferStep]]:
        shown: list[FieldChange] = []
        steps: list[Step | OfferStep] = []
        for kind, item in row.relations:
            fault = self._relation_fault(row, kind, item)
            if fault:
                cells.fault(RELATIONS, fault)
            elif row.service_uuid:
                stands = self._standing.relations.get((kind, row.service_uuid, item.service_uuid))
                before, after = _shown_relation(stands), _shown_item(item)
                if before != after:
                    shown.append(FieldChange(f"relation.{kind}.{item.service_uuid}", before, after))
                    steps.append(self._relation_step(row.service_uuid, kind, item, stands))
        return shown, steps

    def _relation_fault(self, row: ServiceRow, kind: RelationKind, item: Item) -> RowFault | None:
        source, target = row.service_uuid, item.service_uuid
        if source is None:
            return None
        if source == target:
            return RowFault.RELATION_WITH_ITSELF
        if target not in self._named:
            return RowFault.SERVICE_UNKNOWN
        if kind is RelationKind.SERVICE_SET and not self._named[source].is_set:
            return RowFault.SOURCE_IS_NO_SET
        held_set = kind is RelationKind.SERVICE_SET and self._named[target].is_set
        if held_set or self._sources_of[source] or self._targets_of[target]:
            return RowFault.NOT_ONE_LEVEL
        return None

    def _relation_step(self, source: UUID, kind: RelationKind, item: Item, stands: Relation | None) -> Step:
        content: dict[str, object] = {
            "kind": kind,
            "source": self._named[source].id,
            "target": self._named[item.service_uuid].id,
            "active": item.active,
        }
        for name, moment in (("active_from", item.from_), ("active_until", item.until)):
            if stands is None or shown_moment(getattr(stands, name)) != moment.shown:
                content[name] = moment.at
        kind_of_change = ChangeKind.ADD_RELATION if stands is None else ChangeKind.CHANGE_RELATION
        return Step(kind_of_change, content, last=True)

    def _steps(
        self,
        row: ServiceRow,
        stands: Service | None,
        content: dict[str, object],
        relations: list[Step | OfferStep],
    ) -> list[Step | OfferStep]:
        if stands is None and row.service_uuid:
            identity = {
                "id": self._named[row.service_uuid].id,
                "environment": self._standing.environment,
                "service_uuid": row.service_uuid,
                "is_set": row.is_set,
            }
            return [Step(ChangeKind.ADD_SERVICE, NEEDED_OF_NEW | content | identity), *relations]
        if stands and content:
            return [Step(ChangeKind.CHANGE_SERVICE, {"id": stands.id, **content}), *relations]
        return relations


def _limits(row: ServiceRow, cells: Cells) -> None:
    """The limits of the catalogue itself, should a cell get past those of the layout."""
    said = {name: value.at if isinstance(value, Moment) else value for name, value in row.said.items()}
    try:
        read_service_fields(Fields(NEEDED_OF_NEW | as_json(said)))
    except InvalidContent as error:
        cells.fault(COLUMN_OF.get(error.field), RowFault.NOT_ALLOWED, error.field)


def _shown_relation(row: Relation | None) -> str | None:
    if row is None:
        return None
    return f"{shown_flag(row.active)}#{shown_moment(row.active_from)}#{shown_moment(row.active_until)}"


def _shown_item(item: Item) -> str:
    return f"{shown_flag(item.active)}#{item.from_.shown}#{item.until.shown}"
