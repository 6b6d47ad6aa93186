"""Back to the provider, over the door through which the log-in came. The only place that knows how an answer travels.

Over SAML by artifact to the consumer in the provider's metadata; over the direct door by artifact to its address.
"""

from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from volmacht.logins.operations import (
    answer_on_behalf,
    answer_own_behalf,
    answer_saml_on_behalf,
    answer_saml_own_behalf,
    cancel_login,
    end_saml_login,
)
from volmacht.logins.queries import LoginInProgress
from volmacht.logins.states import State
from volmacht.portals.choosing.own_login import forget, is_over
from volmacht.posting import sent_on
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.representation import Denied


def answer_for_self(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """The person acts for themselves."""
    if login.saml is not None:
        return _go(request, login, answer_saml_own_behalf(login.id))
    artifact = answer_own_behalf(login.id)
    return _go(request, login, _address(login, artifact) if isinstance(artifact, str) else None)


def answer_for(request: HttpRequest, login: LoginInProgress, represented: UUID) -> HttpResponse | Denied:
    """The person acts for somebody; Denied when the one decision says no."""
    if login.saml is not None:
        address = answer_saml_on_behalf(login.id, represented)
        if isinstance(address, Denied):
            return address
        request.session.cycle_key()  # SE-03
        return _go(request, login, address)
    artifact = answer_on_behalf(login.id, represented)
    return artifact if isinstance(artifact, Denied) else _go(request, login, _address(login, artifact))


def stop(request: HttpRequest, login: LoginInProgress) -> HttpResponse:
    """The person stops: the provider hears of it at once (SE-05, FL-07)."""
    if login.saml is not None:
        return fail(request, login, Outcome.CANCELLED)
    artifact = cancel_login(login.id)
    return _go(request, login, _address(login, artifact) if isinstance(artifact, str) else None)


def fail(request: HttpRequest, login: LoginInProgress, outcome: Outcome, message: str = "") -> HttpResponse:
    """A log-in over SAML ends without anybody: the provider hears why (FL-06, FL-09)."""
    address = end_saml_login(login.id, outcome, state=State.CANCELLED, message=message)
    return _go(request, login, address)


def _address(login: LoginInProgress, artifact: str) -> str:
    sign = "&" if urlsplit(login.returns_to).query else "?"
    return f"{login.returns_to}{sign}{urlencode({'artifact': artifact})}"


def _go(request: HttpRequest, login: LoginInProgress, address: str | None) -> HttpResponse:
    """Send the browser back; the log-in is over for this session. Without an address it was over before."""
    forget(request, login.id)
    if address is None:
        return is_over(request, over_saml=login.saml is not None)
    if login.saml is not None:
        return sent_on(request, address)
    return HttpResponseRedirect(address, headers={"Referrer-Policy": "no-referrer", "Pragma": "no-cache"})
