"""Opening a case and moving it: the only code that writes a state (CN-10, CN-11, CN-12).

Everything in the transaction of the caller: the row is locked, the event and the audit record stand beside the new
state, and who must move next hears of it.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, EventKind
from volmacht.audit.operations import record
from volmacht.onboarding.actors import CaseActor, acting, audit_actor
from volmacht.onboarding.models import Case, CaseCounter, CaseEvent
from volmacht.onboarding.telling import tell
from volmacht.rules.onboarding.cases import (
    FIRST_STATE,
    Acting,
    Action,
    CaseKind,
    CaseState,
    Move,
    Objection,
    Side,
    judge,
    turn_of,
)
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.due import Due, due_after
from volmacht.rules.periods import day_of
from volmacht.rules.searching import folded

OPENED = "open"  # the first event of every case
PREFIXES = {
    CaseKind.APPLICATION: "A",
    CaseKind.NEW_SERVICE: "D",
    CaseKind.CHANGE: "W",
    CaseKind.QUESTION: "V",
    CaseKind.DISPUTE: "M",
}
_REMEMBERS_WHO = frozenset({Action.PROPOSE, Action.REPORT_PASSED, Action.PROPOSE_DEACTIVATION})
Data = Mapping[str, str | int | bool | None]


def held(case_id: UUID) -> Case | None:
    """The case, locked until the end of this transaction."""
    return Case.objects.select_for_update().filter(id=case_id).first()


def seen(case_id: UUID, actor: CaseActor) -> tuple[Case, Acting] | Objection:
    """The case, locked, with what the actor may do; UNKNOWN for who may not see it."""
    case = held(case_id)
    may = acting(case, actor) if case else None
    return (case, may) if case and may else Objection.UNKNOWN


def judged(case: Case, may: Acting, action: Action) -> Move | Objection:
    """What an action leads to in this case."""
    return judge(CaseKind(case.kind), CaseState(case.state), action, may, change_of(case))


def change_of(case: Case) -> ChangeOf | None:
    """Which change a case is about; None when that is not chosen yet, or it is of another kind."""
    return ChangeOf(case.change_of) if case.change_of else None


def open_case(
    kind: CaseKind,
    *,
    by: CaseActor,
    organisation_id: UUID | None,
    organisation_name: str = "",
    oin: str = "",
    subject: str = "",
    about_id: UUID | None = None,
    case_id: UUID | None = None,
) -> Case:
    """A new case in its first state, with its number; `case_id` for who must find it again."""
    now, state = clock.now(), FIRST_STATE[kind]
    case = Case(
        id=case_id or uuid4(),
        number=_number(kind, now),
        kind=kind,
        organisation_id=organisation_id,
        organisation_name=organisation_name,
        subject=subject,
        about_id=about_id,
        created_at=now,
        created_by=by.id,
    )
    case.search = folded(f"{case.number} {organisation_name} {oin}")
    _take_state(case, state, now, due_after(None, None, state, now=now, standing=None))
    case.save(force_insert=True)
    event = _event(case, OPENED, by, before="", note="", data={})
    record_about(EventKind.CASE_OPENED, case, by, {"case": kind.value})
    tell(case, str(event.id))
    return case


def move(
    case: Case, action: Action, to: Move, by: CaseActor, *, note: str = "", data: Data | None = None
) -> CaseEvent:
    """Bring a case to its next state; `to` is what `judged` gave."""
    now, before = clock.now(), CaseState(case.state)
    standing = Due(case.due_on, case.received_at, case.due_rule) if case.due_on and case.received_at else None
    _take_state(case, to.to, now, due_after(action, before, to.to, now=now, standing=standing))
    case.proposed_by = by.id if action in _REMEMBERS_WHO else None
    if action in _REMEMBERS_WHO:
        case.assigned_to = None  # somebody else is to confirm
    case.save()
    event = _event(case, action, by, before=before, note=note, data=dict(data or {}))
    record_about(
        EventKind.CASE_MOVED, case, by, {"action": action.value, "from": before.value, "to": to.to.value}
    )
    tell(case, str(event.id))
    return event


def is_heard(case: Case) -> None:
    """The provider did something: its silence begins anew (CN-11)."""
    if case.silent_since is not None:
        case.silent_since, case.reminded = clock.now(), 0
        case.save(update_fields=["silent_since", "reminded"])


def _take_state(case: Case, state: CaseState, now: datetime, due: Due | None) -> None:
    turn = turn_of(state)
    case.state, case.turn, case.since = state, turn or "", now
    case.due_on, case.due_rule = (due.on, due.rule) if due else (None, "")
    case.received_at = due.received_at if due else None
    case.due_told = ""
    case.silent_since, case.reminded = now if turn is Side.PROVIDER else None, 0


def _number(kind: CaseKind, now: datetime) -> str:
    """The next number of this kind and year: the row stays locked until the case stands, so there are no gaps."""
    prefix, year = PREFIXES[kind], day_of(now).year
    CaseCounter.objects.get_or_create(prefix=prefix, year=year)
    counter = CaseCounter.objects.select_for_update().get(prefix=prefix, year=year)
    counter.last += 1
    counter.save()
    return f"{counter.prefix}-{counter.year}-{counter.last:04}"


def _event(
    case: Case, action: str, by: CaseActor, *, before: str, note: str, data: dict[str, object]
) -> CaseEvent:
    return CaseEvent.objects.create(
        case=case,
        moment=clock.now(),
        side=by.side,
        actor_id=by.id,
        function=by.function[:100],
        action=action,
        from_state=before,
        to_state=case.state,
        note=note,
        data=data,
    )


def note_event(case: Case, action: str, by: CaseActor, data: Data | None = None) -> CaseEvent:
    """Something that belongs in the history, and moves nothing."""
    return _event(case, action, by, before=case.state, note="", data=dict(data or {}))


def record_about(kind: EventKind, case: Case, by: CaseActor, data: Data) -> None:
    """An audit event about a case; ids and closed codes only."""
    record(
        kind,
        actor=audit_actor(by),
        subject_id=case.organisation_id or INSTALLATION,
        object_id=case.id,
        data=dict(data),
    )
