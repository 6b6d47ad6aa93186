"""What only another door than SAML kept of a log-in goes."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("logins", "0004_end_other_log_ins"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="transaction",
            name="artifact_hash",
        ),
        migrations.RemoveField(
            model_name="transaction",
            name="relay_state",
        ),
    ]
