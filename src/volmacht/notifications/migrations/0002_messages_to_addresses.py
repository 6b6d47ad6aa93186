"""A message may go to an address, without a party."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def remove_messages_to_addresses(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The version before cannot send them."""
    apps.get_model("notifications", "Message").objects.filter(recipient=None).delete()


class Migration(migrations.Migration):
    safe_because = (
        "NOT NULL is only taken away: PostgreSQL reads no row for it, and the version that runs fills it"
    )

    dependencies = [
        ("notifications", "0001_initial"),
        ("parties", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="message",
            name="recipient",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="parties.party"
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, remove_messages_to_addresses),
    ]
