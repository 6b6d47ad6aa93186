"""The work queue of the desk with 50 cases, and with 50,000: a page takes at most twice as long (CN-10)."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from bench.figures import Direction, Figure, seconds_each
from volmacht import clock
from volmacht.onboarding import queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case
from volmacht.onboarding.queries import QueueFilter
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side, turn_of
from volmacht.rules.workdays import workday_from

FEW, MANY = 50, 50_000
LAST = {False: 1, True: 20}  # of few cases a whole page, and the last that is counted of many
OPEN_STATES = (
    CaseState.PREPRODUCTION_REVIEW,
    CaseState.ACCEPTANCE,
    CaseState.PRODUCTION_CONFIRM,
    CaseState.TESTING,
    CaseState.ACTIVE,
)
Work = Callable[[], object]


def measure(population: object, database: str) -> Iterator[Figure]:
    """Everything with few cases first, then the same with many."""
    del population
    reader = CaseActor(Side.OPERATOR, _employee())
    pages: dict[str, Work] = {
        "first page": lambda: queries.queue(reader),
        "last page": lambda: queries.queue(reader, page=LAST[Case.objects.count() > FEW]),
        "one state": lambda: queries.queue(reader, QueueFilter(states=[CaseState.ACCEPTANCE])),
        "everything": lambda: queries.queue(reader, QueueFilter(turn=None)),
        "urgent": lambda: queries.queue(reader, QueueFilter(urgent=True)),
        "by number": lambda: queries.queue(reader, QueueFilter(search="A-2026-00007")),
    }
    _fill(FEW)
    few = {name: _seconds(work) for name, work in pages.items()}
    _fill(MANY)
    for name, work in pages.items():
        many = _seconds(work)
        yield Figure(
            f"queue, {name}: with 50,000 cases against 50",
            many / few[name],
            "times",
            2.0,
            Direction.MAX,
            database,
            f"{many * 1000:.1f} ms",
        )
    search = _seconds(lambda: queries.queue(reader, QueueFilter(search="gemeente 77")))
    yield Figure(
        "queue, search by name: with 50,000 cases", search * 1000, "ms", None, Direction.MAX, database
    )


def _seconds(work: Work) -> float:
    return seconds_each(work, times=20, rounds=25)


def _employee() -> UUID:
    from volmacht.parties.operations import create_staff_member
    from volmacht.rules.roles import StaffRole

    return create_staff_member("Bench", "bench@volmacht.example", tuple(StaffRole))


def _fill(count: int) -> None:
    """So many cases, due over two years, in states of every side."""
    from django.db import connection

    begun, now = Case.objects.count(), clock.now()
    today = clock.today()
    cases = (_case(number, now, today) for number in range(begun, count))
    Case.objects.bulk_create(cases, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _case(number: int, now: datetime, today: date) -> Case:
    state = OPEN_STATES[number % len(OPEN_STATES)]
    turn = turn_of(state)
    name = f"Gemeente {number % 1500}"
    return Case(
        number=f"A-2026-{number:05}",
        kind=CaseKind.APPLICATION if number % 3 else CaseKind.QUESTION,
        organisation_id=UUID(int=number % 1500),
        organisation_name=name,
        search=f"a-2026-{number:05} {name.lower()}",
        state=state,
        turn=turn or "",
        since=now,
        due_on=workday_from(today + timedelta(days=number % 730 - 5)) if turn is Side.OPERATOR else None,
        created_at=now,
    )
