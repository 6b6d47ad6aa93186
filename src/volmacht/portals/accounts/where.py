"""Where somebody goes once they are logged in: as whom they act, and the page that begins there."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from volmacht.parties import queries as parties
from volmacht.parties.operations import record_account_log_in
from volmacht.portals.shared import parked_work
from volmacht.portals.shared.account_session import AccountLogin, act_as, log_in_account
from volmacht.rules.accounts import LogInMethod


@dataclass(frozen=True, slots=True)
class Capacity:
    """One way to act: for an organisation, or as an employee of the operator."""

    name: str
    organisation_id: UUID | None = None
    staff_id: UUID | None = None

    @property
    def key(self) -> str:
        """Which one, in a form."""
        return f"staff-{self.staff_id}" if self.staff_id else f"organisation-{self.organisation_id}"

    @property
    def home(self) -> str:
        """Where it begins; the own account while those pages are not part of this installation."""
        return _address("staff:home" if self.staff_id else "organisation:home")


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse("accounts:own")


def capacities(account_id: UUID) -> list[Capacity]:
    """Every way in which somebody may act now."""
    found = [Capacity(one.name, organisation_id=one.id) for one in parties.organisations_of(account_id)]
    staff = parties.staff_of_account(account_id)
    if staff and staff.roles:
        found.append(Capacity("", staff_id=staff.id))
    return found


def begin_as(request: HttpRequest, capacity: Capacity, continue_at: str = "") -> HttpResponse:
    """Act so from now on, and go on."""
    act_as(request, organisation_id=capacity.organisation_id, staff_id=capacity.staff_id)
    return redirect(continue_at or capacity.home)


def enter(
    request: HttpRequest, *, account_id: UUID, name: str, method: LogInMethod, continue_at: str = ""
) -> HttpResponse:
    """Log in completely, and go on where that was meant; who can act in several ways chooses first."""
    record_account_log_in(account_id, method)
    login = log_in_account(request, account_id=account_id, name=name, method=method)
    return go_on(request, login, parked_work.continue_at(request) or continue_at)


def go_on(request: HttpRequest, login: AccountLogin, continue_at: str) -> HttpResponse:
    """As the only thing that somebody can be; else to the page where they choose."""
    ways = capacities(login.account_id)
    if len(ways) == 1:
        return begin_as(request, ways[0], continue_at)
    if not ways or continue_at.startswith(reverse("accounts:own")):
        return redirect(continue_at or "accounts:own")
    return redirect(f"{reverse('accounts:choose')}?{_continue(continue_at)}")


def _continue(address: str) -> str:
    return urlencode({"verder": address}) if address else ""
