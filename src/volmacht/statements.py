"""Running one of our own SQL statements on a hot path: prepared once per connection, without Django's cursors.

Only for what every log-in does: finding who it is, noting a message, handing in an artifact, the decision and the
record of it. Everything else goes through the ORM. Knows no table. The SQL is written for PostgreSQL's driver (`%s` and
`%(name)s`), and holds no other per cent sign.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Self
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    TextField,
    UUIDField,
)

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]
# What these hold goes to either database as it is.
PLAIN = (BinaryField, BooleanField, CharField, IntegerField, TextField)


def _carried_out(sql: str, parameters: Parameters) -> Any:
    """The driver's own cursor, after the statement. To be read inside `wrap_database_errors` too."""
    database = connections[DEFAULT_DB_ALIAS]  # not the proxy: this is called at every log-in
    if (
        database.queries_logged
    ):  # a test counts them, or somebody debugs: only Django's own cursor writes them down
        cursor = database.cursor()
        cursor.execute(sql, parameters)
        return cursor
    database.ensure_connection()
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        if database.vendor == "postgresql":
            import psycopg

            # Django's own cursor binds in the client, so that the server would plan the statement every time.
            return psycopg.Cursor(database.connection).execute(sql.encode(), parameters, prepare=True)
        # The driver keeps what it prepared, by text; Django's own cursor rewrites the text every time.
        return database.connection.execute(_for_sqlite(sql), parameters)


@cache
def _for_sqlite(sql: str) -> str:
    return re.sub(r"%\((\w+)\)s", r":\1", sql).replace("%s", "?")


def run(sql: str, parameters: Parameters) -> None:
    """Carry out a statement that returns nothing. Raises what Django's own cursors raise."""
    _carried_out(sql, parameters)


def rows(sql: str, parameters: Parameters) -> list[Row]:
    """Carry out a query and return its rows. Raises what Django's own cursors raise."""
    found = _carried_out(sql, parameters)
    with connections[DEFAULT_DB_ALIAS].wrap_database_errors:
        result: list[Row] = found.fetchall()
    return result


@dataclass(frozen=True, slots=True)
class Insertion:
    """A row to write, as a statement with named parameters; `volmacht.audit` can write it in one go with its event."""

    sql: str
    parameters: dict[str, Any]

    @classmethod
    def into(cls, model: type[Model], values: Mapping[str, Any]) -> Self:
        """The insertion of a new row; `values` by attribute name, all of the model's columns."""
        sql, fields = _insert(model)
        return cls(sql, {column: prepare(values[name]) for name, column, prepare in fields})


@cache
def _insert(model: type[Model]) -> tuple[str, tuple[tuple[str, str, Callable[[Any], Any]], ...]]:
    fields = [(field.attname, str(field.column), _prepares(field)) for field in model._meta.concrete_fields]
    columns = [column for _, column, _ in fields]
    places = ", ".join(f"%({column})s" for column in columns)
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our own names
    return sql, tuple(fields)


def _prepares(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """How a value of this field becomes what the database takes: as Django does it, without what needs no asking."""
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, PLAIN):
        return _as_it_is
    if isinstance(target, UUIDField):
        return uuid_value
    if isinstance(target, DateTimeField):
        return moment_value
    return lambda value: field.get_db_prep_save(value, connections[DEFAULT_DB_ALIAS])


def _as_it_is(value: Any) -> Any:
    return value


def moment_value(value: datetime | None) -> Any:
    """A moment as the database takes it: SQLite keeps text."""
    return connections[DEFAULT_DB_ALIAS].ops.adapt_datetimefield_value(value)


def uuid_value(value: UUID | None) -> UUID | str | None:
    """An id as the database takes it: SQLite keeps text."""
    return value if value is None or _knows_uuids() else value.hex


def uuid_of(value: UUID | str | None) -> UUID | None:
    """An id as it came from the database."""
    return UUID(value) if isinstance(value, str) else value


def date_of(value: date | str | None) -> date | None:
    """A day as it came from the database."""
    return date.fromisoformat(value) if isinstance(value, str) else value


@cache
def _knows_uuids() -> bool:
    return bool(connections[DEFAULT_DB_ALIAS].features.has_native_uuid_field)
