"""How forms look: NL Design System markup for `{{ field.as_field_group }}` and `{{ form }}`, and a date in three parts.

`FormRenderer` is named by FORM_RENDERER, so every form of Volmacht gets it without a base class. Required
fields are marked with `aria-required` and checked here, not by the browser: its bubbles vanish, and speak
the language of the browser instead of that of the page.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import renderers
from django.forms.boundfield import BoundField
from django.template.backends.django import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy

from volmacht import clock
from volmacht.portals.shared.dates import month_name

OURS = Path(__file__).parent / "templates"
DJANGOS = Path(renderers.__file__).parent / "templates"
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
CLASSES: dict[str, str] = {
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input utrecht-form-field__input",
    "checkboxselectmultiple": "utrecht-checkbox utrecht-checkbox--html-input utrecht-form-field__input",
    "radioselect": "utrecht-radio-button utrecht-radio-button--html-input utrecht-form-field__input",
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
}


class FrameBoundField(BoundField):
    """A field in a form, with the classes of its component."""

    @property
    def label_in_summary(self) -> str:
        """What stands before an error in the summary; a question keeps its own mark."""
        label = str(self.label)
        return label if label.endswith("?") else f"{label}:"

    @property
    def first_input_id(self) -> str:
        """The id that a link in the error summary leads to."""
        if isinstance(self.field.widget, DutchDateWidget):
            return f"{self.auto_id}_day"
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's attributes (ids of help and error among them), with a class and without browser checks."""
        built = super().build_widget_attrs(attrs, widget)
        if self.is_hidden:
            return built
        if built.pop("required", False) and self.widget_type not in {"radioselect", "checkboxselectmultiple"}:
            built["aria-required"] = "true"
        own = self.field.widget.attrs.get("class", "")
        built["class"] = f"{CLASSES.get(self.widget_type, TEXTBOX)} {own}".strip()
        return built


class FormRenderer(renderers.DjangoTemplates):
    """Our templates first, then those of Django and of the apps."""

    form_template_name = "shared/forms/form.html"
    field_template_name = "shared/forms/field.html"
    bound_field_class = FrameBoundField

    @cached_property
    def engine(self) -> DjangoTemplates:
        """The template engine for forms only."""
        return DjangoTemplates(
            {"APP_DIRS": True, "DIRS": [OURS, DJANGOS], "NAME": "volmacht-forms", "OPTIONS": {}}
        )


class DutchDateWidget(forms.MultiWidget):
    """Day, month and year as three boxes; their names and ids end in _day, _month and _year."""

    template_name = "shared/forms/date.html"
    use_fieldset = True
    PARTS = (
        ("day", gettext_lazy("Dag"), 2),
        ("month", gettext_lazy("Maand"), 2),
        ("year", gettext_lazy("Jaar"), 4),
    )

    def __init__(self, *, birth_date: bool = False) -> None:
        """With `birth_date` the browser may fill in the user's own."""
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {}
        for name, _label, size in self.PARTS:
            attrs = {
                "inputmode": "numeric",
                "autocomplete": f"bday-{name}" if birth_date else "off",
                "size": size,
            }
            boxes[name] = forms.TextInput(attrs)
        super().__init__(boxes)

    def decompress(self, value: date | None) -> list[str]:
        """The three boxes for a date."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Django numbers the ids; ours are named."""
        context = super().get_context(name, value, attrs)
        for box, (part, label, size) in zip(context["widget"]["subwidgets"], self.PARTS, strict=True):
            box["label"] = label
            box["attrs"]["id"] = f"{context['widget']['attrs'].get('id', name)}_{part}"
            box["attrs"]["class"] = (
                f"{box['attrs'].get('class', TEXTBOX)} date-parts__box date-parts__box--{size}"
            )
        return context


class DutchDateField(forms.Field):
    """A date typed as day, month and year. Says exactly what is missing or impossible.

    `asked_sometimes`: another answer decides whether it is required, so that it is not called optional.
    """

    widget = DutchDateWidget
    default_error_messages = {"required": gettext_lazy("Vul een datum in.")}
    example: date | None = None  # a day that this form would accept; without one today

    def __init__(self, *, asked_sometimes: bool = False, **options: Any) -> None:
        super().__init__(**options)
        self.asked_sometimes = asked_sometimes

    def to_python(self, value: Any) -> date | None:
        """The date, or None when all boxes are empty. Raises ValidationError."""
        if value is None or isinstance(value, date):
            return value
        parts = [(text or "").strip() for text in value]
        if not any(parts):
            return None
        day, month, year = _whole_numbers(parts, self.example or clock.today())
        if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
            raise ValidationError(gettext("De maand is een getal van 1 tot en met 12."), code="month")
        try:
            return date(year, month, day)
        except ValueError as error:
            text = gettext("%(day)s %(month)s %(year)s bestaat niet.") % {
                "day": day, "month": month_name(month), "year": year,
            }  # fmt: skip
            raise ValidationError(text, code="impossible") from error


def _whole_numbers(parts: list[str], example: date) -> list[int]:
    missing = [gettext("de dag"), gettext("de maand"), gettext("het jaar")]
    missing = [name for name, text in zip(missing, parts, strict=True) if not text]
    if missing:
        names = gettext(" en ").join(missing)
        raise ValidationError(gettext("Vul ook %(parts)s in.") % {"parts": names}, code="incomplete")
    if not all(text.isascii() and text.isdigit() for text in parts):
        text = gettext("Gebruik alleen cijfers, bijvoorbeeld %(day)s %(month)s %(year)s.")
        numbers = {"day": example.day, "month": example.month, "year": example.year}
        raise ValidationError(text % numbers, code="digits")
    if len(parts[2]) != 4:  # noqa: PLR2004 - digits of a year
        raise ValidationError(gettext("Schrijf het jaar met vier cijfers."), code="year")
    if len(parts[0]) > 2 or len(parts[1]) > 2:  # noqa: PLR2004 - digits of a day and a month
        raise ValidationError(
            gettext("Schrijf de dag en de maand met hoogstens twee cijfers."), code="digits"
        )
    return [int(text) for text in parts]
