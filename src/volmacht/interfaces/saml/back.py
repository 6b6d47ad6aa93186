"""Artifacts handed in on the back channel, over mutual TLS (AB-10 to AB-27, ST-60 to ST-70).

Only who shows a certificate of a pinned authority reaches these views at all: the listener sees to that. An attacker
with another connection's certificate, an old artifact or one of another door gets the same empty answer (WK-19).
"""

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from cryptography import x509
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from volmacht import clock
from volmacht.audience import Audience, audience
from volmacht.catalogue import queries as catalogue
from volmacht.interfaces.client_certificate import client_certificate
from volmacht.keystore import OwnEntity, ring
from volmacht.limits.operations import Limited, allow_here
from volmacht.logins import entities
from volmacht.logins.operations import Answering, HandingIn, Nothing, note_refusal
from volmacht.protocols import soap
from volmacht.protocols.saml.handling.composing import resolved
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.handling.resolving import Bare, Fault, HandIn, receive_resolve
from volmacht.protocols.saml.handling.resolving import Refused as ResolveRefused
from volmacht.protocols.saml.messages import Response
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.xml.gate import RESOLVE
from volmacht.rules.environment import Environment
from volmacht.telling import tell

View = Callable[[HttpRequest], HttpResponse]
XML = "text/xml; charset=utf-8"
TOO_MANY, WAIT = HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": "60"}
log = structlog.get_logger("volmacht.saml")


def resolve_artifact(environment: Environment, entity: OwnEntity) -> View:
    """`{P}/entrance/resolve_artifact` and `{P}/bvd/resolve_artifact`."""

    @audience(Audience.PROVIDER)
    @csrf_exempt
    @require_POST
    def view(request: HttpRequest) -> HttpResponse:
        """The answer behind an artifact, once."""
        certificate = client_certificate(request)
        if certificate is None:
            tell("resolve without a client certificate", "ST-60", environment=environment)
            return HttpResponse(status=403)
        body = request.read(RESOLVE.size + 1)
        try:
            return _resolve(request, body, certificate, environment, entity)
        except DatabaseError:  # a machine gets no page that offers to try again
            log.exception("resolve failed")
            return server_fault(request)

    return view


def bare_400(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """ST-62: no page for a machine."""
    return HttpResponse(status=400)


def bare_403(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """ST-61."""
    return HttpResponse(status=403)


def bare_404(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """Nothing is there."""
    return HttpResponse(status=404)


def server_fault(_request: HttpRequest) -> HttpResponse:
    """ST-70: the artifact stays consumed."""
    return HttpResponse(soap.fault(soap.FaultCode.SERVER), status=500, content_type=XML)


def _resolve(
    request: HttpRequest,
    body: bytes,
    certificate: x509.Certificate,
    environment: Environment,
    entity: OwnEntity,
) -> HttpResponse:
    """Judge the call, hand in what it brings, and answer once all of that is stored."""
    with HandingIn(environment, entity) as handing_in:
        received = receive_resolve(
            body,
            content_type=request.content_type or "",
            certificate=certificate,
            door=entities.door(environment, entity),
            look_ups=handing_in,
            now=clock.wall_clock(),
            trust=catalogue.trust(environment),
        )
        answer = _handed_in(received, handing_in, environment) if isinstance(received, HandIn) else received
    match answer:
        case _Found(in_response_to, answering):
            delivered = ResolveOutcome.DELIVERED
            return _answer(environment, entity, in_response_to, answering.compose(), delivered)
        case ResolveRefused(in_response_to, outcome, sender, why):
            _tell(outcome.rule, environment, sender, why=why)
            return _answer(environment, entity, in_response_to, None, outcome)
        case Bare(http_status, rule, sender):
            _tell(rule, environment, sender, claimed=rule == "ST-61")
            return HttpResponse(status=http_status, headers=WAIT if http_status == TOO_MANY else None)
        case Fault(code, rule, sender):
            _tell(rule, environment, sender, claimed=rule == "ST-64")
            return HttpResponse(soap.fault(code), status=500, content_type=XML)


def _tell(rule: str, environment: Environment, sender: str, *, why: str = "", claimed: bool = False) -> None:
    tell("resolve refused", rule, environment=environment, sender=sender, claimed=claimed, why=why)
    note_refusal(environment, connection=sender, rule=rule, why=why, claimed=claimed)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the artifact stands for."""

    in_response_to: str
    answering: Answering


def _handed_in(
    received: HandIn, handing_in: HandingIn, environment: Environment
) -> _Found | ResolveRefused | Bare:
    """Consume the artifact, for a connection that counts and does not ask too often."""
    connection = received.connection
    if not allow_here(Limited.DOOR_PER_CONNECTION, connection):
        return Bare(TOO_MANY, PageRefusal.TOO_MANY, connection)
    if not _is_active(environment, connection):
        return ResolveRefused(received.in_response_to, ResolveOutcome.NOT_ACTIVE, connection)
    found = handing_in.hand_in(received.artifact, connection=connection)
    if isinstance(found, Nothing):
        return ResolveRefused(received.in_response_to, ResolveOutcome.NOTHING, connection, found)
    return _Found(received.in_response_to, found)


def _is_active(environment: Environment, connection: str) -> bool:
    found = catalogue.connection_by_entity_id(environment, connection)
    return found is not None and found.active


def _answer(
    environment: Environment,
    entity: OwnEntity,
    in_response_to: str,
    response: Response | None,
    outcome: ResolveOutcome,
) -> HttpResponse:
    message = resolved(
        issuer=entities.entity_id(environment, entity),
        key=ring(environment, entity).signing,
        in_response_to=in_response_to,
        response=response,
        outcome=outcome,
        now=clock.wall_clock(),
    )
    return HttpResponse(message, content_type=XML)
