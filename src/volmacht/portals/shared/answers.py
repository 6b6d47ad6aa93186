"""The questions of step 1 as a form, answered in the address of a page, so that a result can be kept and shared.

Names and values are the same in both languages, so that an address means the same everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from volmacht import clock
from volmacht.portals.shared.dates import written_date
from volmacht.portals.shared.forms import DutchDateField
from volmacht.rules.onboarding import LONGEST_MONTHS, MOST_SERVICES, Choices, CodeMoment, Lead
from volmacht.rules.workdays import next_workday

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EARLIEST = date(2020, 1, 1)
YEARS_AHEAD = 5
ASK = "maak"
YES, NO = "ja", "nee"
LEADS = {"persoon": Lead.PERSON, "team": Lead.TEAM}
MOMENTS = {
    "vooraf": CodeMoment.BEFORE_LOGIN,
    "tijdens-inloggen": CodeMoment.DURING_LOGIN,
    "na-inloggen": CodeMoment.AFTER_LOGIN,
}
YES_NO = ((YES, gettext_lazy("Ja")), (NO, gettext_lazy("Nee")))
NOT_CHOSEN = gettext_lazy("Kies een antwoord.")
NOT_OFFERED = gettext_lazy("Kies een van de antwoorden die er staan.")


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers, once they are good."""

    choices: Choices
    start: date

    def query(self) -> str:
        """The answers as the end of an address."""
        choices = self.choices
        return urlencode(
            {
                "verantwoordelijk": _name_of(LEADS, choices.lead),
                "diensten": choices.services_per_code,
                "moment": _name_of(MOMENTS, choices.code_moment),
                "maanden": choices.validity_months,
                "berichtenbox": YES if choices.message_box else NO,
                "nabestaanden": YES if choices.survivors else NO,
                "leverancier": YES if choices.supplier else NO,
                "start_day": self.start.day,
                "start_month": self.start.month,
                "start_year": self.start.year,
            }
        )


@dataclass(frozen=True, slots=True)
class SpokenAnswer:
    """An answer in words; `field` is the name of the question in the form."""

    field: str
    question: str
    answer: str


def _name_of(names: Mapping[str, object], value: object) -> str:
    return next(name for name, meant in names.items() if meant is value)


def _radio(
    label: "_StrPromise", hint: "_StrPromise", choices: "tuple[tuple[str, _StrPromise], ...]"
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": NOT_CHOSEN, "invalid_choice": NOT_OFFERED},
    )


def _number(label: "_StrPromise", hint: "_StrPromise", most: int, wrong: "_StrPromise") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )


