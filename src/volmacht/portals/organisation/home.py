"""Where a member begins: what is needed now, the cases of the organisation, and for a supplier those of its clients."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.queries import CaseRow, ClientFilter
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import acting_as, own_rights
from volmacht.portals.shared.account_session import acting_for
from volmacht.portals.shared.case_words import KINDS, STATES
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.step_words import STEPS
from volmacht.rules.onboarding.cases import ENDED, CaseKind, CaseState, Side
from volmacht.rules.roles import Right


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case in a list, in words."""

    row: CaseRow
    address: str
    kind: Text
    state: Text
    step: Text
    your_turn: bool
    certificate_ends: datetime | None = None


def listed(row: CaseRow, certificate_ends: datetime | None = None) -> ListedCase:
    """A case in words."""
    return ListedCase(
        row=row,
        address=reverse("organisation:case", args=[row.number]),
        kind=KINDS[row.kind],
        state=STATES[row.state],
        step=STEPS[row.step] if row.step and row.state is not CaseState.ACTIVE else "",
        your_turn=row.turn is Side.PROVIDER,
        certificate_ends=certificate_ends,
    )


@audience(Audience.MEMBER)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything at a glance; what is finished stands below."""
    organisation = parties.connecting_organisation(acting_for(request))
    if organisation is None:
        raise Http404
    rows = queries.cases_of(organisation.id, acting_as(request))
    clients = queries.client_page(acting_as(request, Side.SUPPLIER), ClientFilter())
    going_on = [listed(row) for row in rows if row.state not in ENDED]
    rights = own_rights(request)
    context = {
        "organisation": organisation,
        "going_on": going_on,
        "over": [listed(row) for row in rows if row.state in ENDED],
        "clients": [listed(one.case, one.certificate_ends) for one in clients.rows],
        "client_cases": clients.total,
        "may_start": Right.FILL_FORMS in rights,
        "has_application": any(one.row.kind is CaseKind.APPLICATION for one in going_on),
        "is_connected": queries.is_connected(organisation.id),
        "has_signatory": parties.has_signatory(organisation.id),
        "may_write": Right.WRITE in rights,
        "may_prove": Right.UPLOAD in rights,
        "ending": queries.ending_certificates(organisation.id, acting_as(request)),
    }
    return render(request, "organisation/home.html", context)
