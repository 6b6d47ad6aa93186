"""Rows that many tests begin with: made once per process by the real operations, afterwards put in directly.

Making the demo catalogue goes through propose and approve and takes most of a second; putting its rows back takes
a twentieth of that. Only for a database as the migrations left it: where something was recorded before, the
operations run again, for the audit chain goes on from there.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Row = tuple[Any, ...]
Model = type[models.Model]


def _key(model: Model) -> str:
    key: str = model._meta.pk.attname
    return key


def _rows(model: Model) -> dict[Any, Row]:
    columns = [field.attname for field in model._meta.concrete_fields]
    place = columns.index(_key(model))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table}")  # noqa: S608 - our own names
        return {row[place]: row for row in cursor.fetchall()}


class KeptRows:
    """What `make` writes in the tables of these apps."""

    def __init__(self, make: Callable[[], object], *, apps_written: Iterable[str]) -> None:
        self._make = make
        self._labels = tuple(apps_written)
        self._statements: list[tuple[str, list[Any]]] | None = None

    @transaction.atomic
    def provide(self) -> None:
        """Put them in the database; through the operations the first time, and when something was recorded before."""
        if apps.get_model("audit", "Event").objects.exists():
            self._make()
        elif self._statements is None:
            self._remember()
        else:
            with connection.cursor() as cursor:
                for statement, values in self._statements:
                    cursor.execute(statement, values or None)

    def _remember(self) -> None:
        written = [
            model
            for label in self._labels
            for model in apps.get_app_config(label).get_models(include_auto_created=True)
        ]
        before = {model: _rows(model) for model in written}
        self._make()
        self._statements = []
        for model, rows in before.items():
            changed = {pk: row for pk, row in _rows(model).items() if rows.get(pk) != row}
            self._statements += _put_in(model, changed, there=rows.keys() & changed.keys())
        tables = [model for model in written if _rows(model)]
        self._statements += [
            (statement, []) for statement in connection.ops.sequence_reset_sql(no_style(), tables)
        ]
        if connection.vendor == "postgresql":
            self._statements = [(_one_text(self._statements), [])]


def _one_text(statements: list[tuple[str, list[Any]]]) -> str:
    """All of it as one text with its values in it: the driver takes longer to fill in thousands than the rest takes."""
    with connection.cursor() as cursor:
        return ";".join(cursor.mogrify(statement, values or None) for statement, values in statements)


def _put_in(model: Model, rows: dict[Any, Row], *, there: set[Any]) -> Iterable[tuple[str, list[Any]]]:
    table = model._meta.db_table
    if there:
        places = ", ".join(["%s"] * len(there))
        yield f"DELETE FROM {table} WHERE {_key(model)} IN ({places})", list(there)  # noqa: S608 - our own names
    if rows:
        columns = ", ".join(field.attname for field in model._meta.concrete_fields)
        one = "(" + ", ".join(["%s"] * len(model._meta.concrete_fields)) + ")"
        values = [value for row in rows.values() for value in row]
        yield f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(rows))}", values  # noqa: S608 - our own names
