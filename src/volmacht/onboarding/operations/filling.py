"""Saving what was filled in: at every step, also when it is wrong, and never over what another saved since (CN-14)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.answers_by_key import flat
from volmacht.onboarding.forms import entity_id_fits, may_fill_in, supplier_problem
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.moving import is_heard, seen
from volmacht.rules.onboarding.answers import MOST_CHARACTERS, ROW, Answers, Found, problems
from volmacht.rules.onboarding.cases import Acting, CaseKind, Objection, Side
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, Page, PageKey
from volmacht.rules.roles import Right

MOST_ROWS: Final = 1000  # more than any page may have


@dataclass(frozen=True, slots=True)
class Saved:
    """It stands; `version` goes with the next save, `problems` are to be mended before it is handed in."""

    version: int
    problems: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved this page since: nothing was written. What stands now, to merge with."""

    version: int
    answers: Answers
    by: UUID | None
    side: Side
    at: datetime


@transaction.atomic
def save_answers(
    *, case_id: UUID, form: FormKey, page: PageKey, answers: Answers, version: int, actor: CaseActor
) -> Saved | Conflict | Objection:
    """Save one page. `version`: of what the page showed, 0 when nothing stood there yet.

    Saving again what stands there already changes nothing. Objections: UNKNOWN, NO_RIGHT, NOT_NOW, TOO_LARGE.
    """
    found = seen(case_id, actor)
    if isinstance(found, Objection):
        return found
    case, may = found
    if wrong := _not_accepted(case, may, form, page, answers):
        return wrong
    row = FormAnswers.objects.filter(case=case, form=form, page=page).first()
    asked = FORMS[form].page(page)
    wanted = _with_rows(answers, row) if asked.is_list else answers
    standing = row.version if row else 0
    if row and row.answers == wanted:
        return Saved(standing, _problems(case, form, asked, wanted))
    if row and standing != version:
        return Conflict(standing, row.answers, row.saved_by, Side(row.saved_side), row.saved_at)
    _write(case, form, page, wanted, standing + 1, actor, _reasons_left(row, wanted))
    _choose_change(case, wanted)
    is_heard(case)
    return Saved(standing + 1, _problems(case, form, asked, wanted))


def _not_accepted(
    case: Case, may: Acting, form: FormKey, page: PageKey, answers: Answers
) -> Objection | None:
    if Right.FILL_FORMS not in may.rights:
        return Objection.NO_RIGHT
    if not may_fill_in(case, form) or page not in {one.key for one in FORMS[form].pages}:
        return Objection.NOT_NOW
    if FORMS[form].page(page).is_list is isinstance(answers, Mapping) or len(answers) > MOST_ROWS:
        return Objection.TOO_LARGE
    return Objection.TOO_LARGE if len(json.dumps(answers)) > MOST_CHARACTERS else None


def _write(
    case: Case,
    form: FormKey,
    page: PageKey,
    answers: Answers,
    version: int,
    actor: CaseActor,
    reasons: dict[str, str],
) -> None:
    FormAnswers.objects.update_or_create(
        case=case,
        form=form,
        page=page,
        defaults={
            "answers": answers,
            "version": version,
            "saved_by": actor.id,
            "saved_side": actor.side,
            "saved_at": clock.now(),
            "reasons": reasons,
        },
    )


def _problems(case: Case, form: FormKey, page: Page, answers: Answers) -> tuple[Found, ...]:
    found = problems(page, answers, lambda field, text: entity_id_fits(case, form, field, text))
    wrong = supplier_problem(case, answers) if isinstance(answers, Mapping) else None
    return (*found, wrong) if wrong else found


def _with_rows(answers: Answers, row: FormAnswers | None) -> list[dict[str, object]]:
    """Every row with the number that stays its own: of it the ServiceUUID is made, and nobody can choose that."""
    given = [dict(one) for one in answers] if isinstance(answers, Sequence) else []
    known = {one[ROW] for one in row.answers} if row else set()
    first_new = (
        (row.version if row else 0) + 1
    ) * MOST_ROWS  # a version has numbers of its own: none comes twice
    used: set[object] = set()
    for place, one in enumerate(given):
        if one.get(ROW) not in known - used:
            one[ROW] = first_new + place
        used.add(one[ROW])
    return given


def _reasons_left(row: FormAnswers | None, answers: Answers) -> dict[str, str]:
    """Reasons of a return that stand still: those of answers that were not changed."""
    if row is None or not row.reasons:
        return {}
    before, now = flat(row.answers), flat(answers)
    return {key: why for key, why in row.reasons.items() if key not in now or now[key] == before.get(key)}


def _choose_change(case: Case, answers: Answers) -> None:
    """A change is of the kind that its form says."""
    if case.kind != CaseKind.CHANGE or not isinstance(answers, Mapping):
        return
    chosen = answers.get("change_of")
    case.change_of = chosen if isinstance(chosen, str) and chosen in set(ChangeOf) else ""
    case.save(update_fields=["change_of"])
