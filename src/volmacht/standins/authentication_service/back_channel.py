"""The back channel: artifacts handed in over mutual TLS (AB-10 to AB-27, ST-60 to ST-70). A WSGI application.

The server lets nobody in without a certificate of an authority of the environment, and says which environment that
is; an address of the other is not there. Whose certificate it is, `judging` looks at (TL-03).
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from cryptography import x509

from volmacht import clock
from volmacht.protocols import soap
from volmacht.protocols.saml.handling.composing import resolved
from volmacht.protocols.saml.handling.resolving import Bare, Fault, HandIn, Refused, Resolved
from volmacht.protocols.saml.messages import Response
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.answers import response_to
from volmacht.standins.authentication_service.judging import judge_resolve
from volmacht.standins.authentication_service.log_ins import hand_in
from volmacht.standins.authentication_service.servers import CERTIFICATE, ENVIRONMENT
from volmacht.standins.authentication_service.services import Service, services

XML = "text/xml; charset=utf-8"
log = logging.getLogger("volmacht.authentication_service")


@dataclass(frozen=True, slots=True)
class _Answer:
    status: HTTPStatus
    body: bytes = b""
    allow: str = ""


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer one call."""
    answer = _answer(environ)
    headers = [("Content-Length", str(len(answer.body))), ("Cache-Control", "no-cache, no-store")]
    if answer.body:
        headers.append(("Content-Type", XML))
    if answer.allow:
        headers.append(("Allow", answer.allow))
    start_response(f"{answer.status.value} {answer.status.phrase}", headers)
    return [answer.body]


def _answer(environ: WSGIEnvironment) -> _Answer:
    service = services()[Environment(environ[ENVIRONMENT])]
    if environ["PATH_INFO"] != f"/{service.prefix}/resolve_artifact":
        return _Answer(HTTPStatus.NOT_FOUND)
    if environ["REQUEST_METHOD"] != "POST":
        return _Answer(HTTPStatus.METHOD_NOT_ALLOWED, allow="POST")
    certificate = x509.load_der_x509_certificate(environ[CERTIFICATE])
    received = judge_resolve(_body(environ), environ.get("CONTENT_TYPE", ""), certificate, service)
    return _answered(received, service)


def _body(environ: WSGIEnvironment) -> bytes:
    """What was sent, up to just over what may be."""
    length = environ.get("CONTENT_LENGTH", "")
    announced = int(length) if length.isascii() and length.isdigit() else 0
    body: bytes = environ["wsgi.input"].read(min(announced, gate.RESOLVE.size + 1))
    return body


def _answered(received: Resolved, service: Service) -> _Answer:
    match received:
        case Bare(http_status):
            log.warning("resolve refused: %s", http_status)
            return _Answer(HTTPStatus(http_status))
        case Fault(code):
            return _Answer(HTTPStatus.INTERNAL_SERVER_ERROR, soap.fault(code))
        case Refused(in_response_to, outcome):
            log.warning("resolve refused: %s", outcome.rule)
            return _resolved(service, in_response_to, None, outcome)
        case HandIn():
            return _handed_in(received, service)


def _handed_in(received: HandIn, service: Service) -> _Answer:
    ending = hand_in(service.environment, received.connection, received.artifact)
    response = response_to(ending, service, clock.wall_clock()) if ending else None
    outcome = ResolveOutcome.DELIVERED if response else ResolveOutcome.NOTHING
    return _resolved(service, received.in_response_to, response, outcome)


def _resolved(
    service: Service, in_response_to: str, response: Response | None, outcome: ResolveOutcome
) -> _Answer:
    message = resolved(
        issuer=service.entity_id,
        key=service.key,
        in_response_to=in_response_to,
        response=response,
        outcome=outcome,
        now=clock.wall_clock(),
    )
    return _Answer(HTTPStatus.OK, message)
