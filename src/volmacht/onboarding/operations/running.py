"""What a judgement sets going: which configuration runs, in which environment, when a case comes to a state (CN-15)."""

from contextlib import suppress
from typing import Final
from uuid import UUID

from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import change_answers, drafted, pend, publish, running
from volmacht.onboarding.metadata import take_in, take_in_change
from volmacht.onboarding.models import Case, Configuration, FormAnswers
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Objection
from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.configuration import Configuration as Value
from volmacht.rules.onboarding.configuration import Incomplete
from volmacht.rules.onboarding.forms import PageKey
from volmacht.rules.onboarding.reconfiguring import switched

_WITHOUT_CONFIGURATION: Final = frozenset({ChangeOf.CERTIFICATE, ChangeOf.METADATA, ChangeOf.CONTACTS})
_ENVIRONMENTS: Final = {
    CaseState.TESTING: Environment.PREPRODUCTION,
    CaseState.ACTIVATING: Environment.PRODUCTION,
    CaseState.ACTIVE: Environment.PRODUCTION,
    CaseState.PLANNED: Environment.PRODUCTION,
    CaseState.DONE: Environment.PRODUCTION,
    CaseState.DEACTIVATED: Environment.PRODUCTION,
}


def run_what_was_judged(
    case: Case,
    to: CaseState,
    actor: CaseActor,
    *,
    proposed_by: UUID | None,
    approved_by: UUID | None = None,
) -> Objection | None:
    """Carry out what this state brings, and nothing when it brings nothing.

    Objections: NOT_COMPLETE, METADATA_NOT_GOOD, NOT_CARRIED_OUT.
    """
    environment = _ENVIRONMENTS.get(to)
    if environment is None:
        return None
    if case.change_of and ChangeOf(case.change_of) in _WITHOUT_CONFIGURATION:
        return _run_without(case)
    try:
        value = _value(case, to, environment)
        if to is CaseState.PLANNED:
            return None  # it waits for its day
        version = pend(case, environment, proposed_by=proposed_by, approved_by=approved_by, value=value)
    except (Incomplete, ValueError, KeyError):
        return Objection.NOT_COMPLETE
    if to is CaseState.ACTIVATING:
        return None  # it waits for `activate`
    wrong = run(version, actor)
    if wrong is None:
        _also_in_preproduction(case, version, actor)
    return wrong


def run(version: Configuration, actor: CaseActor) -> Objection | None:
    """Carry out a version, and give the catalogue the metadata of the case with it."""
    if publish(version, actor) is not None:
        return Objection.NOT_CARRIED_OUT
    take_in(version)
    return None


def _value(case: Case, to: CaseState, environment: Environment) -> Value:
    """The whole that is to run: once an application runs, what runs, switched on or off."""
    runs = running(case.organisation_id, environment)
    if case.kind != CaseKind.APPLICATION or runs is None or to is CaseState.TESTING:
        return drafted(case, environment)
    content = switched(runs.content, active=to is not CaseState.DEACTIVATED)
    return Value(runs.connection, environment, content, runs.kept)


def _run_without(case: Case) -> Objection | None:
    """A rollover or new metadata changes only what the catalogue knows of the connection; a contact only answers."""
    if case.change_of == ChangeOf.CONTACTS:
        change_contact(case)
        return None
    return None if take_in_change(case) else Objection.METADATA_NOT_GOOD


def change_contact(case: Case) -> None:
    """Who is asked about what, in the application that is of record."""
    answers = change_answers(case, Environment.PRODUCTION)
    row = FormAnswers.objects.filter(
        case__organisation_id=case.organisation_id,
        case__kind=CaseKind.APPLICATION,
        case__state=CaseState.ACTIVE,
        page=PageKey.CONTACTS,
    ).first()
    if row is None or not isinstance(row.answers, dict):
        return
    who = str(answers.get("contact"))
    row.answers = {
        **{key: value for key, value in row.answers.items() if key != f"{who}_phone"},
        f"{who}_name": answers["contact_name"],
        f"{who}_email": answers["contact_email"],
    }
    row.version, row.saved_at = row.version + 1, clock.now()
    row.save(update_fields=["answers", "version", "saved_at"])


def _also_in_preproduction(case: Case, version: Configuration, actor: CaseActor) -> None:
    """What changed in production without a test changes there too, where it can."""
    if (
        not case.change_of
        or version.environment != Environment.PRODUCTION
        or NEEDS[ChangeOf(case.change_of)].new_test
    ):
        return
    here = Environment.PREPRODUCTION
    with suppress(Incomplete, ValueError, KeyError):
        publish(pend(case, here, proposed_by=version.proposed_by, approved_by=version.approved_by), actor)
