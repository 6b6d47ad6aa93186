"""Ends a log-in: an artifact, and the browser on its way back with it (AB-01 to AB-04, FL-06).

The browser's cookie session holds the key of who is logged in, one for each environment.
"""

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse

from volmacht.protocols.saml.handling.requests import Accepted, Sender
from volmacht.protocols.saml.messages import Status
from volmacht.protocols.saml.status import Outcome, unsupported_upstream
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service import log_ins, sessions
from volmacht.standins.authentication_service.accounts import Account
from volmacht.standins.authentication_service.services import Service

SESSIONS = "sessions"

SIMULATED: Final = {
    "mislukt": Outcome.AUTHENTICATION_FAILED.status(),
    "te-laag": Outcome.LEVEL_TOO_LOW.status(),
    "storing": Outcome.AUTHENTICATION_SERVICE_ERROR.status(),
    "niet-ondersteund": unsupported_upstream("Simulated: this request is not supported"),
}
"""What can be made to go wrong, by its value in the form (AD-14)."""


def sign_in(
    request: HttpRequest, service: Service, accepted: Accepted, account: Account, level: LevelOfAssurance
) -> HttpResponse:
    """Somebody logged in: a new session, here and in the browser (SE-03)."""
    session = sessions.sign_in(service.environment, account, level)
    request.session.cycle_key()
    request.session[SESSIONS] = {**request.session.get(SESSIONS, {}), service.environment.value: session.key}
    return state(request, service, accepted, session)


def who_is_there(request: HttpRequest, environment: Environment) -> sessions.SignedIn | None:
    """Who is logged in with this browser."""
    key: str = request.session.get(SESSIONS, {}).get(environment.value, "")
    return sessions.signed_in(environment, key)


def state(
    request: HttpRequest, service: Service, accepted: Accepted, session: sessions.SignedIn
) -> HttpResponse:
    """Back to the requester with who is in this session."""
    statement = log_ins.Statement(
        account=session.account,
        level=session.level,
        name_id=sessions.name_for(session, accepted.sender.entity_id),
        provider=accepted.provider,
        service_uuid=accepted.service_uuid,
        bvd=next(iter(accepted.representation_services), ""),
    )
    return _send(request, service, accepted.sender, statement)


def give_up(request: HttpRequest, service: Service, sender: Sender, status: Status) -> HttpResponse:
    """Back to the requester with why nobody logged in."""
    return _send(request, service, sender, status)


def _send(
    request: HttpRequest, service: Service, sender: Sender, outcome: Status | log_ins.Statement
) -> HttpResponse:
    ending = log_ins.Ending(service.environment, sender, outcome)
    address = log_ins.address_with(ending, service.entity_id)
    status = HTTPStatus.SEE_OTHER if request.method == "POST" else HTTPStatus.FOUND
    headers = {"Location": address, "Pragma": "no-cache", "Referrer-Policy": "no-referrer"}
    return HttpResponse(status=status, headers=headers)
