"""What each approved change does to the tables, and what it needs of the rest of the catalogue.

Called by `operations`, which holds the lock on the catalogue's version, so that nothing changes in between.
A `check` raises InvalidContent; an `apply` is only called after its check.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from volmacht.catalogue.carrying_out import TERM, Change, columns, existing, same_environment, switching
from volmacht.catalogue.client_changes import CLIENT_CHANGES
from volmacht.catalogue.contents import (
    ConnectionChange,
    Content,
    NewConnection,
    NewProvider,
    NewRelation,
    NewService,
    ServiceFields,
    read_connection,
    read_connection_change,
    read_provider,
    read_provider_switch,
    read_relation,
    read_service,
    read_service_fields,
    read_switch,
)
from volmacht.catalogue.kinds import ChangeKind, RelationKind
from volmacht.catalogue.models import Connection, Provider, Relation, Service
from volmacht.catalogue.peer_changes import NEW_PEERS, PEER_CHANGES
from volmacht.catalogue.reading import Fields, InvalidContent


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service with every field as it will be."""

    row: Service
    fields: ServiceFields


def _check_provider(content: NewProvider) -> None:
    if Provider.objects.filter(environment=content.environment, oin=content.oin).exists():
        raise InvalidContent("oin", "is in the catalogue already")


def _add_provider(content: NewProvider) -> UUID:
    return Provider.objects.create(**columns(content)).id


def read_provider_change(content: Content) -> NewProvider:
    """The provider with the fields that the content names changed; None empties a field. Its OIN stays."""
    named = dict(content)
    row = existing("id", Provider.objects, Fields({"id": named.pop("id", None)}).identifier("id"))
    for identity in ("environment", "oin"):
        if identity in named:
            raise InvalidContent(identity, "cannot be changed: it says which provider this is")
    names = (*NewProvider.__dataclass_fields__.keys() - {"term"}, *TERM)
    return read_provider({name: getattr(row, name) for name in names} | named)


def _check_provider_change(content: NewProvider) -> None:
    existing("id", Provider.objects, content.id)


def _change_provider(content: NewProvider) -> UUID:
    Provider.objects.filter(id=content.id).update(**columns(content, "id", "environment", "oin"))
    return content.id


def _check_connection(content: NewConnection) -> None:
    provider = existing("provider", Provider.objects, content.provider)
    same_environment("provider", provider, content.environment)
    if Connection.objects.filter(environment=content.environment, entity_id=content.entity_id).exists():
        raise InvalidContent("entity_id", "is in the catalogue already")


def _add_connection(content: NewConnection) -> UUID:
    return Connection.objects.create(provider_id=content.provider, **columns(content, "provider")).id


def _check_connection_change(content: ConnectionChange) -> None:
    existing("id", Connection.objects, content.id)


def _change_connection(content: ConnectionChange) -> UUID:
    Connection.objects.filter(id=content.id).update(sso_domain=content.sso_domain)
    return content.id


def _check_service(content: NewService) -> None:
    if Service.objects.filter(environment=content.environment, service_uuid=content.service_uuid).exists():
        raise InvalidContent("service_uuid", "is in the catalogue already")
    _check_links(content.fields, content.environment, is_set=content.is_set)


def _check_links(fields: ServiceFields, environment: str, *, is_set: bool) -> None:
    """A service belongs to a connection and to providers, that of the connection among them; a set need not."""
    providers = [existing("providers", Provider.objects, provider_id) for provider_id in fields.providers]
    for provider in providers:
        same_environment("providers", provider, environment)
    if fields.connection is None:
        if not is_set:
            raise InvalidContent("connection", "may be empty for a service set only")
        return
    connection = existing("connection", Connection.objects, fields.connection)
    same_environment("connection", connection, environment)
    if connection.provider_id not in fields.providers:
        raise InvalidContent("providers", "must name the provider of the connection")


def _add_service(content: NewService) -> UUID:
    row = Service.objects.create(
        id=content.id,
        environment=content.environment,
        service_uuid=content.service_uuid,
        is_set=content.is_set,
        connection_id=content.fields.connection,
        **columns(content.fields, "connection", "providers"),
    )
    row.providers.set(Provider.objects.filter(id__in=content.fields.providers))
    return row.id


def _named_fields(row: Service) -> dict[str, object]:
    """The changeable fields of a service as it stands, under the names that a change gives them."""
    names = [
        name for name in ServiceFields.__dataclass_fields__ if name not in {"connection", "providers", "term"}
    ]
    return {
        **{name: getattr(row, name) for name in (*names, *TERM)},
        "connection": row.connection_id,
        "providers": list(row.providers.values_list("id", flat=True)),
    }


def standing_fields(row: Service) -> ServiceFields:
    """The changeable fields of a service as it stands."""
    return read_service_fields(Fields(_named_fields(row)))


