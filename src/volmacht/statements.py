"""Running one of our own SQL statements on a hot path: prepared once per connection on PostgreSQL, plain on SQLite.

Only for the decision and the record of it; everything else goes through the ORM. Knows no table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model

Row = tuple[Any, ...]
Parameters = Sequence[Any] | Mapping[str, Any]


def _prepared(sql: str, parameters: Parameters) -> Any:
    import psycopg

    connection.ensure_connection()
    with connection.wrap_database_errors:
        # Django's own cursor binds in the client, so that the server would plan the statement every time.
        return psycopg.Cursor(connection.connection).execute(sql.encode(), parameters, prepare=True)


def run(sql: str, parameters: Parameters) -> None:
    """Carry out a statement that returns nothing. Raises what Django's own cursors raise."""
    if connection.vendor == "postgresql":
        _prepared(sql, parameters)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def rows(sql: str, parameters: Parameters) -> list[Row]:
    """Carry out a query and return its rows. Raises what Django's own cursors raise."""
    if connection.vendor == "postgresql":
        found = _prepared(sql, parameters)
        with connection.wrap_database_errors:
            result: list[Row] = found.fetchall()
        return result
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Insertion:
    """A row to write, as a statement with named parameters; `volmacht.audit` can write it in one go with its event."""

    sql: str
    parameters: dict[str, Any]

    @classmethod
    def into(cls, model: type[Model], values: Mapping[str, Any]) -> Self:
        """The insertion of a new row; `values` by attribute name, all of the model's columns."""
        database = connections[DEFAULT_DB_ALIAS]  # not the proxy: this is called at every log-in
        sql, fields = _insert(model)
        return cls(
            sql, {column: field.get_db_prep_save(values[name], database) for name, column, field in fields}
        )


@cache
def _insert(model: type[Model]) -> tuple[str, tuple[tuple[str, str, Any], ...]]:
    fields = tuple((field.attname, str(field.column), field) for field in model._meta.concrete_fields)
    columns = [column for _, column, _ in fields]
    places = ", ".join(f"%({column})s" for column in columns)
    sql = f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our own names
    return sql, fields
