"""The tariffs that are known: set by the ministry for 2021 and 2022, centrally funded from 2023 to 2026 (CN-22)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CENTS_PER_USE = {2021: 66, 2022: 88, 2023: None, 2024: None, 2025: None, 2026: None}


def add(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the six years."""
    tariff = apps.get_model("onboarding", "Tariff")
    tariff.objects.using(editor.connection.alias).bulk_create(
        tariff(year=year, cents_per_use=cents, centrally_funded=cents is None)
        for year, cents in CENTS_PER_USE.items()
    )


def remove(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the six years away again."""
    tariff = apps.get_model("onboarding", "Tariff")
    tariff.objects.using(editor.connection.alias).filter(year__in=CENTS_PER_USE).delete()


class Migration(migrations.Migration):
    """Six rows: safe on a running database, and reversible."""

    dependencies = (("onboarding", "0001_initial"),)
    operations = (migrations.RunPython(add, remove),)
