"""What is proposed about an employee."""

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.account_words import STAFF_ROLES
from volmacht.rules.roles import StaffRole


class EmployeeForm(forms.Form):
    """Name, address and roles; not active any more without the last tick."""

    use_required_attribute = False
    naam = forms.CharField(label=_("Naam"), max_length=200, error_messages={"required": _("Vul de naam in.")})
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        error_messages={
            "required": _("Vul het e-mailadres in."),
            "invalid": _("Vul een heel e-mailadres in, bijvoorbeeld naam@organisatie.nl."),
        },
    )
    rollen = forms.MultipleChoiceField(
        label=_("Rollen"),
        choices=[(role.value, STAFF_ROLES[role]) for role in StaffRole],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    blijft = forms.BooleanField(label=_("Deze medewerker werkt hier"), required=False, initial=True)
