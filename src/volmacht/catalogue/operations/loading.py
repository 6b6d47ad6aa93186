"""Putting a catalogue file into the catalogue: every line proposed by one employee and approved by another.

All or nothing, and harmless to repeat: what is there already stays, a service whose text or rules differ from
the file is changed, and so is the SSO domain of a connection.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction

from volmacht.catalogue.changes import read_service_change, standing_fields
from volmacht.catalogue.file import BadCatalogueFile, CatalogueFile, Table, read_file
from volmacht.catalogue.kinds import ChangeKind, NotJudged, RelationKind
from volmacht.catalogue.models import Connection, Provider, Relation, Service
from volmacht.catalogue.operations.loading_peers import PeerLoading
from volmacht.catalogue.operations.proposing import approve, lock_catalogue, propose
from volmacht.catalogue.reading import InvalidContent
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import InvalidIdentifier, Oin
from volmacht.sealing import Purpose, keyed_hash

ByConnection = Mapping[tuple[Environment, str], str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many changes a file brought; zero when everything was there already."""

    changes: int


class _Objected(Exception):
    def __init__(self, objection: NotJudged) -> None:
        super().__init__(objection.objection)
        self.objection = objection


def load_catalogue(
    source: Path | str | Table,
    *,
    proposed_by: UUID,
    approved_by: UUID,
    keys: ByConnection | None = None,
    return_addresses: ByConnection | None = None,
) -> Loaded | NotJudged:
    """Put a file (its path, or what was read from it) into the catalogue, in one transaction.

    By environment and entity id, `keys` gives a new connection the key of its software, of which only the keyed
    hash is kept, and `return_addresses` where it really runs, instead of what the file says.
    Raises BadCatalogueFile, which says where in the file, and NotStaff.
    """
    content = read_file(source)
    try:
        with transaction.atomic():
            lock_catalogue()
            loading = _Loading(content, proposed_by, approved_by, keys or {}, return_addresses or {})
            for environment in content.environments:
                loading.load(environment)
            return Loaded(loading.changes)
    except _Objected as error:
        return error.objection


class _Loading:
    """One file on its way in."""

    def __init__(
        self,
        content: CatalogueFile,
        proposed_by: UUID,
        approved_by: UUID,
        keys: ByConnection,
        return_addresses: ByConnection,
    ) -> None:
        self.changes = 0
        self._content = content
        self._proposed_by = proposed_by
        self._approved_by = approved_by
        self._keys = keys
        self._return_addresses = return_addresses

    def load(self, environment: Environment) -> None:
        """Everything of the file in one environment."""
        for table in self._content.providers:
            self._provider(environment, table)
        for table in self._content.services:
            self._service(environment, table, is_set=False)
        for table in self._content.sets:
            members = _names(table, "services")
            set_id = self._service(environment, _without(table, "services"), is_set=True)
            for member in members:
                self._member(environment, set_id, member, where=str(table.get("name")))
        PeerLoading(self._content, self._carry_out).load(environment)

    def _carry_out(self, where: str, kind: ChangeKind, content: Table) -> None:
        try:
            proposal_id = propose(kind, content, by=self._proposed_by)
        except InvalidContent as error:
            raise BadCatalogueFile(f"{where}: {error}") from error
        objection = approve(proposal_id, by=self._approved_by)
        if objection is not None:
            raise _Objected(objection)
        self.changes += 1

    def _provider(self, environment: Environment, table: Table) -> None:
        where = f"{environment}, provider '{table.get('name')}'"
        found = Provider.objects.filter(environment=environment, oin=_oin(where, table.get("oin")))
        if not found.exists():
            content = {"environment": environment, **_without(table, "connection")}
            self._carry_out(where, ChangeKind.ADD_PROVIDER, content)
        links = table.get("connection", [])
        for link in links if isinstance(links, list) else [links]:
            if not isinstance(link, Mapping):
                raise BadCatalogueFile(f"{where}: connection: write it under [provider.connection]")
            self._connection(where, environment, found.get().id, link)

    def _connection(self, where: str, environment: Environment, provider_id: UUID, table: Table) -> None:
        entity_id = str(table.get("entity_id"))
        row = Connection.objects.filter(environment=environment, entity_id=entity_id).first()
        if row is not None:
            domain = table.get("sso_domain", row.sso_domain)
            if domain != row.sso_domain:
                content = {"id": row.id, "sso_domain": domain}
                self._carry_out(f"{where}, connection", ChangeKind.CHANGE_CONNECTION, content)
            return
        key = self._keys.get((environment, entity_id))
        content = {
            **table,
            "environment": environment,
            "provider": provider_id,
            "key_hash": keyed_hash(Purpose.LINK, key).hex() if key else "",
            "return_address": self._return_addresses.get(
                (environment, entity_id), table.get("return_address")
            ),
        }
        self._carry_out(f"{where}, connection", ChangeKind.ADD_CONNECTION, content)

    def _service(self, environment: Environment, table: Table, *, is_set: bool) -> UUID:
        where = f"{environment}, {'set' if is_set else 'service'} '{table.get('name')}'"
        content = _without(table, "uuid") | self._links(where, environment, table, is_set=is_set)
        found = Service.objects.filter(environment=environment, service_uuid=_uuid(where, table.get("uuid")))
        row = found.first()
        if row is None:
            identity = {"environment": environment, "service_uuid": table.get("uuid"), "is_set": is_set}
            self._carry_out(where, ChangeKind.ADD_SERVICE, {**content, **identity})
            row = found.get()
        elif self._differs(where, row, content):
            self._carry_out(where, ChangeKind.CHANGE_SERVICE, {**content, "id": row.id})
        return row.id

    def _links(
        self, where: str, environment: Environment, table: Table, *, is_set: bool
    ) -> dict[str, object]:
        """The providers of a service by id, and the connection of the first."""
        oins = _names(table, "providers")
        ids = dict(Provider.objects.filter(environment=environment, oin__in=oins).values_list("oin", "id"))
        for oin in oins:
            if oin not in ids:
                raise BadCatalogueFile(f"{where}: providers: {oin} is not in the catalogue")
        if is_set or not oins:
            return {"providers": [ids[oin] for oin in oins]}
        connections = Connection.objects.filter(environment=environment, provider=ids[oins[0]]).order_by(
            "entity_id"
        )
        return {
            "providers": [ids[oin] for oin in oins],
            "connection": connections.values_list("id", flat=True).first(),
        }

    def _differs(self, where: str, row: Service, content: Table) -> bool:
        try:
            return read_service_change({**content, "id": row.id}).fields != standing_fields(row)
        except InvalidContent as error:
            raise BadCatalogueFile(f"{where}: {error}") from error

    def _member(self, environment: Environment, set_id: UUID, member: str, *, where: str) -> None:
        where = f"{environment}, set '{where}'"
        target = Service.objects.filter(environment=environment, service_uuid=_uuid(where, member)).first()
        if target is None:
            raise BadCatalogueFile(f"{where}: services: {member} is not in the catalogue")
        kind = RelationKind.SERVICE_SET
        if not Relation.objects.filter(kind=kind, source_id=set_id, target=target).exists():
            content = {"kind": kind, "source": set_id, "target": target.id}
            self._carry_out(where, ChangeKind.ADD_RELATION, content)


def _without(table: Table, name: str) -> dict[str, object]:
    return {key: value for key, value in table.items() if key != name}


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
