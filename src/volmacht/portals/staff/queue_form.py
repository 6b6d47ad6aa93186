"""What the work queue is filtered on. The answers stand in the address: a filter can be kept and shared."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from volmacht.onboarding.queries import QueueFilter
from volmacht.portals.shared.case_words import KINDS, STATES
from volmacht.portals.shared.filters import FilterForm
from volmacht.portals.shared.step_words import STEPS
from volmacht.rules.onboarding import Step
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side, step_of

MINE, UNASSIGNED, URGENT, EVERYTHING = "van-mij", "van-niemand", "dringend", "alles"
ALL = ("", _("Alle"))


class QueueForm(FilterForm):
    """Nothing chosen: everything that waits for the desk."""

    zoek = forms.CharField(
        label=_("Zoeken"),
        help_text=_("Nummer, naam of OIN van de organisatie"),
        required=False,
        max_length=200,
    )
    welke = forms.ChoiceField(
        label=_("Welke"),
        required=False,
        choices=(
            ("", _("Wacht op ons")),
            (MINE, _("Van mij")),
            (UNASSIGNED, _("Van niemand")),
            (URGENT, _("Te laat of bijna te laat")),
            (EVERYTHING, _("Alles, ook wat niet op ons wacht")),
        ),
    )
    soort = forms.ChoiceField(
        label=_("Soort"), required=False, choices=(ALL, *((kind.value, KINDS[kind]) for kind in CaseKind))
    )
    stap = forms.ChoiceField(
        label=_("Stap"), required=False, choices=(ALL, *((step.value, STEPS[step]) for step in Step))
    )
    stand = forms.ChoiceField(
        label=_("Stand"),
        required=False,
        choices=(ALL, *((state.value, STATES[state]) for state in CaseState)),
    )
    organisatie = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def filter(self, own: UUID | None) -> QueueFilter:
        """What was asked, after `is_valid()`."""
        asked = self.cleaned_data
        which, state, step = asked["welke"], asked["stand"], asked["stap"]
        states = {one for one in CaseState if step and step_of(one) == step}
        if state:
            states = states & {CaseState(state)} if step else {CaseState(state)}
        searched = bool(asked["zoek"] or state or step or asked["organisatie"])
        return QueueFilter(
            turn=None if which == EVERYTHING or (searched and not which) else Side.OPERATOR,
            kinds=(CaseKind(asked["soort"]),) if asked["soort"] else (),
            states=tuple(states),
            nothing=bool(step and state and not states),
            assigned_to=own if which == MINE else None,
            unassigned=which == UNASSIGNED,
            urgent=which == URGENT,
            organisation_id=asked["organisatie"],
            search=asked["zoek"],
        )
