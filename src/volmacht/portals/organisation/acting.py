"""Who acts in this portal, and the case that a page is about: their own, or that of a client that lets them act.

What somebody may not see is not there (404), and does not differ from what does not exist.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from volmacht.onboarding import queries
from volmacht.onboarding.operations import CaseActor
from volmacht.onboarding.queries import CasePage
from volmacht.parties import queries as parties
from volmacht.portals.shared.account_session import account_visitor, acting_for
from volmacht.rules.onboarding.cases import Side
from volmacht.rules.roles import Right


@dataclass(frozen=True, slots=True)
class CaseHere:
    """A case with everything about it that this reader may see, and as whom they act in it."""

    page: CasePage
    actor: CaseActor

    @property
    def as_supplier(self) -> bool:
        """Whether they act for a client."""
        return self.actor.side is Side.SUPPLIER

    def may(self, right: Right) -> bool:
        """Whether they may do this here."""
        return right in self.page.acting.rights


def acting_as(request: HttpRequest, side: Side = Side.PROVIDER) -> CaseActor:
    """Who acts: for their own organisation, or with side SUPPLIER for clients of it."""
    login = account_visitor(request)
    organisation_id = acting_for(request)
    member = parties.member(login.account_id, organisation_id)
    roles = sorted(member.roles) if member else []
    return CaseActor(side, login.account_id, login.name, " ".join(roles), organisation_id)


def case_here(request: HttpRequest, number: str) -> CaseHere:
    """The case with this number. Raises Http404."""
    case_id = queries.case_by_number(number)
    if case_id is not None:
        for side in (Side.PROVIDER, Side.SUPPLIER):
            actor = acting_as(request, side)
            page = queries.case_page(case_id, actor)
            if page is not None:
                return CaseHere(page, actor)
    raise Http404


def own_rights(request: HttpRequest) -> frozenset[Right]:
    """What the visitor may do for the organisation that they act for."""
    member = parties.member(account_visitor(request).account_id, acting_for(request))
    return member.rights if member else frozenset()
