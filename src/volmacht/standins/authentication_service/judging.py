"""Judges messages with what Volmacht publishes now (AD-01 to AD-05, AB-10 to AB-16).

What is published is asked for at most every five seconds. So before a sender hears no, it is asked for again: a
provider or a key may be new. A request says no more than AD-01 to AD-05 list; the rest is refused (ST-27).
"""

from http import HTTPStatus

from cryptography import x509

from volmacht import clock
from volmacht.protocols import soap
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.logout import LogoutAsked, receive_logout
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.handling.requests import (
    Accepted,
    ForPage,
    Received,
    ToAnswer,
    receive_request,
)
from volmacht.protocols.saml.handling.resolving import (
    Bare,
    Fault,
    HandIn,
    Refused,
    Resolved,
    receive_resolve,
)
from volmacht.protocols.saml.metadata.trust import client_certificate_faults
from volmacht.protocols.saml.status import Outcome, ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.standins.authentication_service.look_ups import MessageLookUps
from volmacht.standins.authentication_service.services import Service

_PERHAPS_NEW = {PageRefusal.ISSUER, PageRefusal.METADATA, PageRefusal.SIGNATURE, PageRefusal.CONSUMER}
_UNKNOWN = {
    Outcome.NOT_REGISTERED,
    Outcome.NO_REPRESENTATION_SERVICE,
    Outcome.NO_ENCRYPTION_CERTIFICATE,
}


def judge_request(message: bytes, relay_state: str | None, service: Service) -> Received:
    """An AuthnRequest."""
    look_ups = MessageLookUps(service)

    def received() -> Received:
        return receive_request(
            message, relay_state=relay_state, door=service.door(), look_ups=look_ups, now=clock.wall_clock()
        )

    found = received()
    if _perhaps_new(found) and service.documents.renew():
        found = received()
    if isinstance(found, ToAnswer) and _is_our_fault(found.outcome, look_ups, service):
        return ToAnswer(found.sender, Outcome.AUTHENTICATION_SERVICE_ERROR)
    if isinstance(found, Accepted) and not _is_column_b(message, found):
        return ToAnswer(found.sender, Outcome.ELEMENT)
    return found


def judge_logout(message: bytes, service: Service) -> ForPage | LogoutAsked:
    """A LogoutRequest."""
    look_ups = MessageLookUps(service)

    def asked() -> ForPage | LogoutAsked:
        return receive_logout(message, door=service.door(), look_ups=look_ups, now=clock.wall_clock())

    found = asked()
    if isinstance(found, ForPage) and found.refusal in _PERHAPS_NEW and service.documents.renew():
        return asked()
    return found


def judge_resolve(
    body: bytes, content_type: str, certificate: x509.Certificate, service: Service
) -> Resolved:
    """An ArtifactResolve. The client's certificate must be the sender's, and for TLS clients (TL-03)."""
    look_ups = MessageLookUps(service)

    def resolved() -> Resolved:
        return receive_resolve(
            body,
            content_type=content_type,
            certificate=certificate,
            door=service.door(),
            look_ups=look_ups,
            now=clock.wall_clock(),
        )

    found = resolved()
    if _of_unknown_sender(found) and service.documents.renew():
        found = resolved()
    if isinstance(found, HandIn) and not _is_for_clients(certificate, found.connection, service):
        return Bare(HTTPStatus.FORBIDDEN)
    return found


def _of_unknown_sender(resolved: Resolved) -> bool:
    match resolved:
        case Bare(http_status):
            return http_status == HTTPStatus.FORBIDDEN
        case Fault(code):
            return code is soap.FaultCode.CLIENT
        case Refused(_, outcome):
            return outcome is ResolveOutcome.SIGNATURE
        case HandIn():
            return False


def _is_for_clients(certificate: x509.Certificate, sender: str, service: Service) -> bool:
    peer, now = service.documents.peer(sender), clock.wall_clock()
    return peer is not None and not client_certificate_faults(
        certificate, issuer=peer.entity, trust=service.trust, now=now
    )


def _perhaps_new(received: Received) -> bool:
    if isinstance(received, ForPage):
        return received.refusal in _PERHAPS_NEW
    return isinstance(received, ToAnswer) and received.outcome in _UNKNOWN


def _is_our_fault(outcome: Outcome, look_ups: MessageLookUps, service: Service) -> bool:
    """Whether we say no only because Volmacht did not tell us something (ST-46)."""
    if outcome is Outcome.NOT_REGISTERED:
        return look_ups.levels_unknown
    return outcome is Outcome.NO_REPRESENTATION_SERVICE and service.documents.bvd() is None


def _is_column_b(message: bytes, accepted: Accepted) -> bool:
    """Whether an accepted request has nothing that an entrance never sends. All of it is signed, so all may be read."""
    request = parsing.authn_request(gate.read(message, gate.AUTHN_REQUEST))
    scoping = request.scoping
    asks = scoping.requester_ids if scoping else ()
    from_portal = f":{Role.DV}:" in accepted.sender.entity_id
    return (
        request.acs_index is not None
        and request.service_index is None
        and request.protocol_binding is None
        and request.requested_context is None
        and (scoping is None or scoping.idp_list is None)
        and len(asks) <= (0 if from_portal else 1)
    )
