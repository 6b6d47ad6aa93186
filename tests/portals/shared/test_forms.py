"""How a form is rendered and how a date is read."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from volmacht.portals.shared.forms import DutchDateField


class Example(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Naam", help_text="Zoals in uw paspoort.")
    email = forms.EmailField(label="E-mailadres", required=False)
    born = DutchDateField(label="Geboortedatum", help_text="Bijvoorbeeld 23 11 1948.")
    choice = forms.ChoiceField(
        label="Hoe lang", choices=[("a", "Kort"), ("b", "Lang")], widget=forms.RadioSelect
    )
    many = forms.MultipleChoiceField(
        label="Diensten",
        choices=[("x", "Een"), ("y", "Twee")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    pick = forms.ChoiceField(label="Gemeente", choices=[("u", "Utrecht")])
    note = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="Ik ga akkoord")


def attributes(html: str, marker: str) -> str:
    """The tag that holds a text."""
    (tag,) = re.findall(rf"<[^>]*{re.escape(marker)}[^>]*>", html)
    return str(tag)


def test_a_field_is_tied_to_its_label_and_its_help() -> None:
    html = Example()["name"].as_field_group()

    assert '<label class="utrecht-form-label" for="id_name">Naam' in html
    assert 'aria-describedby="id_name_helptext"' in attributes(html, 'id="id_name"')
    assert "utrecht-textbox" in attributes(html, 'id="id_name"')
    assert 'id="id_name_helptext"' in html


def test_a_field_with_an_error_is_tied_to_the_error() -> None:
    html = Example({})["name"].as_field_group()
    box = attributes(html, 'id="id_name"')

    assert 'aria-describedby="id_name_helptext id_name_error"' in box
    assert 'aria-invalid="true"' in box
    assert 'id="id_name_error"' in html
    assert "utrecht-form-field--invalid" in html


def test_what_must_be_filled_in_is_said_to_assistive_technology_only() -> None:
    box = attributes(Example()["name"].as_field_group(), 'id="id_name"')

    assert 'aria-required="true"' in box
    assert " required" not in box


def test_what_need_not_be_filled_in_says_so_in_sight() -> None:
    assert "(niet verplicht)" in Example()["email"].as_field_group()
    assert "(niet verplicht)" not in Example()["name"].as_field_group()
    with override("en"):
        assert "(optional)" in Example()["email"].as_field_group()


@pytest.mark.parametrize(
    ("name", "legend"), [("born", "Geboortedatum"), ("choice", "Hoe lang"), ("many", "Diensten")]
)
def test_a_group_is_a_fieldset_with_a_legend(name: str, legend: str) -> None:
    html = Example({})[name].as_field_group()

    assert "<fieldset" in html
    assert re.search(rf"<legend[^>]*>{legend}", html)


def test_every_choice_has_its_own_label() -> None:
    html = Example()["choice"].as_field_group()

    assert html.count('type="radio"') == 2
    assert 'for="id_choice_0">Kort</label>' in html
    assert 'for="id_choice_1">Lang</label>' in html
    assert "utrecht-radio-button" in attributes(html, 'id="id_choice_0"')


def test_a_single_tick_box_has_its_label_beside_it() -> None:
    html = Example()["agree"].as_field_group()

    assert "utrecht-form-field--checkbox" in html
    assert html.index('id="id_agree"') < html.index("Ik ga akkoord")


def test_the_summary_of_errors_leads_to_every_field() -> None:
    html = Example({}).render()

    targets = re.findall(r'<a class="utrecht-link" href="#([^"]+)"', html)
    assert targets == ["id_name", "id_born_day", "id_choice_0", "id_pick", "id_agree"]
    for target in targets:
        assert f'id="{target}"' in html
    assert "Er is iets niet goed ingevuld" in html
    assert 'tabindex="-1"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "Er is iets niet goed ingevuld" not in Example().render()


def test_what_was_typed_is_shown_again_and_escaped() -> None:
    html = Example({"name": '"><b>', "born_day": "x"}).render()

    assert 'value="&quot;&gt;&lt;b&gt;"' in html
    assert 'value="x"' in attributes(html, 'id="id_born_day"')


def test_a_hidden_field_gets_no_class_and_no_label() -> None:
    class Hidden(forms.Form):
        step = forms.CharField(widget=forms.HiddenInput)

    assert (
        Hidden({"step": "2"}).render().strip() == '<input type="hidden" name="step" value="2" id="id_step">'
    )


def test_a_date_has_three_named_boxes() -> None:
    html = Example({"born_day": "3", "born_month": "11", "born_year": "1948"})["born"].as_field_group()

    for part, value in (("day", "3"), ("month", "11"), ("year", "1948")):
        box = attributes(html, f'id="id_born_{part}"')
        assert f'name="born_{part}"' in box
        assert f'value="{value}"' in box
        assert 'inputmode="numeric"' in box
        assert f'for="id_born_{part}"' in html


def typed(day: str, month: str, year: str) -> Example:
    """The form with a date only."""
    return Example({"born_day": day, "born_month": month, "born_year": year})


@pytest.mark.parametrize("parts", [("23", "11", "1948"), (" 23 ", "11", "1948"), ("23", "11", " 1948")])
def test_a_date_is_read(parts: tuple[str, str, str]) -> None:
    form = typed(*parts)
    form.full_clean()

    assert form.cleaned_data["born"] == date(1948, 11, 23)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (("", "", ""), "Vul een datum in."),
        (("23", "", ""), "Vul ook de maand en het jaar in."),
        (("", "11", "1948"), "Vul ook de dag in."),
        (("31", "2", "2026"), "31 februari 2026 bestaat niet."),
        (("29", "2", "2025"), "29 februari 2025 bestaat niet."),
        (("0", "2", "2025"), "0 februari 2025 bestaat niet."),
        (("1", "13", "2026"), "De maand is een getal van 1 tot en met 12."),
        (("1", "nov", "2026"), "Gebruik alleen cijfers, bijvoorbeeld 2 1 2031."),
        (("²", "11", "2026"), "Gebruik alleen cijfers, bijvoorbeeld 2 1 2031."),
        (("1", "11", "26"), "Schrijf het jaar met vier cijfers."),
        (("1", "11", "0000"), "1 november 0 bestaat niet."),
        (("001", "11", "2026"), "Schrijf de dag en de maand met hoogstens twee cijfers."),
        (("9" * 5000, "11", "2026"), "Schrijf de dag en de maand met hoogstens twee cijfers."),
    ],
)
def test_a_date_that_cannot_be_read_says_what_is_wrong(
    clock_at: Callable[[datetime], None], parts: tuple[str, str, str], message: str
) -> None:
    clock_at(datetime(2031, 1, 2, 12, tzinfo=UTC))
    assert typed(*parts).errors["born"] == [message]


def test_the_example_of_a_date_is_one_that_the_form_accepts() -> None:
    form = typed("1", "nov", "2026")
    form.fields["born"].example = date(1948, 3, 14)  # type: ignore[attr-defined] # a DutchDateField has one

    assert form.errors["born"] == ["Gebruik alleen cijfers, bijvoorbeeld 14 3 1948."]


def test_the_message_about_a_date_is_english_on_an_english_page() -> None:
    with override("en"):
        assert typed("31", "2", "2026").errors["born"] == ["31 February 2026 does not exist."]


def test_a_date_that_may_be_left_out_is_none() -> None:
    assert DutchDateField(required=False).clean(["", "", ""]) is None


def test_a_date_that_is_known_fills_the_boxes() -> None:
    html = str(Example(initial={"born": date(1948, 11, 3)})["born"])

    assert re.findall(r'value="(\d+)"', html) == ["3", "11", "1948"]


def test_a_question_in_the_summary_of_errors_keeps_its_mark_and_gets_no_colon() -> None:
    class Question(forms.Form):
        who = forms.CharField(label="Wie helpt u?")
        name = forms.CharField(label="Naam")

    form = Question({})
    summary = render_to_string("shared/forms/error_summary.html", {"form": form})
    assert ">Wie helpt u? " in summary
    assert "?:" not in summary
    assert ">Naam: " in summary
