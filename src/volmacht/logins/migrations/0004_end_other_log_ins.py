"""Log-ins are for a provider that asks over SAML: those that another door began end.

A step of its own: PostgreSQL changes no table in the transaction in which rows left it.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def end_other_log_ins(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody can finish them now, and they live minutes."""
    apps.get_model("logins", "Transaction").objects.filter(saml__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("logins", "0003_no_tickets"),
    ]

    operations = [
        migrations.RunPython(end_other_log_ins, migrations.RunPython.noop),
    ]
