"""The tariffs that the database knows, and what it refuses to hold (CN-22)."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from volmacht.onboarding import queries
from volmacht.onboarding.models import Tariff as Row
from volmacht.rules.tariffs import Tariff

pytestmark = pytest.mark.django_db

KNOWN = (
    Tariff(2021, 66, centrally_funded=False),
    Tariff(2022, 88, centrally_funded=False),
    Tariff(2023, None, centrally_funded=True),
    Tariff(2024, None, centrally_funded=True),
    Tariff(2025, None, centrally_funded=True),
    Tariff(2026, None, centrally_funded=True),
)


def test_a_fresh_database_knows_the_tariffs_of_2021_to_2026() -> None:
    assert queries.tariffs() == KNOWN


def test_tariffs_come_oldest_first_whatever_the_order_they_were_added_in() -> None:
    Row.objects.create(year=2019, cents_per_use=50)
    assert [tariff.year for tariff in queries.tariffs()] == [2019, *range(2021, 2027)]


@pytest.mark.parametrize(("cents", "funded"), [(None, False), (12, True)])
def test_the_database_refuses_a_tariff_that_is_both_or_neither(cents: int | None, funded: bool) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.create(year=2030, cents_per_use=cents, centrally_funded=funded)


def test_a_year_has_one_tariff() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.create(year=2021, cents_per_use=1)


def test_the_known_tariffs_can_be_taken_back_and_added_again() -> None:
    migration = import_module("volmacht.onboarding.migrations.0002_known_tariffs")
    editor = connection.SchemaEditorClass(connection)
    migration.remove(apps, editor)
    assert queries.tariffs() == ()
    migration.add(apps, editor)
    assert queries.tariffs() == KNOWN
