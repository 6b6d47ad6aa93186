"""What each approved change does to the tables, and what it needs of the rest of the catalogue.

Called by `operations`, which holds the lock on the catalogue's version, so that nothing changes in between.
A `check` raises InvalidContent; an `apply` is only called after its check.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Manager, Model

from volmacht.catalogue.contents import (
    ConnectionChange,
    Content,
    NewConnection,
    NewProvider,
    NewRelation,
    NewService,
    ServiceFields,
    Switch,
    read_connection,
    read_connection_change,
    read_provider,
    read_provider_switch,
    read_relation,
    read_service,
    read_service_fields,
    read_switch,
)
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import Connection, Provider, Relation, Service
from volmacht.catalogue.reading import Fields, InvalidContent

ContentType = TypeVar("ContentType")
RowType = TypeVar("RowType", bound=Model)


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service with every field as it will be."""

    row: Service
    fields: ServiceFields


@dataclass(frozen=True, slots=True)
class Change(Generic[ContentType]):
    """One kind of change: how its content is read, judged and carried out; `apply` gives the id of the thing."""

    read: Callable[[Content], ContentType]
    check: Callable[[ContentType], None]
    apply: Callable[[ContentType], UUID]


def _columns(
    value: NewProvider | NewConnection | ServiceFields | NewRelation, *without: str
) -> dict[str, Any]:
    """The fields of a content as columns; the term becomes its three."""
    columns = asdict(value)
    columns |= columns.pop("term")
    return {name: column for name, column in columns.items() if name not in without}


def _existing(field: str, rows: Manager[RowType], row_id: UUID) -> RowType:
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise InvalidContent(field, "is not in the catalogue")
    return row


def _same_environment(field: str, row: Provider | Connection | Service, environment: str) -> None:
    if row.environment != environment:
        raise InvalidContent(field, "is in the other environment: nothing crosses")


def _check_provider(content: NewProvider) -> None:
    if Provider.objects.filter(environment=content.environment, oin=content.oin).exists():
        raise InvalidContent("oin", "is in the catalogue already")


def _add_provider(content: NewProvider) -> UUID:
    return Provider.objects.create(**_columns(content)).id


def _check_connection(content: NewConnection) -> None:
    provider = _existing("provider", Provider.objects, content.provider)
    _same_environment("provider", provider, content.environment)
    if Connection.objects.filter(environment=content.environment, entity_id=content.entity_id).exists():
        raise InvalidContent("entity_id", "is in the catalogue already")
    if content.key_hash and Connection.objects.filter(key_hash=bytes.fromhex(content.key_hash)).exists():
        raise InvalidContent("key_hash", "belongs to another connection")


def _add_connection(content: NewConnection) -> UUID:
    columns = _columns(content, "provider", "key_hash")
    key_hash = bytes.fromhex(content.key_hash) or None
    return Connection.objects.create(provider_id=content.provider, key_hash=key_hash, **columns).id


def _check_connection_change(content: ConnectionChange) -> None:
    _existing("id", Connection.objects, content.id)


def _change_connection(content: ConnectionChange) -> UUID:
    Connection.objects.filter(id=content.id).update(return_address=content.return_address)
    return content.id


def _check_service(content: NewService) -> None:
    if Service.objects.filter(environment=content.environment, service_uuid=content.service_uuid).exists():
        raise InvalidContent("service_uuid", "is in the catalogue already")
    _check_links(content.fields, content.environment, is_set=content.is_set)


def _check_links(fields: ServiceFields, environment: str, *, is_set: bool) -> None:
    """A service belongs to a connection and to providers, that of the connection among them; a set need not."""
    providers = [_existing("providers", Provider.objects, provider_id) for provider_id in fields.providers]
    for provider in providers:
        _same_environment("providers", provider, environment)
    if fields.connection is None:
        if not is_set:
            raise InvalidContent("connection", "may be empty for a service set only")
        return
    connection = _existing("connection", Connection.objects, fields.connection)
    _same_environment("connection", connection, environment)
    if connection.provider_id not in fields.providers:
        raise InvalidContent("providers", "must name the provider of the connection")


