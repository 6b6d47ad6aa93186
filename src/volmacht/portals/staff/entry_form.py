"""The form that changes a service, a set or a provider: its fields with their limits (DM-60), filled in as it stands.

Its limits say at once, in words, what the catalogue itself would refuse; the catalogue judges again.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.operations import InvalidContent
from volmacht.catalogue.queries import FieldChange, StandingEntry
from volmacht.portals.shared.forms import DutchDateField
from volmacht.portals.shared.parts import Text
from volmacht.portals.staff.catalogue_field_words import FIELDS
from volmacht.portals.staff.catalogue_words import REPRESENTATIVES
from volmacht.rules.kinds import RepresentativeKind
from volmacht.rules.periods import day_of, start_of

SEEN: Final = "gezien"
END: Final = "active_until"
YES: Final = "ja"
NO: Final = "nee"
TOO_LONG = _("Dit is te lang. Gebruik ten hoogste %(limit_value)d tekens.")
WRONG: Mapping[str, Text] = {
    "website": _("Vul een heel webadres in, dat begint met https:// of http://."),
    END: _("Kies een dag na het begin van deze dienst of aanbieder."),
}
WRONG_SIGN = _("Er staat een teken in dat niet kan worden getoond.")


class LinesField(forms.CharField):
    """Several lines, which browsers send with two signs at each end."""

    def to_python(self, value: Any) -> Any:
        """With one."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


def _text(name: str, longest: int, *, hint: Text = "", missing: Text = "", rows: int = 0) -> forms.CharField:
    errors: dict[str, Any] = {"required": missing, "max_length": TOO_LONG}
    return (LinesField if name.startswith("explanation") else forms.CharField)(
        label=FIELDS[name],  # type: ignore[arg-type] # a lazy text
        help_text=hint,  # type: ignore[arg-type] # the same
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea({"rows": rows}) if rows else forms.TextInput(),
        error_messages=errors,
    )


def _number(name: str, lowest: int, highest: int) -> forms.IntegerField:
    words = format_lazy(
        _("Vul een heel getal in van {lowest} tot en met {highest}."), lowest=lowest, highest=highest
    )
    return forms.IntegerField(
        label=FIELDS[name],  # type: ignore[arg-type] # a lazy text
        min_value=lowest,
        max_value=highest,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
    )


def _yes_or_no(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=FIELDS[name],  # type: ignore[arg-type] # a lazy text
        choices=[(YES, _("Ja")), (NO, _("Nee"))],
        coerce=lambda text: text == YES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies ja of nee."), "invalid_choice": _("Kies ja of nee.")},
    )


class EntryForm(forms.Form):
    """What stands now, to be changed; of a provider only what it has. Fields are called as in the catalogue."""

    use_required_attribute = False
    name = _text("name", 255, missing=_("Vul een naam in."))
    name_en = _text("name_en", 255)
    description = _text("description", 300, rows=3)
    description_en = _text("description_en", 300, rows=3)
    explanation = _text("explanation", 2000, rows=6)
    explanation_en = _text("explanation_en", 2000, rows=6)
    permission_question = _text("permission_question", 255, rows=2)
    permission_question_en = _text("permission_question_en", 255, rows=2)
    website = _text("website", 200, hint=_("Begint met https:// of http://."))
    keywords = _text("keywords", 500, hint=_("Andere woorden waarmee mensen dit zoeken."), rows=2)
    representative_kind = forms.TypedChoiceField(
        label=FIELDS["representative_kind"],  # type: ignore[arg-type] # a lazy text
        choices=[(kind.value, words) for kind, words in REPRESENTATIVES.items()],
        coerce=RepresentativeKind,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wie gemachtigde mag zijn."),
            "invalid_choice": _("Kies wie gemachtigde mag zijn."),
        },
    )
    longest_months = _number("longest_months", 1, 60)
    request_days = _number("request_days", 1, 365)
    minimum_age = _number("minimum_age", 0, 120)
    survivors_allowed = _yes_or_no("survivors_allowed")
    counter_allowed = _yes_or_no("counter_allowed")
    active_until = DutchDateField(
        label=FIELDS[END],
        help_text=_("De eerste dag waarop dit niet meer geldt. Niets ingevuld: het stopt niet."),
        required=False,
    )
    gezien = forms.IntegerField(min_value=0, max_value=2**31, widget=forms.HiddenInput)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        entry: StandingEntry,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        stands = {**_as_filled_in(entry.fields), SEEN: entry.version}
        super().__init__(data, initial={**stands, **(initial or {})})
        self.entry = entry
        for name in self.fields.keys() - {*entry.fields, SEEN}:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What the catalogue would refuse, at the field that it is about."""
        end = self.cleaned_data.get(END)
        if end and END in self.changed_data and end < clock.today():
            self.add_error(END, _("Kies vandaag of een latere dag."))
        for name, value in self.content().items():
            try:
                queries.would_change(self.entry, {name: value})
            except InvalidContent as error:
                where = error.field if error.field in self.fields else name
                self.add_error(where, str(WRONG.get(where, WRONG_SIGN)))
        return self.cleaned_data

    def content(self) -> dict[str, object]:
        """What is filled in otherwise than it stands, and well, as the catalogue takes it."""
        changed = [
            name for name in self.entry.fields if name in self.changed_data and name in self.cleaned_data
        ]
        content: dict[str, object] = {name: self.cleaned_data[name] for name in changed}
        if content.get(END):
            content[END] = start_of(self.cleaned_data[END])
        return content

    def seen(self) -> int:
        """The version that was shown to who filled this in."""
        self.is_valid()
        return int(self.cleaned_data.get(SEEN, self.entry.version))

    def changed_meanwhile(self) -> tuple[FieldChange, ...]:
        """What others changed since this form was shown."""
        return queries.changed_since(self.entry, self.seen())

    def not_judged(self) -> "EntryForm":
        """The same to go on with: what was typed, and where nothing else was typed than stood, what stands now."""
        stood = _as_filled_in(
            {**self.entry.fields, **{one.field: one.before for one in self.changed_meanwhile()}}
        )
        typed = {
            name: self[name].data
            for name in self.entry.fields
            if self.fields[name].has_changed(stood[name], self[name].data)
        }
        return EntryForm(entry=self.entry, initial=typed)


def _as_filled_in(fields: Mapping[str, object]) -> dict[str, object]:
    """Fields as they stand, as the form fills them in."""
    filled = {name: _yes(value) if isinstance(value, bool) else value for name, value in fields.items()}
    moment = parse_datetime(str(fields.get(END) or ""))
    return filled | {END: day_of(moment) if moment else None}


def _yes(value: bool) -> str:
    return YES if value else NO
