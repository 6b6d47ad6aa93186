"""What was filled in, page by page in words, beside what stood there when it was returned (CN-14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.queries import KnownPage
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.case_happenings import happenings
from volmacht.portals.shared.case_words import SIDES_AT_THE_DESK
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.form_words import field_words, problem_in_words
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.returned_words import Returned
from volmacht.portals.staff.acting import DeskCase, desk_case, names_of_employees
from volmacht.portals.staff.showing import show
from volmacht.rules.onboarding.answers import ROW, Answers, Row
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, Page, PageKey


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words. `key` names it in a return; `before` stood there then, when that was something else.

    `reason` is that of the last return, also when it was handed in again since.
    """

    key: str
    label: Text
    value: str
    before: str | None = None
    reason: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The answers of one page, or of one row on it."""

    page: PageKey
    name: Text
    answers: list[Answer] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)  # rows that stood there when it was returned


@dataclass(frozen=True, slots=True)
class Round:
    """What one return asked of a form, by whom and when, and what stands there since."""

    moment: datetime
    who: Text
    returned: list[Returned]


@dataclass(frozen=True, slots=True)
class FilledIn:
    """One form."""

    form: FormKey
    name: Text
    groups: list[Group]
    rounds: list[Round]


@audience(Audience.STAFF)
@require_safe
def answers(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """One form as it stands."""
    here = desk_case(request, number)
    if form not in set(FormKey):
        raise Http404
    found = filled_in(here, FormKey(form))
    if found is None:
        raise Http404
    changed = sum(answer.before is not None for group in found.groups for answer in group.answers)
    return show(request, "answers.html", {"case": here.page.case, "filled": found, "changed": changed})


def filled_in(here: DeskCase, form: FormKey) -> FilledIn | None:
    """A form in words; None when it is not one of this case."""
    pages = queries.form_pages(here.page.case.id, form, here.actor)
    if pages is None or (form not in here.page.forms and not any(one.version for one in pages.values())):
        return None
    rounds = rounds_of(here, form)
    groups: list[Group] = []
    for page in FORMS[form].pages:
        known = pages[page.key]
        why = {
            one.key: one.reason for past in reversed(rounds) for one in past.returned if one.page is page.key
        }
        groups += _rows(page, known, why) if page.is_list else [_group(page, known, why)]
    return FilledIn(form, FORM_WORDS[form].name, groups, rounds)


def rounds_of(here: DeskCase, form: FormKey) -> list[Round]:
    """What returns asked of this form, the last one first."""
    names = names_of_employees()
    found = []
    for event in reversed(happenings(here.page.history, SIDES_AT_THE_DESK)):
        asked = [one for one in event.returned if one.form is form]
        if asked:
            who = names.get(event.actor_id, event.who) if event.actor_id else event.who
            found.append(Round(event.moment, who, asked))
    return found


def _group(page: Page, known: KnownPage, why: Mapping[str, str]) -> Group:
    now, before = _mapping(known.answers), _mapping(known.returned)
    return Group(
        page.key,
        PAGE_WORDS[page.key].name,
        _answers(page, known, why, now, before if known.returned is not None else None, None),
    )


def _rows(page: Page, known: KnownPage, why: Mapping[str, str]) -> list[Group]:
    before = {row.get(ROW): row for row in _sequence(known.returned)}
    now = _sequence(known.answers)
    name = PAGE_WORDS[page.key].name
    groups = [
        Group(
            page.key,
            f"{name}: {row.get('name') or place + 1}",
            _answers(
                page,
                known,
                why,
                row,
                before.get(row.get(ROW), {}) if known.returned is not None else None,
                place,
            ),
        )
        for place, row in enumerate(now)
    ]
    kept = {row.get(ROW) for row in now}
    gone = [str(row.get("name") or number) for number, row in before.items() if number not in kept]
    return [*groups, Group(page.key, name, gone=gone)] if gone or not groups else groups


def _answers(
    page: Page, known: KnownPage, why: Mapping[str, str], now: Row, before: Row | None, place: int | None
) -> list[Answer]:
    prefix = f"{now.get(ROW)}." if place is not None else ""
    wrong = {found.field: found.problem for found in known.problems if found.row == place}
    found = []
    for asked in page.fields:
        if not asked.is_asked(dict(now)) and asked.key not in now:
            continue
        value = in_words(page.key, asked, now.get(asked.key))
        old = in_words(page.key, asked, before.get(asked.key)) if before is not None else value
        problem = problem_in_words(wrong[asked.key], asked) if asked.key in wrong else ""
        reason = why.get(prefix + asked.key, "")
        label = field_words(page.key, asked.key).label
        found.append(Answer(prefix + asked.key, label, value, old if old != value else None, reason, problem))
    return found


def _mapping(answers: Answers | None) -> Row:
    return answers if isinstance(answers, Mapping) else {}


def _sequence(answers: Answers | None) -> list[Row]:
    return list(answers) if isinstance(answers, Sequence) and not isinstance(answers, Mapping) else []
