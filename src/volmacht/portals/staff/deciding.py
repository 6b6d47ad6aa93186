"""Tasks: judge a case. Each has its page, which says what follows; the operation itself asks rights and four eyes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from volmacht import clock
from volmacht.audience import Audience, audience, needs
from volmacht.onboarding import operations, queries
from volmacht.onboarding.operations import CaseActor
from volmacht.onboarding.queries import KnownEvent
from volmacht.portals.shared.case_words import ACTIONS, KINDS, OBJECTIONS, STATES
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import accepted, show_again
from volmacht.portals.shared.objecting import again_because
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase, desk_case, names_of_employees
from volmacht.portals.staff.checked import Checked, checked, lacking_in_production
from volmacht.portals.staff.forms import EarlyForm, NoteForm, ReasonForm
from volmacht.portals.staff.sentences_in import offered, put_in
from volmacht.portals.staff.showing import filled, show
from volmacht.portals.staff.tasks import one_is_enough
from volmacht.rules.onboarding.cases import Action, CaseState, Objection
from volmacht.rules.roles import Permission

Outcome = CaseState | Objection
CarryOut = Callable[[UUID, str, CaseActor], Outcome]
EARLY = "early"  # what the box of `EarlyForm` says to the operation
PROPOSALS = frozenset({Action.PROPOSE, Action.REPORT_PASSED, Action.PROPOSE_DEACTIVATION})

APPROVES = frozenset({Action.PROPOSE, Action.CONFIRM})


@dataclass(frozen=True, slots=True)
class Task:
    """One way to judge: its words, what it asks, and the operation that does it."""

    action: Action
    title: Text
    about: Text
    button: Text
    done: Text
    carry_out: CarryOut
    form: type[forms.Form] | None = None
    severe: bool = False


TASKS: Mapping[str, Task] = {
    "propose": Task(
        Action.PROPOSE,
        _("Goedkeuring voorstellen"),
        _("U hebt alles bekeken en het is goed. Waar een tweede beoordelaar nodig is, kijkt die daarna."),
        _("Stel goedkeuring voor"),
        _("De goedkeuring is voorgesteld."),
        lambda case_id, _text, actor: operations.propose_approval(case_id=case_id, actor=actor),
    ),
    "confirm": Task(
        Action.CONFIRM,
        _("Bevestigen als tweede beoordelaar"),
        _("Een collega stelde dit voor. Kijk zelf ook naar alles. Na uw bevestiging wordt het uitgevoerd."),
        _("Bevestig"),
        _("Het oordeel is bevestigd."),
        lambda case_id, _text, actor: operations.confirm_approval(case_id=case_id, actor=actor),
    ),
    "send-back": Task(
        Action.SEND_BACK,
        _("Teruggeven aan de eerste beoordelaar"),
        _("U bent het er niet mee eens. Uw reden is een interne notitie. De organisatie ziet die niet."),
        _("Geef terug"),
        _("Het dossier is terug bij de eerste beoordelaar."),
        lambda case_id, text, actor: operations.send_back(case_id=case_id, note=text, actor=actor),
        ReasonForm,
    ),
    "refuse": Task(
        Action.REFUSE,
        _("Afwijzen"),
        _(
            "Het dossier stopt hiermee. De organisatie leest uw reden. Is er iets te verbeteren? Geef het dan terug."
        ),
        _("Wijs af"),
        _("Het dossier is afgewezen."),
        lambda case_id, text, actor: operations.refuse(case_id=case_id, reason=text, actor=actor),
        ReasonForm,
        severe=True,
    ),
    "activate": Task(
        Action.ACTIVATE,
        _("De aansluiting activeren"),
        _("De aansluiting werkt meteen in productie. Vanaf dan kunnen burgers machtigen voor de diensten."),
        _("Activeer"),
        _("De aansluiting is geactiveerd."),
        lambda case_id, text, actor: operations.activate(case_id=case_id, actor=actor, early=text == EARLY),
    ),
    "deactivate": Task(
        Action.PROPOSE_DEACTIVATION,
        _("Voorstellen om de aansluiting uit te zetten"),
        _(
            "Na bevestiging door een collega stopt de aansluiting meteen. Met een machtiging inloggen kan dan niet."
        ),
        _("Stel voor om uit te zetten"),
        _("Uitzetten is voorgesteld. Een collega moet het bevestigen."),
        lambda case_id, text, actor: operations.deactivate(case_id=case_id, reason=text, actor=actor),
        ReasonForm,
        severe=True,
    ),
    "close": Task(
        Action.CLOSE,
        _("Het dossier sluiten"),
        _("Alles is gedaan. Het dossier kan later worden heropend."),
        _("Sluit het dossier"),
        _("Het dossier is gesloten."),
        lambda case_id, text, actor: operations.close(case_id=case_id, note=text, actor=actor),
        NoteForm,
    ),
    "reopen": Task(
        Action.REOPEN,
        _("Het dossier heropenen"),
        _("Er is toch nog iets te doen."),
        _("Heropen het dossier"),
        _("Het dossier is heropend."),
        lambda case_id, text, actor: operations.reopen(case_id=case_id, note=text, actor=actor),
        NoteForm,
    ),
}


# In place of a proposal, where nobody else confirms.
APPROVE = Task(
    Action.PROPOSE,
    _("Goedkeuren"),
    _("Voor deze wijziging is één beoordelaar genoeg. Keurt u haar goed, dan wordt zij meteen uitgevoerd."),
    _("Keur goed en voer uit"),
    _("U hebt de wijziging goedgekeurd. Zij is uitgevoerd."),
    lambda case_id, _text, actor: operations.propose_approval(case_id=case_id, actor=actor),
)


@needs(Permission.JUDGE_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """A judgement that only an assessor gives."""
    return _page(request, number, TASKS[task])


@audience(Audience.STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """Close or reopen a question or dispute: for who handles those."""
    return _page(request, number, TASKS[task])


def _page(request: HttpRequest, number: str, task: Task) -> HttpResponse:
    here = desk_case(request, number)
    if task.action is Action.PROPOSE and one_is_enough(here.page.case):
        task = APPROVE
    if request.method == "POST":
        return put_in(request) or _carry_out(request, here, task)
    names = names_of_employees()
    live_day = (
        queries.asked_to_go_live(here.page.case.id, here.actor) if task.action is Action.ACTIVATE else None
    )
    form = _form_of(here, task)
    proposal = proposal_of(here.page.history) if task.action in {Action.CONFIRM, Action.SEND_BACK} else None
    context = {
        "case": here.page.case,
        "kind": KINDS[here.page.case.kind],
        "state": STATES[here.page.case.state],
        "task": task,
        "form": filled(request, form) if form else None,
        "sentences": offered() if task.form else [],
        "live_day": live_day,
        "is_early": form is EarlyForm,
        "proposal": proposal,
        "proposed_what": ACTIONS[Action(proposal.action)] if proposal else "",
        "proposed_by": names.get(proposal.actor_id, "") if proposal and proposal.actor_id else "",
        "lacking": lacking_in_production(here) if task.action is Action.ACTIVATE else [],
        "checked": checked(here) if task.action in APPROVES else Checked(),
        "not_allowed": OBJECTIONS[found] if (found := here.page.objection_to(task.action)) else None,
    }
    return show(request, "task.html", context)


def _form_of(here: DeskCase, task: Task) -> type[forms.Form] | None:
    """What a task asks: also, where the organisation asked for a later day, that today is meant."""
    if task.action is not Action.ACTIVATE:
        return task.form
    day = queries.asked_to_go_live(here.page.case.id, here.actor)
    return EarlyForm if day and day > clock.today() else task.form


def _carry_out(request: HttpRequest, here: DeskCase, task: Task) -> HttpResponse:
    asked = _form_of(here, task)
    form = asked(request.POST) if asked else None
    if form is not None and not form.is_valid():
        return show_again(request)
    text = EARLY if asked is EarlyForm else form.cleaned_data["tekst"] if form is not None else ""
    outcome = task.carry_out(here.page.case.id, text, here.actor)
    if isinstance(outcome, Objection):
        return again_because(request, outcome)
    accepted(request)
    note(request, here.number, str(task.done))
    return redirect("staff:case", here.number)


def proposal_of(history: tuple[KnownEvent, ...]) -> KnownEvent | None:
    """What waits for a second person."""
    last = next((event for event in reversed(history) if event.from_state != event.to_state), None)
    return last if last is not None and last.action in PROPOSALS else None
