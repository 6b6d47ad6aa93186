"""Task for suppliers: the same message in many cases, or the same change for many clients: say what, check, do, read.

Each is an act of its own with its own rights: of who does not let the supplier act any more, that one is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.operations import CaseActor
from volmacht.onboarding.queries import CaseRow, Outlook
from volmacht.portals.organisation.client_overview import supplying
from volmacht.portals.organisation.together_doing import carry_out
from volmacht.portals.organisation.together_draft import Outcome, Task, Together, found, keep
from volmacht.portals.organisation.together_forms import FORMS, REASON, ConfirmForm
from volmacht.portals.shared.case_words import OBJECTIONS
from volmacht.portals.shared.form_change_words import CHANGES
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.changes import ChangeOf

SEEN: Final = "gezien"
# In other words than for who acts for their own organisation.
_WHY_NOT: Final[Mapping[Objection, Text]] = {
    Objection.UNKNOWN: gettext_lazy(
        "Dit dossier is er voor u niet meer. Misschien laat de klant u niet meer toe."
    ),
    Objection.NOT_CONNECTED: gettext_lazy(
        "Deze klant is niet aangesloten. Wijzigen kan als de aansluiting er is."
    ),
}


@dataclass(frozen=True, slots=True)
class NotDone:
    """One for which nothing happens: whose it is as far as that may be seen, and why."""

    number: str
    name: str
    address: str
    why: Text


@dataclass(frozen=True, slots=True)
class DoneFor:
    """One for which it was done, and where that can be seen."""

    name: str
    number: str
    address: str


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What is to be said or changed."""
    actor, plan = supplying(request), found(request, plan_id)
    if plan.outcomes:
        return redirect("organisation:together-done", plan_id)
    form = FORMS[plan.task](typed(request), initial=plan.said)
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        accepted(request)
        keep(request, replace(plan, said=dict(form.cleaned_data)))
        return redirect("organisation:together-check", plan_id)
    again = shown_again(request)
    context = {
        "plan": plan,
        "form": form,
        "chosen": queries.chosen_cases(actor, plan.numbers),
    }
    return render(request, "organisation/together.html", context, status=again.status if again else 200)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """What will happen for whom, and what will not and why; POST does it, once."""
    actor, plan = supplying(request), found(request, plan_id)
    if plan.outcomes or not plan.said:
        return redirect("organisation:together-done" if plan.outcomes else "organisation:together", plan_id)
    outlook = _outlook(actor, plan)
    form = ConfirmForm(plan, [one for one in outlook if one.objection is None], typed(request))
    if request.method == "POST":
        return _do(request, actor, plan, form)
    again = shown_again(request)
    context = {
        "plan": plan,
        "form": form,
        "said": _said(plan),
        "none": not form.fields["dossier"].choices,  # type: ignore[attr-defined] # as above
        "not_done": _will_not(actor, plan, outlook),
        "fingerprint": plan.fingerprint,
        "changed": take(request, f"samen {plan_id}"),
    }
    return render(request, "organisation/together_check.html", context, status=again.status if again else 200)


@audience(Audience.MEMBER)
@require_safe
def done(request: HttpRequest, plan_id: UUID) -> HttpResponse:
    """For whom it was done, and for whom not and why."""
    actor, plan = supplying(request), found(request, plan_id)
    if not plan.outcomes:
        return redirect("organisation:together-check", plan_id)
    rows = {one.case.number: one.case for one in queries.chosen_cases(actor, plan.numbers)}
    good = [one for one in plan.outcomes if one.objection is None]
    context = {
        "plan": plan,
        "done": [_done_for(plan.task, one, rows.get(one.number)) for one in good],
        "not_done": [
            _not_done(one.number, rows.get(one.number), one.objection)
            for one in plan.outcomes
            if one.objection
        ],
    }
    return render(request, "organisation/together_done.html", context)


def _outlook(actor: CaseActor, plan: Together) -> tuple[Outlook, ...]:
    if plan.task is Task.MESSAGE:
        return queries.outlook_of_messages(actor, plan.numbers)
    return queries.outlook_of_changes(actor, plan.numbers, ChangeOf(plan.said["change_of"]))


def _will_not(actor: CaseActor, plan: Together, outlook: Sequence[Outlook]) -> list[NotDone]:
    """Those with an objection now, and those that are not of a client any more."""
    there = {one.case.number for one in queries.chosen_cases(actor, plan.numbers)}
    refused = [_not_done(one.case.number, one.case, one.objection) for one in outlook if one.objection]
    gone = [number for number in plan.numbers if number not in there]
    return [*refused, *(_not_done(number, None, Objection.UNKNOWN) for number in gone)]


def _said(plan: Together) -> list[SummaryRow]:
    """What is to be done, in words, with where it can be changed."""
    address = reverse("organisation:together", args=[plan.id])
    if plan.task is Task.MESSAGE:
        return [SummaryRow(gettext("Bericht"), linebreaksbr(plan.said["text"]), address)]
    return [
        SummaryRow(gettext("Wijziging"), CHANGES[ChangeOf(plan.said["change_of"])].name, address),
        SummaryRow(REASON.label, linebreaksbr(plan.said["reason"]), address),
    ]


def _do(request: HttpRequest, actor: CaseActor, plan: Together, form: ConfirmForm) -> HttpResponse:
    if request.POST.get(SEEN) != plan.fingerprint:
        note(
            request,
            f"samen {plan.id}",
            gettext("U veranderde dit in een ander venster. Kijk het opnieuw na."),
        )
        return redirect("organisation:together-check", plan.id)
    if not form.is_valid():
        return show_again(request)
    accepted(request)
    outcomes = carry_out(plan, form.cleaned_data["dossier"], actor)
    keep(request, replace(plan, said={}, outcomes=outcomes))
    return redirect("organisation:together-done", plan.id)


def _not_done(number: str, row: CaseRow | None, why: Objection | None) -> NotDone:
    objection = why or Objection.UNKNOWN
    address = reverse("organisation:case", args=[number]) if row else ""
    words = OBJECTIONS[objection]
    return NotDone(
        number,
        row.organisation_name if row else "",
        address,
        _WHY_NOT.get(objection, f"{words.title}. {words.explanation}"),
    )


def _done_for(task: Task, outcome: Outcome, row: CaseRow | None) -> DoneFor:
    number = outcome.opened or outcome.number
    address = reverse("organisation:case", args=[number])
    return DoneFor(
        row.organisation_name if row else "",
        number,
        f"{address}#berichten" if task is Task.MESSAGE else address,
    )
