"""The form for a message to the desk (CN-23). Names of fields are Dutch, as in every form for people."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from volmacht.portals.public.desk_messages import SUBJECTS, Message, Subject
from volmacht.rules.identifiers import Bsn, InvalidIdentifier

NO_EMAIL = gettext_lazy("Vul een heel e-mailadres in, bijvoorbeeld naam@organisatie.nl.")
LONGEST_NAME, LONGEST_EMAIL, LONGEST_TEXT = 200, 254, 3000
_NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")


class MessageForm(forms.Form):
    """Who asks, and what; `message` after `is_valid()`."""

    naam = forms.CharField(
        label=gettext_lazy("Uw naam"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": gettext_lazy("Vul uw naam in.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("Uw e-mailadres"),
        help_text=gettext_lazy("Hier krijgt u ons antwoord."),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput({"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": NO_EMAIL, "invalid": NO_EMAIL},
    )
    organisatie = forms.CharField(
        label=gettext_lazy("Naam van uw organisatie"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    onderwerp = forms.ChoiceField(
        label=gettext_lazy("Onderwerp"),
        choices=[(subject.value, words) for subject, words in SUBJECTS.items()],
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Kies een onderwerp.")),
    )
    bericht = forms.CharField(
        label=gettext_lazy("Uw bericht"),
        help_text=gettext_lazy("Zet geen burgerservicenummer (BSN) en geen code in uw bericht."),
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Vul uw bericht in.")},
    )

    def clean_bericht(self) -> str:
        """What has no place at the desk is refused before it is kept."""
        text: str = self.cleaned_data["bericht"]
        if len(text) > LONGEST_TEXT:
            words = gettext("Dit bericht is te lang. Gebruik ten hoogste %(longest)s tekens.")
            raise forms.ValidationError(words % {"longest": LONGEST_TEXT})
        if any(_is_bsn(found) for found in _NINE_DIGITS.findall(text)):
            raise forms.ValidationError(
                gettext("Dit lijkt op een burgerservicenummer. Haal het weg uit uw bericht.")
            )
        return text

    @property
    def message(self) -> Message:
        """The message of a form that is valid."""
        given: dict[str, Any] = self.cleaned_data
        return Message(
            name=given["naam"],
            email=given["email"],
            organisation=given["organisatie"],
            subject=Subject(given["onderwerp"]),
            text=given["bericht"],
        )


def _is_bsn(text: str) -> bool:
    try:
        Bsn.parse(re.sub(r"\D", "", text))
    except InvalidIdentifier:
        return False
    return True
