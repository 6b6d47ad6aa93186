"""Writing in a case: messages to the other side, notes among colleagues; who has it; what was read (CN-10, CN-23)."""

from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.onboarding.actors import CaseActor, permissions_of
from volmacht.onboarding.models import Case, CaseMessage, CaseRead
from volmacht.onboarding.moving import is_heard, judged, move, note_event, record_about, seen
from volmacht.onboarding.news_words import MESSAGE
from volmacht.onboarding.telling import tell_desk, tell_provider
from volmacht.rules.onboarding.cases import Acting, Action, CaseKind, CaseState, Move, Objection, Side
from volmacht.rules.roles import Permission, Right

LONGEST_MESSAGE = 4000
ASSIGNED = "assign"  # in the history


@transaction.atomic
def answer(*, case_id: UUID, text: str, actor: CaseActor, once: UUID | None = None) -> UUID | Objection:
    """A message to the other side; in a question it is the answer, or what the asker adds, and moves the case.

    With `once` the message gets this id, and is written once however often it is asked.
    Objections: UNKNOWN, NO_RIGHT, NO_REASON (no text), TOO_LONG.
    """
    found = _writing(case_id, text, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    of_the_desk = may.side is Side.OPERATOR
    if case.kind == CaseKind.DISPUTE:
        return Objection.NOT_NOW  # who said so is no party of the case
    allowed = (
        Permission.WRITE_TO_ORGANISATIONS in may.permissions if of_the_desk else Right.WRITE in may.rights
    )
    if not allowed:
        return Objection.NO_RIGHT
    if once is not None and case.messages.filter(id=once).exists():
        return once
    message = write(case, text, actor, internal=False, message_id=once)
    if not of_the_desk:
        is_heard(case)
    to = judged(case, may, Action.ANSWER if of_the_desk else Action.REOPEN)
    if isinstance(to, Move):
        move(case, Action.ANSWER if of_the_desk else Action.REOPEN, to, actor)
    elif of_the_desk:
        tell_provider(case, f"message {message.id}", MESSAGE)
    else:
        tell_desk(case, f"message {message.id}", MESSAGE)
    return message.id


@transaction.atomic
def note_internally(*, case_id: UUID, text: str, actor: CaseActor) -> UUID | Objection:
    """A note that only colleagues at the desk see.

    Objections: UNKNOWN, NOT_YOUR_SIDE, NO_RIGHT, NO_REASON, TOO_LONG.
    """
    found = _writing(case_id, text, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    if may.side is not Side.OPERATOR:
        return Objection.NOT_YOUR_SIDE
    if not may.permissions & _NOTE:
        return Objection.NO_RIGHT
    return write(case, text, actor, internal=True).id


@transaction.atomic
def close(*, case_id: UUID, actor: CaseActor, note: str = "") -> CaseState | Objection:
    """A question or dispute is done. Objections: those of `judge`, and TOO_LONG."""
    return _simple(case_id, Action.CLOSE, actor, note)


@transaction.atomic
def reopen(*, case_id: UUID, actor: CaseActor, note: str = "") -> CaseState | Objection:
    """A question or dispute that was done is not. Objections: those of `judge`, and TOO_LONG."""
    return _simple(case_id, Action.REOPEN, actor, note)


@transaction.atomic
def assign(*, case_id: UUID, to: UUID | None, actor: CaseActor) -> Objection | None:
    """Who has the case, or nobody. Objections: UNKNOWN, NO_RIGHT, NOT_STAFF (for who cannot judge it)."""
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    needed = Permission.HANDLE_DISPUTES if case.kind == CaseKind.DISPUTE else Permission.JUDGE_CASES
    answers = {Permission.WRITE_TO_ORGANISATIONS} if case.kind == CaseKind.QUESTION else set()
    able = {needed} | answers
    if not may.permissions & able:
        return Objection.NO_RIGHT
    if to is not None and not permissions_of(CaseActor(Side.OPERATOR, to)) & able:
        return Objection.NOT_STAFF
    if case.assigned_to != to:
        case.assigned_to = to
        case.save(update_fields=["assigned_to"])
        note_event(case, ASSIGNED, actor, {"to": str(to) if to else None})
        record_about(EventKind.CASE_ASSIGNED, case, actor, {"to": str(to) if to else None})
    return None


@transaction.atomic
def mark_read(*, case_id: UUID, actor: CaseActor) -> Objection | None:
    """Somebody looked at the case: what comes later is new to them. Objection: UNKNOWN."""
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    if actor.id is not None:
        CaseRead.objects.update_or_create(
            case=found[0], reader_id=actor.id, defaults={"read_at": clock.now()}
        )
    return None


_NOTE = frozenset({Permission.JUDGE_CASES, Permission.WRITE_TO_ORGANISATIONS, Permission.HANDLE_DISPUTES})


def _writing(case_id: UUID, text: str, actor: CaseActor) -> tuple[Case, Acting] | Objection:
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    if not text.strip():
        return Objection.NO_REASON
    return Objection.TOO_LONG if len(text) > LONGEST_MESSAGE else found


def write(
    case: Case, text: str, actor: CaseActor, *, internal: bool, message_id: UUID | None = None
) -> CaseMessage:
    """The next message or note, judged by the caller."""
    message = CaseMessage.objects.create(
        id=message_id or uuid4(),
        case=case,
        place=case.messages.count(),  # the case is locked
        moment=clock.now(),
        side=actor.side,
        actor_id=actor.id,
        internal=internal,
        text=text.strip(),
    )
    record_about(EventKind.CASE_WRITTEN_IN, case, actor, {"internal": internal})
    return message


def _simple(case_id: UUID, action: Action, actor: CaseActor, note: str) -> CaseState | Objection:
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    to = judged(case, may, action)
    if isinstance(to, Objection):
        return to
    if len(note) > LONGEST_MESSAGE:
        return Objection.TOO_LONG
    move(case, action, to, actor, note=note.strip())
    return CaseState(case.state)
