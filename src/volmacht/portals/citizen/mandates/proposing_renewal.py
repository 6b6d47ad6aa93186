"""Task: ask the people one helps to renew mandates that end soon: many at once, or one (DM-34)."""

from datetime import date
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from volmacht.limits.operations import Limited
from volmacht.mandates.operations import ProposalAnswer, propose_renewal
from volmacht.mandates.queries import (
    EndingMandate,
    ending_soon,
    proposal_about,
    received,
)
from volmacht.mandates.queries.proposals import PAGE_SIZE
from volmacht.notifications.kinds import Side
from volmacht.paging import Page, page_number
from volmacht.portals.citizen.mandates.happened import Happened, to_mandate
from volmacht.portals.citizen.mandates.overview import LONGEST_SEARCH, SEARCH
from volmacht.portals.citizen.mandates.own_mandate import own_mandate
from volmacht.portals.citizen.mandates.proposal_words import Question, question, reason, state
from volmacht.portals.citizen.mandates.showing import mandate_rows
from volmacht.portals.shared.audience import Audience, audience
from volmacht.portals.shared.environments import environment_of
from volmacht.portals.shared.kept_forms import NUMBER, accepted, show_again, shown_again, typed
from volmacht.portals.shared.limiting import allow
from volmacht.portals.shared.login_session import visitor
from volmacht.portals.shared.wording import refusal_words
from volmacht.rules.living import PROPOSAL_WITHIN
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.validity import Phase

ALL, YES = "alles", "ja"
TOO_OFTEN = 429
ASKED = "mandates.asked"


class _AnyMandates(forms.TypedMultipleChoiceField):
    """Ids of mandates; not only of those on the page, which may have changed. Whose they are, the view asks."""

    def valid_value(self, value: object) -> bool:  # noqa: ARG002 - what Django asks of a field
        return True


class AskForm(forms.Form):
    """Which of the mandates on this page to ask about."""

    use_required_attribute = False
    machtiging = _AnyMandates(
        coerce=UUID,
        label=gettext_lazy("Welke machtigingen wilt u laten verlengen?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Vink minstens één machtiging aan."),
            "invalid_choice": gettext_lazy("Kies uit de machtigingen op deze pagina."),
        },
    )

    def __init__(self, choices: list[Question], *, all_ticked: bool, data: QueryDict | None) -> None:
        offered = [(str(asked.entry.id), asked) for asked in choices]
        initial = [id_ for id_, _ in offered] if all_ticked else []
        super().__init__(data, initial={"machtiging": initial})
        field = self.fields["machtiging"]
        field.choices = offered  # type: ignore[attr-defined] # a MultipleChoiceField has them
        field.widget.template_name = "citizen_mandates/parts/mandate_boxes.html"

    def clean_machtiging(self) -> list[UUID]:
        """No more at once than a page can hold."""
        chosen: list[UUID] = self.cleaned_data["machtiging"]
        if len(chosen) > PAGE_SIZE:
            raise ValidationError(gettext("Kies hoogstens %(most)s machtigingen.") % {"most": PAGE_SIZE})
        return chosen


def _ask(request: HttpRequest, chosen: list[UUID]) -> Refusal | None:
    """Ask, and remember what came of it for the page that tells. Raises Http404 when one of them is not theirs."""
    login, ids = visitor(request), set(chosen)
    if len(received(login.party_id, ids, environment=environment_of(request))) != len(ids):
        raise Http404
    if not allow(request, Limited.PROPOSE_PER_PERSON, login.who):
        return Refusal.TOO_MANY_ATTEMPTS
    answers = propose_renewal(
        mandate_ids=chosen, by=login.party_id, employee=login.employee, environment=environment_of(request)
    )
    request.session[ASKED] = [_kept(answer) for answer in answers]
    return None


def _kept(answer: ProposalAnswer) -> list[str]:
    """An answer as the session keeps it: mandate, reason, day."""
    refused = answer.refused
    if refused is None:
        return [str(answer.mandate_id), "", ""]
    return [str(answer.mandate_id), refused.refusal.value, refused.day.isoformat() if refused.day else ""]


