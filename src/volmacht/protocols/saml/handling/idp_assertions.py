"""The assertion of an authentication service that a routing service brings to E2 (BV-01 to BV-09, ST-50 to ST-53).

The signature of the request around it says nothing about it (WK-03): it is verified under the keys of a registered
authentication service, and is good for one request only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from volmacht.protocols.saml import assurance, parsing
from volmacht.protocols.saml.encryption import NotReadable, decrypted
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Door, Peer, PeerLookUp
from volmacht.protocols.saml.instants import within
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.saml.verifying import SignatureRefused, verified
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.gate import XmlRefused
from volmacht.protocols.xml.names import LEGACY_BSN
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn

OLDEST_LOG_IN = timedelta(minutes=15)  # BV-03


@dataclass(frozen=True, slots=True)
class Acting:
    """Who logged in, how surely, by which assertion of which authentication service."""

    bsn: Bsn
    level: LevelOfAssurance
    assertion: Assertion
    evidence: bytes


def read_idp_assertion(
    data: bytes,
    *,
    door: Door,
    routing: Peer,
    service_uuid: str,
    level: LevelOfAssurance,
    keys: Sequence[OwnKey],
    look_ups: PeerLookUp,
    now: datetime,
) -> Acting | Outcome:
    """Judge it for the door that it was brought to. That it is used once (BV-08) is for the caller to note."""
    try:
        assertion = _verified(data, door, look_ups, now)
    except (XmlRefused, IndexError):
        return Outcome.IDP_ASSERTION_MALFORMED
    except SignatureRefused:
        return Outcome.IDP_ASSERTION_REFUSED
    reached = assurance.level_of(assertion.class_ref) if assertion else None
    if assertion is None or reached is None or not _fits(assertion, door, routing, service_uuid, now):
        return Outcome.IDP_ASSERTION_REFUSED
    if reached < level:
        return Outcome.IDP_ASSERTION_LEVEL
    bsn = _acting_bsn(assertion, door, keys)
    return Outcome.NOT_READABLE if bsn is None else Acting(bsn, reached, assertion, data)


def _verified(data: bytes, door: Door, look_ups: PeerLookUp, now: datetime) -> Assertion | None:
    """The assertion, under the keys of the registered service that issued it (BV-01); None from anybody else."""
    element = gate.read(data, gate.ARTIFACT_RESPONSE)
    issuer = _issuer(gate.value_of(element[0]), door, look_ups, now)
    if issuer is None:
        return None
    assertion = parsing.assertion(verified(element, issuer.entity.signing, now=now).element)
    return assertion if assertion.issuer == issuer.entity.entity_id else None


def _issuer(entity_id: str, door: Door, look_ups: PeerLookUp, now: datetime) -> Peer | None:
    if entity_id not in door.authentication_services:
        return None
    peer = look_ups.peer(entity_id)
    return peer if peer and peer.role is Role.AD and peer.counts_at(now) else None


def _fits(assertion: Assertion, door: Door, routing: Peer, service_uuid: str, now: datetime) -> bool:
    consumers = {consumer.location for consumer in routing.entity.assertion_consumers}
    return (
        assertion.version == "2.0"
        and {door.entity_id, routing.entity.entity_id} <= set(assertion.audiences)
        and within(now, assertion.not_before, assertion.not_on_or_after)
        and within(now, assertion.authn_instant, assertion.authn_instant + OLDEST_LOG_IN)
        and assertion.confirmation_begins is None
        and assertion.recipient in consumers
        and tuple(uuid.lower() for uuid in assertion.service_uuids) == (service_uuid.lower(),)
        and not (
            assertion.legal or assertion.representation_types or assertion.advice or assertion.concerned_kvk
        )
    )


def _acting_bsn(assertion: Assertion, door: Door, keys: Sequence[OwnKey]) -> Bsn | None:
    """The one answer for whatever cannot be read (ST-53, EN-18)."""
    for encrypted in assertion.acting:
        element = gate.parsed(encrypted)
        try:
            identifier = decrypted(element, own=door.entity_id, keys=keys)
        except NotReadable:
            continue
        if identifier.qualifier == LEGACY_BSN:
            return Bsn(identifier.value)
    return None
