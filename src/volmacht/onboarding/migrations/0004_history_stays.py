"""Refuse UPDATE and DELETE of what is history of a case, in the database itself (CN-10, CN-13)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("caseevent", "casemessage", "signature", "storedfile")


def close(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers on."""
    del apps
    if editor.connection.vendor == "postgresql":
        editor.execute(
            """CREATE FUNCTION onboarding_refuse() RETURNS trigger LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'the history of a case is never changed or removed'; END $$""",
            params=None,
        )
    for table in TABLES:
        for statement in _on(table, editor.connection.vendor):
            editor.execute(statement, params=None)


def open_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers off."""
    del apps
    postgresql = editor.connection.vendor == "postgresql"
    for table in TABLES:
        if postgresql:
            editor.execute(f"DROP TRIGGER onboarding_{table}_stays ON onboarding_{table}", params=None)
        else:
            editor.execute(f"DROP TRIGGER onboarding_{table}_no_update", params=None)
            editor.execute(f"DROP TRIGGER onboarding_{table}_no_delete", params=None)
    if postgresql:
        editor.execute("DROP FUNCTION onboarding_refuse()", params=None)


def _on(table: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        return [
            f"""CREATE TRIGGER onboarding_{table}_stays BEFORE UPDATE OR DELETE ON onboarding_{table}
                FOR EACH ROW EXECUTE FUNCTION onboarding_refuse()"""
        ]
    return [
        f"""CREATE TRIGGER onboarding_{table}_no_{verb.lower()} BEFORE {verb} ON onboarding_{table}
            BEGIN SELECT RAISE(ABORT, 'the history of a case is never changed or removed'); END"""
        for verb in ("UPDATE", "DELETE")
    ]


class Migration(migrations.Migration):
    """Triggers on new tables: safe on a running database."""

    dependencies = (("onboarding", "0003_cases"),)
    operations = (migrations.RunPython(close, open_again),)
