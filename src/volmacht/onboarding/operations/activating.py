"""Activating a connection, and stopping one: everywhere at once, never by one person alone (CN-6, DM-64)."""

from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import pending
from volmacht.onboarding.models import Case
from volmacht.onboarding.moving import judged, move, seen
from volmacht.onboarding.operations.judging import LONGEST_NOTE, not_proven
from volmacht.onboarding.operations.running import run
from volmacht.onboarding.operations.taking_out import put_back_in_preproduction
from volmacht.onboarding.planning import live_day
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseState, Objection


@transaction.atomic
def activate(*, case_id: UUID, actor: CaseActor, early: bool = False) -> CaseState | Objection:
    """Carry out in production what two people approved; from then on its services can be mandated.

    Before the day that the organisation asked for only when `early` says that this is meant.
    Objections: those of `judge`, and BEFORE_ITS_DAY, NOT_PROVEN, NOT_CARRIED_OUT (and then it can be tried again).
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.ACTIVATE)
    if isinstance(to, Objection):
        return to
    if wrong := _too_early(case, meant=early) or not_proven(case):
        return wrong
    version = pending(case, Environment.PRODUCTION)
    if version is None:
        return Objection.NOT_COMPLETE
    if wrong := run(version, actor):
        return wrong
    put_back_in_preproduction(case, actor)
    move(case, Action.ACTIVATE, to, actor)
    return CaseState(case.state)


def _too_early(case: Case, *, meant: bool) -> Objection | None:
    day = live_day(case)
    return Objection.BEFORE_ITS_DAY if day and day > clock.today() and not meant else None


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
