"""Task: take the plan along: as PDF, as calendar file, and the picture of the process as SVG.

Wrong answers in the address lead to the page that says what is wrong with them.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from volmacht import clock
from volmacht.portals.public.diagram.svg import draw, parts
from volmacht.portals.public.outcome import Outcome, outcome_of
from volmacht.portals.public.planner import may_plan
from volmacht.portals.shared.answers import AnswersForm, form_with
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.limiting import too_many
from volmacht.portals.shared.pdf import JSON, render_pdf

A_DAY = timedelta(days=1)
MOST_HEIGHT_ON_PAPER = 1080
FOR_GOOD_ANSWERS = Callable[[AnswersForm, Outcome], HttpResponse]


@audience(Audience.PUBLIC)
@require_safe
def pdf(request: HttpRequest) -> HttpResponse:
    """Process and plan on A4."""
    return _answer(request, _pdf)


@audience(Audience.PUBLIC)
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every task as an event of whole days."""
    return _answer(request, _calendar)


@audience(Audience.PUBLIC)
@require_safe
def diagram(request: HttpRequest) -> HttpResponse:
    """The picture alone."""
    return _answer(request, lambda _form, outcome: _file(outcome.picture().encode(), "image/svg+xml", "svg"))


def _answer(request: HttpRequest, make: FOR_GOOD_ANSWERS) -> HttpResponse:
    form = form_with(request.GET)
    if not may_plan(request):
        return too_many(request)
    if not form.is_valid():
        return HttpResponseRedirect(f"{reverse('public:plan-result')}?{request.GET.urlencode()}")
    return make(form, outcome_of(form.answers))


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = gettext("machtigingsproces") if ending == "svg" else gettext("uitvoeringsplan")
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}.{ending}"'}
    )


def _pdf(form: AnswersForm, outcome: Outcome) -> HttpResponse:
    pieces = parts(outcome.drawing, MOST_HEIGHT_ON_PAPER)
    values: dict[str, JSON] = {
        "answers": [[spoken.question, spoken.answer] for spoken in form.spoken()],
        "not_in_process": outcome.not_in_process,
        "not_in_plan": outcome.not_in_plan,
        "pictures": [draw(outcome.drawing, outcome.words, piece) for piece in pieces],
        "description": outcome.words.description,
        "process": [{"long": step.long, "onward": step.onward} for step in outcome.process],
        "first_day": written_date(outcome.first_day),
        "last_day": written_date(outcome.last_day),
        "workdays": outcome.workdays,
        "supplier_share": outcome.supplier_share,
        "shares": [[share.name, share.work] for share in outcome.shares],
        "steps": [
            {
                "name": step.name,
                "tasks": [
                    {"name": task.name, "what": task.what, "role": task.role, "period": task.period}
                    for task in step.tasks
                ],
            }
            for step in outcome.steps
        ],
        "made_on": written_date(clock.today()),
    }
    return _file(render_pdf("plan.typ", values, get_language() or "nl"), "application/pdf", "pdf")


def _calendar(form: AnswersForm, outcome: Outcome) -> HttpResponse:
    """The same answers always give the same events, so that a second import changes nothing."""
    file = Calendar()
    file.add("prodid", "-//Volmacht//Aansluiten//NL")
    file.add("version", "2.0")
    file.add("x-wr-calname", gettext("Uitvoeringsplan aansluiten"))
    for step in outcome.steps:
        for task in step.tasks:
            event = Event()
            event.add("uid", f"{uuid5(NAMESPACE_URL, form.answers.query() + task.task.key)}@volmacht")
            event.add("dtstamp", clock.now())
            event.add("dtstart", task.task.first_day)
            event.add("dtend", task.task.due_day + A_DAY)
            event.add("summary", f"{task.role}: {task.name}")
            event.add("description", f"{step.number}. {step.name}. {task.what}")
            event.add("categories", [task.role])
            event.add("transp", "TRANSPARENT")
            file.add_component(event)
    return _file(file.to_ical(), "text/calendar; charset=utf-8", "ics")
