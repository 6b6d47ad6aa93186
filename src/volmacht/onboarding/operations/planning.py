"""What was approved for a day is carried out on that day, by the worker or at once when it has come (CN-21)."""

from uuid import UUID

import structlog
from django.db import transaction

from volmacht import clock
from volmacht.onboarding.actors import THE_SYSTEM, acting, audit_actor
from volmacht.onboarding.carrying_out import Failed
from volmacht.onboarding.configuring import change_answers, pend, publish, switch
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration
from volmacht.onboarding.moving import held, judged, move
from volmacht.onboarding.news_words import NOT_CARRIED_OUT
from volmacht.onboarding.planning import planned_day
from volmacht.onboarding.telling import tell_desk
from volmacht.parties.operations import rename_organisation
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import Action, CaseKind, CaseState, Move
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import Incomplete
from volmacht.rules.periods import start_of
from volmacht.rules.searching import folded

Names = tuple[UUID | None, UUID | None]
LOG = "volmacht.onboarding"
_PROPOSED = (Action.PROPOSE, Action.REPORT_PASSED)


def carry_out_what_is_due() -> int:
    """The worker's job: every change whose day has come; how many were carried out. Harmless to repeat."""
    ids = Case.objects.filter(state=CaseState.PLANNED).order_by("since").values_list("id", flat=True)
    return sum(_carry_out(case_id) for case_id in list(ids))


@transaction.atomic
def _carry_out(case_id: UUID) -> bool:
    case = held(case_id)
    return case is not None and carry_out_if_due(case)


def carry_out_if_due(case: Case) -> bool:
    """Carry out a planned change whose day has come; what fails is tried again each day, and the desk hears of it."""
    day = planned_day(case)
    may = acting(case, THE_SYSTEM)
    to = judged(case, may, Action.CARRY_OUT) if may else None
    if case.state != CaseState.PLANNED or day is None or day > clock.today() or not isinstance(to, Move):
        return False
    if _failed_today(case):
        return False
    failed = _do(case, _names(case))
    if failed is not None:
        structlog.get_logger(LOG).error(
            "planned change not carried out", case=case.number, reason=failed.reason
        )
        tell_desk(case, f"not carried out {clock.today()}", NOT_CARRIED_OUT)
        return False
    move(case, Action.CARRY_OUT, to, THE_SYSTEM)
    return True


def _do(case: Case, names: Names) -> Failed | None:
    if case.change_of == ChangeOf.STOP_CONNECTION:
        return _stop(case, names)
    environments = [Environment.PRODUCTION]
    if case.change_of == ChangeOf.ORGANISATION_NAME:
        environments.append(Environment.PREPRODUCTION)  # a supplier was changed there for the test
    for environment in environments:
        try:
            version = pend(case, environment, proposed_by=names[0], approved_by=names[1])
        except (Incomplete, ValueError, KeyError) as error:
            if environment is Environment.PRODUCTION:
                return Failed(f"not complete: {error}")
            continue
        if failed := publish(version, THE_SYSTEM):
            return failed
    if case.change_of == ChangeOf.ORGANISATION_NAME:
        _rename(case)
    return None


def _stop(case: Case, names: Names) -> Failed | None:
    """Everything off in both environments, and the application at its end."""
    for environment in Environment:
        if failed := switch(case, environment, THE_SYSTEM, active=False, names=names):
            return failed
    applications = Case.objects.filter(
        organisation_id=case.organisation_id,
        kind=CaseKind.APPLICATION,
        state__in=(CaseState.ACTIVE, CaseState.DEACTIVATING),
    )
    for application_id in list(applications.values_list("id", flat=True)):
        application = held(application_id)
        may = acting(application, THE_SYSTEM) if application else None
        to = judged(application, may, Action.STOP) if application and may else None
        if application and isinstance(to, Move):
            move(application, Action.STOP, to, THE_SYSTEM)
    return None


def _rename(case: Case) -> None:
    """The organisation, and every case of it that goes on: the queue shows the name of today."""
    name = " ".join(str(change_answers(case, Environment.PRODUCTION)["new_name"]).split())
    if case.organisation_id is None:
        return
    rename_organisation(organisation_id=case.organisation_id, name=name, by=audit_actor(THE_SYSTEM))
    for one in Case.objects.filter(organisation_id=case.organisation_id):
        search = f"{one.search} {folded(name)}"[:500]
        Case.objects.filter(id=one.id).update(organisation_name=name, search=search)
    case.organisation_name = name


def _names(case: Case) -> Names:
    """Who proposed it, and who approved it."""
    events = case.events.order_by("-id")
    proposed = events.filter(action__in=_PROPOSED).first()
    approved = events.filter(action=Action.CONFIRM).first()
    return (proposed.actor_id if proposed else None, approved.actor_id if approved else None)


def _failed_today(case: Case) -> bool:
    today = start_of(clock.today())
    failed = Configuration.objects.filter(case=case, state=ConfigurationState.FAILED, created_at__gte=today)
    return failed.exists()
