"""What stands in the catalogue of one environment, for judging an import and for writing an export.

Reads the tables of this app, all of them at once: a row is judged without asking the database again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from volmacht.catalogue.kinds import RelationKind
from volmacht.catalogue.models import Connection, Provider, Relation, Service
from volmacht.rules.environment import Environment

RELATION_LABELS: Final = {
    RelationKind.SERVICE_SET: "Dienstenset",
    RelationKind.MESSAGE_BOX: "Berichtenbox",
    RelationKind.MEDIATION: "Dienstbemiddeling",
}
RelationKey = tuple[RelationKind, UUID, UUID]  # source and target by ServiceUUID


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything by the name that a file knows it by: ServiceUUID, OIN, entity id."""

    environment: Environment
    services: Mapping[UUID, Service]
    providers: Mapping[str, Provider]
    connections: Mapping[str, Connection]
    relations: Mapping[RelationKey, Relation]
    offered_by: Mapping[UUID, frozenset[UUID]]  # row id of a service: row ids of its providers
    entity_ids: Mapping[UUID, str]  # row id of a connection: its entity id

    def entity_id_of(self, row: Service) -> str:
        """The entity id of the connection of a service; empty for none."""
        return self.entity_ids[row.connection_id] if row.connection_id else ""


def what_stands(environment: Environment) -> Standing:
    """Read one environment."""
    services = {row.service_uuid: row for row in Service.objects.filter(environment=environment)}
    connections = {row.entity_id: row for row in Connection.objects.filter(environment=environment)}
    public = {row.id: row.service_uuid for row in services.values()}
    offered_by: dict[UUID, set[UUID]] = defaultdict(set)
    links = Service.providers.through.objects.filter(service__environment=environment)
    for service_id, provider_id in links.values_list("service_id", "provider_id"):
        offered_by[service_id].add(provider_id)
    relations = Relation.objects.filter(source__environment=environment).order_by("kind", "target_id")
    return Standing(
        environment=environment,
        services=services,
        providers={row.oin: row for row in Provider.objects.filter(environment=environment)},
        connections=connections,
        relations={
            (RelationKind(row.kind), public[row.source_id], public[row.target_id]): row for row in relations
        },
        offered_by={service_id: frozenset(ids) for service_id, ids in offered_by.items()},
        entity_ids={row.id: row.entity_id for row in connections.values()},
    )
