"""Writes down what was approved before changes were kept, as far as the proposals tell.

A proposal holds the fields that it names; what stood before is what the proposals before it named.
"""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RELATIONS = {"add_relation", "change_relation"}


def write_down(apps: Apps, _: BaseDatabaseSchemaEditor | None) -> None:
    """One row for each approved proposal, in the order of approval."""
    change_made = apps.get_model("catalogue", "ChangeMade")
    states: dict[tuple[str, ...], dict[str, Any]] = {}
    approved = apps.get_model("catalogue", "Proposal").objects.filter(state="approved")
    for proposal in approved.order_by("judged_at", "proposed_at").iterator():
        content = proposal.content
        relation = proposal.kind in RELATIONS
        key = tuple(
            str(content.get(name)) for name in (("kind", "source", "target") if relation else ("id",))
        )
        before = states.get(key)
        states[key] = (before or {}) | {name: value for name, value in content.items() if name != "id"}
        change_made.objects.create(
            entry=content["source"] if relation else content["id"],
            target=content["target"] if relation else None,
            kind=proposal.kind,
            moment=proposal.judged_at or proposal.proposed_at,
            proposal=proposal,
            before=before,
            after=states[key],
        )


class Migration(migrations.Migration):
    """Only rows of a table that the version before does not know."""

    dependencies = [("catalogue", "0008_imports_and_history")]

    operations = [migrations.RunPython(write_down, migrations.RunPython.noop)]
