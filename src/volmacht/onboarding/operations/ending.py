"""Ways out of a case: withdrawn by the provider, lapsed by the worker (CN-11); and due dates told (CN-12)."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from volmacht import clock
from volmacht.onboarding.actors import THE_SYSTEM, CaseActor, acting
from volmacht.onboarding.models import Case
from volmacht.onboarding.moving import held, judged, move, note_event, seen
from volmacht.onboarding.news_words import REMINDER, URGENT
from volmacht.onboarding.operations.judging import LONGEST_NOTE
from volmacht.onboarding.operations.taking_out import take_out_of_preproduction
from volmacht.onboarding.telling import tell_desk, tell_provider
from volmacht.rules.onboarding.cases import Action, CaseState, Move, Objection, Side
from volmacht.rules.onboarding.due import (
    LAPSES_AFTER,
    REMINDERS,
    Urgency,
    months_of_silence,
    silent_from,
    urgency,
)
from volmacht.rules.periods import start_of
from volmacht.rules.workdays import next_workday

REMINDED = "remind"  # in the history
MOST_AT_ONCE = 500


@transaction.atomic
def withdraw(*, case_id: UUID, actor: CaseActor, note: str = "") -> CaseState | Objection:
    """The provider goes no further. Objections: those of `judge`, and TOO_LONG."""
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, Action.WITHDRAW)
    if isinstance(to, Objection):
        return to
    if len(note) > LONGEST_NOTE:
        return Objection.TOO_LONG
    move(case, Action.WITHDRAW, to, actor, note=note.strip())
    take_out_of_preproduction(case, actor)
    return CaseState(case.state)


def remind_and_lapse() -> int:
    """Remind who is silent, and end what was silent for six months; how many cases that was. Harmless to repeat."""
    wanted = Q()
    for months in (*REMINDERS, LAPSES_AFTER):  # who was reminded already keeps nobody else waiting
        before = start_of(silent_from(clock.today(), months) + timedelta(days=1))
        wanted |= Q(silent_since__lt=before, reminded__lt=months)
    silent = Case.objects.filter(wanted).order_by("silent_since")
    ids = list(silent.values_list("id", flat=True)[:MOST_AT_ONCE])
    return sum(_remind_or_lapse(case_id) for case_id in ids)


def tell_what_is_due() -> int:
    """Tell the desk once that a case is due within one working day, and once that it is overdue; how many."""
    today = clock.today()
    untold = Q(due_on__lte=next_workday(today), due_told="") | Q(due_on__lt=today, due_told=Urgency.NEAR)
    near = Case.objects.filter(untold, turn=Side.OPERATOR)
    ids = list(near.order_by("due_on", "number").values_list("id", flat=True)[:MOST_AT_ONCE])
    return sum(_tell_due(case_id) for case_id in ids)


@transaction.atomic
def _remind_or_lapse(case_id: UUID) -> bool:
    case = held(case_id)
    if case is None or case.silent_since is None:
        return False
    months = months_of_silence(case.silent_since, clock.now())
    if months <= case.reminded:
        return False
    case.reminded = months
    case.save(update_fields=["reminded"])
    if months >= LAPSES_AFTER:
        return _lapse(case)
    note_event(case, REMINDED, THE_SYSTEM, {"months": months})
    tell_provider(case, f"silence {case.silent_since.isoformat()} {months}", REMINDER)
    return True


def _lapse(case: Case) -> bool:
    may = acting(case, THE_SYSTEM)
    to = judged(case, may, Action.LAPSE) if may else Objection.NOT_NOW
    if not isinstance(to, Move):
        return False
    move(case, Action.LAPSE, to, THE_SYSTEM)
    take_out_of_preproduction(case, THE_SYSTEM)
    return True


@transaction.atomic
def _tell_due(case_id: UUID) -> bool:
    case = held(case_id)
    now = (
        urgency(case.due_on, clock.today(), case.received_at) if case and case.turn == Side.OPERATOR else None
    )
    if case is None or now is None or case.due_told == now:
        return False
    case.due_told = now
    case.save(update_fields=["due_told"])
    tell_desk(case, f"due {case.due_on} {now}", URGENT[now])
    return True
