"""Beside which page of a form a document with metadata is asked (CN-2, CN-21)."""

import pytest

from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.with_metadata import page_with_metadata


@pytest.mark.parametrize("form", [FormKey.PREPRODUCTION, FormKey.PRODUCTION])
def test_a_form_of_a_connection_asks_it_beside_the_connection(form: FormKey) -> None:
    assert page_with_metadata(form, None) is PageKey.CONNECTION


@pytest.mark.parametrize("change", ChangeOf)
def test_a_change_asks_it_when_it_is_about_metadata_or_a_certificate(change: ChangeOf) -> None:
    asked = change in {ChangeOf.METADATA, ChangeOf.CERTIFICATE}
    assert page_with_metadata(FormKey.CHANGE, change) is (PageKey.CHANGE if asked else None)


def test_other_forms_ask_none_and_a_page_that_is_named_stands_in_its_form() -> None:
    named = {form: page_with_metadata(form, ChangeOf.METADATA) for form in FormKey}
    assert {form for form, page in named.items() if page} == {
        FormKey.PREPRODUCTION,
        FormKey.PRODUCTION,
        FormKey.CHANGE,
    }
    for form, page in named.items():
        assert page is None or FORMS[form].page(page).key is page
