"""Tasks: look at everything once more, sign it with the conditions, and hand it in (CN-2, CN-5, CN-13)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from volmacht.audience import Audience, audience
from volmacht.onboarding.documents import version
from volmacht.onboarding.operations import hand_in, lay_out_what_is_missing, sign
from volmacht.onboarding.queries import KnownPage, form_pages, function_given_before, row_names
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.organisation.metadata_state import metadata_state
from volmacht.portals.shared.account_session import account_visitor
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.document_html import blocks_html
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.form_words import field_words
from volmacht.portals.shared.just_done import note
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.objecting import again_because, go_because, objected
from volmacht.portals.shared.page_language import language
from volmacht.portals.shared.parts import SummaryRow
from volmacht.portals.shared.signed_pdf import signed_pdf
from volmacht.rules.onboarding.cases import Action, Objection
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, Page, PageKey
from volmacht.rules.roles import Right

ALL_THE_SAME: Final = "toch"  # the button that is there after a warning


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An answer that was returned and still stands as it was, with why it was returned."""

    question: object
    reason: str


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """A page of a form with its answers in words; several lists where it asks the same of several things."""

    form: FormKey
    key: PageKey
    name: object
    lists: list[tuple[str, list[SummaryRow]]]
    address: str
    is_good: bool
    unchanged: list[Unchanged]


class SignForm(forms.Form):
    """Who signs, in which function, and that the conditions were read."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Uw naam"),
        max_length=200,
        error_messages={"required": gettext_lazy("Vul uw naam in.")},
    )
    function = forms.CharField(
        label=gettext_lazy("Uw functie"),
        max_length=200,
        error_messages={"required": gettext_lazy("Vul uw functie in.")},
    )
    agreed = forms.BooleanField(
        label=gettext_lazy("Ik heb de voorwaarden gelezen en ga ermee akkoord, ook namens mijn organisatie."),
        error_messages={"required": gettext_lazy("Zet een vinkje als u akkoord gaat.")},
    )
    read = forms.IntegerField(widget=forms.HiddenInput)


def answered(here: CaseHere) -> list[AnsweredPage]:
    """Everything that is signed or handed in now, in words."""
    found = []
    for form in here.page.forms:
        for key, known in (form_pages(here.page.case.id, form, here.actor) or {}).items():
            page = FORMS[form].page(key)
            kept = known.answers
            rows = list(kept) if isinstance(kept, Sequence) else [kept if isinstance(kept, Mapping) else {}]
            lists = [
                (
                    str(row.get("name", "")) if page.is_list else "",
                    [
                        SummaryRow(
                            field_words(key, field.key).label, in_words(key, field, row.get(field.key))
                        )
                        for field in page.fields
                        if field.is_asked(dict(row))
                    ],
                )
                for row in rows
            ]
            address = reverse("organisation:fill-in", args=[here.page.case.number, form, key])
            unchanged = unchanged_on(page, known)
            found.append(
                AnsweredPage(form, key, PAGE_WORDS[key].name, lists, address, not known.problems, unchanged)
            )
    return found


def unchanged_on(page: Page, known: KnownPage) -> list[Unchanged]:
    """What the desk asked to be otherwise on this page, and is not: saving another answer takes its reason away."""
    rows = row_names(known.answers)
    return [
        Unchanged(f"{rows[row]}: {question}" if row in rows else question, reason)
        for key, reason in known.reasons.items()
        for row, question in [(key.rpartition(".")[0], _question(page, key.rpartition(".")[2]))]
    ]


def _question(page: Page, key: str) -> object:
    """What was asked; what was returned beside the questions of the page is its document."""
    asked = {field.key for field in page.fields}
    return field_words(page.key, key).label if key in asked else gettext("Metadata")


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """All answers on one page, with what is still open, and the way on: sign, or hand in."""
    here = case_here(request, number)
    if here.page.to_fill_in is None:
        raise Http404
    pages = answered(here)
    context = {
        "case": here.page.case,
        "pages": pages,
        "complete": all(page.is_good for page in pages),
        "unchanged": any(page.unchanged for page in pages),
        "metadata": metadata_state(here),
        "needs_signature": here.page.unsigned is not None,
        "may_sign": here.may(Right.SIGN),
        "may_hand_in": Action.HAND_IN in here.page.may,
        "words": objected(request),
    }
    return render(request, "organisation/check.html", context)


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_page(request: HttpRequest, number: str) -> HttpResponse:
    """The conditions in full, and the signature under them."""
    here = case_here(request, number)
    if here.page.conditions is None or not here.may(Right.SIGN):
        raise Http404
    key, number_of_version = here.page.conditions
    document = version(key, number_of_version, language())
    form = _form(request, here, number_of_version)
    if request.method == "POST":
        return _sign(request, here, form)
    again = shown_again(request)
    context = {
        "case": here.page.case,
        "document": document,
        "text": blocks_html(document.text),
        "form": form,
        "pages": answered(here),
        "words": objected(request),
    }
    return render(request, "organisation/sign.html", context, status=again.status if again else 200)


def _form(request: HttpRequest, here: CaseHere, read: int) -> SignForm:
    initial: dict[str, Any] = {
        "name": account_visitor(request).name,
        "function": function_given_before(here.page.case.organisation_id, here.actor),
        "read": read,
    }
    return SignForm(typed(request), initial=initial)


def _sign(request: HttpRequest, here: CaseHere, form: SignForm) -> HttpResponse:
    if not form.is_valid():
        return show_again(request)
    given = form.cleaned_data
    made = sign(
        case_id=here.page.case.id,
        actor=here.actor,
        name=given["name"],
        function=given["function"],
        version_read=given["read"],
        language=language(),
        draw=signed_pdf,
    )
    if isinstance(made, Objection):
        return again_because(request, made)
    accepted(request)
    note(
        request, here.page.case.number, gettext("Uw handtekening is gezet. U kunt het formulier nu indienen.")
    )
    return redirect("organisation:case", here.page.case.number)


@audience(Audience.MEMBER)
@require_POST
def hand_in_page(request: HttpRequest, number: str) -> HttpResponse:
    """Hand it in. Where the automatic checks pass, connection data and test mandates are there at once.

    With a returned answer that still stands as it was only after a warning, on the page before this.
    """
    here = case_here(request, number)
    if ALL_THE_SAME not in request.POST and any(page.unchanged for page in answered(here)):
        return redirect("organisation:check", number)
    done = hand_in(case_id=here.page.case.id, actor=here.actor)
    if isinstance(done, Objection):
        return go_because(request, done, reverse("organisation:check", args=[number]))
    lay_out_what_is_missing(here.page.case.id)  # what fails now, the worker tries again
    note(request, number, gettext("Het is ingediend."))
    return redirect("organisation:case", number)
