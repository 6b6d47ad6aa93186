"""The documents about connecting: pinned, in two languages, and never different from what the system does (CN-24)."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.portals.test_plain_language import problems
from tools.generated_documents import GENERATED
from volmacht import clock
from volmacht.checks import CHECKS
from volmacht.onboarding import documents
from volmacht.onboarding.documents import (
    LANGUAGES,
    ChangedText,
    DocumentKey,
    UnknownVersion,
    current,
    numbers,
    text_file,
    version,
)
from volmacht.onboarding.documents.reading import UnreadableText, read
from volmacht.onboarding.documents.structure import (
    Heading,
    Items,
    Quotation,
    Span,
    Table,
    chapter,
    lines,
    plain,
)
from volmacht.onboarding.documents.writing import newest_texts, pinned, publish
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Chapter, FormKey

FORM_OF = {
    DocumentKey.APPLICATION_FORM: FormKey.APPLICATION,
    DocumentKey.PREPRODUCTION_FORM: FormKey.PREPRODUCTION,
    DocumentKey.PRODUCTION_FORM: FormKey.PRODUCTION,
    DocumentKey.NEW_SERVICE_FORM: FormKey.NEW_SERVICE,
    DocumentKey.CHANGE_FORM: FormKey.CHANGE,
}
EVERY_VERSION = [
    (key, number, language) for key in DocumentKey for number in numbers(key) for language in LANGUAGES
]


def anchors(key: DocumentKey, number: int, language: str) -> list[str]:
    """The chapters of a version, by their anchors."""
    return [block.anchor for block in version(key, number, language).text if isinstance(block, Heading)]


@pytest.fixture
def _own_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A folder of texts of this test alone."""
    from volmacht.onboarding.documents import writing

    for module in (documents, writing):
        monkeypatch.setattr(module, "TEXTS", tmp_path)
        monkeypatch.setattr(module, "PUBLISHED", tmp_path / "published.toml")
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    """What was read is read again."""
    documents._published.cache_clear()
    version.cache_clear()


