"""Task for suppliers: see what goes on for all their clients, search in it, and choose for which to do the same."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.paging import page_number
from volmacht.portals.organisation.acting import own_rights
from volmacht.portals.organisation.client_choice import CALENDAR, ChooseForm
from volmacht.portals.organisation.client_files import COLUMNS, calendar_file, csv_file
from volmacht.portals.organisation.client_overview import Overview, OverviewForm, supplying
from volmacht.portals.organisation.together_draft import Task, begin
from volmacht.portals.shared.kept_forms import NUMBER, accepted, show_again, shown_again, typed

TICKED: Final = "vink"
YES: Final = "alles"


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: HttpRequest) -> HttpResponse:
    """The overview; POST goes on with what was ticked, or gives its days as a file."""
    actor, asked, rights = supplying(request), OverviewForm(request.GET), own_rights(request)
    found = Overview(actor, asked.filter(), page_number(request))
    all_ticked = request.GET.get(TICKED) == YES
    form = ChooseForm(found, rights=rights, all_ticked=all_ticked, data=typed(request))
    if request.method == "POST":
        return _go_on(request, form)
    again = shown_again(request)
    context = {
        "form": asked,
        "choose": form,
        "cases": found.cases,
        "page": found.page,
        "filtered": bool({"zoek", "welke", "soort"} & request.GET.keys()),
        "query": _query(request),
        "columns": COLUMNS.items(),
        "all_ticked": all_ticked,
        "ticks_address": f"?{_query(request, **{TICKED: '' if all_ticked else YES})}",
    }
    return render(request, "organisation/clients.html", context, status=again.status if again else 200)


def _query(request: HttpRequest, **other: str) -> str:
    """What was asked of this page; a form that is shown again is left behind."""
    parameters = request.GET.copy()
    parameters.pop(NUMBER, None)
    for name, value in other.items():
        parameters[name] = value
    return parameters.urlencode()


def _go_on(request: HttpRequest, form: ChooseForm) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    accepted(request)
    chosen = form.cleaned_data["chosen"]
    if form.cleaned_data["wat"] == CALENDAR:
        return calendar_file(chosen)
    task = Task(form.cleaned_data["wat"])
    return redirect("organisation:together", begin(request, task, [one.case.number for one in chosen]))


@audience(Audience.MEMBER)
@require_safe
def clients_csv(request: HttpRequest) -> HttpResponse:
    """What was searched, as a file for a spreadsheet."""
    return csv_file(queries.cases_of_clients(supplying(request), OverviewForm(request.GET).filter()))
