"""Log-out messages at the entrance: a provider's request, and the answer from upstream (LO, ST-80 to ST-86).

Pure: whether the NameID is known, and what ends with it, is for the caller.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.handling.doors import Door, LookUps, Peer
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.handling.requests import ForPage, PageRefused, is_timely, peer_of, read_signed
from volmacht.protocols.saml.messages import LogoutRequest, LogoutResponse
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.protocols.saml.verifying import SignatureRefused, verified
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.gate import XmlRefused


@dataclass(frozen=True, slots=True)
class LogoutAsked:
    """A request of a verified sender; `outcome` is set when it is refused, else `name_id` names what to end."""

    entity_id: str
    request_id: str
    answer_to: str | None  # where LogoutResponses of this sender go (LO-12); None: a page instead (ST-86)
    name_id: str
    outcome: LogoutOutcome | None


def receive_logout(message: bytes, *, door: Door, look_ups: LookUps, now: datetime) -> ForPage | LogoutAsked:
    """Judge a LogoutRequest, decoded from the form. Raises what `look_ups` raises."""
    try:
        root = read_signed(message, "LogoutRequest", gate.LOGOUT, in_shape=parsing.normalised_logout)
        peer = peer_of(root, door, look_ups, now)
        request = _verified(root, peer, door, now)
    except PageRefused as page:
        return page.for_page()
    return LogoutAsked(
        entity_id=peer.entity.entity_id,
        request_id=request.id,
        answer_to=_answer_to(peer),
        name_id=request.name_id or "",
        outcome=_refused(request, look_ups, now),
    )


def _verified(root: etree._Element, peer: Peer, door: Door, now: datetime) -> LogoutRequest:
    try:
        request = parsing.logout_request(verified(root, peer.entity.signing, now=now).element)
    except SignatureRefused as refused:
        raise PageRefused(PageRefusal.SIGNATURE, peer.entity.entity_id, refused) from refused
    except XmlRefused as refused:
        raise PageRefused(PageRefusal.XML, peer.entity.entity_id, refused) from refused
    if request.destination != door.logout:
        raise PageRefused(PageRefusal.DESTINATION, peer.entity.entity_id)
    return request


def _refused(request: LogoutRequest, look_ups: LookUps, now: datetime) -> LogoutOutcome | None:
    """ST-83, ST-84."""
    ended = request.has_not_on_or_after and (
        request.not_on_or_after is None or request.not_on_or_after <= now
    )
    if request.version != "2.0":
        return LogoutOutcome.UNSUPPORTED
    if ended or not is_timely(request.issue_instant, now) or not look_ups.is_new(request.issuer, request.id):
        return LogoutOutcome.DENIED
    if request.name_id is None or any(index != request.name_id for index in request.session_indexes):
        return LogoutOutcome.UNSUPPORTED
    return None


def _answer_to(peer: Peer) -> str | None:
    first = next(iter(peer.entity.single_logout), None)
    return None if first is None else first.response_location or first.location


def read_logout_answer(
    message: bytes, *, peer: Peer, destination: str, request_id: str, now: datetime
) -> bool:
    """Whether the authentication service confirms that it ended its session (LO-11); False for what is not in order."""
    try:
        root = read_signed(message, "LogoutResponse", gate.LOGOUT)
        answer: LogoutResponse = parsing.logout_response(verified(root, peer.entity.signing, now=now).element)
    except (PageRefused, SignatureRefused, XmlRefused):
        return False
    return (
        answer.issuer == peer.entity.entity_id
        and answer.destination == destination
        and answer.in_response_to == request_id
        and is_timely(answer.issue_instant, now)
        and answer.status.succeeded
    )
