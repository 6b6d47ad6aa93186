"""What is asked of an organisation that signs up, and which field an objection is about."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.rules.accounts import AccountObjection
from volmacht.rules.identifiers import InvalidIdentifier, KvkNumber, Oin

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LONGEST_TEXT = 2000
NEEDED_OF_PROVIDERS: "dict[str, StrPromise]" = {
    "alb_name": _("Vul de naam uit de ALB-lijst in."),
    "public_task": _("Vul de publieke taak in."),
    "legal_basis": _("Vul de wet in."),
}


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
        _(
            "Nodig voor een organisatie met een publieke taak: precies zoals in de lijst van wie het BSN mag gebruiken."
            " Een leverancier laat dit leeg."
        ),
        400,
        "",
        required=False,
    )
    public_task = forms.CharField(
        label=_("Publieke taak"),
        help_text=_(
            "Nodig voor een organisatie met een publieke taak: welke taak dat is. "
            "Een leverancier laat dit leeg."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"max_length": _("Dit is te lang.")},
    )
    legal_basis = forms.CharField(
        label=_("Wet"),
        help_text=_(
            "Nodig bij een publieke taak: in welke wet en welk artikel die staat. "
            "Een leverancier laat dit leeg."
        ),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"max_length": _("Dit is te lang.")},
    )
    tekent = forms.BooleanField(
        label=_("Ik mag voor deze organisatie tekenen"),
        error_messages={"required": _("Alleen wie mag tekenen, meldt een organisatie aan.")},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in NEEDED_OF_PROVIDERS:
            self.fields[name].asked_sometimes = True  # type: ignore[attr-defined]  # read by the template of fields

    def clean_oin(self) -> str:
        """Twenty digits; whether it is somebody's number is looked up later."""
        return _with_the_form_of(Oin, self.cleaned_data["oin"], _("Een OIN heeft 20 cijfers."))

    def clean_kvk_number(self) -> str:
        """Eight digits; the same."""
        return _with_the_form_of(
            KvkNumber, self.cleaned_data["kvk_number"], _("Een KvK-nummer heeft 8 cijfers.")
        )

    def clean(self) -> dict[str, Any]:
        """What only an organisation with a public task must say: told with everything else that is wrong."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("soort") == "aanbieder":
            for name, missing in NEEDED_OF_PROVIDERS.items():
                if name in said and not said[name].strip():
                    self.add_error(name, missing)
        return said


def _with_the_form_of(kind: type[Oin | KvkNumber], text: str, wrong: "StrPromise") -> str:
    try:
        kind.parse(text)
    except InvalidIdentifier:
        raise forms.ValidationError(wrong) from None
    return text


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
