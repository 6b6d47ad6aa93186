"""A row written on the hot path of a log-in is the row that Django itself would write (DM-40)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from volmacht.audit.models import Event
from volmacht.mandates.models import Use
from volmacht.statements import Insertion

MOMENT = datetime(2026, 11, 23, 11, 0, 0, 123456, tzinfo=UTC)
USE = {
    "id": UUID(int=1),
    "moment": MOMENT,
    "environment": "production",
    "provider_id": UUID(int=2),
    "service_id": UUID(int=3),
    "represented_id": None,
    "representative_id": UUID(int=4),
    "employee": "",
    "level": 25,
    "mandate_id": None,
    "refusal": "no_mandate",
}
EVENT = {
    "id": UUID(int=5),
    "partition": 7,
    "sequence": 2**40,
    "moment": MOMENT,
    "kind": "use.refused",
    "actor_kind": "provider",
    "actor_id": None,
    "subject_id": UUID(int=6),
    "object_id": None,
    "data": "{}",
    "previous_hash": bytes(32),
    "hash": bytes(range(32)),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("model", "values"), [(Use, USE), (Event, EVENT)])
def test_every_value_reaches_the_database_as_django_would_send_it(
    model: type[Use] | type[Event], values: dict[str, Any]
) -> None:
    sent = Insertion.into(model, values).parameters
    for field in model._meta.concrete_fields:
        value = values[field.attname]
        if isinstance(value, bytes):
            assert sent[str(field.column)] == value
        else:
            assert sent[str(field.column)] == field.get_db_prep_save(value, connection)
    assert len(sent) == len(values)