@pytest.mark.parametrize(("key", "number", "language"), EVERY_VERSION)
def test_a_published_text_is_exactly_what_was_pinned(key: DocumentKey, number: int, language: str) -> None:
    content = text_file(key, number, language).read_bytes()
    assert hashlib.sha256(content).hexdigest() == pinned()[key][str(number)][language]
    found = version(key, number, language)
    assert (found.source, found.sha256) == (content, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize("key", DocumentKey)
def test_every_document_has_a_version_in_both_languages_with_the_same_chapters(key: DocumentKey) -> None:
    assert numbers(key)[0] == 1
    for number in numbers(key):
        dutch, english = (anchors(key, number, language) for language in LANGUAGES)
        assert dutch == english
        assert len(set(dutch)) == len(dutch)
        assert version(key, number, "nl").title != version(key, number, "en").title


def test_no_text_lies_about_that_was_not_published() -> None:
    published = {text_file(key, number, language) for key, number, language in EVERY_VERSION}
    assert set(documents.TEXTS.rglob("*.md")) == published


@pytest.mark.parametrize("key", DocumentKey)
def test_dutch_documents_are_plain(key: DocumentKey) -> None:
    wrong = [
        (found, plain(line)) for line in lines(current(key, "nl").text) if (found := problems(plain(line)))
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", GENERATED)
def test_forms_and_checklist_say_what_the_system_does(key: DocumentKey, language: str) -> None:
    up_to_date = newest_texts(key)[language] == GENERATED[key](language)
    assert up_to_date, "run `make documents`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_a_chapter_for_each_subject_with_advice_and_consequence(language: str) -> None:
    guide = current(DocumentKey.GUIDE, language).text
    assert [block.anchor for block in guide if isinstance(block, Heading)] == list(Chapter)
    said = {"nl": ("Ons advies:", "Het gevolg:"), "en": ("Our advice:", "What follows:")}[language]
    for each in Chapter:
        begins = [line[0].text for line in lines(chapter(guide, each))]
        assert [words for words in said if words not in begins] == [], each


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FORM_OF)
def test_every_field_of_a_form_leads_to_its_chapter_of_the_guide(key: DocumentKey, language: str) -> None:
    text = current(key, language).text
    prefix = "" if language == "nl" else "/en"
    for page, field in FORMS[FORM_OF[key]].fields():
        under = chapter(text, f"{page.key}-{field.key}")
        links = [span.address for line in lines(under) for span in line if span.address]
        assert links == [f"{prefix}/aansluiten/documentatie/handleiding/#{field.chapter}"]


def test_the_checklist_lists_every_check_once() -> None:
    for language in LANGUAGES:
        text = current(DocumentKey.CHECKLIST, language).text
        headings = [plain(block.line) for block in text if isinstance(block, Heading) and block.level == 3]
        assert headings == [f"{each.id}: {each.title(language)}" for each in CHECKS]


@pytest.mark.parametrize("key", [DocumentKey.CONDITIONS_PREPRODUCTION, DocumentKey.CONDITIONS_PRODUCTION])
def test_both_conditions_forbid_passing_a_mandate_on(key: DocumentKey) -> None:
    assert chapter(current(key, "nl").text, "no-propagation")
    for subject in ("responsibility", "security", "incidents", "privacy", "liability", "ending"):
        assert chapter(current(key, "en").text, subject)


@pytest.mark.usefixtures("_own_texts")
def test_a_version_counts_from_its_day_on() -> None:
    texts = {"nl": "# Gids\n", "en": "# Guide\n"}
    today = clock.today()
    publish(DocumentKey.GUIDE, 1, texts, date(2020, 1, 1))
    publish(
        DocumentKey.GUIDE, 2, {"nl": "# Nieuwe gids\n", "en": "# New guide\n"}, date(today.year + 1, 1, 1)
    )
    forget()

    assert current(DocumentKey.GUIDE, "nl").version == 1
    assert version(DocumentKey.GUIDE, 2, "en").title == "New guide"
    assert version(DocumentKey.GUIDE, 1, "nl").in_force_from == date(2020, 1, 1)


@pytest.mark.usefixtures("_own_texts")
def test_before_the_first_came_into_force_it_is_what_there_is() -> None:
    publish(DocumentKey.GUIDE, 1, {"nl": "# Gids\n", "en": "# Guide\n"}, date(2090, 1, 1))
    forget()

    assert current(DocumentKey.GUIDE, "nl").version == 1


@pytest.mark.usefixtures("_own_texts")
def test_a_published_text_that_was_changed_is_refused() -> None:
    publish(DocumentKey.GUIDE, 1, {"nl": "# Gids\n", "en": "# Guide\n"}, date(2020, 1, 1))
    text_file(DocumentKey.GUIDE, 1, "nl").write_text("# Gids\n\nIets anders.\n")
    forget()

    with pytest.raises(ChangedText):
        version(DocumentKey.GUIDE, 1, "nl")
    assert version(DocumentKey.GUIDE, 1, "en").title == "Guide"


@pytest.mark.parametrize(("number", "language"), [(99, "nl"), (1, "fr"), (0, "en")])
def test_what_was_never_published_is_unknown(number: int, language: str) -> None:
    with pytest.raises(UnknownVersion):
        version(DocumentKey.GUIDE, number, language)


def test_a_text_is_read_as_it_was_meant() -> None:
    title, text = read(
        "# Titel\n\n## Kop {#kop}\n\nEen **vet** woord en [een link](/hulp/) en `code`.\n\n- een\n- twee\n\n> raad\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |\n"
    )
    heading, paragraph, items, quotation, table = text
    assert title == "Titel"
    assert isinstance(heading, Heading)
    assert (heading.anchor, plain(heading.line)) == ("kop", "Kop")
    assert next(iter(lines((paragraph,)))) == (
        Span("Een "),
        Span("vet", strong=True),
        Span(" woord en "),
        Span("een link", address="/hulp/"),
        Span(" en "),
        Span("code", code=True),
        Span("."),
    )
    assert isinstance(items, Items)
    assert len(items.entries) == 2
    assert isinstance(quotation, Quotation)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[0]] == ["1", "2"]


@pytest.mark.parametrize(
    "text",
    [
        "Geen titel.",
        "## Te laag",
        "# Titel\n\n# Nog een titel",
        "# Titel\n\n![een plaatje](/x.png)",
        "# Titel\n\n[elders](http://example.org/)",
        "# Titel\n\n---\n",
    ],
)
def test_what_documents_do_not_have_is_refused(text: str) -> None:
    with pytest.raises(UnreadableText):
        read(text)


def test_a_script_is_no_link() -> None:
    _, blocks = read("# Titel\n\n[gevaar](javascript:alert)")
    assert [span.address for line in lines(blocks) for span in line] == [""]


def test_html_in_a_text_is_text() -> None:
    _, blocks = read("# Titel\n\n<script>alert(1)</script> en <b>vet</b>\n")
    assert [plain(line) for line in lines(blocks)] == ["<script>alert(1)</script> en <b>vet</b>"]
