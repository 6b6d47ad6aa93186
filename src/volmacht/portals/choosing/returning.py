"""Back to the provider, by artifact to the consumer in its metadata: only this file knows how an answer travels."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from volmacht.logins.operations import answer_on_behalf, answer_own_behalf, end_login
from volmacht.logins.queries import LoginInProgress
from volmacht.logins.states import State
from volmacht.portals.choosing.own_login import forget, is_over
from volmacht.posting import sent_on
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.representation import Denied


def answer_for_self(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """The person acts for themselves."""
    return go_back(request, login, answer_own_behalf(login.id))


def answer_for(request: HttpRequest, login: LoginInProgress, represented: UUID) -> HttpResponse | Denied:
    """The person acts for somebody; Denied when the one decision says no."""
    address = answer_on_behalf(login.id, represented)
    if isinstance(address, Denied):
        return address
    request.session.cycle_key()  # SE-03
    return go_back(request, login, address)


def stop(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """The person stops: the provider hears of it at once (SE-05, FL-07)."""
    return fail(request, login, Outcome.CANCELLED)


def fail(request: HttpRequest, login: LoginInProgress, outcome: Outcome, message: str = "") -> HttpResponse:
    """A log-in ends without anybody: the provider hears why (FL-06, FL-09)."""
    return go_back(request, login, end_login(login.id, outcome, state=State.CANCELLED, message=message))


def go_back(request: HttpRequest, login: LoginInProgress, address: str | None) -> HttpResponse:
    """Send the browser back to the provider; the log-in is over here. Without an address it was over before."""
    forget(request, login.id)
    return is_over(request, login=login) if address is None else sent_on(request, address)
