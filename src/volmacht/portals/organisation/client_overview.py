"""The overview of a supplier: what is asked of it, and one page of what it lists.

An organisation that supplies nobody finds no such page. Whose cases are listed, the queries ask: consents can end.
"""

from collections.abc import Collection
from typing import Final

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy

from volmacht.onboarding import queries
from volmacht.onboarding.operations import CaseActor
from volmacht.onboarding.queries import ClientCase, ClientFilter
from volmacht.paging import Page
from volmacht.parties import queries as parties
from volmacht.portals.organisation.acting import acting_as
from volmacht.portals.organisation.home import ListedCase, listed
from volmacht.portals.shared.account_session import acting_for
from volmacht.portals.shared.case_words import KINDS
from volmacht.portals.shared.filters import FilterForm
from volmacht.rules.onboarding.cases import CaseKind, Side

YOURS: Final = "aan-u"
OURS: Final = "aan-ons"
ENDING: Final = "certificaat"


def supplying(request: HttpRequest) -> CaseActor:
    """Who acts for clients. Raises Http404 for whose organisation supplies nobody."""
    organisation = parties.connecting_organisation(acting_for(request))
    if organisation is None or not organisation.is_supplier:
        raise Http404
    return acting_as(request, Side.SUPPLIER)


class OverviewForm(FilterForm):
    """What the overview is filtered on; the answers stand in the address."""

    zoek = forms.CharField(
        label=gettext_lazy("Zoeken"),
        help_text=gettext_lazy("Naam of OIN van een klant, of het nummer van een dossier"),
        required=False,
        max_length=200,
    )
    welke = forms.ChoiceField(
        label=gettext_lazy("Welke"),
        required=False,
        choices=(
            ("", gettext_lazy("Alles wat loopt")),
            (YOURS, gettext_lazy("U bent aan de beurt")),
            (OURS, gettext_lazy("Wij zijn aan de beurt")),
            (ENDING, gettext_lazy("Een certificaat eindigt binnen 90 dagen")),
        ),
    )
    soort = forms.ChoiceField(
        label=gettext_lazy("Soort"),
        required=False,
        choices=(
            ("", gettext_lazy("Alle")),
            *((kind.value, KINDS[kind]) for kind in CaseKind if kind is not CaseKind.DISPUTE),
        ),
    )

    def filter(self) -> ClientFilter:
        """What was asked; what cannot be asked asks nothing."""
        if not self.is_valid():
            return ClientFilter()
        asked = self.cleaned_data
        return ClientFilter(
            search=asked["zoek"],
            turn={YOURS: Side.PROVIDER, OURS: Side.OPERATOR}.get(asked["welke"]),
            kind=CaseKind(asked["soort"]) if asked["soort"] else None,
            certificate_ends=asked["welke"] == ENDING,
        )


class Overview:
    """One page of the overview for this reader, and what they can choose from it."""

    def __init__(self, actor: CaseActor, wanted: ClientFilter, number: int) -> None:
        found = queries.client_page(actor, wanted, page=number)
        self.actor, self.wanted = actor, wanted
        self.cases: list[ListedCase] = [listed(one.case, one.certificate_ends) for one in found.rows]
        self.page = Page(found.page, found.total, queries.CLIENT_ROWS)

    def all_of_them(self) -> tuple[ClientCase, ...]:
        """Everything that was searched."""
        return queries.cases_of_clients(self.actor, self.wanted)

    def these(self, numbers: Collection[str]) -> tuple[ClientCase, ...]:
        """Those with these numbers."""
        return queries.chosen_cases(self.actor, numbers)