class AnswersForm(forms.Form):
    """The questions; `answers` after `is_valid()`."""

    verantwoordelijk = _radio(
        gettext_lazy("Wie wordt verantwoordelijk voor de aansluiting?"),
        gettext_lazy("Een team maakt vooraf afspraken. Dat staat dan als taak in uw plan."),
        (
            ("persoon", gettext_lazy("Eén projectleider")),
            ("team", gettext_lazy("Een team met een projectleider")),
        ),
    )
    diensten = _number(
        gettext_lazy("Hoeveel diensten opent één machtigingscode?"),
        gettext_lazy(
            "Bij meer dan één dienst maakt u een dienstenset. Burgers machtigen dan voor alles tegelijk."
        ),
        MOST_SERVICES,
        gettext_lazy("Vul een heel getal in van 1 tot en met 50."),
    )
    moment = _radio(
        gettext_lazy("Wanneer blijkt voor wie iemand iets doet, en wordt de code ingevuld?"),
        gettext_lazy("Kies het moment dat het best past bij de aanvraag van uw dienst."),
        (
            ("vooraf", gettext_lazy("Vooraf, op de site van Volmacht")),
            ("tijdens-inloggen", gettext_lazy("Tijdens het inloggen bij uw dienst")),
            ("na-inloggen", gettext_lazy("Na het inloggen, in het formulier van uw dienst")),
        ),
    )
    maanden = _number(
        gettext_lazy("Hoeveel maanden mag een machtiging ten hoogste gelden?"),
        gettext_lazy(
            "Kies 1 tot en met 60. Veel diensten kiezen 12 maanden. De burger mag een kortere tijd kiezen."
        ),
        LONGEST_MONTHS,
        gettext_lazy("Vul een heel getal in van 1 tot en met 60."),
    )
    berichtenbox = _radio(
        gettext_lazy("Gebruikt uw organisatie de Berichtenbox van MijnOverheid?"),
        gettext_lazy(
            "Dan kan de gemachtigde ook uw post lezen. De burger ziet dat voordat hij of zij machtigt."
        ),
        YES_NO,
    )
    nabestaanden = _radio(
        gettext_lazy("Wilt u nabestaanden machtigen?"),
        gettext_lazy("Nabestaanden regelen dan bij u de zaken van iemand die is overleden."),
        YES_NO,
    )
    leverancier = _radio(
        gettext_lazy("Sluit u aan met een IT-leverancier?"),
        gettext_lazy("De leverancier doet dan het meeste werk."),
        YES_NO,
    )
    start = DutchDateField(
        label=gettext_lazy("Wanneer wilt u beginnen?"), help_text=gettext_lazy("Bijvoorbeeld 2 3 2027.")
    )

    def __init__(self, *args: object, new: bool = False, **named: object) -> None:
        """`new`: these answers ask for a plan now; others are the address of one that was made before."""
        super().__init__(*args, **named)  # type: ignore[arg-type] # whatever a form takes
        self._new = new

    def clean_start(self) -> date:
        """A plan can be looked up again years later; far outside that it is a typing error. A new one is to come."""
        start: date = self.cleaned_data["start"]
        if self._new and start < clock.today():
            raise forms.ValidationError(
                gettext_lazy("Deze dag is geweest. Vul een datum in vanaf %(today)s.")
                % {"today": written_date(clock.today())}
            )
        latest = date(clock.today().year + YEARS_AHEAD, 12, 31)
        if not EARLIEST <= start <= latest:
            raise forms.ValidationError(
                gettext_lazy("Vul een datum in van %(first)s tot en met %(last)s.")
                % {"first": written_date(EARLIEST), "last": written_date(latest)}
            )
        return start

    @property
    def answers(self) -> Answers:
        """The answers of a form that is valid."""
        given = self.cleaned_data
        return Answers(
            Choices(
                lead=LEADS[given["verantwoordelijk"]],
                services_per_code=given["diensten"],
                code_moment=MOMENTS[given["moment"]],
                validity_months=given["maanden"],
                message_box=given["berichtenbox"] == YES,
                survivors=given["nabestaanden"] == YES,
                supplier=given["leverancier"] == YES,
            ),
            given["start"],
        )

    def spoken(self) -> list[SpokenAnswer]:
        """Each question with the answer that was given, in words; for a form that is valid."""
        return [
            SpokenAnswer(name, str(field.label), self._in_words(name)) for name, field in self.fields.items()
        ]

    def _in_words(self, name: str) -> str:
        field, given = self.fields[name], self.cleaned_data[name]
        if isinstance(field, forms.ChoiceField):
            return str(dict(cast("list[tuple[str, str]]", field.choices))[given])
        return written_date(given) if isinstance(given, date) else str(given)


def empty_form() -> AnswersForm:
    """The questions as a newcomer sees them: only what nearly everybody chooses is filled in."""
    return AnswersForm(initial={"diensten": 1, "maanden": 12, "start": next_workday(clock.today())})


def form_with(query: QueryDict) -> AnswersForm:
    """The questions with the answers of an address; with those of the page of questions, for a plan from now on."""
    return AnswersForm(query, new=asks_anew(query))


def asks_anew(query: QueryDict) -> bool:
    """Whether somebody pressed the button under the questions; the address of a plan does not have it (ADR 0022)."""
    return ASK in query
