"""Which employee acts, and the case or organisation that a page is about: each look at one is recorded, with why.

What somebody may not see is not there (404), and does not differ from what does not exist.
"""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from volmacht.onboarding import queries
from volmacht.onboarding.operations import CaseActor, note_reading
from volmacht.onboarding.queries import CasePage
from volmacht.parties import queries as parties
from volmacht.parties.queries import KnownConnectingOrganisation, KnownStaff
from volmacht.portals.shared.account_session import acting_staff
from volmacht.rules.onboarding.cases import CaseKind, Side
from volmacht.rules.reading import purpose_of
from volmacht.rules.roles import Permission


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case with everything about it that this employee may see."""

    page: CasePage
    actor: CaseActor

    @property
    def number(self) -> str:
        """By which it is called."""
        return self.page.case.number

    def may(self, permission: Permission) -> bool:
        """Whether they may do this at the desk."""
        return permission in self.page.acting.permissions


def employee(request: HttpRequest) -> KnownStaff:
    """Who is here. Raises PermissionDenied."""
    found = parties.staff_member_by_id(acting_staff(request))
    if found is None:
        raise PermissionDenied
    return found


def desk_actor(request: HttpRequest) -> CaseActor:
    """The same, as they act on cases."""
    found = employee(request)
    return CaseActor(Side.OPERATOR, found.id, found.name, " ".join(sorted(found.roles)))


def desk_case(request: HttpRequest, number: str) -> DeskCase:
    """The case with this number; that it is looked at is recorded. Raises Http404."""
    case_id, actor = queries.case_by_number(number), desk_actor(request)
    page = queries.case_page(case_id, actor) if case_id else None
    if page is None:
        raise Http404
    note_reading(
        about=page.case.id,
        organisation_id=page.case.organisation_id,
        purpose=purpose_of(page.acting.permissions, dispute=page.case.kind is CaseKind.DISPUTE),
        thing="case",
        actor=actor,
    )
    return DeskCase(page, actor)


def desk_organisation(request: HttpRequest, organisation_id: UUID) -> KnownConnectingOrganisation:
    """An organisation; that it is looked at is recorded. Raises Http404."""
    found = parties.connecting_organisation(organisation_id)
    if found is None:
        raise Http404
    note_reading(
        about=found.id,
        organisation_id=found.id,
        purpose=purpose_of(employee(request).permissions),
        thing="organisation",
        actor=desk_actor(request),
    )
    return found


def names_of_employees() -> dict[UUID, str]:
    """What each employee is called, for colleagues."""
    return {one.id: one.name for one in parties.staff()}
