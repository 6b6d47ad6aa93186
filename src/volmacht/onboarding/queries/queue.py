"""The work queue of the desk, by due date (CN-10, CN-12): one query a page, and a count that stops counting in time."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet

from volmacht import clock
from volmacht.onboarding.actors import CaseActor, permissions_of
from volmacht.onboarding.models import Case
from volmacht.onboarding.queries.known import CaseRow, row_of
from volmacht.onboarding.searching import searched
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side
from volmacht.rules.roles import Permission
from volmacht.rules.workdays import next_workday

ROWS: Final = 25
COUNTED: Final = 500  # further than this nobody pages
_HIDDEN: Final = (
    "created_by",
    "proposed_by",
    "silent_since",
    "reminded",
    "search",
    "due_rule",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """What the desk wants to see. Without any of these: everything on which the operator must move."""

    turn: Side | None = Side.OPERATOR
    kinds: Collection[CaseKind] = ()
    states: Collection[CaseState] = ()
    assigned_to: UUID | None = None
    unassigned: bool = False
    organisation_id: UUID | None = None
    urgent: bool = False  # overdue, or due within one working day
    nothing: bool = False  # what was asked excludes itself
    search: str = ""  # words of the organisation's name, its OIN, or a number


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page; `more_than` says that `total` is where counting stopped."""

    rows: tuple[CaseRow, ...]
    total: int
    more_than: bool
    page: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """How many cases wait for the desk too long, and nearly."""

    overdue: int
    near: int


def queue(
    reader: CaseActor, wanted: QueueFilter | None = None, *, page: int = 1, rows: int = ROWS
) -> QueuePage:
    """The cases that this employee may see, those that are due first on top; without a due date last."""
    found = _filtered(_seen_by(reader), wanted or QueueFilter())
    counted = found.order_by()[: COUNTED + 1].count()
    page = max(1, page)
    ordered = found.order_by(F("due_on").asc(nulls_last=True), "number").defer(*_HIDDEN)
    today = clock.today()
    part = ordered[(page - 1) * rows : page * rows]
    return QueuePage(
        tuple(row_of(case, today) for case in part), min(counted, COUNTED), counted > COUNTED, page
    )


def urgent(reader: CaseActor) -> Urgent:
    """What the desk must do first (CN-12)."""
    today = clock.today()
    waiting = _seen_by(reader).filter(turn=Side.OPERATOR)
    near = waiting.filter(due_on__gte=today, due_on__lte=next_workday(today))
    return Urgent(_counted(waiting.filter(due_on__lt=today)), _counted(near))


def _counted(found: QuerySet[Case]) -> int:
    """How many, up to where nobody counts any more."""
    return found.order_by()[:COUNTED].count()


def _seen_by(reader: CaseActor) -> QuerySet[Case]:
    """Disputes are for who handles them, the rest for who may see cases (DM-39a)."""
    permissions = permissions_of(reader)
    kinds = [
        kind
        for kind in CaseKind
        if (Permission.HANDLE_DISPUTES if kind is CaseKind.DISPUTE else Permission.SEE_CASES) in permissions
    ]
    found = Case.objects.all()
    return found if len(kinds) == len(CaseKind) else found.filter(kind__in=kinds)


def _filtered(found: QuerySet[Case], wanted: QueueFilter) -> QuerySet[Case]:
    if wanted.nothing:
        return found.none()
    if wanted.turn is not None:
        found = found.filter(turn=wanted.turn)
    if wanted.kinds:
        found = found.filter(kind__in=wanted.kinds)
    if wanted.states:
        found = found.filter(state__in=wanted.states)
    if wanted.assigned_to is not None:
        found = found.filter(assigned_to=wanted.assigned_to)
    if wanted.organisation_id is not None:
        found = found.filter(organisation_id=wanted.organisation_id)
    if wanted.unassigned:
        found = found.filter(assigned_to=None)
    if wanted.urgent:
        found = found.filter(due_on__lte=next_workday(clock.today()))
    return searched(found, wanted.search)
