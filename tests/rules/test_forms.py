"""The forms of connecting as data (CN-24): sound in themselves, and no question twice (CN-16)."""

import pytest

from volmacht.rules.onboarding.changes import NEEDS, ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Chapter, Field, FieldKind, Form, FormKey, PageKey

ALL = [(form, page, field) for form in FORMS.values() for page, field in form.fields()]
NAMES = [f"{form.key}-{page.key}-{field.key}" for form, page, field in ALL]
FIELDS = [field for _form, _page, field in ALL]


def test_every_form_is_there_and_every_chapter_is_that_of_a_field_or_of_testing() -> None:
    assert set(FORMS) == set(FormKey)
    assert {field.chapter for field in FIELDS} | {
        Chapter.TESTING,
        Chapter.CERTIFICATES,
        Chapter.CONDITIONS,
    } == set(Chapter)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key.value)
def test_a_page_asks_nothing_twice(form: Form) -> None:
    for page in form.pages:
        assert len({field.key for field in page.fields}) == len(page.fields)


@pytest.mark.parametrize("field", FIELDS, ids=NAMES)
def test_a_field_has_what_its_kind_needs(field: Field) -> None:
    assert bool(field.options) is (field.kind is FieldKind.CHOICE)
    assert (field.highest > field.lowest) is (field.kind is FieldKind.NUMBER)


@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: form.key.value)
def test_what_asks_a_field_is_an_option_on_the_same_page(form: Form) -> None:
    for page, field in form.fields():
        if field.asked_when:
            asking = next(other for other in page.fields if other.key == field.asked_when[0])
            assert set(field.asked_when[1:]) <= set(asking.options)


def test_a_field_is_asked_only_with_the_answer_that_asks_it() -> None:
    level = next(field for field in FIELDS if field.key == "new_level")
    always = next(field for field in FIELDS if field.key == "change_of")
    assert level.is_asked({"change_of": "level"})
    assert not level.is_asked({"change_of": "term"})
    assert not level.is_asked({})
    assert always.is_asked({})


def test_a_page_is_found_by_its_key_and_only_services_are_a_list() -> None:
    form = FORMS[FormKey.PREPRODUCTION]
    assert form.page(PageKey.SERVICES).is_list
    assert not form.page(PageKey.CONNECTION).is_list
    with pytest.raises(KeyError):
        form.page(PageKey.CHANGE)


def test_every_kind_of_change_says_what_it_needs() -> None:
    assert set(NEEDS) == set(ChangeOf)
