"""Every form, page, field, option, change and problem of connecting has words in both languages (CN-24)."""

import pytest
from django.utils.translation import override

from volmacht.portals.shared.form_words import (
    CHANGES,
    FIELDS,
    FORMS,
    PAGES,
    PROBLEMS,
    chapter_address,
    chapter_title,
    field_words,
    problem_in_words,
)
from volmacht.rules.onboarding.answers import Problem
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS as FIELDS_OF
from volmacht.rules.onboarding.forms import Chapter, Field, FormKey, Page, PageKey

EVERY_FIELD = {
    (page.key, field.key): (page, field) for form in FIELDS_OF.values() for page, field in form.fields()
}


@pytest.fixture(autouse=True)
def _example_site() -> None:
    """The real site: the addresses of chapters are there."""


def in_both(words: object) -> tuple[str, str]:
    """The words in Dutch and in English."""
    with override("nl"):
        dutch = str(words)
    with override("en"):
        return dutch, str(words)


@pytest.mark.parametrize(("page", "field"), EVERY_FIELD.values(), ids=lambda each: each.key)
def test_every_field_has_a_label_and_each_of_its_options_in_both_languages(page: Page, field: Field) -> None:
    words = field_words(page.key, field.key)
    for each in (words.label, *(words.options[option] for option in field.options)):
        dutch, english = in_both(each)
        assert dutch
        assert english
        assert dutch != english or dutch == "Entity-id"
    assert set(words.options) == set(field.options)


def test_no_words_are_left_of_a_field_that_is_gone() -> None:
    assert FIELDS.keys() == EVERY_FIELD.keys()


def test_every_form_page_and_change_is_worded() -> None:
    for table, vocabulary in ((FORMS, FormKey), (PAGES, PageKey), (CHANGES, ChangeOf)):
        assert table.keys() == set(vocabulary)
        for words in table.values():
            for text in (words.name, words.about):
                dutch, english = in_both(text)
                assert dutch != english


def test_every_problem_says_what_would_be_right() -> None:
    assert PROBLEMS.keys() == set(Problem)
    for _page, field in EVERY_FIELD.values():
        for problem in Problem:
            for language in ("nl", "en"):
                with override(language):
                    assert "%" not in problem_in_words(problem, field)


@pytest.mark.parametrize("chapter", Chapter)
def test_every_chapter_has_its_title_and_address_in_the_guide(chapter: Chapter) -> None:
    with override("nl"):
        dutch = chapter_title(chapter)
        assert chapter_address(chapter) == f"/aansluiten/documentatie/handleiding/#{chapter}"
    with override("en"):
        assert chapter_address(chapter) == f"/en/aansluiten/documentatie/handleiding/#{chapter}"
        assert chapter_title(chapter) != dutch or chapter is Chapter.METADATA
