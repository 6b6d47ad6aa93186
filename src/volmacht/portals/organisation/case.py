"""The page of a case: where it is, what is needed now and from whom, and everything that belongs to it (CN-10)."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.onboarding.operations import mark_read
from volmacht.onboarding.queries import (
    CasePage,
    EndingCertificate,
    documents_in_force,
    ending_certificates,
    form_pages,
)
from volmacht.portals.organisation.acting import CaseHere, case_here
from volmacht.portals.organisation.metadata_asked import why_returned
from volmacht.portals.organisation.metadata_state import metadata_state
from volmacht.portals.organisation.not_working_yet import not_working_yet
from volmacht.portals.organisation.reported import shown_reports
from volmacht.portals.shared.case_happenings import Happened, counts_in_words, happenings
from volmacht.portals.shared.case_words import KINDS, SIDES, STATES, sentence_words
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.just_done import take
from volmacht.portals.shared.listed_files import listed_files
from volmacht.portals.shared.objecting import objected
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.timeline import StepRow, draw, rows, spans
from volmacht.rules.onboarding.cases import ENDED, Action, CaseKind, CaseState, step_of
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import METADATA
from volmacht.rules.periods import day_of
from volmacht.rules.roles import Right


@dataclass(frozen=True, slots=True)
class PageOfForm:
    """One page of the form that is to be filled in."""

    form: FormKey
    key: PageKey
    name: Text
    is_good: bool
    is_begun: bool
    reasons: int
    saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class SteppedTime:
    """The six steps, drawn and in words."""

    picture: SafeString
    rows: list[StepRow]


@audience(Audience.MEMBER)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one case."""
    here = case_here(request, number)
    page = here.page
    mark_read(case_id=page.case.id, actor=here.actor)
    history = happenings(page.history, SIDES, page.files)
    context = {
        "case": page.case,
        "kind": KINDS[page.case.kind],
        "state": STATES[page.case.state],
        "sentence": sentence_words(page.now, at_the_desk=False),
        "not_working_yet": not_working_yet(here),
        "time": time_of(page) if page.case.kind is CaseKind.APPLICATION else None,
        "pages": pages_of(here),
        "form_name": FORM_WORDS[page.to_fill_in].name if page.to_fill_in else "",
        "page": page,
        "files": listed_files(page.files, SIDES, documents_in_force(page.case.id, here.actor)),
        "reports": shown_reports(page),
        "history": history,
        "why_not": why_not(history),
        "messages": page.messages,
        "may": {action.value for action in page.may},
        "may_write": here.may(Right.WRITE),
        "may_upload": here.may(Right.UPLOAD),
        "metadata": metadata_state(here),
        "metadata_returned": bool(why_returned(here)),
        "may_sign": here.may(Right.SIGN),
        "shows_connection": shows_connection(page),
        "as_supplier": here.as_supplier,
        "ending": ending_here(here),
        "counts_in": counts_in_words(page.history),
        "done": take(request, number),
        "words": objected(request),
    }
    return render(request, "organisation/case.html", context)


def time_of(page: CasePage) -> SteppedTime:
    """The steps of an application in time."""
    entries = [
        (step_of(CaseState(event.to_state)), day_of(event.moment))
        for event in page.history
        if event.to_state != event.from_state
    ]
    found = spans(entries, ended=page.case.state in ENDED or page.case.state is CaseState.ACTIVE)
    today = clock.today()
    # Our own drawing: the words in it are ours too, and it was written by an XML library.
    picture = mark_safe(draw(found, today=today, due=page.case.due_on))  # noqa: S308 - see above
    return SteppedTime(picture, rows(found, today))


def pages_of(here: CaseHere) -> list[PageOfForm]:
    """The pages of the form that is to be filled in now, and of those that are judged with it."""
    page = here.page
    if page.to_fill_in is None:
        return []
    found = []
    for form in page.forms:
        for key, known in (form_pages(page.case.id, form, here.actor) or {}).items():
            found.append(
                PageOfForm(
                    form,
                    key,
                    PAGE_WORDS[key].name,
                    is_good=not known.problems,
                    is_begun=known.version > 0,
                    reasons=len(known.reasons.keys() - {METADATA}),
                    saved_at=known.saved_at,
                )
            )
    return found


def ending_here(here: CaseHere) -> tuple[EndingCertificate, ...]:
    """Which certificates of this organisation end soon: shown where its connection is, or is changed."""
    case = here.page.case
    shown = case.kind in {CaseKind.APPLICATION, CaseKind.CHANGE} and case.organisation_id
    return ending_certificates(case.organisation_id, here.actor) if shown and case.organisation_id else ()


def shows_connection(page: CasePage) -> bool:
    """Whether connection data were issued."""
    return page.case.kind is CaseKind.APPLICATION and any(
        event.to_state == CaseState.TESTING for event in page.history
    )


def why_not(history: list[Happened]) -> str:
    """What the desk wrote when it returned or refused the case last, while that still stands."""
    stands = {Action.RETURN, Action.REFUSE, Action.REPORT_FAILED}
    last = next((one for one in reversed(history) if one.moved), None)
    return last.note if last is not None and last.action in stands else ""
