"""The work queue by due date: what is overdue or nearly due on top, with filters and a search (CN-10, CN-12)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.queries import CaseRow, QueueFilter
from volmacht.paging import Page, page_number
from volmacht.parties import queries as parties
from volmacht.portals.shared.case_words import KINDS, SIDES_AT_THE_DESK, STATES
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.step_words import STEPS
from volmacht.portals.staff.acting import desk_actor, names_of_employees
from volmacht.portals.staff.queue_form import QueueForm
from volmacht.portals.staff.showing import show
from volmacht.portals.staff.words import SUBJECTS
from volmacht.rules.onboarding.due import Urgency
from volmacht.rules.periods import day_of
from volmacht.rules.workdays import workdays_between

URGENT: dict[Urgency, tuple[str, Text]] = {
    Urgency.OVER: ("danger", _("Te laat")),
    Urgency.NEAR: ("warning", _("Bijna te laat")),
}


@dataclass(frozen=True, slots=True)
class QueuedCase:
    """A case in the queue, in words."""

    row: CaseRow
    about: Text
    kind: Text
    state: Text
    step: Text
    turn: Text
    badge: str
    urgency: Text
    assigned: str
    age: int


@audience(Audience.STAFF)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One page of the queue."""
    actor = desk_actor(request)
    form = QueueForm(request.GET)
    wanted = form.filter(actor.id) if form.is_valid() else QueueFilter()
    found = queries.queue(actor, wanted, page=page_number(request))
    names = names_of_employees()
    context = {
        "form": form,
        "cases": [
            _queued(row, names.get(row.assigned_to, "") if row.assigned_to else "") for row in found.rows
        ],
        "total": found.total,
        "more_than": found.more_than,
        "page": Page(found.page, found.total, queries.QUEUE_ROWS),
        "urgent": queries.urgent(actor),
        "waiting": parties.waiting_for_proof(),
        "filtered": bool(request.GET.dict().keys() - {"pagina"}),
    }
    return show(request, "home.html", context)


def _queued(row: CaseRow, assigned: str) -> QueuedCase:
    badge, urgency = URGENT[row.urgency] if row.urgency else ("", "")
    return QueuedCase(
        row=row,
        about=row.organisation_name or SUBJECTS.get(row.subject, row.subject),
        kind=KINDS[row.kind],
        state=STATES[row.state],
        step=STEPS[row.step] if row.step else "",
        turn=SIDES_AT_THE_DESK[row.turn] if row.turn else "",
        badge=badge,
        urgency=urgency,
        assigned=assigned,
        age=workdays_between(day_of(row.created_at), clock.today()),
    )
