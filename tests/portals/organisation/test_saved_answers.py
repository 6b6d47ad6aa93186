"""What was saved on a page of a form stands there when it is opened again, and saving it again changes nothing (CN-14).

Over every field of every form; of a change also for each kind, because each asks other things (CN-21).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from lxml import html

from tests.portals.organisation import walking
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.rules.onboarding.cases import CaseKind, CaseState
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Field, FieldKind, Form, FormKey, Page, PageKey

STATES = {
    FormKey.APPLICATION: (CaseKind.APPLICATION, CaseState.PREPARING),
    FormKey.PREPRODUCTION: (CaseKind.APPLICATION, CaseState.PREPRODUCTION_FORM),
    FormKey.PRODUCTION: (CaseKind.APPLICATION, CaseState.PRODUCTION_FORM),
    FormKey.NEW_SERVICE: (CaseKind.NEW_SERVICE, CaseState.PREPARING),
    FormKey.CHANGE: (CaseKind.CHANGE, CaseState.PREPARING),
}
TYPED = {
    FieldKind.LINE: "Iemand",
    FieldKind.LINES: "Eerste regel\r\nTweede regel",
    FieldKind.EMAIL: "balie@testdam.example",
    FieldKind.PHONE: "070 123 45 67",
    FieldKind.ADDRESS: "https://www.testdam.example/",
    FieldKind.OIN: "00000003900000010000",
    FieldKind.KVK: "12345678",
    FieldKind.ENTITY_ID: walking.entity_id(),
}
IMPOSSIBLE_DAY = {"day": "31", "month": "2", "year": "2027"}
HALF_A_DAY = {"day": "31", "month": "", "year": "2027"}


@dataclass(frozen=True, slots=True)
class Place:
    """A page of a form; of a change, of which kind."""

    form: FormKey
    page: Page
    change: ChangeOf | None = None

    def __str__(self) -> str:
        return f"{self.form}-{self.page.key}" + (f"-{self.change}" if self.change else "")


def places() -> Iterator[Place]:
    """Every page that can be filled in."""
    for form in FORMS.values():
        for page in form.pages:
            for change in ChangeOf if page.key is PageKey.CHANGE else (None,):
                yield Place(form.key, page, change)


def sent(page: Page, flag: str, change: ChangeOf | None) -> dict[str, str]:
    """What a browser sends of it, with something in every field that is asked."""
    fields: dict[str, str] = {}
    kinds: dict[str, object] = {"change_of": change.value if change else "", "connection_kind": "cluster"}
    for field in page.fields:
        if field.is_asked(kinds):
            fields |= of(field, flag)
    return {**fields, "change_of": change.value} if change else fields


def of(field: Field, flag: str) -> dict[str, str]:
    """The same of one field."""
    match field.kind:
        case FieldKind.DAY:
            return day_in(field.key, {"day": "4", "month": "1", "year": "2027"})
        case FieldKind.CHOICE:
            return {field.key: field.options[-1]}
        case FieldKind.NUMBER:
            return {field.key: str(field.highest)}
        case FieldKind.FLAG:
            return {field.key: flag}
        case kind:
            return {field.key: TYPED[kind]}


def day_in(key: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{key}_{part}": text for part, text in parts.items()}


def stands_in(page: bytes) -> dict[str, str]:
    """What the browser would send of the page as it is shown."""
    form = next(one for one in html.fromstring(page).forms if "versie" in one.fields)
    return {name: as_sent(value) for name, value in form.form_values()}


def as_sent(value: str) -> str:
    """As a browser does: what begins with an empty line loses that one, and lines end in its own way."""
    return value.replace("\r\n", "\n").removeprefix("\n").replace("\n", "\r\n")


@pytest.fixture
def number(member: Client) -> str:
    """A case of the municipality."""
    return walking.start(member)


def opened(client: Client, number: str, place: Place) -> str:
    """The address of the page, while it is to be filled in."""
    kind, state = STATES[place.form]
    Case.objects.filter(number=number).update(kind=kind, state=state, change_of=place.change or "")
    address = f"/organisatie/dossiers/{number}/formulier/{place.form}/{place.page.key}/"
    return f"{address}lijst/0/" if place.page.is_list else address


def save(client: Client, address: str, fields: dict[str, str], version: int) -> None:
    answer: Any = client.post(address, {**fields, "versie": str(version)})
    assert answer.status_code in {302, 303}, answer.content.decode()[:2000]


@pytest.mark.parametrize("place", list(places()), ids=str)
def test_every_field_comes_back_as_it_was_saved(member: Client, number: str, place: Place) -> None:
    comes_back(member, number, place, sent(place.page, "ja", place.change))


def test_a_no_comes_back_as_it_was_saved(member: Client, number: str) -> None:
    place = Place(FormKey.APPLICATION, FORMS[FormKey.APPLICATION].page(PageKey.CHOICES))
    comes_back(member, number, place, sent(place.page, "nee", None))


def comes_back(member: Client, number: str, place: Place, fields: dict[str, str]) -> None:
    address = opened(member, number, place)
    save(member, address, fields, 0)
    before = FormAnswers.objects.get(form=place.form, page=place.page.key)
    assert before.answers
    if place.page.is_list:
        address = address.replace("/lijst/0/", f"/lijst/{before.answers[0]['row']}/")

    shown = stands_in(member.get(address).content)
    assert {key: shown.get(key) for key in fields} == fields

    save(member, address, {key: value for key, value in shown.items() if key != "versie"}, before.version)
    after = FormAnswers.objects.get(form=place.form, page=place.page.key)
    assert (after.answers, after.version) == (before.answers, before.version)


def test_every_field_of_every_form_is_tried() -> None:
    tried = {
        (place.form, field.key)
        for place in places()
        for field in place.page.fields
        if any(name.startswith(field.key) for name in sent(place.page, "ja", place.change))
    }
    assert tried == {(form.key, field.key) for form in every_form() for _page, field in form.fields()}


def every_form() -> Iterator[Form]:
    return iter(FORMS.values())


DATED = [
    Place(FormKey.PRODUCTION, FORMS[FormKey.PRODUCTION].page(PageKey.SECURITY)),
    Place(FormKey.PRODUCTION, FORMS[FormKey.PRODUCTION].page(PageKey.GOING_LIVE)),
    Place(FormKey.CHANGE, FORMS[FormKey.CHANGE].page(PageKey.CHANGE), ChangeOf.STOP_SERVICE),
]


@pytest.mark.parametrize("parts", [IMPOSSIBLE_DAY, HALF_A_DAY], ids=["impossible", "half"])
@pytest.mark.parametrize("place", DATED, ids=str)
def test_a_day_that_is_none_comes_back_as_it_was_typed(
    member: Client, number: str, place: Place, parts: dict[str, str]
) -> None:
    address = opened(member, number, place)
    [key] = [field.key for field in place.page.fields if field.kind is FieldKind.DAY]
    fields = {**sent(place.page, "ja", place.change), **day_in(key, parts)}
    save(member, address, fields, 0)
    page = member.get(address)
    shown = stands_in(page.content)
    assert {name: shown.get(name, "") for name in fields} == fields
    assert page.context["form"].errors[key]
    assert "Nog niet af" in member.get(f"/organisatie/dossiers/{number}/").content.decode()


def test_what_a_colleague_saved_stands_beside_it_in_words(member: Client, number: str) -> None:
    place = DATED[1]
    address = opened(member, number, place)
    save(member, address, sent(place.page, "ja", None), 0)
    mine = {**sent(place.page, "ja", None), "live_on_day": "5"}
    page = member.post(address, {**mine, "versie": "0"})
    assert page.status_code == 409
    assert "4 januari 2027" in page.content.decode()
    assert "5 januari 2027" in page.content.decode()
