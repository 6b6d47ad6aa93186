"""The readings of employees can be looked through by time, without a log-in paying for it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEX = models.Index(condition=models.Q(("kind", "staff.read")), fields=["moment"], name="audit_readings")


def build(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Beside who writes: PostgreSQL builds it without a lock."""
    beside = {"concurrently": True} if editor.connection.vendor == "postgresql" else {}
    editor.add_index(apps.get_model("audit", "Event"), INDEX, **beside)


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The way back."""
    beside = {"concurrently": True} if editor.connection.vendor == "postgresql" else {}
    editor.remove_index(apps.get_model("audit", "Event"), INDEX, **beside)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("audit", "0003_no_replacing")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(build, remove)],
            state_operations=[migrations.AddIndex(model_name="event", index=INDEX)],
        )
    ]
