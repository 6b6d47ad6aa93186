"""The work queue of the desk: with 50,000 cases no more queries than with 50, and hardly more time (CN-10)."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from bench.figures import Direction, Figure, seconds_each
from bench.population import Population
from volmacht import clock
from volmacht.parties.operations import create_staff_member
from volmacht.portals.shared.account_session import act_as, log_in_account
from volmacht.rules.accounts import LogInMethod
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side
from volmacht.rules.roles import StaffRole

FEW, MANY = 50, 50_000
PAGES = {
    "queue": "/bureau/",
    "queue_20th_page": "/bureau/?pagina=20",
    "queue_of_a_state": "/bureau/?stand=PREPRODUCTION_REVIEW",
    "queue_urgent": "/bureau/?welke=dringend",
    "queue_everything": "/bureau/?welke=alles",
    "queue_searched": "/bureau/?zoek=gemeente+7&welke=alles",
}
SEARCHED = "queue_searched"  # looks through the names of all, and has no goal
TIMES = 10
_REVIEW = CaseState.PREPRODUCTION_REVIEW


def _cases(begin: int, end: int) -> None:
    """Applications that wait for the desk, some of them overdue."""
    case = apps.get_model("onboarding", "Case")
    now, today = clock.now(), clock.today()
    case.objects.bulk_create(
        (
            case(
                number=f"A-2025-{number:05}",
                kind=CaseKind.APPLICATION,
                organisation_name=f"Gemeente {number}",
                search=f"a-2025-{number:05} gemeente {number}",
                state=_REVIEW,
                turn=Side.OPERATOR,
                since=now,
                received_at=now,
                due_on=today + timedelta(days=number % 40 - 5),
                created_at=now - timedelta(days=number % 90),
            )
            for number in range(begin, end)
        ),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _client() -> Client:
    """A browser in which an assessor is logged in."""
    account_model, staff = apps.get_model("parties", "Account"), apps.get_model("parties", "StaffMember")
    staff_id = create_staff_member("Bea Beoordelaar", "bea@volmacht.example", {StaffRole.ASSESSOR})
    account = account_model.objects.create(
        email="bea@volmacht.example", name="Bea Beoordelaar", language="nl", created_at=clock.now()
    )
    staff.objects.filter(id=staff_id).update(account_id=account.id)
    client = Client()
    request = RequestFactory().get("/")
    request.session = client.session
    log_in_account(request, account_id=account.id, name=account.name, method=LogInMethod.TOTP)
    act_as(request, staff_id=staff_id)
    request.session.save()
    client.cookies["__Host-volmacht"] = str(request.session.session_key)
    return client


def _opened(client: Client, address: str) -> Callable[[], None]:
    def work() -> None:
        if client.get(address).status_code != 200:
            raise RuntimeError(f"{address} did not open")

    return work


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        _opened(client, address)()
    return len(seen)


def _measured(client: Client) -> dict[str, tuple[int, float]]:
    """Queries and seconds of each page, as many cases as there are now."""
    return {
        name: (_queries(client, address), seconds_each(_opened(client, address), times=TIMES))
        for name, address in PAGES.items()
    }


def measure(_population: Population | None, database: str) -> list[Figure]:
    """For each page the difference in queries and the ratio of times between 50,000 and 50 cases."""
    client = _client()
    _cases(0, FEW)
    few = _measured(client)
    _cases(FEW, MANY)
    many = _measured(client)
    figures = []
    for name, (asked, quick) in few.items():
        more, slow = many[name]
        note = f"{slow * 1e3:.1f} ms against {quick * 1e3:.1f} ms"
        goal = None if name == SEARCHED else 2.0
        figures += [
            Figure(f"queries_more_with_50000_{name}", more - asked, "queries", 0, Direction.MAX, database),
            Figure(f"{name}_50000_per_50", slow / quick, "×", goal, Direction.MAX, database, note),
        ]
    return figures
