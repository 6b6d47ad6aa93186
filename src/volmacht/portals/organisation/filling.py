"""Task: fill in one page of a form; kept also when it is not good yet, never over what a colleague saved (CN-14)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import Conflict, Saved, save_answers
from volmacht.onboarding.queries import KnownPage, connection_in_test, form_pages
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.form_words import field_words, problem_in_words
from volmacht.portals.shared.forms import DutchDateWidget
from volmacht.portals.shared.just_done import note, take
from volmacht.portals.shared.kept_forms import accepted, show_again, shown_again, typed
from volmacht.portals.shared.objecting import again_because, objected
from volmacht.portals.shared.page_form import (
    PageForm,
    explained_at,
    form_for,
    impossible_day,
    initial_from,
    to_answers,
)
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role
from volmacht.rules.identifiers import Oin
from volmacht.rules.onboarding.answers import Answers, Row
from volmacht.rules.onboarding.cases import Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, Page, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA
from volmacht.rules.roles import Right

VERSION = "versie"
FIRST_IN_TEST = 9001  # entity ids of pre-production have 9000 or more


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of a form that is shown: what it asks, and what stands on it."""

    here: CaseHere
    form: FormKey
    page: Page
    known: KnownPage

    @property
    def may_fill_in(self) -> bool:
        """Whether the visitor may save something here now."""
        return self.known.may_fill_in and self.here.may(Right.FILL_FORMS)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that a colleague saved otherwise than it was typed here."""

    label: object
    theirs: object
    yours: object


def sheet(request: HttpRequest, number: str, form: str, page: str) -> Sheet:
    """The page with this name. Raises Http404."""
    here = case_here(request, number)
    try:
        key, page_key = FormKey(form), PageKey(page)
        asked = FORMS[key].page(page_key)
    except (ValueError, KeyError):
        raise Http404 from None
    pages = form_pages(here.page.case.id, key, here.actor)
    if pages is None or key not in here.page.forms:
        raise Http404
    return Sheet(here, key, only_asked(asked, here.page.case.change), pages[page_key])


def only_asked(page: Page, change: ChangeOf | None) -> Page:
    """Of a change whose kind is known, what that kind asks, and nothing else (CN-21)."""
    if page.key is not PageKey.CHANGE or change is None:
        return page
    kind: dict[str, object] = {"change_of": change.value}
    return Page(key=page.key, fields=tuple(field for field in page.fields if field.is_asked(kind)))


@audience(Audience.MEMBER)
@require_http_methods(["GET", "HEAD", "POST"])
def fill_in(request: HttpRequest, number: str, form: str, page: str) -> HttpResponse:
    """One page of questions; a page that asks the same of several things has pages of its own (`rows`)."""
    here = sheet(request, number, form, page)
    if here.page.is_list:
        return redirect("organisation:rows", number, form, page)
    kept = here.known.answers if isinstance(here.known.answers, Mapping) else {}
    if request.method == "POST":
        return _save(request, here, form_for(here.page)(request.POST))
    again = shown_again(request)
    made = shown_form(request, here, kept)
    context = {
        **frame_of(here),
        "form": made,
        "version": here.known.version,
        "differences": [],
        "words": objected(request),
        "colleague": take(request, request.path),
    }
    return render(request, "organisation/fill_in.html", context, status=again.status if again else 200)


def shown_form(request: HttpRequest, here: Sheet, kept: Row, row: int | None = None) -> PageForm:
    """The form with what was typed, or else with what was kept and is not good yet, or else with what was kept.

    `row`: of the list on this page that the form is about.
    """
    make, data = form_for(here.page), typed(request)
    if data is None and not here.known.version:
        return make(initial=initial_from(kept or told_at_sign_up(here)))
    form = make(as_typed(here.page, kept) if data is None else data, initial=initial_from(kept))
    asked = {field.key: field for field in here.page.fields}
    for found in here.known.problems:
        if found.field in asked and found.row == row and found.field not in form.errors:
            form.add_error(found.field, problem_in_words(found.problem, asked[found.field]))
    return form


def told_at_sign_up(here: Sheet) -> Row:
    """What was said at the sign-up, where this page asks it again: nothing is asked twice (CN-16)."""
    body = here.here.page.case.organisation_id
    known = parties.connecting_organisation(body) if body else None
    if known is None:
        return {}
    if here.page.key is PageKey.ORGANISATION:
        return {"public_task": known.public_task, "legal_basis": known.legal_basis}
    if here.page.key is PageKey.CONNECTION and not known.is_supplier:
        return {"entity_id": _usual_entity_id(here, known.oin)}
    return {}


def _usual_entity_id(here: Sheet, oin: str) -> str:
    """That of the first connection in this environment; for production the one that belongs to that of the test."""
    if here.form is not FormKey.PRODUCTION:
        return str(EntityId(Role.DV, Oin(oin), FIRST_IN_TEST))
    tested = connection_in_test(here.here.page.case.id, here.here.actor)
    try:
        index = EntityId.parse(tested.entity_id).index - FIRST_IN_TEST + 1 if tested else 1
    except InvalidEntityId:
        index = 1
    return str(EntityId(Role.DV, Oin(oin), max(1, index)))


def as_typed(page: Page, answers: Row) -> dict[str, Any]:
    """Kept answers as they would be posted: so that what is not good yet is shown with what is wrong."""
    data: dict[str, Any] = {}
    for bound in form_for(page)(initial=initial_from(answers)):
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, DutchDateWidget):
            texts = value if isinstance(value, list) else widget.decompress(value)
            for (part, _label, _size), text in zip(widget.PARTS, texts, strict=True):
                data[f"{bound.html_name}_{part}"] = text
        elif value is not None:
            data[bound.html_name] = value
    return data


def frame_of(here: Sheet) -> dict[str, Any]:
    """What each page of a form shows around its questions."""
    words = PAGE_WORDS[here.page.key]
    return {
        "case": here.here.page.case,
        "form_key": here.form,
        "page_key": here.page.key,
        "form_name": FORM_WORDS[here.form].name,
        "name": words.name,
        "about": words.about,
        "may_fill_in": here.may_fill_in,
        "chapters": list(dict.fromkeys(explained_at(field) for field in here.page.fields)),
        "reasons": [
            (_label(here.page, key), reason)
            for key, reason in here.known.reasons.items()
            if key != METADATA  # on the page of the metadata
        ],
    }


def _label(page: Page, key: str) -> object:
    """The question that a reason is about; on a page with rows its key has the number of the row first."""
    return field_words(page.key, key.rpartition(".")[2]).label


def _save(request: HttpRequest, here: Sheet, form: PageForm) -> HttpResponse:
    """Save what was typed; on to the case when it is good, and else the same page, which says what is not."""
    saved = save(request, here, answers_in(form))
    if isinstance(saved, Objection):
        return again_because(request, saved)
    if isinstance(saved, Conflict):
        return merge(request, here, form, saved)
    if saved.problems or not form.is_valid():
        return show_again(request)
    accepted(request)
    note(request, here.here.page.case.number, gettext("Opgeslagen."))
    return redirect("organisation:case", here.here.page.case.number)


def answers_in(form: PageForm) -> dict[str, object]:
    """What to keep. What is wrong is kept as it was typed where that is text: nothing is lost."""
    form.is_valid()
    found = dict(form.cleaned_data)
    for name in form.errors.keys() & form.fields.keys():
        raw = form[name].data
        text = impossible_day(raw) if isinstance(raw, list) else raw
        if isinstance(text, str) and text.strip():
            found[name] = text
    return to_answers(found)


def save(request: HttpRequest, here: Sheet, answers: Answers) -> Saved | Conflict | Objection:
    """Save the whole page over the version that was shown."""
    text = request.POST.get(VERSION, "0")
    version = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0  # noqa: PLR2004 - digits
    return save_answers(
        case_id=here.here.page.case.id,
        form=here.form,
        page=here.page.key,
        answers=answers,
        version=version,
        actor=here.here.actor,
    )


def merge(request: HttpRequest, here: Sheet, form: PageForm, conflict: Conflict) -> HttpResponse:
    """A colleague saved this page since: both answers side by side, what was typed still in the form."""
    theirs = conflict.answers if isinstance(conflict.answers, Mapping) else {}
    yours = answers_in(form)
    context = {
        **frame_of(here),
        "form": form,
        "version": conflict.version,
        "differences": [
            Difference(
                field_words(here.page.key, field.key).label,
                in_words(here.page.key, field, theirs.get(field.key)),
                in_words(here.page.key, field, yours.get(field.key)),
            )
            for field in here.page.fields
            if theirs.get(field.key) != yours.get(field.key)
        ],
        "who": name_of(conflict),
        "at": conflict.at,
    }
    return render(request, "organisation/fill_in.html", context, status=409)


def name_of(conflict: Conflict) -> str:
    """Who saved it, for their colleagues."""
    known = parties.account(conflict.by) if conflict.by else None
    return known.name if known else gettext("iemand anders")
