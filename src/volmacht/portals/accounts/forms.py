"""The fields that several of these pages ask for. Names of fields with a secret are never kept: see `parked_work`."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.email_address import EmailForm
from volmacht.rules.accounts import LONGEST_NAME

LONGEST_TYPED = 1000  # what is too long for a password is told in words of its own
LANGUAGES = (("nl", _("Nederlands")), ("en", _("Engels")))


def password_field(label: Any, *, new: bool, help_text: Any = "") -> forms.CharField:
    """A password: chosen now, or the present one."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TYPED,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password" if new else "current-password"}),
        error_messages={"required": _("Vul een wachtwoord in.")},
    )


NEW_PASSWORD_HELP = _("Ten minste 12 tekens. Een paar woorden achter elkaar mag ook.")


class LogInForm(EmailForm):
    """E-mail address and password."""

    wachtwoord = password_field(_("Wachtwoord"), new=False)

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        super().__init__(data)
        self.fields["email"].widget.attrs["autocomplete"] = "username webauthn"


class CodeForm(forms.Form):
    """The code of an app, or a recovery code."""

    use_required_attribute = False
    inlogcode = forms.CharField(
        label=_("Code"),
        help_text=_("De 6 cijfers die uw app nu toont, of één van uw herstelcodes."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "one-time-code", "spellcheck": "false"}),
        error_messages={"required": _("Vul een code in.")},
    )


class AppCodeForm(CodeForm):
    """The first code of an app that is being set up: whoever does that has no recovery code that could stand for it."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["inlogcode"].help_text = _("De 6 cijfers die uw app nu toont.")


class NameForm(forms.Form):
    """How somebody is called, and in which language they read."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Uw naam"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={
            "required": _("Vul uw naam in."),
            "max_length": _("Een naam heeft hoogstens 200 tekens."),
        },
    )
    language = forms.ChoiceField(
        label=_("In welke taal schrijven wij u?"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies een taal."),
            "invalid_choice": _("Kies een taal."),
        },
    )


class SetUpForm(NameForm):
    """Name, language and a password, for a new account."""

    wachtwoord = password_field(_("Kies een wachtwoord"), new=True, help_text=NEW_PASSWORD_HELP)


class PasswordForm(forms.Form):
    """A new password, by a link."""

    use_required_attribute = False
    wachtwoord = password_field(_("Kies een nieuw wachtwoord"), new=True, help_text=NEW_PASSWORD_HELP)


class ChangePasswordForm(forms.Form):
    """A new password, by who knows the present one."""

    use_required_attribute = False
    wachtwoord_nu = password_field(_("Uw wachtwoord van nu"), new=False)
    wachtwoord = password_field(_("Kies een nieuw wachtwoord"), new=True, help_text=NEW_PASSWORD_HELP)
