"""The cluster members and peers of a catalogue file on their way in; a part of `loading`.

What is there already and differs is changed where there is a change for that; the rest is left, and told.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from volmacht.catalogue.carrying_out import TERM
from volmacht.catalogue.contents import Content
from volmacht.catalogue.file import BadCatalogueFile, CatalogueFile, Table, tables_in, without
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import ClusterMember, Connection, PinnedPeer, Provider, Service
from volmacht.catalogue.operations.differing import Left, differences, left_over
from volmacht.catalogue.peer_contents import CHANGEABLE, read_cluster_member, read_peer
from volmacht.catalogue.reading import InvalidContent
from volmacht.rules.environment import Environment

CarryOut = Callable[[str, ChangeKind, Table], None]
Leave = Callable[[list[Left]], None]
ContentType = TypeVar("ContentType")
PEER_STAYS = "it says whom to trust; switch this peer off and pin another, with an entity id of its own"
MEMBER_STAYS = "the OIN in the entity id of the DV says whose it is"


@dataclass(frozen=True, slots=True)
class PeerLoading:
    """`carry_out` proposes and approves one change; it takes where in the file it stands. `leave` notes what stays."""

    content: CatalogueFile
    carry_out: CarryOut
    leave: Leave

    def load(self, environment: Environment) -> None:
        """Everything of these kinds in one environment."""
        for table in tables_in(environment, self.content.peers):
            self._peer(environment, table)
        self._members(environment)

    def _peer(self, environment: Environment, table: dict[str, object]) -> None:
        where = f"{environment}, peer '{table.get('entity_id')}'"
        content = {**table, "environment": environment}
        row = PinnedPeer.objects.filter(
            environment=environment, entity_id=str(table.get("entity_id"))
        ).first()
        if row is None:
            self.carry_out(where, ChangeKind.ADD_PEER, content)
            return
        wanted = _read(where, read_peer, {**content, "id": row.id})
        differing = differences(row, without(table, "representation_types"), wanted)
        change = {name: differing.pop(name) for name in CHANGEABLE if name in differing}
        types = list(wanted.representation_types)
        if "representation_types" in table and types != row.representation_types:
            change["representation_types"] = types
        if change:
            self.carry_out(where, ChangeKind.CHANGE_PEER, {"id": row.id, **change})
        if "active" in differing:
            switch = {"id": row.id, "active": differing.pop("active")}
            self.carry_out(where, ChangeKind.SWITCH_PEER, switch)
        self.leave(left_over(where, row, differing, dict.fromkeys(("role", "oin"), PEER_STAYS)))

    def _members(self, environment: Environment) -> None:
        """A DV's services over a connection may stand in several tables; one that none names any more leaves."""
        named: dict[tuple[UUID, str], set[UUID]] = defaultdict(set)
        for table in tables_in(environment, self.content.cluster_members):
            connection_id, services = self._member(environment, table)
            named[connection_id, str(table.get("dv_entity_id"))] |= services
        for (connection_id, dv_entity_id), services in named.items():
            rows = ClusterMember.objects.filter(
                connection_id=connection_id, dv_entity_id=dv_entity_id, active=True
            )
            for row in rows.exclude(service_id__in=services):
                where = f"{environment}, cluster member '{dv_entity_id}'"
                self.carry_out(where, ChangeKind.SWITCH_CLUSTER_MEMBER, {"id": row.id, "active": False})

    def _member(self, environment: Environment, table: dict[str, object]) -> tuple[UUID, set[UUID]]:
        """Add or change what one table names; the connection and its services."""
        where = f"{environment}, cluster member '{table.get('dv_entity_id')}'"
        services = table.pop("services", [])
        if not isinstance(services, list) or not services:
            raise BadCatalogueFile(f"{where}: services: must be a list of ServiceUUIDs")
        connection_id = _connection(where, environment, table.get("connection"))
        provider_id = _provider(where, environment, table.get("provider"))
        content = {**table, "connection": connection_id, "provider": provider_id}
        service_ids = [_service(where, environment, service) for service in services]
        for service_id in service_ids:
            row = ClusterMember.objects.filter(
                connection_id=connection_id,
                dv_entity_id=str(table.get("dv_entity_id")),
                service_id=service_id,
            ).first()
            if row is None:
                self.carry_out(where, ChangeKind.ADD_CLUSTER_MEMBER, {**content, "service": service_id})
            else:
                self._changed_member(where, row, content)
        return connection_id, set(service_ids)

    def _changed_member(self, where: str, row: ClusterMember, content: Table) -> None:
        wanted = _read(where, read_cluster_member, {**content, "service": row.service_id, "id": row.id})
        named = {name: content[name] for name in TERM if name in content}
        differing = differences(row, named, wanted)
        if "active" in differing:
            switch = {"id": row.id, "active": differing.pop("active")}
            self.carry_out(where, ChangeKind.SWITCH_CLUSTER_MEMBER, switch)
        left = left_over(where, row, differing, {})
        if not row.active and "active" not in named:  # somebody switched it off, and may have had a reason
            left.append(Left(where, "active", False, "not named", "write `active = true` to switch it on"))
        if wanted.provider != row.provider_id:
            left.append(Left(where, "provider", row.provider.oin, "another", MEMBER_STAYS))
        self.leave(left)


def _read(where: str, read: Callable[[Content], ContentType], content: Content) -> ContentType:
    try:
        return read(content)
    except InvalidContent as error:
        raise BadCatalogueFile(f"{where}: {error}") from error


def _connection(where: str, environment: Environment, entity_id: object) -> UUID:
    row = Connection.objects.filter(environment=environment, entity_id=str(entity_id)).first()
    if row is None:
        raise BadCatalogueFile(f"{where}: connection: {entity_id} is not in the catalogue")
    return row.id


def _provider(where: str, environment: Environment, oin: object) -> UUID:
    row = Provider.objects.filter(environment=environment, oin=str(oin)).first()
    if row is None:
        raise BadCatalogueFile(f"{where}: provider: {oin} is not in the catalogue")
    return row.id


def _service(where: str, environment: Environment, service_uuid: object) -> UUID:
    try:
        row = Service.objects.filter(environment=environment, service_uuid=UUID(str(service_uuid))).first()
    except ValueError as error:
        raise BadCatalogueFile(f"{where}: services: must be a list of ServiceUUIDs") from error
    if row is None:
        raise BadCatalogueFile(f"{where}: services: {service_uuid} is not in the catalogue")
    return row.id
