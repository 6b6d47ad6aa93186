"""Task: answer the questions of step 1, and see what follows: the mandate process and a dated plan (CN-17)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.limits.operations import Limited, allow
from volmacht.portals.public.entrances import application_with
from volmacht.portals.public.outcome import outcome_of
from volmacht.portals.public.sections import show
from volmacht.portals.shared.answers import AnswersForm, asks_anew, empty_form, form_with
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.limiting import network_address, too_many
from volmacht.portals.shared.parts import SummaryRow


def may_plan(request: HttpRequest) -> bool:
    """Whether this address may have another plan made: a drawing or a PDF costs more than a page."""
    return allow(Limited.PLAN_PER_ADDRESS, network_address(request))


@audience(Audience.PUBLIC)
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questions; filled in when the address has answers, so that one of them can be changed."""
    return show(
        request, "plan_questions.html", {"form": form_with(request.GET) if request.GET else empty_form()}
    )


@audience(Audience.PUBLIC)
@require_safe
def result(request: HttpRequest) -> HttpResponse:
    """What follows from the answers in the address; wrong answers bring back the questions, filled in.

    Answers that come from the questions get the address of the plan first: that is what people keep.
    """
    if not request.GET:
        return HttpResponseRedirect(reverse("public:plan"))
    form = form_with(request.GET)
    if not form.is_valid():
        return show(request, "plan_questions.html", {"form": form}, status=400)
    if asks_anew(request.GET):
        return HttpResponseRedirect(f"{reverse('public:plan-result')}?{form.answers.query()}")
    if not may_plan(request):
        return too_many(request)
    outcome = outcome_of(form.answers)
    values = {
        "outcome": outcome,
        "is_over": outcome.last_day < clock.today(),
        # Our own drawing: the words in it are ours too, and it was written by an XML library.
        "picture": mark_safe(outcome.picture()),  # noqa: S308 - see above
        "answers": _summary(form),
        "query": form.answers.query(),
        "application": application_with(form.answers.query()),
    }
    return show(request, "plan_result.html", values)


def _summary(form: AnswersForm) -> list[SummaryRow]:
    change = f"{reverse('public:plan')}?{form.answers.query()}"
    return [
        SummaryRow(spoken.question, spoken.answer, f"{change}#{form[spoken.field].auto_id}")
        for spoken in form.spoken()
    ]
