"""Refuse INSERT OR REPLACE of an event on SQLite, which removes a row without asking the DELETE trigger (DM-42).

PostgreSQL has no such statement: an event with a known id or place breaks a constraint there.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE_ON = """CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
    WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id)
      OR EXISTS (SELECT 1 FROM audit_event WHERE partition = NEW.partition AND sequence = NEW.sequence)
    BEGIN SELECT RAISE(ABORT, 'audit events are never changed or removed'); END"""
SQLITE_OFF = "DROP TRIGGER audit_event_no_replace"


def close(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Trigger on."""
    del apps
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE_ON, params=None)


def open_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Trigger off."""
    del apps
    if editor.connection.vendor == "sqlite":
        editor.execute(SQLITE_OFF, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [migrations.RunPython(close, open_again)]
