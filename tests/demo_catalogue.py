"""The demo catalogue in a test's database: loaded once per process, afterwards its rows are put in directly.

Loading goes through propose and approve and takes most of a second; putting the rows in takes a tenth of that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

from tests.architecture.sources import PACKAGE

FILE = PACKAGE / "demo" / "catalogue.toml"
ENTITY_ID = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class DemoCatalogue:
    """What a test must know of it: Gemeente Voorbeeld's connection has a key for the direct door."""

    key: str = "production-key-of-gemeente-voorbeeld"
    preproduction_key: str = "preproduction-key-of-gemeente-voorbeeld"
    entity_id: str = ENTITY_ID


DEMO = DemoCatalogue()
_kept: dict[type[models.Model], dict[Any, Row]] = {}


def _models() -> Iterator[type[models.Model]]:
    """What loading writes: the catalogue, its employees, and the audit chain."""
    for label in ("parties", "catalogue", "audit"):
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _key(model: type[models.Model]) -> str:
    key: str = model._meta.pk.attname
    return key


def _rows(model: type[models.Model]) -> dict[Any, Row]:
    columns = _columns(model)
    place = columns.index(_key(model))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table}")  # noqa: S608 - our own names
        return {row[place]: row for row in cursor.fetchall()}


def _load() -> None:
    from volmacht.catalogue import operations
    from volmacht.parties.operations import create_staff_member
    from volmacht.rules.environment import Environment

    staff = [create_staff_member(name, f"{name.lower()}@volmacht.example") for name in ("Cora", "Daan")]
    keys = {
        (Environment.PRODUCTION, ENTITY_ID): DEMO.key,
        (Environment.PREPRODUCTION, ENTITY_ID): DEMO.preproduction_key,
    }
    loaded = operations.load_catalogue(FILE, proposed_by=staff[0], approved_by=staff[1], keys=keys)
    assert isinstance(loaded, operations.Loaded), loaded


def _put_in() -> None:
    with connection.cursor() as cursor:
        for model, rows in _kept.items():
            table, columns, there = model._meta.db_table, _columns(model), _rows(model)
            delete = f"DELETE FROM {table} WHERE {_key(model)} = %s"  # noqa: S608 - our own names
            cursor.executemany(delete, [(key,) for key in rows if key in there])
            places = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - our own names
            cursor.executemany(insert, list(rows.values()))
        for statement in connection.ops.sequence_reset_sql(no_style(), list(_kept)):
            cursor.execute(statement)


@transaction.atomic
def provide() -> DemoCatalogue:
    """Put the demo catalogue in the database; through the operations when something was recorded before."""
    if any(_rows(apps.get_model("audit", "Event"))):
        _load()
    elif _kept:
        _put_in()
    else:
        before = {model: _rows(model) for model in _models()}
        _load()
        for model, rows in before.items():
            changed = {pk: row for pk, row in _rows(model).items() if rows.get(pk) != row}
            if changed:
                _kept[model] = changed
    return DEMO
