"""Refuse UPDATE, DELETE and TRUNCATE of events in the database itself, and write the 64 first heads (DM-42)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE_ON = [
    f"""CREATE TRIGGER audit_event_no_{verb.lower()} BEFORE {verb} ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit events are never changed or removed'); END"""
    for verb in ("UPDATE", "DELETE")
]
SQLITE_OFF = ["DROP TRIGGER audit_event_no_update", "DROP TRIGGER audit_event_no_delete"]
POSTGRESQL_ON = [
    """CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit events are never changed or removed'; END $$""",
    """CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE ON audit_event
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit_event FROM PUBLIC, CURRENT_USER",
]
POSTGRESQL_OFF = [
    "DROP TRIGGER audit_event_append_only ON audit_event",
    "DROP TRIGGER audit_event_no_truncate ON audit_event",
    "DROP FUNCTION audit_refuse()",
    "GRANT UPDATE, DELETE, TRUNCATE ON audit_event TO CURRENT_USER",
]


def _run(editor: BaseDatabaseSchemaEditor, sqlite: list[str], postgresql: list[str]) -> None:
    for statement in postgresql if editor.connection.vendor == "postgresql" else sqlite:
        editor.execute(statement, params=None)


def close(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers on, heads written."""
    from volmacht.audit.chain import first_hash
    from volmacht.audit.models import PARTITIONS

    head = apps.get_model("audit", "Head")
    head.objects.bulk_create(
        head(partition=partition, sequence=0, hash=first_hash(partition)) for partition in range(PARTITIONS)
    )
    _run(editor, SQLITE_ON, POSTGRESQL_ON)


def open_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers off, heads gone."""
    _run(editor, SQLITE_OFF, POSTGRESQL_OFF)
    apps.get_model("audit", "Head").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(close, open_again)]
