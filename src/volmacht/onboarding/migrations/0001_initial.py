"""The table of tariffs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes a new table: safe on a running database."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Tariff",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("cents_per_use", models.PositiveIntegerField(null=True)),
                ("centrally_funded", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ("year",),
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(centrally_funded=True, cents_per_use__isnull=True),
                            models.Q(centrally_funded=False, cents_per_use__isnull=False),
                            _connector="OR",
                        ),
                        name="tariff_amount_or_funded",
                    ),
                ),
            },
        ),
    )
