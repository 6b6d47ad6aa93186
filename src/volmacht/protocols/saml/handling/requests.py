"""An AuthnRequest at one of our doors: refused on a page, answered over SAML, or accepted (AR, ST-04 to ST-35).

The order is that of AR-38. Until signature, Destination and consumer are known to be right, nobody is sent
anywhere; after that every answer goes to the consumer by artifact. Fields are read from the verified bytes only.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, auto
from uuid import UUID

from lxml import etree

from volmacht.protocols.saml import assurance, parsing
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role, allowed_in
from volmacht.protocols.saml.handling.doors import Door, LookUps, Offer, Peer
from volmacht.protocols.saml.handling.pages import PageRefusal
from volmacht.protocols.saml.instants import SKEW
from volmacht.protocols.saml.messages import AuthnRequest, RequestedContext, Scoping
from volmacht.protocols.saml.metadata.model import Endpoint
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.saml.verifying import SignatureRefused, verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.gate import XmlFault, XmlRefused
from volmacht.protocols.xml.names import BINDING_ARTIFACT, SAML, SAMLP
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.services import LookUpStatus

OLDEST = timedelta(minutes=5)  # TM-02


class Way(StrEnum):
    """For whom the person acts: themselves, as they choose, or certainly somebody else."""

    OWN = auto()
    OPTIONAL = auto()
    MANDATORY = auto()


@dataclass(frozen=True, slots=True)
class ForPage:
    """The sender is not trusted: a page, no redirect. The rest is for the log only.

    `sender` is the registered party that it claims to be, if any; `why` says more, without anything from the message.
    """

    refusal: PageRefusal
    sender: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asked, and where the answer goes."""

    entity_id: str
    request_id: str
    consumer: str
    relay_state: str | None


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """The sender is known: no log-in, but an answer by artifact with this outcome."""

    sender: Sender
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Accepted:
    """A log-in may begin. `key_named` is False for a request without KeyInfo: a warning in the log (SG-06)."""

    sender: Sender
    provider: str
    service_uuid: str
    offer: Offer
    level: LevelOfAssurance
    way: Way
    force_authn: bool
    authentication_services: tuple[str, ...]
    representation_services: tuple[str, ...]
    idp_assertion: bytes | None
    key_named: bool


Received = ForPage | ToAnswer | Accepted


class PageRefused(Exception):
    """Ends the judging of a message whose sender is not trusted (shared with log-out)."""

    def __init__(self, refusal: PageRefusal, sender: str = "", why: object = "") -> None:
        self.refusal = refusal
        self.sender = sender
        self.why = str(why)

    def for_page(self) -> ForPage:
        """As a value."""
        return ForPage(self.refusal, self.sender, self.why)


