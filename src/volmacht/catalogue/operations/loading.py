"""Putting a catalogue file into the catalogue: every line proposed by one employee and approved by another.

Harmless to repeat. What the file does not name stays as it is. What it names otherwise than it stands is changed,
where there is a change for that (`ChangeKind`); the rest is told, line by line. A fault leaves nothing behind.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue.changes import read_service_change, standing_fields
from volmacht.catalogue.contents import read_connection, read_provider
from volmacht.catalogue.file import (
    BadCatalogueFile,
    CatalogueFile,
    Table,
    connections_of,
    read_file,
    tables_in,
    without,
)
from volmacht.catalogue.kinds import ChangeKind, NotJudged, RelationKind
from volmacht.catalogue.models import Connection, Provider, Relation, Service
from volmacht.catalogue.operations.differing import Left, differences, left_over
from volmacht.catalogue.operations.loading_clients import load_client
from volmacht.catalogue.operations.loading_peers import PeerLoading
from volmacht.catalogue.operations.proposing import approve, lock_catalogue, propose
from volmacht.catalogue.reading import InvalidContent
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import InvalidIdentifier, Oin
from volmacht.rules.services import in_force

ANOTHER_ENTITY_ID = (
    "a connection does not move; give the new provider a connection with an entity id of its own"
)
MakeChange = Callable[[ChangeKind, Table], None]
EMPTY_SET = "a set without services cannot be mandated; name one or more, or leave the line away to keep what it holds"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many changes a file brought, zero when everything was there already; and what it could not change."""

    changes: int
    left: tuple[Left, ...] = ()


class _Objected(Exception):
    def __init__(self, objection: NotJudged) -> None:
        super().__init__(objection.objection)
        self.objection = objection


def load_catalogue(source: Path | str | Table, *, proposed_by: UUID, approved_by: UUID) -> Loaded | NotJudged:
    """Put a file (its path, or what was read from it) into the catalogue, in one transaction.

    Raises BadCatalogueFile, which says where in the file, and NotStaff.
    """

    def by_two(kind: ChangeKind, content: Table) -> None:
        objection = approve(propose(kind, content, by=proposed_by), by=approved_by)
        if objection is not None:
            raise _Objected(objection)

    return load_with(by_two, source)


def load_with(change: MakeChange, source: Path | str | Table) -> Loaded | NotJudged:
    """As `load_catalogue`, with each change made by `change`; for operations of this package."""
    content = read_file(source)
    try:
        with transaction.atomic():
            lock_catalogue()
            loading = _Loading(content, change)
            for environment in content.environments:
                loading.load(environment)
            return Loaded(loading.changes, tuple(loading.left))
    except _Objected as error:
        return error.objection


