"""The page of a case at the desk: where it is, what is needed now, what came in, what happened, and what one may do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.operations import mark_read
from volmacht.onboarding.queries import CasePage, ConnectionData, KnownReport
from volmacht.portals.shared.case_happenings import counts_in_words, happenings
from volmacht.portals.shared.case_words import KINDS, SIDES_AT_THE_DESK, STATES, sentence_words
from volmacht.portals.shared.environment_words import ENVIRONMENTS
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.just_done import take
from volmacht.portals.shared.listed_files import listed_files
from volmacht.portals.shared.parts import SummaryRow, Text
from volmacht.portals.shared.stored_files import download
from volmacht.portals.shared.test_mandate_words import ShownService, shown_services
from volmacht.portals.shared.timeline import StepRow, draw, rows, spans
from volmacht.portals.staff.acting import DeskCase, desk_case, names_of_employees
from volmacht.portals.staff.answers import filled_in
from volmacht.portals.staff.checked import Checked, checked
from volmacht.portals.staff.disputing import dispute_rows
from volmacht.portals.staff.home import URGENT
from volmacht.portals.staff.showing import show
from volmacht.portals.staff.tasks import links_of
from volmacht.portals.staff.words import SUBJECTS
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import ENDED, Action, CaseKind, CaseState, Objection, Side, step_of
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.periods import day_of

FILLED_IN = frozenset({CaseKind.APPLICATION, CaseKind.NEW_SERVICE, CaseKind.CHANGE})


@dataclass(frozen=True, slots=True)
class Written:
    """A message or internal note, with who wrote it."""

    moment: datetime
    who: Text
    text: str
    internal: bool
    new: bool


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A finished report."""

    report: KnownReport
    environment: Text
    made_by: str
    confirmed_by: str


@audience(Audience.STAFF)
@require_safe
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Everything about one case."""
    here = desk_case(request, number)
    page, names = here.page, names_of_employees()
    mark_read(case_id=page.case.id, actor=here.actor)
    timed = page.case.kind is CaseKind.APPLICATION
    context: dict[str, Any] = {
        "case": page.case,
        "page": page,
        "kind": KINDS[page.case.kind],
        "state": STATES[page.case.state],
        "urgency": URGENT.get(page.case.urgency) if page.case.urgency else None,
        "sentence": sentence_words(page.now, at_the_desk=True, organisation=page.case.organisation_name),
        "facts": facts(here, names),
        "picture": picture_of(page) if timed else "",
        "steps": steps_of(page) if timed else [],
        "links": links_of(here),
        "own_proposal": page.objection_to(Action.CONFIRM) is Objection.OWN_PROPOSAL,
        "own_organisation": page.acting.of_the_organisation,
        "forms": forms_of(here),
        "connections": connections_of(here),
        "checked": checked(here) if timed or page.case.kind is CaseKind.CHANGE else Checked(),
        "history": [
            (one, names.get(one.actor_id, "") if one.actor_id else "")
            for one in happenings(page.history, SIDES_AT_THE_DESK, page.files)
        ],
        "written": written(page, names),
        "files": listed_files(
            page.files, SIDES_AT_THE_DESK, queries.documents_in_force(page.case.id, here.actor)
        ),
        "signatures": [(one, FORM_WORDS[one.form].name) for one in page.signatures],
        "reports": reports_of(page, names),
        "failures": [one.failure for one in page.configurations if one.failure],
        "counts_in": counts_in_words(page.history),
        "done": take(request, number),
    }
    return show(request, "case.html", context)


def forms_of(here: DeskCase) -> list[tuple[FormKey, Text]]:
    """Those that are judged now, and every other one that was filled in."""
    return [
        (form, FORM_WORDS[form].name)
        for form in FormKey
        if form in here.page.forms or (here.page.case.kind in FILLED_IN and filled_in(here, form))
    ]


def connections_of(here: DeskCase) -> list[tuple[Text, ConnectionData, list[ShownService]]]:
    """What runs for the organisation of an application, for who tests it: services, and test people."""
    if here.page.case.kind is not CaseKind.APPLICATION:
        return []
    found = (queries.connection_data(here.page.case.id, here.actor, one) for one in Environment)
    return [(ENVIRONMENTS[one.environment], one, shown_services(one)) for one in found if one]


def facts(here: DeskCase, names: dict[UUID, str]) -> list[SummaryRow]:
    """What stands at the top."""
    row = here.page.case
    whose = names.get(row.assigned_to, "") if row.assigned_to else gettext("niemand")
    found = [
        SummaryRow(gettext("Soort"), KINDS[row.kind]),
        SummaryRow(gettext("Stand"), STATES[row.state]),
        SummaryRow(gettext("Aan zet"), SIDES_AT_THE_DESK[row.turn] if row.turn else gettext("niemand")),
        SummaryRow(gettext("Toegewezen aan"), whose, reverse("staff:assign", args=[row.number])),
    ]
    if row.subject:
        found.insert(1, SummaryRow(gettext("Waarover"), SUBJECTS.get(row.subject, row.subject)))
    if row.kind is CaseKind.DISPUTE and row.about_id:
        found.insert(2, SummaryRow(gettext("Kenmerk in het spoor"), str(row.about_id)))
        found += dispute_rows(row.subject, row.about_id)
    return found


def _entries(page: CasePage) -> list[tuple[Any, Any]]:
    return [
        (step_of(CaseState(event.to_state)), day_of(event.moment))
        for event in page.history
        if event.to_state != event.from_state
    ]


def _spans(page: CasePage) -> list[Any]:
    ended = page.case.state in ENDED or page.case.state is CaseState.ACTIVE
    return spans(_entries(page), ended=ended)


def picture_of(page: CasePage) -> SafeString:
    """The steps in time, drawn."""
    # Our own drawing: the words in it are ours too, and it was written by an XML library.
    return mark_safe(draw(_spans(page), today=clock.today(), due=page.case.due_on))  # noqa: S308 - see above


def steps_of(page: CasePage) -> list[StepRow]:
    """The same in words."""
    return rows(_spans(page), clock.today())


def written(page: CasePage, names: dict[UUID, str]) -> list[Written]:
    """Messages and notes; of the other side the side only."""
    return [
        Written(
            one.moment,
            names.get(one.actor_id, SIDES_AT_THE_DESK[one.side])
            if one.side is Side.OPERATOR and one.actor_id
            else SIDES_AT_THE_DESK[one.side],
            one.text,
            one.internal,
            one.new,
        )
        for one in page.messages
    ]


def reports_of(page: CasePage, names: dict[UUID, str]) -> list[ListedReport]:
    """Finished reports, the newest first."""
    return [
        ListedReport(
            one,
            ENVIRONMENTS[Environment(one.environment)],
            names.get(one.made_by, ""),
            names.get(one.confirmed_by, "") if one.confirmed_by else "",
        )
        for one in reversed(page.reports)
        if one.passed is not None
    ]


@audience(Audience.STAFF)
@require_safe
def file(request: HttpRequest, number: str, file_id: UUID) -> HttpResponse:
    """A document of the case, always as a download: nothing that was sent in is shown by the browser."""
    here = desk_case(request, number)
    if file_id not in {one.id for one in here.page.files}:
        raise Http404
    found = queries.file_content(file_id, here.actor)
    if found is None:
        raise Http404
    return download(*found)
