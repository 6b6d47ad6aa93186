"""Activating a connection, and stopping one: everywhere at once, never by one person alone (CN-6, DM-64)."""

from uuid import UUID

from django.db import transaction

from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import pending
from volmacht.onboarding.moving import judged, move, seen
from volmacht.onboarding.operations.judging import LONGEST_NOTE, not_proven
from volmacht.onboarding.operations.running import run
from volmacht.onboarding.operations.taking_out import put_back_in_preproduction
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseState, Objection


@transaction.atomic
def activate(*, case_id: UUID, actor: CaseActor) -> CaseState | Objection:
    """Carry out in production what two people approved; from then on its services can be mandated.

    Objections: those of `judge`, and NOT_PROVEN, NOT_CARRIED_OUT (and then it can be tried again).
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.ACTIVATE)
    if isinstance(to, Objection):
        return to
    if wrong := not_proven(case):
        return wrong
    version = pending(case, Environment.PRODUCTION)
    if version is None:
        return Objection.NOT_COMPLETE
    if wrong := run(version, actor):
        return wrong
    put_back_in_preproduction(case, actor)
    move(case, Action.ACTIVATE, to, actor)
    return CaseState(case.state)


@transaction.atomic
def deactivate(*, case_id: UUID, reason: str, actor: CaseActor) -> CaseState | Objection:
    """Propose to stop a connection; `confirm_approval` by another employee does it.

    Objections: those of `judge`, and NO_REASON, TOO_LONG.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.PROPOSE_DEACTIVATION)
    if isinstance(to, Objection):
        return to
    if not reason.strip():
        return Objection.NO_REASON
    if len(reason) > LONGEST_NOTE:
        return Objection.TOO_LONG
    move(case, Action.PROPOSE_DEACTIVATION, to, actor, note=reason.strip())
    return CaseState(case.state)