def _add_service(content: NewService) -> UUID:
    row = Service.objects.create(
        id=content.id,
        environment=content.environment,
        service_uuid=content.service_uuid,
        is_set=content.is_set,
        connection_id=content.fields.connection,
        **_columns(content.fields, "connection", "providers"),
    )
    row.providers.set(Provider.objects.filter(id__in=content.fields.providers))
    return row.id


def _named_fields(row: Service) -> dict[str, object]:
    """The changeable fields of a service as it stands, under the names that a change gives them."""
    names = [
        name for name in ServiceFields.__dataclass_fields__ if name not in {"connection", "providers", "term"}
    ]
    return {
        **{name: getattr(row, name) for name in (*names, "active", "active_from", "active_until")},
        "connection": row.connection_id,
        "providers": list(row.providers.values_list("id", flat=True)),
    }


def standing_fields(row: Service) -> ServiceFields:
    """The changeable fields of a service as it stands."""
    return read_service_fields(Fields(_named_fields(row)))


def read_service_change(content: Content) -> ServiceChange:
    """The service with the fields that the content names changed; None empties a field."""
    named = dict(content)
    row = _existing("id", Service.objects, Fields({"id": named.pop("id", None)}).identifier("id"))
    fields = Fields(_named_fields(row) | named)
    change = ServiceChange(row, read_service_fields(fields))
    fields.finish()
    return change


def _check_service_change(content: ServiceChange) -> None:
    _check_links(content.fields, content.row.environment, is_set=content.row.is_set)


def _change_service(content: ServiceChange) -> UUID:
    row, columns = content.row, _columns(content.fields, "connection", "providers")
    Service.objects.filter(id=row.id).update(connection_id=content.fields.connection, **columns)
    row.providers.set(Provider.objects.filter(id__in=content.fields.providers))
    return row.id


def _check_relation(content: NewRelation) -> None:
    """One level (DM-61): a set holds services, never a set; so no cycle can be."""
    source = _existing("source", Service.objects, content.source)
    target = _existing("target", Service.objects, content.target)
    _same_environment("target", target, source.environment)
    if not source.is_set:
        raise InvalidContent("source", "must be a service set")
    if target.is_set:
        raise InvalidContent("target", "is a service set itself, and sets have one level")
    if Relation.objects.filter(kind=content.kind, source=source, target=target).exists():
        raise InvalidContent("target", "belongs to this set already")


def _add_relation(content: NewRelation) -> UUID:
    columns = _columns(content, "source", "target")
    Relation.objects.create(source_id=content.source, target_id=content.target, **columns)
    return content.source


def _switching(
    rows: Manager[RowType],
) -> tuple[Callable[[Switch], None], Callable[[Switch], UUID]]:
    def check(content: Switch) -> None:
        _existing("id", rows, content.id)

    def apply(content: Switch) -> UUID:
        columns = {"active": content.active, "role_active": content.role_active}
        changed = {name: value for name, value in columns.items() if value is not None}
        rows.filter(pk=content.id).update(**changed)
        return content.id

    return check, apply


CHANGES: Mapping[ChangeKind, Change[Any]] = {
    ChangeKind.ADD_PROVIDER: Change(read_provider, _check_provider, _add_provider),
    ChangeKind.ADD_CONNECTION: Change(read_connection, _check_connection, _add_connection),
    ChangeKind.ADD_SERVICE: Change(read_service, _check_service, _add_service),
    ChangeKind.ADD_RELATION: Change(read_relation, _check_relation, _add_relation),
    ChangeKind.CHANGE_SERVICE: Change(read_service_change, _check_service_change, _change_service),
    ChangeKind.CHANGE_CONNECTION: Change(
        read_connection_change, _check_connection_change, _change_connection
    ),
    ChangeKind.SWITCH_PROVIDER: Change(read_provider_switch, *_switching(Provider.objects)),
    ChangeKind.SWITCH_CONNECTION: Change(read_switch, *_switching(Connection.objects)),
    ChangeKind.SWITCH_SERVICE: Change(read_switch, *_switching(Service.objects)),
}
NEW_THINGS = frozenset({ChangeKind.ADD_PROVIDER, ChangeKind.ADD_CONNECTION, ChangeKind.ADD_SERVICE})


def subject_of(kind: ChangeKind, content: Content) -> UUID:
    """The id of the thing a change is about: for a relation the set."""
    return Fields(content).identifier("source" if kind is ChangeKind.ADD_RELATION else "id")
