"""A page of a form of connecting as it is filled in: what is typed, what is said of it, and what is kept (CN-14)."""

import json

import pytest
from django.http import QueryDict
from django.utils.translation import override

from volmacht.portals.shared.page_form import PageForm, explained_at, form_for, initial_from, to_answers
from volmacht.rules.onboarding.answers import problems
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import Field, FieldKind, FormKey, Page, PageKey

EVERY_PAGE = {page.key: page for form in FORMS.values() for page in form.pages}
GOOD = {
    FieldKind.LINE: "Gemeente Voorbeeld",
    FieldKind.LINES: "Eerste regel\nTweede regel",
    FieldKind.EMAIL: "balie@gemeente.example",
    FieldKind.PHONE: "070 123 45 67",
    FieldKind.ADDRESS: "https://www.gemeente.example/",
    FieldKind.OIN: "00000001234567890000",
    FieldKind.ENTITY_ID: "urn:nl-eid-gdi:1.0:DV:00000001234567890000:entities:0001",
    FieldKind.FLAG: "nee",
}


@pytest.fixture(autouse=True)
def _example_site() -> None:
    """The real site: the addresses of chapters are there."""


def typed(page: Page, **changed: str) -> QueryDict:
    """What a browser sends of a page that is filled in well."""
    fields = QueryDict(mutable=True)
    for field in page.fields:
        for name, value in sent(field).items():
            fields[name] = value
    fields.update(changed)
    return fields


def sent(field: Field) -> dict[str, str]:
    """What a browser sends of one field."""
    if field.kind is FieldKind.DAY:
        return {f"{field.key}_day": "4", f"{field.key}_month": "1", f"{field.key}_year": "2027"}
    if field.kind is FieldKind.CHOICE:
        return {field.key: field.options[0]}
    if field.kind is FieldKind.NUMBER:
        return {field.key: str(max(field.lowest, 1))}
    return {field.key: GOOD[field.kind]}


def filled(page: Page, **changed: str) -> PageForm:
    """The form of a page with these answers."""
    return form_for(page)(typed(page, **changed))


@pytest.mark.parametrize("page", EVERY_PAGE.values(), ids=lambda page: page.key)
def test_good_answers_are_kept_as_the_rules_want_them(page: Page) -> None:
    form = filled(page)
    assert form.is_valid(), form.errors
    kept = json.loads(json.dumps(to_answers(form.cleaned_data)))
    one = Page(key=page.key, fields=page.fields)
    assert problems(one, kept, lambda *_: True) == ()


@pytest.mark.parametrize("page", EVERY_PAGE.values(), ids=lambda page: page.key)
def test_what_was_kept_is_shown_again(page: Page) -> None:
    form = filled(page)
    assert form.is_valid()
    kept = to_answers(form.cleaned_data)
    again = form_for(page)(initial=initial_from(kept))
    html = str(again)
    for key, value in kept.items():
        if isinstance(value, bool):
            assert f'name="{key}" value="{"ja" if value else "nee"}"' in html
            assert "checked" in html.partition(f'name="{key}" value="{"ja" if value else "nee"}"')[2][:200]
    once_more = form_for(page)(typed(page), initial=initial_from(kept))
    assert once_more.is_valid()
    assert to_answers(once_more.cleaned_data) == kept


def test_an_empty_page_asks_for_what_is_required_and_no_more() -> None:
    page = EVERY_PAGE[PageKey.ORGANISATION]
    form = form_for(page)(QueryDict())
    assert set(form.errors) == {"public_task", "legal_basis", "website"}


@pytest.mark.parametrize(
    ("page", "field", "value", "words"),
    [
        (PageKey.CONTACTS, "technical_email", "geen adres", "heel e-mailadres"),
        (PageKey.CONTACTS, "technical_phone", "bel mij", "heel telefoonnummer"),
        (PageKey.ORGANISATION, "website", "http://onveilig.example", "met https:// begint"),
        (PageKey.ORGANISATION, "supplier_oin", "123", "OIN heeft 20 cijfers"),
        (PageKey.ORGANISATION, "public_task", "x" * 1001, "ten hoogste 1000 tekens"),
        (PageKey.CHOICES, "services_per_code", "veel", "Vul een heel getal in."),
        (PageKey.CHOICES, "services_per_code", "51", "van 1 tot en met 50"),
        (PageKey.CHOICES, "lead", "iedereen", "Kies een van de antwoorden die er staan."),
        (PageKey.CHOICES, "message_box", "", "Kies een antwoord."),
        (PageKey.CHOICES, "message_box", "misschien", "Kies een van de antwoorden die er staan."),
        (PageKey.CONTACTS, "technical_name", "twee\nregels", "op één regel"),
    ],
)
def test_what_is_wrong_is_said_in_words(page: PageKey, field: str, value: str, words: str) -> None:
    with override("nl"):
        form = filled(EVERY_PAGE[page], **{field: value})
        assert set(form.errors) == {field}
        assert words in form.errors[field][0]


def test_a_day_that_does_not_exist_is_told_by_its_name() -> None:
    with override("nl"):
        form = filled(EVERY_PAGE[PageKey.GOING_LIVE], live_on_day="31", live_on_month="2")
        assert form.errors["live_on"] == ["31 februari 2027 bestaat niet."]


def test_errors_are_in_the_language_of_the_page() -> None:
    form_class = form_for(EVERY_PAGE[PageKey.ORGANISATION])
    for language, words in (("nl", "Vul dit in."), ("en", "Fill this in.")):
        with override(language):
            assert form_class(QueryDict()).errors["public_task"] == [words]


def test_an_entity_id_that_does_not_fit_is_refused() -> None:
    page = EVERY_PAGE[PageKey.CONNECTION]
    form = form_for(page, fits=lambda _field, text: text.endswith(":9001"))(typed(page))
    assert set(form.errors) == {"entity_id"}


def test_a_change_asks_only_what_its_kind_needs() -> None:
    page = FORMS[FormKey.CHANGE].page(PageKey.CHANGE)
    name = filled(page, change_of="organisation_name", new_name="")
    assert set(name.errors) == {"new_name"}
    certificate = filled(page, change_of="certificate", new_name="", contact_email="onzin", new_months="veel")
    assert certificate.is_valid(), certificate.errors
    assert {"new_name", "contact_email", "new_months", "new_level"} & set(certificate.cleaned_data) == set()


def test_a_change_of_level_needs_a_service_and_a_day() -> None:
    page = FORMS[FormKey.CHANGE].page(PageKey.CHANGE)
    form = filled(page, change_of="level", service="", from_day_day="", from_day_month="", from_day_year="")
    assert set(form.errors) == {"service", "from_day"}


def test_fields_look_and_behave_as_what_they_ask() -> None:
    html = str(form_for(EVERY_PAGE[PageKey.CONTACTS])())
    assert html.count('type="email"') == 4
    assert html.count('type="tel"') == 4
    assert 'inputmode="numeric"' in str(form_for(EVERY_PAGE[PageKey.CHOICES])())
    assert "<textarea" in str(form_for(EVERY_PAGE[PageKey.ORGANISATION])())
    assert 'id="id_live_on_day"' in str(form_for(EVERY_PAGE[PageKey.GOING_LIVE])())


def test_a_field_leads_to_its_chapter() -> None:
    field = EVERY_PAGE[PageKey.CHOICES].fields[0]
    with override("nl"):
        assert explained_at(field) == (
            "/aansluiten/documentatie/handleiding/#responsible",
            "Wie wordt verantwoordelijk?",
        )
