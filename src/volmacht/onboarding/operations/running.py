"""What a judgement sets going: which configuration runs, in which environment, when a case comes to a state (CN-15)."""

from typing import Final
from uuid import UUID

from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import drafted, pend, publish, running
from volmacht.onboarding.metadata import take_in
from volmacht.onboarding.models import Case, Configuration
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import Configuration as Value
from volmacht.rules.onboarding.configuration import Incomplete
from volmacht.rules.onboarding.reconfiguring import switched

_WITHOUT_CONFIGURATION: Final = frozenset({ChangeOf.CERTIFICATE, ChangeOf.METADATA, ChangeOf.CONTACTS})
_ENVIRONMENTS: Final = {
    CaseState.TESTING: Environment.PREPRODUCTION,
    CaseState.ACTIVATING: Environment.PRODUCTION,
    CaseState.ACTIVE: Environment.PRODUCTION,
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
    """Carry out what this state brings, and nothing when it brings nothing; NOT_COMPLETE or NOT_CARRIED_OUT."""
    environment = _ENVIRONMENTS.get(to)
    if environment is None:
        return None
    if case.change_of and ChangeOf(case.change_of) in _WITHOUT_CONFIGURATION:
        _take_in_metadata(case, environment)
        return None
    try:
        value = _value(case, to, environment)
        version = pend(case, environment, proposed_by=proposed_by, approved_by=approved_by, value=value)
    except (Incomplete, ValueError, KeyError):
        return Objection.NOT_COMPLETE
    if to is CaseState.ACTIVATING:
        return None  # it waits for `activate`
    return run(version, actor)


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


def _take_in_metadata(case: Case, environment: Environment) -> None:
    """A rollover or new metadata changes no configuration, only what the catalogue knows of the connection."""
    runs = running(case.organisation_id, environment)
    if runs is not None:
        runs.case = case  # the document is that of the change
        take_in(runs)
