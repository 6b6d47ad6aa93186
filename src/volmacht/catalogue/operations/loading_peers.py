"""The cluster members and peers of a catalogue file on their way in; a part of `loading`.

What is there already stays; a BVD whose list of representation types differs from the file is changed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from volmacht.catalogue.file import BadCatalogueFile, CatalogueFile, Table, environments_in
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import ClusterMember, Connection, PinnedPeer, Provider, Service
from volmacht.rules.environment import Environment

CarryOut = Callable[[str, ChangeKind, Table], None]


@dataclass(frozen=True, slots=True)
class PeerLoading:
    """`carry_out` proposes and approves one change; it takes where in the file it stands."""

    content: CatalogueFile
    carry_out: CarryOut

    def load(self, environment: Environment) -> None:
        """Everything of these kinds in one environment."""
        for table in _in(environment, self.content.peers):
            self._peer(environment, table)
        for table in _in(environment, self.content.cluster_members):
            self._member(environment, table)

    def _peer(self, environment: Environment, table: dict[str, object]) -> None:
        where = f"{environment}, peer '{table.get('entity_id')}'"
        found = PinnedPeer.objects.filter(
            environment=environment, entity_id=str(table.get("entity_id"))
        ).first()
        types = table.get("representation_types")
        if found is None:
            self.carry_out(where, ChangeKind.ADD_PEER, {**table, "environment": environment})
        elif types is not None and types != found.representation_types:
            content = {"id": found.id, "representation_types": types}
            self.carry_out(where, ChangeKind.CHANGE_PEER, content)

    def _member(self, environment: Environment, table: dict[str, object]) -> None:
        where = f"{environment}, cluster member '{table.get('dv_entity_id')}'"
        services = table.pop("services", [])
        if not isinstance(services, list) or not services:
            raise BadCatalogueFile(f"{where}: services: must be a list of ServiceUUIDs")
        connection_id = _connection(where, environment, table.get("connection"))
        provider_id = _provider(where, environment, table.get("provider"))
        content = {**table, "connection": connection_id, "provider": provider_id}
        for service in services:
            service_id = _service(where, environment, service)
            if not ClusterMember.objects.filter(
                connection_id=connection_id,
                dv_entity_id=str(table.get("dv_entity_id")),
                service_id=service_id,
            ).exists():
                self.carry_out(where, ChangeKind.ADD_CLUSTER_MEMBER, {**content, "service": service_id})


def _in(environment: Environment, tables: tuple[Table, ...]) -> Iterator[dict[str, object]]:
    """The tables that count in an environment, without their own list of environments."""
    for table in tables:
        if "environments" not in table or environment in environments_in(table):
            yield {name: value for name, value in table.items() if name != "environments"}


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
