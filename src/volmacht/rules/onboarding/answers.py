"""Judging what was filled in on a form: a closed list of problems, one per field; and whether a form is complete.

Pure. Answers are JSON as a page gives them: text, whole numbers and yes or no; a list of such rows for a page that asks
the same of several things, each with the key `ROW` that the operation which saves them gives. Whether an entity id fits
is asked of the caller, who knows the environment.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Final

from volmacht.rules.identifiers import InvalidIdentifier, KvkNumber, Oin
from volmacht.rules.onboarding.choices import Choices, CodeMoment, Lead
from volmacht.rules.onboarding.forms import Field, FieldKind, Form, Page, PageKey

Row = Mapping[str, object]
Answers = Row | Sequence[Row]
ROW: Final = "row"
CLUSTER_CONNECTION: Final = "cluster_connection"
CLUSTER: Final = ":LC:"  # in the entity id of who connects others
MOST_CHARACTERS: Final = 200_000  # of all answers of one page together
_LAST_YEARS: Final = 2100
_HTTPS: Final = re.compile(r"https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?([/?#][^\s<>\"]*)?")


class Problem(StrEnum):
    """What is wrong with an answer: a closed list."""

    MISSING = auto()
    NOT_TEXT = auto()
    TOO_LONG = auto()
    NOT_ONE_LINE = auto()
    NOT_AN_EMAIL = auto()
    NOT_A_PHONE = auto()
    NOT_AN_OIN = auto()
    NOT_A_KVK = auto()
    NOT_HTTPS = auto()
    NOT_A_NUMBER = auto()
    OUT_OF_RANGE = auto()
    NOT_AN_OPTION = auto()
    NOT_YES_OR_NO = auto()
    NOT_A_DAY = auto()
    IMPOSSIBLE_ENTITY_ID = auto()
    NOT_A_CLUSTER = auto()  # no running connection of a supplier that may act for the organisation
    NOT_ASKED = auto()  # an answer to a question that the page does not ask
    TOO_MANY = auto()  # rows
    NONE_GIVEN = auto()  # no row at all


@dataclass(frozen=True, slots=True)
class Found:
    """A problem with its place; `row` counts from 0, and is None on a page without rows."""

    page: PageKey
    field: str
    problem: Problem
    row: int | None = None


EntityIdFits = Callable[[str, str], bool]  # the key of the field, and the entity id


def problems(page: Page, answers: Answers, fits: EntityIdFits) -> tuple[Found, ...]:
    """Every problem on a page, in the order of its fields; empty when it is complete and good."""
    if not page.is_list:
        return tuple(_of_row(page, answers if isinstance(answers, Mapping) else {}, None, fits))
    rows = [] if isinstance(answers, Mapping) else list(answers)
    if not rows:
        return (Found(page.key, "", Problem.NONE_GIVEN),)
    found = [Found(page.key, "", Problem.TOO_MANY)] if len(rows) > page.most else []
    for number, row in enumerate(rows[: page.most]):
        found += _of_row(page, row, number, fits)
    return tuple(found)


def all_problems(
    form: Form, answers: Mapping[PageKey, Answers], fits: EntityIdFits
) -> dict[PageKey, tuple[Found, ...]]:
    """What keeps each page of a form from being complete; a complete form gives nothing."""
    found = {page.key: problems(page, answers.get(page.key, {}), fits) for page in form.pages}
    return {key: wrong for key, wrong in found.items() if wrong}


def choices_in(answers: Row) -> Choices | None:
    """The answers of step 1 as a value; None while they are not all there and good."""
    try:
        return Choices(
            lead=Lead(str(answers["lead"])),
            services_per_code=_whole(answers["services_per_code"]),
            code_moment=CodeMoment(str(answers["code_moment"])),
            validity_months=_whole(answers["validity_months"]),
            message_box=answers["message_box"] is True,
            survivors=answers["survivors"] is True,
            supplier=answers["supplier"] is True,
        )
    except (KeyError, ValueError):
        return None


def answers_of(choices: Choices) -> dict[str, object]:
    """The choices of step 1 as answers of the page CHOICES, so that nothing is asked twice (CN-16, CN-17)."""
    return {
        "lead": choices.lead.value,
        "services_per_code": choices.services_per_code,
        "code_moment": choices.code_moment.value,
        "validity_months": choices.validity_months,
        "message_box": choices.message_box,
        "survivors": choices.survivors,
        "supplier": choices.supplier,
    }


def connection_kind(choices: Choices) -> str:
    """What the page CONNECTION begins with: a supplier connects as a cluster (CN-16)."""
    return "cluster" if choices.supplier else "own"


def _of_row(page: Page, row: Row, number: int | None, fits: EntityIdFits) -> list[Found]:
    known = {field.key for field in page.fields} | {ROW}
    found = [Found(page.key, key, Problem.NOT_ASKED, number) for key in row if key not in known]
    for field in page.fields:
        if not field.is_asked(dict(row)):
            continue
        problem = _problem(field, row.get(field.key), fits)
        if problem:
            found.append(Found(page.key, field.key, problem, number))
    return found


def _problem(field: Field, answer: object, fits: EntityIdFits) -> Problem | None:
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return Problem.MISSING if field.required else None
    if field.kind is FieldKind.FLAG:
        return None if isinstance(answer, bool) else Problem.NOT_YES_OR_NO
    if field.kind is FieldKind.NUMBER:
        return _number_problem(field, answer)
    return _text_problem(field, answer, fits) if isinstance(answer, str) else Problem.NOT_TEXT


def _text_problem(field: Field, answer: str, fits: EntityIdFits) -> Problem | None:
    if field.kind is FieldKind.CHOICE:
        return None if answer in field.options else Problem.NOT_AN_OPTION
    if len(answer) > field.longest:
        return Problem.TOO_LONG
    if field.kind is not FieldKind.LINES and not answer.strip().isprintable():
        return Problem.NOT_ONE_LINE
    if field.kind is FieldKind.ENTITY_ID:
        return _entity_id_problem(field, answer.strip(), fits)
    judge = _TEXTS.get(field.kind)
    return judge(answer.strip()) if judge else None


def _entity_id_problem(field: Field, text: str, fits: EntityIdFits) -> Problem | None:
    """The connection of a cluster is its supplier's; any other is that of the organisation itself."""
    if fits(field.key, text):
        return None
    return Problem.NOT_A_CLUSTER if field.key == CLUSTER_CONNECTION else Problem.IMPOSSIBLE_ENTITY_ID


