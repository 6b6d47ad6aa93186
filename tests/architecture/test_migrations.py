"""Migrations are linear, go back, match the models, and can run on a PostgreSQL that is in use."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    RenameField,
    RenameModel,
    RunPython,
    RunSQL,
)
from django.db.migrations.operations.base import Operation

PREFIX = "volmacht."
# Held while a big table is rewritten or read, or in the way of the version that still runs beside the new one.
DANGEROUS = (AddIndex, AddConstraint, AlterField, RenameField, RenameModel)


def our_migrations() -> list[Migration]:
    """Every migration of this project."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith(PREFIX)}
    return [migration for (app, _), migration in loader.disk_migrations.items() if app in ours]


def danger(migration: Migration, operation: Operation) -> str | None:
    """Why this operation is not safe on a running PostgreSQL; None when it is."""
    if migration.initial or hasattr(migration, "safe_because"):
        return None  # new tables have no readers; `safe_because` on the migration gives a reason
    if isinstance(operation, DANGEROUS):
        return f"{type(operation).__name__} holds a lock for long: use the concurrent form, or say `safe_because`"
    if isinstance(operation, AddField) and not (operation.field.null or operation.field.has_db_default()):
        return "a new column must be null or have a db_default: the version that runs does not know it"
    return None


def test_every_app_has_one_line_of_migrations() -> None:
    per_app = Counter(
        (migration.app_label, dependency)
        for migration in our_migrations()
        for dependency in migration.dependencies
        if dependency[0] == migration.app_label
    )
    assert [step for step, count in per_app.items() if count > 1] == []
    assert MigrationLoader(None).detect_conflicts() == {}


def test_migrations_are_numbered_in_their_order() -> None:
    for config in apps.get_app_configs():
        if config.name.startswith(PREFIX):
            files = sorted(path.name for path in (Path(config.path) / "migrations").glob("0*.py"))
            assert [name[:4] for name in files] == [f"{number:04}" for number in range(1, len(files) + 1)]


def test_every_step_goes_back() -> None:
    found = [
        f"{migration.app_label}.{migration.name}: {operation.describe()}"
        for migration in our_migrations()
        for operation in migration.operations
        if isinstance(operation, RunPython | RunSQL) and not operation.reversible
    ]
    assert found == []


def test_no_step_stops_a_running_postgresql() -> None:
    found = [
        f"{migration.app_label}.{migration.name}: {reason}"
        for migration in our_migrations()
        for operation in migration.operations
        if (reason := danger(migration, operation))
    ]
    assert found == []


@pytest.mark.django_db
def test_the_models_are_what_the_migrations_make() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert connection.vendor in {"sqlite", "postgresql"}


def test_all_migrations_can_be_undone_and_done_again(committed_db: None) -> None:
    for config in apps.get_app_configs():
        if config.name.startswith(PREFIX) and (Path(config.path) / "migrations").is_dir():
            call_command("migrate", config.label, "zero", verbosity=0)
    assert "audit_event" not in connection.introspection.table_names()
    call_command("migrate", verbosity=0)
    assert "audit_event" in connection.introspection.table_names()
