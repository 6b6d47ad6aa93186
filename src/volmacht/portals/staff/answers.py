"""What was filled in, page by page in words, beside what stood there when it was returned (CN-14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from volmacht.audience import Audience, audience
from volmacht.onboarding import queries
from volmacht.onboarding.queries import KnownPage
from volmacht.portals.shared.answer_words import in_words
from volmacht.portals.shared.form_words import FORMS as FORM_WORDS
from volmacht.portals.shared.form_words import PAGES as PAGE_WORDS
from volmacht.portals.shared.form_words import field_words, problem_in_words
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.acting import DeskCase, desk_case
from volmacht.portals.staff.showing import show
from volmacht.rules.onboarding.answers import ROW, Answers, Row
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, Page, PageKey


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer in words. `key` names it in a return; `before` stood there then, when that was something else."""

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
class FilledIn:
    """One form."""

    form: FormKey
    name: Text
    groups: list[Group]


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
    groups: list[Group] = []
    for page in FORMS[form].pages:
        known = pages[page.key]
        groups += _rows(page, known) if page.is_list else [_group(page, known)]
    return FilledIn(form, FORM_WORDS[form].name, groups)


def _group(page: Page, known: KnownPage) -> Group:
    now, before = _mapping(known.answers), _mapping(known.returned)
    return Group(
        page.key,
        PAGE_WORDS[page.key].name,
        _answers(page, known, now, before if known.returned is not None else None, None),
    )


def _rows(page: Page, known: KnownPage) -> list[Group]:
    before = {row.get(ROW): row for row in _sequence(known.returned)}
    now = _sequence(known.answers)
    name = PAGE_WORDS[page.key].name
    groups = [
        Group(
            page.key,
            f"{name}: {row.get('name') or place + 1}",
            _answers(
                page, known, row, before.get(row.get(ROW), {}) if known.returned is not None else None, place
            ),
        )
        for place, row in enumerate(now)
    ]
    kept = {row.get(ROW) for row in now}
    gone = [str(row.get("name") or number) for number, row in before.items() if number not in kept]
    return [*groups, Group(page.key, name, gone=gone)] if gone or not groups else groups


def _answers(page: Page, known: KnownPage, now: Row, before: Row | None, place: int | None) -> list[Answer]:
    prefix = f"{now.get(ROW)}." if place is not None else ""
    wrong = {found.field: found.problem for found in known.problems if found.row == place}
    found = []
    for asked in page.fields:
        if not asked.is_asked(dict(now)) and asked.key not in now:
            continue
        value = in_words(page.key, asked, now.get(asked.key))
        old = in_words(page.key, asked, before.get(asked.key)) if before is not None else value
        problem = problem_in_words(wrong[asked.key], asked) if asked.key in wrong else ""
        reason = known.reasons.get(prefix + asked.key, "")
        label = field_words(page.key, asked.key).label
        found.append(Answer(prefix + asked.key, label, value, old if old != value else None, reason, problem))
    return found


def _mapping(answers: Answers | None) -> Row:
    return answers if isinstance(answers, Mapping) else {}


def _sequence(answers: Answers | None) -> list[Row]:
    return list(answers) if isinstance(answers, Sequence) and not isinstance(answers, Mapping) else []
