"""Refuse UPDATE and DELETE of what returns asked; take over what is returned now and not handed in again (CN-11)."""

from collections.abc import Mapping

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("returnedanswer", "answergiven")


def take_over(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reasons that still stand beside a form, as if they had been kept when it was returned."""
    del editor
    returned = apps.get_model("onboarding", "ReturnedAnswer")
    events = apps.get_model("onboarding", "CaseEvent")
    for row in apps.get_model("onboarding", "FormAnswers").objects.exclude(reasons={}):
        event = events.objects.filter(case_id=row.case_id, action="return").order_by("-id").first()
        if event is None:
            continue
        answers = row.answers if row.returned is None else row.returned
        for key, reason in row.reasons.items():
            name, answer = _found(answers, key)
            returned.objects.create(
                event=event,
                form=row.form,
                page=row.page,
                key=key,
                row_name=name,
                reason=reason,
                answer=answer,
            )


def _found(answers: object, key: str) -> tuple[str, object]:
    if isinstance(answers, Mapping):
        return "", answers.get(key)
    number, _, field = key.partition(".")
    for place, row in enumerate(answers if isinstance(answers, list) else (), start=1):
        if str(row.get("row")) == number:
            return str(row.get("name") or place)[:200], row.get(field)
    return "", None


def close(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers on; the function that they call is that of migration 0004."""
    del apps
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(
                f"""CREATE TRIGGER onboarding_{table}_stays BEFORE UPDATE OR DELETE ON onboarding_{table}
                    FOR EACH ROW EXECUTE FUNCTION onboarding_refuse()""",
                params=None,
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            editor.execute(
                f"""CREATE TRIGGER onboarding_{table}_no_{verb.lower()} BEFORE {verb} ON onboarding_{table}
                    BEGIN SELECT RAISE(ABORT, 'the history of a case is never changed or removed'); END""",
                params=None,
            )


def open_again(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers off."""
    del apps
    for table in TABLES:
        if editor.connection.vendor == "postgresql":
            editor.execute(f"DROP TRIGGER onboarding_{table}_stays ON onboarding_{table}", params=None)
            continue
        for verb in ("update", "delete"):
            editor.execute(f"DROP TRIGGER onboarding_{table}_no_{verb}", params=None)


class Migration(migrations.Migration):
    """Few rows, and triggers on new tables: safe on a running database."""

    dependencies = (("onboarding", "0007_returned_answers"),)
    operations = (
        migrations.RunPython(close, open_again),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    )
