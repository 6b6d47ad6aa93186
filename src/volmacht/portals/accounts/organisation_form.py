"""What is asked of an organisation that signs up, and which field an objection is about."""

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.rules.accounts import AccountObjection

LONGEST_TEXT = 2000


def _line(
    label: object, help_text: object, most: int, missing: object, *, required: bool = True
) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # a lazy text
        help_text=help_text,  # type: ignore[arg-type]  # the same
        required=required,
        max_length=most,
        error_messages={"required": missing, "max_length": _("Dit is te lang.")},  # type: ignore[dict-item]  # the same
    )


class OrganisationForm(forms.Form):
    """Numbers and names, public task, or that it is a supplier."""

    use_required_attribute = False
    soort = forms.ChoiceField(
        label=_("Wat is uw organisatie?"),
        choices=(
            ("aanbieder", _("Een organisatie met een publieke taak, die diensten aanbiedt")),
            ("leverancier", _("Een leverancier, die voor zulke organisaties werkt")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies wat uw organisatie is.")},
    )
    oin = _line(_("OIN"), _("20 cijfers, uit het OIN-register"), 64, _("Vul het OIN in."))
    kvk_number = _line(_("KvK-nummer"), _("8 cijfers"), 64, _("Vul het KvK-nummer in."))
    alb_name = _line(
        _("Naam in de ALB-lijst"),
        _("Precies zoals in de lijst van wie het BSN mag gebruiken. Een leverancier laat dit leeg."),
        400,
        "",
        required=False,
    )
    public_task = forms.CharField(
        label=_("Publieke taak"),
        help_text=_("Welke taak uw organisatie heeft. Een leverancier laat dit leeg."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Dit is te lang.")},
    )
    legal_basis = forms.CharField(
        label=_("Wet"),
        help_text=_("In welke wet en welk artikel de taak staat. Een leverancier laat dit leeg."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": _("Dit is te lang.")},
    )
    tekent = forms.BooleanField(
        label=_("Ik mag voor deze organisatie tekenen"),
        error_messages={"required": _("Alleen wie mag tekenen, meldt een organisatie aan.")},
    )


FIELD_OF: dict[AccountObjection, str] = {
    AccountObjection.OIN_FORM: "oin",
    AccountObjection.OIN_UNKNOWN: "oin",
    AccountObjection.OIN_WITHDRAWN: "oin",
    AccountObjection.ORGANISATION_EXISTS: "oin",
    AccountObjection.KVK_FORM: "kvk_number",
    AccountObjection.KVK_MISMATCH: "kvk_number",
    AccountObjection.ALB_NAME_UNKNOWN: "alb_name",
    AccountObjection.ALB_OTHER_ORGANISATION: "alb_name",
    AccountObjection.TASK_MISSING: "public_task",
}
