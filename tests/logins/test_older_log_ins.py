"""A database of an older version: log-ins that did not come over SAML end, the others go on."""

from uuid import uuid4

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.logins.provider import started
from volmacht.logins.models import Transaction
from volmacht.logins.queries import login_in_progress
from volmacht.protocols.saml.handling.requests import Way

OLDER = ("logins", "0003_no_tickets")


def test_log_ins_of_a_door_that_is_gone_end_with_it(committed_db: None, demo_catalogue: None) -> None:
    waiting = started(Way.OWN)
    call_command("migrate", *OLDER, verbosity=0)
    older = (
        MigrationExecutor(connection).loader.project_state([OLDER]).apps.get_model("logins", "Transaction")
    )
    row = older.objects.get(id=waiting.id)
    row.id, row.artifact_hash = uuid4(), b"x" * 32
    row.save(force_insert=True)
    call_command("migrate", "logins", verbosity=0)
    assert list(Transaction.objects.values_list("id", flat=True)) == [waiting.id]
    assert login_in_progress(waiting.id)
