"""Handing in the form of a step, and issuing connection data at once when nobody needs to judge (CN-2, CN-5)."""

from uuid import UUID

from django.db import transaction

from volmacht.onboarding.actors import THE_SYSTEM, CaseActor, acting
from volmacht.onboarding.automatic_checks import failing
from volmacht.onboarding.configuring import pend
from volmacht.onboarding.forms import problems_now
from volmacht.onboarding.metadata import keeps_keys, take_in_change, where_as_data
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.moving import judged, move, seen
from volmacht.onboarding.operations.judging import not_proven
from volmacht.onboarding.operations.rounds import keep_what_is_given
from volmacht.onboarding.operations.running import run
from volmacht.onboarding.signatures import not_signed
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseKind, CaseState, Move, Objection
from volmacht.rules.onboarding.configuration import Incomplete


@transaction.atomic
def hand_in(*, case_id: UUID, actor: CaseActor) -> CaseState | Objection:
    """Hand in what is to be filled in now; the state that the case is in then.

    An application's form for pre-production goes straight on to testing when every automatic check passes.
    Objections: UNKNOWN, NOT_NOW, NOT_YOUR_SIDE, NO_RIGHT, NOT_COMPLETE, NOT_SIGNED, OLD_DOCUMENT.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.HAND_IN)
    if isinstance(to, Objection):
        return to
    if problems_now(case):
        return Objection.NOT_COMPLETE
    if to.signed and (unsigned := not_signed(case)):
        return unsigned
    FormAnswers.objects.filter(case=case).exclude(reasons={}).update(reasons={})
    keep_what_is_given(case, move(case, Action.HAND_IN, to, actor))
    _carry_out(case) if case.kind == CaseKind.CHANGE else _issue(case)
    return CaseState(case.state)


def _carry_out(case: Case) -> None:
    """A certificate or metadata whose authority and OIN match count at once, where no log-in can fail (DM-64)."""
    may = acting(case, THE_SYSTEM)
    to = judged(case, may, Action.CARRY_OUT) if may else Objection.NOT_NOW
    if isinstance(to, Move) and not not_proven(case) and keeps_keys(case) and take_in_change(case):
        move(case, Action.CARRY_OUT, to, THE_SYSTEM, data=where_as_data(case))


def _issue(case: Case) -> None:
    """Connection data at once: the system judges, and nobody is named for it (DM-64)."""
    may = acting(case, THE_SYSTEM)
    to = judged(case, may, Action.ISSUE) if may else Objection.NOT_NOW
    if not isinstance(to, Move) or failing(case):
        return
    try:
        version = pend(case, Environment.PREPRODUCTION, proposed_by=None, approved_by=None)
    except Incomplete:
        return
    if run(version, THE_SYSTEM) is None:
        move(case, Action.ISSUE, to, THE_SYSTEM)