class _Answer(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


def receive_request(
    message: bytes, *, relay_state: str | None, door: Door, look_ups: LookUps, now: datetime
) -> Received:
    """Judge an AuthnRequest, decoded from the form. Raises what `look_ups` raises."""
    try:
        root = read_signed(message, "AuthnRequest", gate.AUTHN_REQUEST)
        peer = peer_of(root, door, look_ups, now)
        request, key_named = _verified_request(root, peer, now)
        consumer = _consumer(request, peer, door)
    except PageRefused as page:
        return page.for_page()
    sender = Sender(peer.entity.entity_id, request.id, consumer.location, relay_state)
    if not is_timely(request.issue_instant, now):
        return ToAnswer(sender, Outcome.EXPIRED)
    if not look_ups.is_new(request.issuer, request.id):
        return ToAnswer(sender, Outcome.ALREADY_USED)
    try:
        return _accepted(request, sender, peer, door, look_ups, now, key_named=key_named)
    except _Answer as answer:
        return ToAnswer(sender, answer.outcome)


# --- who sends, and is it really theirs (shared with log-out) ---


def read_signed(
    message: bytes,
    name: str,
    limits: gate.Limits,
    *,
    in_shape: Callable[[etree._Element], etree._Element] = lambda root: root,
) -> etree._Element:
    """The root of a message of this name, valid against the schema once `in_shape` changed a copy of it (LO-07).

    Raises PageRefused (ST-02, ST-04).
    """
    try:
        root = gate.read(message, limits)
        if root.tag != SAMLP + name:
            raise PageRefused(PageRefusal.XML, why=f"no {name}")
        schemas.validate(in_shape(root), schemas.Schema.PROTOCOL)
    except XmlRefused as refused:
        too_large = refused.fault is XmlFault.TOO_LARGE
        refusal = PageRefusal.TOO_LARGE if too_large else PageRefusal.XML
        raise PageRefused(refusal, why=refused) from refused
    return root


def peer_of(root: etree._Element, door: Door, look_ups: LookUps, now: datetime) -> Peer:
    """The registered sender, in a role and range that this door accepts (ST-05, ST-06). Raises PageRefused."""
    issuer = root.find(SAML + "Issuer")
    try:
        entity_id = gate.value_of(issuer) if issuer is not None else ""
        parsed = EntityId.parse(entity_id)
    except (XmlRefused, InvalidEntityId) as refused:
        raise PageRefused(PageRefusal.ISSUER) from refused
    if parsed.role not in door.accepts or not allowed_in(parsed, door.environment):
        raise PageRefused(PageRefusal.ISSUER)
    peer = look_ups.peer(entity_id)
    if peer is None and look_ups.knows(entity_id):
        raise PageRefused(PageRefusal.METADATA, entity_id)
    if peer is None or peer.role is not parsed.role:
        raise PageRefused(PageRefusal.ISSUER)
    if not peer.counts_at(now):
        raise PageRefused(PageRefusal.METADATA, entity_id)
    return peer


def _verified_request(root: etree._Element, peer: Peer, now: datetime) -> tuple[AuthnRequest, bool]:
    """Fields come from the verified bytes. An IdpAssertion, with a signature of its own, comes from the message itself:
    canonical bytes of the whole leave out prefixes on which the inner signature may rely."""
    try:
        found = verified(root, peer.entity.signing, now=now)
        request = parsing.authn_request(found.element)
        brought = parsing.authn_request(root).idp_assertions if request.idp_assertions else ()
    except SignatureRefused as refused:
        raise PageRefused(PageRefusal.SIGNATURE, peer.entity.entity_id, refused) from refused
    except XmlRefused as refused:
        raise PageRefused(PageRefusal.XML, peer.entity.entity_id, refused) from refused
    return replace(request, idp_assertions=brought), found.key_named


def _consumer(request: AuthnRequest, peer: Peer, door: Door) -> Endpoint:
    """Where the answer goes: only ever an address from metadata (AR-05, AR-07 to AR-09)."""
    if request.destination != door.sign_on:
        raise PageRefused(PageRefusal.DESTINATION, peer.entity.entity_id)
    consumer = peer.entity.consumer(request.acs_index) if request.acs_url is None else None
    if consumer is None:
        raise PageRefused(PageRefusal.CONSUMER, peer.entity.entity_id)
    return consumer


def is_timely(issued: datetime | None, now: datetime) -> bool:
    """TM-02; None is an instant that is not UTC with `Z` (TM-11)."""
    return issued is not None and now - OLDEST - SKEW <= issued <= now + SKEW


# --- what is asked ---


def _accepted(
    request: AuthnRequest,
    sender: Sender,
    peer: Peer,
    door: Door,
    look_ups: LookUps,
    now: datetime,
    *,
    key_named: bool,
) -> Accepted:
    _check_elements(request)
    provider, service_uuid = _asked_for(request, peer)
    offer = _offer(sender.entity_id, provider, service_uuid, peer, look_ups)
    level = _level(request.requested_context, offer.level, door)
    way, authentication, representation = _way(request.scoping, offer, door)
    if not peer.recipient_keys(provider, now):
        raise _Answer(Outcome.NO_ENCRYPTION_CERTIFICATE)
    return Accepted(
        sender=sender,
        provider=provider,
        service_uuid=service_uuid,
        offer=offer,
        level=level,
        way=way,
        force_authn=request.force_authn,
        authentication_services=authentication,
        representation_services=representation,
        idp_assertion=_idp_assertion(request) if door.takes_assertions else None,
        key_named=key_named,
    )


def _check_elements(request: AuthnRequest) -> None:
    if request.version != "2.0":
        raise _Answer(Outcome.VERSION)
    if request.is_passive:
        raise _Answer(Outcome.PASSIVE)
    binding_fits = request.protocol_binding is None or (
        request.protocol_binding == BINDING_ARTIFACT and request.acs_index is None
    )
    if request.has_subject or request.has_conditions or request.issuer_qualified or not binding_fits:
        raise _Answer(Outcome.ELEMENT)


def _asked_for(request: AuthnRequest, peer: Peer) -> tuple[str, str]:
    """The DV and the ServiceUUID, from Extensions or from the index in the DV's own metadata (AR-11 to AR-19)."""
    if peer.role is not Role.DV and (request.service_index is not None or not request.has_extensions):
        raise _Answer(Outcome.SERVICE_REFERENCE)
    if request.has_extensions is (request.service_index is not None):
        raise _Answer(Outcome.SERVICE_REFERENCE)
    if request.service_index is not None:
        found = peer.entity.service(request.service_index)
        if found is None:
            raise _Answer(Outcome.SERVICE_REFERENCE)
        return peer.entity.entity_id, found.service_uuid
    if len(request.audiences) != 1 or len(request.services) != 1 or not _is_uuid(request.services[0]):
        raise _Answer(Outcome.AUDIENCE_OR_SERVICE)
    if peer.role is Role.DV and request.audiences[0] != peer.entity.entity_id:
        raise _Answer(Outcome.AUDIENCE_OR_SERVICE)
    return request.audiences[0], request.services[0]


def _is_uuid(text: str) -> bool:
    """8-4-4-4-12 hexadecimal digits (AR-19)."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _offer(connection: str, provider: str, service_uuid: str, peer: Peer, look_ups: LookUps) -> Offer:
    """What the catalogue says, if it lets the log-in begin (AR-33 to AR-35, AR-42)."""
    offer = look_ups.offer(connection, provider, UUID(service_uuid)) if peer.provider(provider) else None
    if offer is None:
        raise _Answer(Outcome.NOT_REGISTERED)
    if offer.status not in {LookUpStatus.STATUS_OK, LookUpStatus.SERVICE_NOT_MANDATABLE}:
        raise _Answer(Outcome.NOT_ACTIVE)
    return offer


def _level(context: RequestedContext | None, minimum: LevelOfAssurance, door: Door) -> LevelOfAssurance:
    """The effective minimum: a request can only raise that of the catalogue (AR-23, LA-04)."""
    if context is None or door.takes_assertions:
        return minimum
    levels = [assurance.level_requested(uri) for uri in context.class_refs]
    known = [level for level in levels if level is not None]
    if len(known) != len(levels) or not known or context.comparison == "maximum":
        raise _Answer(Outcome.LEVEL_UNKNOWN)
    wanted = min(known)
    if context.comparison == "better":
        higher = [level for level in LevelOfAssurance if level > wanted]
        if not higher:
            raise _Answer(Outcome.LEVEL_UNKNOWN)
        wanted = min(higher)
    return max(wanted, minimum)


def _way(scoping: Scoping | None, offer: Offer, door: Door) -> tuple[Way, tuple[str, ...], tuple[str, ...]]:
    """For whom may be acted, at which authentication services, with which representation services (AR-24 to AR-36)."""
    every = door.authentication_services
    if door.takes_assertions:  # E2: representation is what it is for, and Scoping is ignored (FL-05)
        if not _mandatable(offer):
            raise _Answer(Outcome.NOT_MANDATABLE)
        return Way.MANDATORY, (), (door.entity_id,)
    if scoping is None:
        chosen = Way.OPTIONAL if offer.representation_without_scoping and _mandatable(offer) else Way.OWN
        return chosen, every, door.representation_services if chosen is Way.OPTIONAL else ()
    listed = scoping.idp_list
    authentication = every if listed is None else tuple(one for one in every if one in listed)
    if not authentication:
        raise _Answer(Outcome.NO_AUTHENTICATION_SERVICE)
    if scoping.requester_ids:
        return Way.MANDATORY, authentication, _required(scoping, offer, door)
    representation = tuple(one for one in _supported(door) if listed and one in listed)
    if not representation or not _mandatable(offer):
        return Way.OWN, authentication, ()
    return Way.OPTIONAL, authentication, representation


def _required(scoping: Scoping, offer: Offer, door: Door) -> tuple[str, ...]:
    """The representation services of which one must be used."""
    if scoping.idp_list is not None and not set(scoping.requester_ids) <= set(scoping.idp_list):
        raise _Answer(Outcome.REQUESTER_NOT_LISTED)
    representation = tuple(one for one in _supported(door) if one in scoping.requester_ids)
    if not representation:
        raise _Answer(Outcome.NO_REPRESENTATION_SERVICE)
    if not _mandatable(offer):
        raise _Answer(Outcome.NOT_MANDATABLE)
    return representation


def _supported(door: Door) -> tuple[str, ...]:
    """Our own representation service and those of others, for who names them."""
    return door.representation_services + door.outside_services


def _mandatable(offer: Offer) -> bool:
    return offer.status is LookUpStatus.STATUS_OK and offer.citizens_may_represent


def _idp_assertion(request: AuthnRequest) -> bytes:
    """The one assertion that the request brings to E2 (AR-20)."""
    if len(request.idp_assertions) != 1 or not request.idp_assertions[0]:
        raise _Answer(Outcome.IDP_ASSERTION_MALFORMED)
    return request.idp_assertions[0]
