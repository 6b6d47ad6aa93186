"""The database itself refuses to change or remove an event, whoever asks (DM-42)."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from tests.audit.attacking import happen, key, run
from volmacht.audit.models import Event
from volmacht.audit.verification import verify

pytestmark = pytest.mark.django_db
REFUSED = "audit events are never changed or removed"
COLUMNS = ", ".join(str(field.column) for field in Event._meta.concrete_fields)


def refused(sql: str, *parameters: object) -> str:
    """What the database says to a statement that it does not carry out."""
    with pytest.raises(DatabaseError) as no, transaction.atomic():
        run(sql, *parameters)
    return str(no.value)


@pytest.fixture
def _owner_took_the_rights_back() -> None:
    """On PostgreSQL the rights are gone too; the owner can take them back, and then meets the triggers."""
    if connection.vendor == "postgresql":
        run("GRANT UPDATE, DELETE, TRUNCATE ON audit_event TO CURRENT_USER")


@pytest.mark.usefixtures("_owner_took_the_rights_back")
def test_an_event_cannot_be_changed() -> None:
    first, _ = happen(2)
    for column in ("kind", "data", "sequence", "hash"):
        assert REFUSED in refused(f"UPDATE audit_event SET {column} = {column} WHERE id = %s", key(first))  # noqa: S608 - our own names
    assert verify() == []


@pytest.mark.usefixtures("_owner_took_the_rights_back")
def test_an_event_cannot_be_removed_one_by_one_or_all_at_once() -> None:
    first, _ = happen(2)
    assert REFUSED in refused("DELETE FROM audit_event WHERE id = %s", key(first))
    assert REFUSED in refused("DELETE FROM audit_event")
    if connection.vendor == "postgresql":
        assert REFUSED in refused("TRUNCATE audit_event")
    assert Event.objects.count() == 2


def test_volmacht_itself_has_not_even_the_right_to() -> None:
    (only,) = happen(1)
    words = "permission denied" if connection.vendor == "postgresql" else REFUSED
    assert words in refused("UPDATE audit_event SET kind = kind WHERE id = %s", key(only))
    assert words in refused("DELETE FROM audit_event")


def test_an_event_is_not_replaced_by_one_with_the_same_id_or_place() -> None:
    (only,) = happen(1)
    verbs = ["INSERT"] if connection.vendor == "postgresql" else ["INSERT", "INSERT OR REPLACE", "REPLACE"]
    for verb in verbs:
        for columns in (COLUMNS, COLUMNS.replace("sequence", "sequence + 1"), COLUMNS.replace("id", "%s", 1)):
            new_id = [key(uuid4())] if "%s" in columns else []
            assert refused(f"{verb} INTO audit_event ({COLUMNS}) SELECT {columns} FROM audit_event", *new_id)  # noqa: S608 - our own names
    assert list(Event.objects.values_list("id", flat=True)) == [only]
    assert verify() == []
