"""What is asked of who does the same for many clients: what to write or change, and for which of them."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from volmacht.onboarding.queries import Outlook
from volmacht.portals.organisation.client_choice import AnyCases
from volmacht.portals.organisation.starting import ChangeForm
from volmacht.portals.organisation.together_draft import Task, Together
from volmacht.portals.organisation.writing import MessageForm
from volmacht.portals.shared.form_change_words import CHANGES
from volmacht.portals.shared.form_words import field_words
from volmacht.rules.onboarding.changes import FOR_MANY
from volmacht.rules.onboarding.forms import PageKey

LONGEST_REASON: Final = 1000
REASON: Final = field_words(PageKey.CHANGE, "reason")


class ManyChangesForm(ChangeForm):
    """Which change, of those that a supplier can do for many, and why."""

    reason = forms.CharField(
        label=REASON.label,  # type: ignore[arg-type] # a lazy text
        help_text=REASON.hint,  # type: ignore[arg-type] # the same
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": gettext_lazy("Schrijf op waarom dit verandert."),
            "max_length": gettext_lazy("Dit is te lang. Gebruik ten hoogste 1000 tekens."),
        },
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        offered = [(kind.value, CHANGES[kind].name) for kind in FOR_MANY]
        self.fields["change_of"].choices = offered  # type: ignore[attr-defined] # a ChoiceField has them


class ConfirmForm(forms.Form):
    """For which of those that were chosen; all of them, unless a tick is taken away."""

    use_required_attribute = False
    dossier = AnyCases(
        label=gettext_lazy("Hiervoor gebeurt het"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Vink ten minste één dossier aan.")},
    )

    def __init__(self, plan: Together, good: Sequence[Outlook], data: QueryDict | None) -> None:
        super().__init__(data, initial={"dossier": [one.case.number for one in good]})
        self.plan = plan
        box = self.fields["dossier"]
        box.choices = [(one.case.number, one) for one in good]  # type: ignore[attr-defined] # a MultipleChoiceField has them
        box.widget.template_name = "organisation/together_boxes.html"

    def clean_dossier(self) -> list[str]:
        """Those of the plan, and no others."""
        chosen = [number for number in self.plan.numbers if number in self.cleaned_data["dossier"]]
        if not chosen:
            raise forms.ValidationError(gettext("Vink ten minste één dossier aan."))
        return chosen


FORMS: Final[dict[Task, type[MessageForm | ManyChangesForm]]] = {
    Task.MESSAGE: MessageForm,
    Task.CHANGE: ManyChangesForm,
}