class _Loading:
    """One file on its way in."""

    def __init__(self, content: CatalogueFile, change: MakeChange) -> None:
        self.changes = 0
        self.left: list[Left] = []
        self._content = content
        self._change = change

    def load(self, environment: Environment) -> None:
        """Everything of the file in one environment."""
        for table in self._content.providers:
            self._provider(environment, table)
        for table in self._content.services:
            self._service(environment, table, is_set=False)
        for table in self._content.sets:
            set_id = self._service(environment, without(table, "services"), is_set=True)
            if "services" in table:
                self._members(environment, set_id, table)
        PeerLoading(self._content, self._carry_out, self.left.extend).load(environment)
        for table in tables_in(environment, self._content.clients):
            load_client(environment, table, self._carry_out)

    def _carry_out(self, where: str, kind: ChangeKind, content: Table) -> None:
        with _telling(where):
            self._change(kind, content)
        self.changes += 1

    def _provider(self, environment: Environment, table: Table) -> None:
        where = f"{environment}, provider '{table.get('name')}'"
        found = Provider.objects.filter(environment=environment, oin=_oin(where, table.get("oin")))
        content, row = without(table, "connection"), found.first()
        if row is None:
            self._carry_out(where, ChangeKind.ADD_PROVIDER, {"environment": environment, **content})
        else:
            with _telling(where):
                wanted = read_provider({**content, "environment": environment, "id": row.id})
            changed = differences(row, content, wanted)
            if changed:
                self._carry_out(where, ChangeKind.CHANGE_PROVIDER, {"id": row.id, **changed})
        for link in connections_of(table):
            if not isinstance(link, Mapping):
                raise BadCatalogueFile(f"{where}: connection: write it under [provider.connection]")
            self._connection(where, environment, found.get().id, link)

    def _connection(self, where: str, environment: Environment, provider_id: UUID, table: Table) -> None:
        entity_id = str(table.get("entity_id"))
        content = {**table, "environment": environment, "provider": provider_id}
        row = Connection.objects.filter(environment=environment, entity_id=entity_id).first()
        if row is None:
            self._carry_out(f"{where}, connection", ChangeKind.ADD_CONNECTION, content)
        else:
            self._changed_connection(f"{where}, connection '{entity_id}'", row, table, content)

    def _changed_connection(self, where: str, row: Connection, named: Table, content: Table) -> None:
        with _telling(where):
            wanted = read_connection({**content, "id": row.id})
        differing = differences(row, named, wanted)
        if "sso_domain" in differing:
            changed = {"id": row.id, "sso_domain": differing.pop("sso_domain")}
            self._carry_out(where, ChangeKind.CHANGE_CONNECTION, changed)
        if "active" in differing:
            switch = {"id": row.id, "active": differing.pop("active")}
            self._carry_out(where, ChangeKind.SWITCH_CONNECTION, switch)
        self.left += left_over(where, row, differing, {})
        if wanted.provider != row.provider_id:
            other = f"the provider with OIN {row.provider.oin}"
            self.left.append(Left(where, "provider", other, "this one", ANOTHER_ENTITY_ID))

    def _service(self, environment: Environment, table: Table, *, is_set: bool) -> UUID:
        where = f"{environment}, {'set' if is_set else 'service'} '{table.get('name')}'"
        found = Service.objects.filter(environment=environment, service_uuid=_uuid(where, table.get("uuid")))
        row = found.first()
        content = without(table, "uuid") | self._links(where, environment, table, row, is_set=is_set)
        if row is None:
            identity = {"environment": environment, "service_uuid": table.get("uuid"), "is_set": is_set}
            self._carry_out(where, ChangeKind.ADD_SERVICE, {**content, **identity})
            row = found.get()
        elif row.is_set != is_set:
            stands = "a set" if row.is_set else "a service"
            raise BadCatalogueFile(f"{where}: uuid: is that of {stands} already; give this one another")
        elif self._differs(where, row, content):
            self._carry_out(where, ChangeKind.CHANGE_SERVICE, {**content, "id": row.id})
        return row.id

    def _links(
        self, where: str, environment: Environment, table: Table, row: Service | None, *, is_set: bool
    ) -> dict[str, object]:
        """The providers of a service by id, and a connection of the first."""
        oins = _names(table, "providers")
        ids = dict(Provider.objects.filter(environment=environment, oin__in=oins).values_list("oin", "id"))
        for oin in oins:
            if oin not in ids:
                raise BadCatalogueFile(f"{where}: providers: {oin} is not in the catalogue")
        providers: dict[str, object] = {"providers": [ids[oin] for oin in oins]}
        if is_set or not oins:
            return providers
        return {**providers, "connection": self._reached_over(oins[0], ids[oins[0]], row)}

    def _reached_over(self, oin: str, provider_id: UUID, row: Service | None) -> UUID | None:
        """Over which connection of its provider a service is reached.

        It stays where it is while that is one that the file names and that counts; else it moves to one that is. Where
        the file names none that counts, it stays; a new service then gets any.
        """
        found = list(Connection.objects.filter(provider=provider_id).order_by("entity_id"))
        names = {
            link.get("entity_id")
            for table in self._content.providers
            if str(table.get("oin")) == oin
            for link in connections_of(table)
            if isinstance(link, Mapping)
        }
        now = clock.now()
        counts = [one for one in found if in_force(one.active, one.active_from, one.active_until, now)]
        named = [one.id for one in counts if one.entity_id in names]
        stands = row.connection_id if row and row.connection_id in {one.id for one in found} else None
        if stands and (stands in named or not named):
            return stands
        return next(iter([*named, *(one.id for one in counts), *(one.id for one in found)]), None)

    def _differs(self, where: str, row: Service, content: Table) -> bool:
        with _telling(where):
            return read_service_change({**content, "id": row.id}).fields != standing_fields(row)

    def _members(self, environment: Environment, set_id: UUID, table: Table) -> None:
        """What the set holds from now on: a service that the file names no more leaves it (DM-35, DM-61)."""
        where = f"{environment}, set '{table.get('name')}'"
        if not _names(table, "services"):
            raise BadCatalogueFile(f"{where}: services: {EMPTY_SET}")
        wanted = [self._target(where, environment, member) for member in _names(table, "services")]
        kind, now = RelationKind.SERVICE_SET, clock.now()
        relations = {row.target_id: row for row in Relation.objects.filter(kind=kind, source_id=set_id)}
        for target in dict.fromkeys([*wanted, *relations]):
            content = {"kind": kind, "source": set_id, "target": target}
            row = relations.get(target)
            if row is None:
                self._carry_out(where, ChangeKind.ADD_RELATION, content)
                continue
            ended = not row.active or (row.active_until is not None and row.active_until <= now)
            if ended and target in wanted:
                again = {"active": True, "active_until": None}
                self._carry_out(where, ChangeKind.CHANGE_RELATION, content | again)
            elif not ended and target not in wanted:
                self._carry_out(where, ChangeKind.CHANGE_RELATION, {**content, "active": False})

    def _target(self, where: str, environment: Environment, member: str) -> UUID:
        target = Service.objects.filter(environment=environment, service_uuid=_uuid(where, member)).first()
        if target is None:
            raise BadCatalogueFile(f"{where}: services: {member} is not in the catalogue")
        return target.id


@contextmanager
def _telling(where: str) -> Iterator[None]:
    """What cannot be is told with its place in the file."""
    try:
        yield
    except InvalidContent as error:
        raise BadCatalogueFile(f"{where}: {error}") from error


def _names(table: Table, name: str) -> list[str]:
    """A list of texts in the file."""
    values = table.get(name, [])
    if not isinstance(values, list):
        raise BadCatalogueFile(f"'{table.get('name')}': {name}: must be a list")
    return [str(value) for value in values]


def _oin(where: str, value: object) -> str:
    try:
        return Oin.parse(str(value)).value
    except InvalidIdentifier as error:
        raise BadCatalogueFile(f"{where}: oin: must be 20 digits") from error


def _uuid(where: str, value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise BadCatalogueFile(f"{where}: uuid: must be a UUID") from error