def _number_problem(field: Field, answer: object) -> Problem | None:
    try:
        number = _whole(answer)
    except ValueError:
        return Problem.NOT_A_NUMBER
    return None if field.lowest <= number <= field.highest else Problem.OUT_OF_RANGE


def _whole(answer: object) -> int:
    """A whole number, as JSON or as typed. Raises ValueError."""
    if isinstance(answer, int) and not isinstance(answer, bool):
        return answer
    text = answer.strip() if isinstance(answer, str) else ""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_CHARACTERS))):
        raise ValueError("not a whole number")
    return int(text)


def _email(text: str) -> Problem | None:
    name, at, domain = text.rpartition("@")
    labels = domain.split(".")
    good = bool(
        at and name and "@" not in name and not any(sign.isspace() for sign in text) and len(labels) > 1
    )
    fine = all(label and label.strip("-") == label and _is_label(label) for label in labels)
    return None if good and fine else Problem.NOT_AN_EMAIL


def _is_label(label: str) -> bool:
    return all(sign.isalnum() or sign == "-" for sign in label)


def _phone(text: str) -> Problem | None:
    digits = sum(sign.isdigit() for sign in text)
    allowed = all(sign.isdigit() or sign in "+ -()" for sign in text)
    return None if allowed and 6 <= digits <= 15 else Problem.NOT_A_PHONE  # noqa: PLR2004 - E.164


def _address(text: str) -> Problem | None:
    return None if _HTTPS.fullmatch(text) else Problem.NOT_HTTPS


def _oin(text: str) -> Problem | None:
    try:
        Oin.parse(text)
    except InvalidIdentifier:
        return Problem.NOT_AN_OIN
    return None


def _kvk(text: str) -> Problem | None:
    try:
        KvkNumber.parse(text)
    except InvalidIdentifier:
        return Problem.NOT_A_KVK
    return None


def _day(text: str) -> Problem | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Problem.NOT_A_DAY
    return None if day.isoformat() == text and day.year < _LAST_YEARS else Problem.NOT_A_DAY


_TEXTS: Final = {
    FieldKind.EMAIL: _email,
    FieldKind.PHONE: _phone,
    FieldKind.ADDRESS: _address,
    FieldKind.OIN: _oin,
    FieldKind.KVK: _kvk,
    FieldKind.DAY: _day,
}
