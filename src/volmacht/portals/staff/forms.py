"""Fields that several tasks of the desk ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.parts import Text

LONGEST = 4000
TOO_LONG = _("Dit is te lang. Gebruik ten hoogste 4000 tekens.")


def text_field(
    label: Text, *, hint: Text = "", missing: Text = "", rows: int = 6, longest: int = LONGEST
) -> forms.CharField:
    """Several lines; required when there are words for what is missing."""
    errors: dict[str, Any] = {"required": missing, "max_length": TOO_LONG}
    return forms.CharField(
        label=label,  # type: ignore[arg-type] # a lazy text
        help_text=hint,  # type: ignore[arg-type] # the same
        required=bool(missing),
        max_length=longest,
        widget=forms.Textarea({"rows": rows}),
        error_messages=errors,
    )


class ReasonForm(forms.Form):
    """A reason, that is asked."""

    use_required_attribute = False
    tekst = text_field(_("Waarom?"), missing=_("Schrijf op waarom."))


class NoteForm(forms.Form):
    """Something that may be said with it."""

    use_required_attribute = False
    tekst = text_field(_("Toelichting"))


class EarlyForm(forms.Form):
    """That earlier than was asked is meant."""

    use_required_attribute = False
    eerder = forms.BooleanField(
        label=_("Activeer vandaag al. Dit is afgesproken met de organisatie."),
        error_messages={
            "required": _("Kies dit alleen als het is afgesproken. Wacht anders tot de gevraagde dag.")
        },
    )


class MessageForm(forms.Form):
    """A message."""

    use_required_attribute = False
    tekst = text_field(_("Uw bericht"), missing=_("Schrijf een bericht."), rows=8)
