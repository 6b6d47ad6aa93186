"""What a connection needs to be reached and known stands in its metadata."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_peers"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="connection",
            name="key_hash",
        ),
        migrations.RemoveField(
            model_name="connection",
            name="return_address",
        ),
    ]
