"""Tasks: start an application, ask for a new service, pass on a change, ask the desk (CN-17, CN-20 to CN-23)."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience
from volmacht.limits.operations import Limited, allow
from volmacht.onboarding import operations, queries
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import acting_as
from volmacht.portals.shared.account_session import account_visitor, acting_for
from volmacht.portals.shared.account_words import objection_words
from volmacht.portals.shared.answers import form_with
from volmacht.portals.shared.form_change_words import CHANGES
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.kept_plan import forget_plan, kept_plan
from volmacht.portals.shared.objecting import again_because, objected
from volmacht.rules.accounts import AccountObjection
from volmacht.rules.onboarding.cases import ENDED, CaseKind, Objection
from volmacht.rules.onboarding.changes import ChangeOf

LONGEST_SUBJECT, LONGEST_MESSAGE = 200, 4000
PROOF = "bewijs"  # in the address: a question about the proof of a signatory
APPOINTMENT = gettext_lazy("Afspraak om vast te stellen wie tekent")
APPOINTMENT_TEXT = gettext_lazy(
    "Stel met ons vast wie onze tekenbevoegde is. Wij willen een brief of een videogesprek. Dat kan op deze dagen:"
)


class ChangeForm(forms.Form):
    """Which kind of change; what it needs is asked on the next page."""

    use_required_attribute = False
    change_of = forms.ChoiceField(
        label=gettext_lazy("Wat verandert er?"),
        choices=[(kind, words.name) for kind, words in CHANGES.items()],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Kies wat er verandert."),
            "invalid_choice": gettext_lazy("Kies een van de antwoorden die er staan."),
        },
    )


class QuestionForm(forms.Form):
    """A message to the desk."""

    use_required_attribute = False
    subject = forms.CharField(
        label=gettext_lazy("Onderwerp"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": gettext_lazy("Vul in waar uw vraag over gaat."),
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 200 tekens."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Uw vraag"),
        help_text=gettext_lazy("Schrijf hier geen burgerservicenummers."),
        max_length=LONGEST_MESSAGE,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": gettext_lazy("Schrijf uw vraag op."),
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 4000 tekens."),
        },
    )

    @classmethod
    def about(cls, subject: str) -> Callable[..., "QuestionForm"]:
        """The form, with what is known already of the question that a link was about."""
        begun = {"subject": APPOINTMENT, "text": APPOINTMENT_TEXT} if subject == PROOF else {}
        return lambda data: cls(data, initial=begun)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def application(request: HttpRequest) -> HttpResponse:
    """Start, with the answers of a plan when the address brings them; one that goes on already is gone on with."""
    form = form_with(request.GET) if "moment" in request.GET else None
    if form is None and request.method != "POST" and (plan := kept_plan(request)):
        return redirect(f"{request.path}?{plan}")
    good = form if form is not None and form.is_valid() else None  # what is wrong is asked on the form
    carried = good.answers.choices if good else None
    if request.method == "POST":
        made = operations.start_application(
            organisation_id=acting_for(request), actor=acting_as(request), choices=carried
        )
        if isinstance(made, UUID):
            forget_plan(request)
        return _opened(request, made)
    running = next(
        (
            row
            for row in queries.cases_of(acting_for(request), acting_as(request))
            if row.kind is CaseKind.APPLICATION and row.state not in ENDED
        ),
        None,
    )
    context = {
        "organisation": parties.connecting_organisation(acting_for(request)),
        "carried": good.spoken() if good else [],
        "running": running,
    }
    return render(request, "organisation/start.html", context | _again(request))


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def new_service(request: HttpRequest) -> HttpResponse:
    """A case for one or more new services."""
    if request.method == "POST":
        made = operations.start_new_service(organisation_id=acting_for(request), actor=acting_as(request))
        return _opened(request, made)
    context = {"is_connected": queries.is_connected(acting_for(request))}
    return render(request, "organisation/new_service.html", context | _again(request))


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """A case for one change."""

    def start(form: ChangeForm) -> UUID | Objection:
        kind = ChangeOf(form.cleaned_data["change_of"])
        return operations.start_change(
            organisation_id=acting_for(request), actor=acting_as(request), change=kind
        )

    extra = {"is_connected": queries.is_connected(acting_for(request))}
    return _with_form(request, ChangeForm, start, "organisation/change.html", extra)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """A message to the desk becomes a case of its own."""

    def ask(form: QuestionForm) -> UUID | Objection | AccountObjection:
        if not allow(Limited.QUESTION_PER_ACCOUNT, str(account_visitor(request).account_id)):
            return AccountObjection.TOO_MANY_TRIES
        return operations.ask_question(
            organisation_id=acting_for(request), actor=acting_as(request), **form.cleaned_data
        )

    return _with_form(
        request, QuestionForm.about(request.GET.get("over", "")), ask, "organisation/question.html", {}
    )


def _with_form(
    request: HttpRequest,
    make: Callable[..., "ChangeForm | QuestionForm"],
    carry_out: Callable[..., UUID | Objection | AccountObjection],
    template: str,
    extra: Mapping[str, object],
) -> HttpResponse:
    form = make(typed(request))
    if request.method == "POST":
        if not form.is_valid():
            return show_again(request)
        return _opened(request, carry_out(form))
    again = shown_again(request)
    status = again.status if again else 200
    return render(request, template, {"form": form, **extra, **_again(request)}, status=status)


def _again(request: HttpRequest) -> dict[str, object]:
    again = shown_again(request)
    told = objection_words(again.objection) if again and again.objection else None
    return {"words": told or objected(request)}


def _opened(request: HttpRequest, made: UUID | Objection | AccountObjection) -> HttpResponse:
    """On to the new case, or back with why there is none; what was typed stays."""
    if isinstance(made, AccountObjection):
        return show_again(request, objection=made, status=429)
    if isinstance(made, Objection):
        return again_because(request, made)
    accepted(request)
    page = queries.case_page(made, acting_as(request))
    return redirect("organisation:case", page.case.number) if page else redirect("organisation:home")
