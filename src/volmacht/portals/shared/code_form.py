"""The form for a code and the BSN of who is to be helped (DM-17, DM-22). A typing error is named, and costs no try."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy, ngettext

from volmacht.rules.codes import ALPHABET, AuthorisationCode, CodeFault, InvalidCode
from volmacht.rules.identifiers import Bsn, IdentifierFault, InvalidIdentifier
from volmacht.rules.refusals import Refusal

SIGNS_BETWEEN = " -.\t\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u202f"
MOST_SIGNS_NAMED = 3


def _signs(text: str) -> str:
    """What was typed, without what stands between groups."""
    return "".join(sign for sign in text if sign not in SIGNS_BETWEEN)


def _code_fault(fault: CodeFault, text: str) -> str:
    """Precisely what is wrong with the form of a code."""
    signs = _signs(text)
    if fault is CodeFault.LENGTH:
        return ngettext(
            "Een code heeft 12 letters en cijfers. U vulde %(number)s teken in.",
            "Een code heeft 12 letters en cijfers. U vulde %(number)s tekens in.",
            len(signs),
        ) % {"number": len(signs)}
    if fault is CodeFault.SYMBOL:
        strange = dict.fromkeys(sign for sign in signs.upper() if sign not in ALPHABET)
        named = ", ".join(list(strange)[:MOST_SIGNS_NAMED])
        return gettext("Dit komt niet voor in een code: %(signs)s. Kijk goed wat er staat.") % {
            "signs": named
        }
    if fault is CodeFault.CHECK_SYMBOL:
        return gettext("Er zit een typfout in de code. Kijk elke letter en elk cijfer na.")
    return gettext("Vul de machtigingscode in.")


def _bsn_fault(fault: IdentifierFault, text: str) -> str:
    """Precisely what is wrong with the form of a BSN."""
    if fault is IdentifierFault.NOT_DIGITS:
        return gettext("Gebruik alleen cijfers.")
    if fault is IdentifierFault.LENGTH:
        count = len(_signs(text))
        return ngettext(
            "Een BSN heeft 9 cijfers. U vulde %(number)s cijfer in.",
            "Een BSN heeft 9 cijfers. U vulde %(number)s cijfers in.",
            count,
        ) % {"number": count}
    if fault is IdentifierFault.CHECK_DIGIT:
        return gettext("Dit nummer kan geen BSN zijn. Kijk elk cijfer na.")
    return gettext("Vul het burgerservicenummer (BSN) in.")


class CodeForm(forms.Form):
    """Code and BSN. Cleaned, they are an AuthorisationCode and a Bsn."""

    use_required_attribute = False
    code = forms.CharField(
        label=gettext_lazy("Machtigingscode"),
        help_text=gettext_lazy(
            "De code van 12 letters en cijfers die u hebt gekregen. Hoofdletters en streepjes hoeven niet."
        ),
        error_messages={"required": gettext_lazy("Vul de machtigingscode in.")},
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-box",
            }
        ),
    )
    bsn = forms.CharField(
        label=gettext_lazy("Burgerservicenummer (BSN) van de persoon voor wie u dit regelt"),
        help_text=gettext_lazy(
            "9 cijfers. Vul het nummer van de ander in, niet uw eigen nummer. "
            "Het staat op het paspoort, de identiteitskaart of het rijbewijs."
        ),
        error_messages={"required": gettext_lazy("Vul het burgerservicenummer (BSN) in.")},
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "bsn-box"}),
    )

    def for_an_employee(self) -> None:
        """An employee has no number of their own to mistake for it."""
        self.fields["bsn"].help_text = gettext(
            "9 cijfers. Het staat op het paspoort, de identiteitskaart of het rijbewijs van die persoon."
        )

    def clean_code(self) -> AuthorisationCode:
        """Raises ValidationError that names the typing error."""
        text: str = self.cleaned_data["code"]
        try:
            return AuthorisationCode.parse(text)
        except InvalidCode as error:
            raise ValidationError(_code_fault(error.fault, text), code=Refusal.CODE_INVALID) from error

    def clean_bsn(self) -> Bsn:
        """Raises ValidationError that names the typing error."""
        text: str = self.cleaned_data["bsn"]
        try:
            return Bsn.parse(text)
        except InvalidIdentifier as error:
            raise ValidationError(_bsn_fault(error.fault, text), code=Refusal.BSN_INVALID) from error
