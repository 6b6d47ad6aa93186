"""The state of an entry of the catalogue as JSON, as it stands and as a change would make it.

Reads the tables of this app. Fields have the names that a change gives them; a relation belongs to its source.
"""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from volmacht.catalogue.changes import CHANGES, RELATIONS, ServiceChange
from volmacht.catalogue.contents import Content
from volmacht.catalogue.differences import as_json
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import (
    ClusterMember,
    Connection,
    PinnedPeer,
    Provider,
    Relation,
    RestClient,
    Service,
)
from volmacht.catalogue.reading import Fields

_ABOUT: Final[Mapping[str, type[Model]]] = {
    "provider": Provider,
    "connection": Connection,
    "service": Service,
    "relation": Relation,
    "cluster_member": ClusterMember,
    "peer": PinnedPeer,
    "client": RestClient,
}
_LEFT_AWAY: Final = frozenset({"id", "identifier_type"})
_SWITCHES: Final = frozenset({"active", "role_active"})


def about(kind: ChangeKind) -> type[Model]:
    """The table that a kind of change is about."""
    return _ABOUT[kind.value.split("_", 1)[1]]


def target_of(kind: ChangeKind, content: Content) -> UUID | None:
    """The target of the relation that a change is about; None for another change."""
    return Fields(content).identifier("target") if kind in RELATIONS else None


def state_of(kind: ChangeKind, content: Content) -> dict[str, object] | None:
    """How the thing that a change is about stands now; None when it is not there."""
    if kind in RELATIONS:
        named = {name: content.get(name) for name in ("kind", "source", "target")}
    else:
        named = {"id": content.get("id")}
    row = about(kind).objects.filter(**named).first()  # type: ignore[attr-defined]  # each model has its manager
    return _state(row) if row else None


def _state(row: Model) -> dict[str, object]:
    state = {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in _LEFT_AWAY
    }
    if isinstance(row, Service):
        state["providers"] = sorted(row.providers.values_list("id", flat=True))
    return as_json(state)


def proposed_state(kind: ChangeKind, content: Content) -> dict[str, object]:
    """The fields that a change gives, as they would be. Raises InvalidContent where it is not possible any more."""
    read = CHANGES[kind].read(content)
    fields = _flat(read.fields if isinstance(read, ServiceChange) else read)
    left_as_they_are = {name for name in (*_SWITCHES, "representation_types") if fields.get(name, 0) is None}
    return as_json(
        {name: value for name, value in fields.items() if name not in _LEFT_AWAY | left_as_they_are}
    )


def _flat(value: Any) -> dict[str, Any]:
    found = asdict(value) if is_dataclass(value) and not isinstance(value, type) else {}
    for inner in ("fields", "term", "words"):
        found |= _flat_inner(found.pop(inner, None))
    return found


def _flat_inner(inner: Mapping[str, Any] | None) -> dict[str, Any]:
    if not inner:
        return {}
    rest = {name: value for name, value in inner.items() if name != "term"}
    return rest | _flat_inner(inner.get("term"))
