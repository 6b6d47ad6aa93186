"""For a supplier: the cases of all its clients, and what doing the same for many of them would come to. Reads only.

A client is an organisation that lets the supplier act now; of others nothing is found, as if it were not there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from volmacht import clock
from volmacht.onboarding.actors import CaseActor, rights_for_clients
from volmacht.onboarding.certificates import first_ends
from volmacht.onboarding.models import Case
from volmacht.onboarding.queries.known import CaseRow, row_of
from volmacht.onboarding.searching import searched
from volmacht.onboarding.suppliers import clients_of
from volmacht.pki import days_left, warning
from volmacht.rules.onboarding.cases import (
    ENDED,
    Acting,
    Action,
    CaseKind,
    CaseState,
    Move,
    Objection,
    Side,
    judge,
)
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.roles import Right

ROWS: Final = 25
# What is stopped stays in sight: it can be connected again.
_OVER: Final = ENDED - {CaseState.DEACTIVATED}


@dataclass(frozen=True, slots=True)
class ClientCase:
    """A case of a client. `certificate_ends`: the first of its certificates that ends; None when none is known."""

    case: CaseRow
    certificate_ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFilter:
    """What a supplier wants to see of what goes on. `certificate_ends`: of clients that are warned of one now."""

    search: str = ""  # words of the client's name, its OIN, or a number
    turn: Side | None = None
    kind: CaseKind | None = None
    certificate_ends: bool = False


@dataclass(frozen=True, slots=True)
class ClientPage:
    """One page of the overview; `total` is how many cases there are in all."""

    rows: tuple[ClientCase, ...]
    total: int
    page: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What doing something for one of many would come to now; with an objection nothing would happen.

    `reopens`: the question is opened again by it. `beside`: the number of a change of this kind that goes on already.
    """

    case: CaseRow
    objection: Objection | None
    reopens: bool = False
    beside: str = ""


def client_page(reader: CaseActor, wanted: ClientFilter, *, page: int = 1) -> ClientPage:
    """What goes on for the clients of a supplier, by name of the client; nothing for who may not see it."""
    clients = _clients(reader)
    ends = first_ends(clients)
    found = _filtered(clients, ends, wanted)
    page = max(1, page)
    return ClientPage(_rows(found[(page - 1) * ROWS : page * ROWS], ends), found.count(), page)


def cases_of_clients(reader: CaseActor, wanted: ClientFilter | None = None) -> tuple[ClientCase, ...]:
    """The same, all of it."""
    clients = _clients(reader)
    ends = first_ends(clients)
    return _rows(_filtered(clients, ends, wanted or ClientFilter()), ends)


def chosen_cases(reader: CaseActor, numbers: Collection[str]) -> tuple[ClientCase, ...]:
    """Those with these numbers that are of clients, whatever their state."""
    clients = _clients(reader)
    readable = [number for number in numbers if number.isprintable()]  # nothing else would PostgreSQL take
    return _rows(_ordered(clients).filter(number__in=readable), first_ends(clients))


def outlook_of_messages(reader: CaseActor, numbers: Collection[str]) -> tuple[Outlook, ...]:
    """What a message in each of these cases would come to; those that are not of a client are left out."""
    may = Acting(side=reader.side, rights=rights_for_clients(reader))
    wrong = None if Right.WRITE in may.rights else Objection.NO_RIGHT
    return tuple(Outlook(one.case, wrong, _reopens(one.case, may)) for one in chosen_cases(reader, numbers))


def outlook_of_changes(reader: CaseActor, numbers: Collection[str], change: ChangeOf) -> tuple[Outlook, ...]:
    """What a change for the clients of these cases would come to; each client once, by the first of its cases."""
    rows: dict[UUID | None, CaseRow] = {}
    for one in chosen_cases(reader, numbers):
        rows.setdefault(one.case.organisation_id, one.case)
    may = Right.FILL_FORMS in rights_for_clients(reader)
    of_these = Case.objects.filter(organisation_id__in=rows)
    connected = set(
        of_these.filter(kind=CaseKind.APPLICATION, state=CaseState.ACTIVE).values_list(
            "organisation_id", flat=True
        )
    )
    same = of_these.filter(kind=CaseKind.CHANGE, change_of=change).exclude(state__in=ENDED)
    beside = dict(same.order_by("-number").values_list("organisation_id", "number"))
    return tuple(
        Outlook(row, _why_no_change(may, client in connected), beside=beside.get(client, ""))
        for client, row in rows.items()
    )


def _why_no_change(may: bool, connected: bool) -> Objection | None:
    if not may:
        return Objection.NO_RIGHT
    return None if connected else Objection.NOT_CONNECTED


def _reopens(row: CaseRow, may: Acting) -> bool:
    return isinstance(judge(row.kind, row.state, Action.REOPEN, may, row.change), Move)


def _clients(reader: CaseActor) -> frozenset[UUID]:
    """Who lets this supplier act now, for who of it may see their cases."""
    if reader.organisation_id is None or Right.SEE not in rights_for_clients(reader):
        return frozenset()
    return clients_of(reader.organisation_id)


def _ordered(clients: Collection[UUID]) -> QuerySet[Case]:
    return Case.objects.filter(organisation_id__in=clients).order_by("organisation_name", "number")


def _filtered(
    clients: Collection[UUID], ends: dict[UUID | None, datetime], wanted: ClientFilter
) -> QuerySet[Case]:
    if wanted.certificate_ends:
        now = clock.wall_clock()
        clients = [one for one in clients if one in ends and warning(days_left(ends[one], now)) is not None]
    found = _ordered(clients).exclude(state__in=_OVER)
    if wanted.turn is not None:
        found = found.filter(turn=wanted.turn)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    return searched(found, wanted.search)


def _rows(found: QuerySet[Case], ends: dict[UUID | None, datetime]) -> tuple[ClientCase, ...]:
    today = clock.today()
    return tuple(ClientCase(row_of(case, today), ends.get(case.organisation_id)) for case in found)
