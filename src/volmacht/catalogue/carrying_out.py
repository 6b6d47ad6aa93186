"""What every kind of change shares: its form, finding what it names, and switching things on and off.

Used by `changes` and `peer_changes`. Reads and writes the tables of this app, under the lock of `operations`.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Manager, Model

from volmacht.catalogue.contents import Content, Switch
from volmacht.catalogue.models import Connection, PinnedPeer, Provider, Service
from volmacht.catalogue.reading import InvalidContent

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ContentType = TypeVar("ContentType")
RowType = TypeVar("RowType", bound=Model)
TERM = ("active", "active_from", "active_until")  # the columns of a Term


@dataclass(frozen=True, slots=True)
class Change(Generic[ContentType]):
    """One kind of change: how its content is read, judged and carried out; `apply` gives the id of the thing."""

    read: Callable[[Content], ContentType]
    check: Callable[[ContentType], None]
    apply: Callable[[ContentType], UUID]


def columns(value: "DataclassInstance", *without: str) -> dict[str, Any]:
    """The fields of a content as columns; the term becomes its three."""
    found = asdict(value)
    found |= found.pop("term")
    return {name: column for name, column in found.items() if name not in without}


def existing(field: str, rows: Manager[RowType], row_id: UUID) -> RowType:
    """The row with this id. Raises InvalidContent."""
    row = rows.filter(pk=row_id).first()
    if row is None:
        raise InvalidContent(field, "is not in the catalogue")
    return row


def same_environment(field: str, row: Provider | Connection | Service | PinnedPeer, environment: str) -> None:
    """Refuse what is in another environment. Raises InvalidContent."""
    if row.environment != environment:
        raise InvalidContent(field, "is in the other environment: nothing crosses")


def switching(rows: Manager[RowType]) -> tuple[Callable[[Switch], None], Callable[[Switch], UUID]]:
    """How things of this kind are switched on and off: `check` and `apply`."""

    def check(content: Switch) -> None:
        existing("id", rows, content.id)

    def apply(content: Switch) -> UUID:
        switches = {"active": content.active, "role_active": content.role_active}
        changed = {name: value for name, value in switches.items() if value is not None}
        rows.filter(pk=content.id).update(**changed)
        return content.id

    return check, apply