def read_service_change(content: Content) -> ServiceChange:
    """The service with the fields that the content names changed; None empties a field."""
    named = dict(content)
    row = existing("id", Service.objects, Fields({"id": named.pop("id", None)}).identifier("id"))
    fields = Fields(_named_fields(row) | named)
    change = ServiceChange(row, read_service_fields(fields))
    fields.finish()
    return change


def _check_service_change(content: ServiceChange) -> None:
    _check_links(content.fields, content.row.environment, is_set=content.row.is_set)


def _change_service(content: ServiceChange) -> UUID:
    row, fields = content.row, columns(content.fields, "connection", "providers")
    Service.objects.filter(id=row.id).update(connection_id=content.fields.connection, **fields)
    row.providers.set(Provider.objects.filter(id__in=content.fields.providers))
    return row.id


def _check_relation(content: NewRelation) -> None:
    """One level, whatever the kind (DM-61): the target of one is the source of none. So no cycle can be."""
    source = existing("source", Service.objects, content.source)
    target = existing("target", Service.objects, content.target)
    same_environment("target", target, source.environment)
    if content.kind is RelationKind.SERVICE_SET:
        _check_set(source, target)
    if source == target:
        raise InvalidContent("target", "is the service itself")
    if Relation.objects.filter(kind=content.kind, source=source, target=target).exists():
        raise InvalidContent("target", "belongs to this set already")
    if Relation.objects.filter(target=source).exists():
        raise InvalidContent("source", "is the target of another relation, and relations have one level")
    if Relation.objects.filter(source=target).exists():
        raise InvalidContent("target", "has relations of its own, and relations have one level")


def _check_set(source: Service, target: Service) -> None:
    if not source.is_set:
        raise InvalidContent("source", "must be a service set")
    if target.is_set:
        raise InvalidContent("target", "is a service set itself, and sets have one level")


def _add_relation(content: NewRelation) -> UUID:
    fields = columns(content, "source", "target")
    Relation.objects.create(source_id=content.source, target_id=content.target, **fields)
    return content.source


def read_relation_change(content: Content) -> NewRelation:
    """The relation with its term changed where the content names it: so it ends, and may begin again (DM-61)."""
    fields = Fields(content)
    row = Relation.objects.filter(
        kind=fields.choice("kind", RelationKind),
        source=fields.identifier("source"),
        target=fields.identifier("target"),
    ).first()
    if row is None:
        raise InvalidContent("target", "does not belong to this set")
    return read_relation({**{name: getattr(row, name) for name in TERM}, **content})


def _check_relation_change(content: NewRelation) -> None:
    existing("source", Service.objects, content.source)


def _change_relation(content: NewRelation) -> UUID:
    rows = Relation.objects.filter(kind=content.kind, source=content.source, target=content.target)
    rows.update(**columns(content, "kind", "source", "target"))
    return content.source


CHANGES: Mapping[ChangeKind, Change[Any]] = {
    ChangeKind.ADD_PROVIDER: Change(read_provider, _check_provider, _add_provider),
    ChangeKind.ADD_CONNECTION: Change(read_connection, _check_connection, _add_connection),
    ChangeKind.ADD_SERVICE: Change(read_service, _check_service, _add_service),
    ChangeKind.ADD_RELATION: Change(read_relation, _check_relation, _add_relation),
    ChangeKind.CHANGE_PROVIDER: Change(read_provider_change, _check_provider_change, _change_provider),
    ChangeKind.CHANGE_RELATION: Change(read_relation_change, _check_relation_change, _change_relation),
    ChangeKind.CHANGE_SERVICE: Change(read_service_change, _check_service_change, _change_service),
    ChangeKind.CHANGE_CONNECTION: Change(
        read_connection_change, _check_connection_change, _change_connection
    ),
    ChangeKind.SWITCH_PROVIDER: Change(read_provider_switch, *switching(Provider.objects)),
    ChangeKind.SWITCH_CONNECTION: Change(read_switch, *switching(Connection.objects)),
    ChangeKind.SWITCH_SERVICE: Change(read_switch, *switching(Service.objects)),
    **PEER_CHANGES,
    **CLIENT_CHANGES,
}
NEW_THINGS = NEW_PEERS | {
    ChangeKind.ADD_PROVIDER,
    ChangeKind.ADD_CONNECTION,
    ChangeKind.ADD_SERVICE,
    ChangeKind.ADD_CLIENT,
}


RELATIONS = {ChangeKind.ADD_RELATION, ChangeKind.CHANGE_RELATION}


def subject_of(kind: ChangeKind, content: Content) -> UUID:
    """The id of the thing a change is about: for a relation the set."""
    return Fields(content).identifier("source" if kind in RELATIONS else "id")
