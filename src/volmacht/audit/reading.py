"""Reading every event as it stands, also what somebody put there that no event can hold. For `verification`.

One row at a time, without the ORM: on SQLite a column can hold anything, and one unreadable value must not
hide from whom the others were taken.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import connection, transaction

from volmacht.audit.chain import Link
from volmacht.audit.models import Event

AT_ONCE = 5000
FIELDS = [field for field in Event._meta.concrete_fields if field.name != "hash"]
NAMES = [str(field.column) for field in FIELDS]  # those of `Link`
ID, PARTITION, SEQUENCE, KIND = (NAMES.index(name) for name in ("id", "partition", "sequence", "kind"))
UNREADABLE = (ValueError, TypeError, AttributeError)


def as_bytes(value: object) -> bytes:
    """The bytes of a binary column; none when it holds something else."""
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


@dataclass
class FoundEvent:
    """One row: its values as the database gives them, in the order of `NAMES`, and its hash."""

    values: tuple[Any, ...]
    hash: bytes

    @property
    def partition(self) -> Any:
        """Where it says it stands: normally 0-63."""
        return self.values[PARTITION]

    @property
    def sequence(self) -> Any:
        """Its number in the partition: normally from 1."""
        return self.values[SEQUENCE]

    @property
    def name(self) -> str:
        """What an operator needs to find it."""
        id_ = self.values[ID]
        with suppress(*UNREADABLE):
            id_ = _converted(_converters()[ID], id_)
        return f"event {id_} ({self.values[KIND]}, partition {self.partition}, number {self.sequence})"

    @cached_property
    def link(self) -> Link:
        """What its hash covers. Raises one of UNREADABLE."""
        read = dict(zip(NAMES, map(_converted, _converters(), self.values), strict=True))
        return Link(**read | {"previous_hash": as_bytes(read["previous_hash"])})

    def intact(self) -> bool:
        """Whether everything in it is what its hash was made of."""
        try:
            return self.link.hash() == self.hash
        except UNREADABLE:
            return False


@cache
def _converters() -> list[list[Any]]:
    """How this database's values become Python's (SQLite keeps text for most)."""
    expressions = [field.get_col(Event._meta.db_table) for field in FIELDS]
    return [
        [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
        for expression in expressions
    ]


def _converted(converters: list[Any], value: Any) -> Any:
    for convert in converters:
        value = convert(value, None, connection)
    return value


@contextmanager
def _any_text() -> Iterator[None]:
    """SQLite reads text also where somebody put bytes that are none."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        connection.connection.text_factory = lambda raw: raw.decode(errors="replace")
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            connection.connection.text_factory = str


def every_event() -> Iterator[FoundEvent]:
    """Every event, by partition and number."""
    columns = ", ".join([*NAMES, "hash"])
    sql = f"SELECT {columns} FROM {Event._meta.db_table} ORDER BY partition, sequence"  # noqa: S608 - our own names
    with _any_text(), connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(AT_ONCE):
            for row in rows:
                yield FoundEvent(row[:-1], as_bytes(row[-1]))


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read in this block is as it was at its beginning. Nobody has to wait for it."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own would hold up everybody who writes
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
