"""A Django form made from a page of a form of connecting; every form of a connecting organisation is made here (CN-14).

What is good is judged by `rules.onboarding.answers` alone: this says it in words, and turns what was typed into
answers as they are kept. `form_for(page)` gives the class, `to_answers(cleaned)` what to keep, `initial_from(answers)`
what to show of an earlier visit. A page that asks the same of several things is one such form for each.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from volmacht.portals.shared.form_words import chapter_address, chapter_title, field_words, problem_in_words
from volmacht.portals.shared.forms import DutchDateField, DutchDateWidget
from volmacht.rules.onboarding.answers import ROW, EntityIdFits, Problem, problems
from volmacht.rules.onboarding.forms import Field, FieldKind, Page, PageKey

YES, NO = "ja", "nee"
_FLAGS: Final = ((YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nee")))
_ROWS: Final = 5
_BETWEEN: Final = "/"  # day, month and year as they were typed; never in an ISO date
_NUMERIC: Final = {"inputmode": "numeric", "autocomplete": "off"}
_AS_TEXT: Final[dict[FieldKind, dict[str, str]]] = {
    FieldKind.LINE: {"autocomplete": "off"},
    FieldKind.EMAIL: {"type": "email", "autocomplete": "off", "spellcheck": "false"},
    FieldKind.PHONE: {"type": "tel", "autocomplete": "off"},
    FieldKind.ADDRESS: {"type": "url", "autocomplete": "url", "spellcheck": "false"},
    FieldKind.OIN: _NUMERIC,
    FieldKind.KVK: _NUMERIC,
    FieldKind.ENTITY_ID: {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"},
    FieldKind.NUMBER: _NUMERIC,
}


# A form is made once and shown in both languages, so its words are looked up when they are shown.
_in_words: Final = lazy(problem_in_words, str)


def _any_entity_id(_field: str, _text: str) -> bool:
    return True


class PageForm(forms.Form):
    """The questions of one page. `page` and `fits` (whether an entity id fits) are given by `form_for`."""

    page: ClassVar[Page]
    fits: ClassVar[EntityIdFits]

    def clean(self) -> dict[str, Any]:
        """Let the rules judge what the fields themselves had nothing to say about."""
        page, answers = type(self).page, to_answers(self.cleaned_data)
        one = Page(key=page.key, fields=page.fields)
        asked = {field.key: field for field in page.fields}
        for found in problems(one, answers, type(self).fits):
            if found.field in asked and found.field not in self.errors:
                self.add_error(found.field, problem_in_words(found.problem, asked[found.field]))
        for field in page.fields:
            if not field.is_asked(answers):
                self.cleaned_data.pop(field.key, None)
        return self.cleaned_data


def form_for(page: Page, fits: EntityIdFits = _any_entity_id) -> type[PageForm]:
    """The form of a page. `fits` says whether an entity id fits the organisation and the environment."""
    fields = {field.key: _field(page.key, field) for field in page.fields}
    named = {"page": page, "fits": staticmethod(fits), "__doc__": f"The questions of {page.key}."}
    return type(f"{page.key.title().replace('_', '')}Form", (PageForm,), {**named, **fields})


def to_answers(cleaned: Mapping[str, Any]) -> dict[str, object]:
    """What was typed, as it is kept: JSON. What was left empty is not there."""
    answers: dict[str, object] = {}
    for key, value in cleaned.items():
        if isinstance(value, date):
            answers[key] = value.isoformat()
        elif value not in (None, ""):
            answers[key] = value
    return answers


def initial_from(answers: Mapping[str, object]) -> dict[str, object]:
    """What to show of answers that were kept, also of one that is not good yet."""
    return {key: value for key, value in answers.items() if key != ROW}


def explained_at(field: Field) -> tuple[str, str]:
    """Address and title of the chapter of the guide that explains a field."""
    return chapter_address(field.chapter), chapter_title(field.chapter)


def _flag(value: str) -> bool:
    return value == YES


class FlagField(forms.TypedChoiceField):
    """Yes or no, as two buttons; True or False when cleaned."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=_FLAGS, coerce=_flag, empty_value=None, widget=forms.RadioSelect, **options)

    def prepare_value(self, value: object) -> object:
        """The button for what was kept."""
        return (YES if value else NO) if isinstance(value, bool) else value


def impossible_day(parts: Sequence[str]) -> str:
    """What was typed in the boxes of a date that is none, as it is kept; empty when nothing was."""
    return _BETWEEN.join(parts) if any(part.strip() for part in parts) else ""


class DayField(DutchDateField):
    """A day, of which the kept answer is its ISO form, or what was typed where that is no day."""

    def prepare_value(self, value: Any) -> Any:
        """The day that was kept, or the boxes as they were typed; anything else as it is."""
        try:
            return date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            parts = value.split(_BETWEEN)
            return parts if len(parts) == len(DutchDateWidget.PARTS) else None


class WholeNumberField(forms.CharField):
    """A whole number; text that is none stays text, for the rules to judge."""

    def to_python(self, value: Any) -> Any:
        """A number where it is one."""
        text = super().to_python(value)
        return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else text  # noqa: PLR2004 - digits


def _field(page: PageKey, field: Field) -> forms.Field:
    words = field_words(page, field.key)
    sometimes = field.asked_when is not None
    missing = _in_words(Problem.MISSING, field)
    options: dict[str, Any] = {
        "label": words.label,
        "help_text": words.hint,
        "required": field.required and not sometimes,
        "error_messages": {
            "required": missing,
            "invalid_choice": _in_words(Problem.NOT_AN_OPTION, field),
        },
    }
    made = _of_kind(field, options, [(value, words.options[value]) for value in field.options])
    made.asked_sometimes = sometimes  # type: ignore[attr-defined] # read by the template of a field
    return made


def _of_kind(field: Field, options: dict[str, Any], choices: list[tuple[str, Any]]) -> forms.Field:
    match field.kind:
        case FieldKind.FLAG:
            return FlagField(**options)
        case FieldKind.CHOICE:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)
        case FieldKind.DAY:
            return DayField(**options)
        case FieldKind.NUMBER:
            return WholeNumberField(widget=forms.TextInput(attrs=_NUMERIC), **options)
        case FieldKind.LINES:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": _ROWS}), **options)
        case kind:
            return forms.CharField(widget=forms.TextInput(attrs=dict(_AS_TEXT[kind])), **options)
