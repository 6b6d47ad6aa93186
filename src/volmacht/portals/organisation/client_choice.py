"""What is asked of who does something for several clients: for which cases, and what."""

from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from volmacht.portals.organisation.client_files import has_days
from volmacht.portals.organisation.client_overview import Overview
from volmacht.portals.organisation.together_draft import Task
from volmacht.portals.shared.parts import Text
from volmacht.rules.roles import Right

MOST: Final = 100  # at once
CALENDAR: Final = "agenda"
_TASKS: Final[dict[str, tuple[Text, Right]]] = {
    Task.MESSAGE: (gettext_lazy("Stuur hetzelfde bericht in elk dossier"), Right.WRITE),
    Task.CHANGE: (gettext_lazy("Begin dezelfde wijziging voor elke klant"), Right.FILL_FORMS),
    CALENDAR: (gettext_lazy("Zet de dagen in uw agenda (ics)"), Right.SEE),
}


class AnyCases(forms.MultipleChoiceField):
    """Numbers of cases; not only of those on the page, which may have changed. Whose they are, the queries ask."""

    def valid_value(self, value: object) -> bool:  # noqa: ARG002 - what Django asks of a field
        return True


class ChooseForm(forms.Form):
    """Which of the cases, and what to do with them."""

    use_required_attribute = False
    dossier = AnyCases(
        label=gettext_lazy("Voor welke dossiers?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    alles = forms.BooleanField(required=False)
    wat = forms.ChoiceField(
        label=gettext_lazy("Wat wilt u doen?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Kies wat u wilt doen.")},
    )

    def __init__(
        self, found: Overview, *, rights: frozenset[Right], all_ticked: bool, data: QueryDict | None
    ) -> None:
        offered = [(one.row.number, one) for one in found.cases]
        super().__init__(data, initial={"dossier": [number for number, _ in offered] if all_ticked else []})
        self.found = found
        box, everything = self.fields["dossier"], self.fields["alles"]
        box.choices = offered  # type: ignore[attr-defined] # a MultipleChoiceField has them
        box.asked_sometimes = True  # type: ignore[attr-defined] # so that it is not called optional
        box.widget.template_name = "organisation/client_boxes.html"
        everything.label = gettext("Alle %(total)s dossiers die u zocht, ook die op andere pagina’s") % {
            "total": found.page.total
        }
        if found.page.last == 1:
            del self.fields["alles"]
        tasks = [(task, words) for task, (words, right) in _TASKS.items() if right in rights]
        self.fields["wat"].choices = tasks  # type: ignore[attr-defined] # a ChoiceField has them

    def clean(self) -> dict[str, Any]:
        """The cases that were chosen and are of clients; at least one, and no more than fit on a page."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = self.found.all_of_them() if given.get("alles") else self.found.these(given["dossier"])
        if not chosen:
            self.add_error("dossier", gettext("Vink ten minste één dossier aan."))
        elif len(chosen) > MOST:
            self.add_error(
                "dossier", gettext("Kies ten hoogste %(most)s dossiers tegelijk.") % {"most": MOST}
            )
        elif given.get("wat") == CALENDAR and not has_days(chosen):
            self.add_error("wat", gettext("Bij wat u koos hoort geen dag."))
        given["chosen"] = chosen
        return given