def _with_ticks(request: HttpRequest, value: str) -> str:
    """This address with every box ticked, or none; what was sent before is left behind."""
    parameters = request.GET.copy()
    parameters.pop(NUMBER, None)
    parameters[ALL] = value
    return f"?{parameters.urlencode()}"


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_many(request: HttpRequest) -> HttpResponse:
    """Tick mandates that end soon; POST asks about all of them."""
    if request.method != "POST":
        return _page(request)
    form = AskForm([], all_ticked=False, data=request.POST)
    if not form.is_valid():
        return show_again(request)
    refusal = _ask(request, form.cleaned_data["machtiging"])
    if refusal:
        return show_again(request, refused=Refused(refusal), status=TOO_OFTEN)
    accepted(request)
    return redirect("mandates:renewals-proposed")


def _page(request: HttpRequest) -> HttpResponse:
    words = request.GET.get(SEARCH, "")[:LONGEST_SEARCH].strip()
    found = ending_soon(
        visitor(request).party_id, text=words, page=page_number(request), environment=environment_of(request)
    )
    states = [(question(ending.entry), state(ending)) for ending in found.entries]
    free, all_ticked = [asked for asked, why_not in states if not why_not], request.GET.get(ALL) == YES
    again = shown_again(request)
    context = {
        "form": AskForm(free, all_ticked=all_ticked, data=typed(request)),
        "free": free,
        "others": [(asked, why_not) for asked, why_not in states if why_not],
        "page": Page(found.page, found.total, PAGE_SIZE),
        "searched": words,
        "all_ticked": all_ticked,
        "ticks_address": _with_ticks(request, "" if all_ticked else YES),
        "days": PROPOSAL_WITHIN.days,
        "words": refusal_words(again.refused.refusal) if again and again.refused else None,
    }
    status = again.status if again else 200
    return render(request, "citizen_mandates/propose_renewals.html", context, status=status)


def _answer(kept: list[str]) -> ProposalAnswer:
    id_, why_not, day = kept
    on = date.fromisoformat(day) if day else None
    return ProposalAnswer(UUID(id_), Refused(Refusal(why_not), on) if why_not else None)


@audience(Audience.CITIZEN)
@require_safe
def asked_many(request: HttpRequest) -> HttpResponse:
    """What was asked, and what was not possible and why."""
    kept = request.session.get(ASKED)
    if not kept:
        return redirect("mandates:propose-renewals")
    refused = {answer.mandate_id: answer.refused for answer in map(_answer, kept)}
    entries = received(visitor(request).party_id, refused, environment=environment_of(request))
    why_not = [(question(entry), refused[entry.id]) for entry in entries]
    context = {
        "asked": [asked for asked, refusal in why_not if refusal is None],
        "others": [(asked, reason(refusal)) for asked, refusal in why_not if refusal],
    }
    return render(request, "citizen_mandates/renewals_proposed.html", context)


@audience(Audience.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_one(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    """For the representative only: the button on the page of a mandate leads here."""
    entry = own_mandate(request, mandate_id)
    if entry.side is not Side.REPRESENTATIVE:
        raise Http404
    if request.method == "POST":
        return _ask_about(request, mandate_id)
    typed(request)
    if entry.phase is Phase.ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    proposal = proposal_about(entry)
    if proposal is not None and not proposal.declined and shown_again(request) is None:
        return redirect("mandates:mandate", mandate_id)
    return _page_about_one(request, EndingMandate(entry, proposal))


def _ask_about(request: HttpRequest, mandate_id: UUID) -> HttpResponse:
    login = visitor(request)
    if not allow(request, Limited.PROPOSE_PER_PERSON, login.who):
        return show_again(request, refused=Refused(Refusal.TOO_MANY_ATTEMPTS), status=TOO_OFTEN)
    (answer,) = propose_renewal(
        mandate_ids=[mandate_id],
        by=login.party_id,
        employee=login.employee,
        environment=environment_of(request),
    )
    if answer.refused is None:
        accepted(request)
        return to_mandate(request, mandate_id, Happened.PROPOSED)
    if answer.refused.refusal is Refusal.ALREADY_ENDED:
        return to_mandate(request, mandate_id, Happened.TOO_LATE)
    return show_again(request, refused=answer.refused)


def _page_about_one(request: HttpRequest, about: EndingMandate) -> HttpResponse:
    again = shown_again(request)
    context = {
        "entry": about.entry,
        "question": question(about.entry),
        "rows": mandate_rows(about.entry),
        "words": refusal_words(again.refused.refusal) if again and again.refused else None,
        "why_not": state(about),
    }
    status = again.status if again else 200
    return render(request, "citizen_mandates/propose_renewal.html", context, status=status)
