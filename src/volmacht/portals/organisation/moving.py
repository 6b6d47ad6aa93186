"""Tasks that move a case on: offer the connection for testing, withdraw, reopen a question; each asks first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import offer_for_test, reopen, withdraw
from volmacht.portals.organisation.acting import case_here
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.objecting import go_because
from volmacht.portals.shared.parts import Text
from volmacht.rules.onboarding.cases import Action, CaseState, Objection


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, what it leads to, what the button says and what is told afterwards."""

    action: Action
    carry_out: Callable[..., CaseState | Objection]
    heading: Text
    what: Text
    button: Text
    done: Text


TASKS: Final = {
    "aanbieden": Task(
        Action.OFFER,
        offer_for_test,
        gettext_lazy("Uw aansluiting aanbieden"),
        gettext_lazy(
            "Wij testen uw aansluiting met dezelfde punten als op de checklist. U krijgt binnen vijf werkdagen "
            "een testrapport. Tot dan kunt u zelf blijven testen."
        ),
        gettext_lazy("Bied de aansluiting aan"),
        gettext_lazy("Uw aansluiting is aangeboden."),
    ),
    "intrekken": Task(
        Action.WITHDRAW,
        withdraw,
        gettext_lazy("Dit dossier intrekken"),
        gettext_lazy("U stopt met dit dossier. Alles blijft bewaard. Opnieuw beginnen kan altijd."),
        gettext_lazy("Trek het in"),
        gettext_lazy("Het dossier is ingetrokken."),
    ),
    "heropenen": Task(
        Action.REOPEN,
        reopen,
        gettext_lazy("Uw vraag heropenen"),
        gettext_lazy("Is het antwoord niet genoeg? Dan kijken wij er opnieuw naar."),
        gettext_lazy("Heropen de vraag"),
        gettext_lazy("Uw vraag is weer open."),
    ),
}


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, number: str, task: str) -> HttpResponse:
    """Ask, and do it."""
    here, wanted = case_here(request, number), TASKS.get(task)
    if wanted is None:
        raise Http404
    address = reverse("organisation:case", args=[number])
    if request.method == "POST":
        done = wanted.carry_out(case_id=here.page.case.id, actor=here.actor)
        if isinstance(done, Objection):
            return go_because(request, done, address)
        note(request, number, str(wanted.done))
        return redirect(address)
    objection = here.page.objection_to(wanted.action)
    if objection is not None:
        return go_because(request, objection, address)
    return render(request, "organisation/move.html", {"case": here.page.case, "task": wanted})
