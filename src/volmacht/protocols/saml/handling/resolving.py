"""An ArtifactResolve on the back channel: a fault, a refusal, or an artifact (AB-10 to AB-16, ST-60 to ST-67).

Whoever calls has the client certificate of the connection, consumes the artifact when there is one to hand in, and
answers with `building.artifact_response`. Whatever is wrong with an artifact gives one and the same answer (WK-19).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from cryptography import x509
from lxml import etree

from volmacht.protocols import soap
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.artifacts import read_artifact
from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, allowed_in
from volmacht.protocols.saml.handling.doors import Door, LookUps, Peer
from volmacht.protocols.saml.handling.requests import is_timely
from volmacht.protocols.saml.messages import ArtifactResolve
from volmacht.protocols.saml.metadata.trust import Trust, client_certificate_faults
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.saml.verifying import SignatureRefused, verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.gate import XmlFault, XmlRefused
from volmacht.protocols.xml.names import SAML, SAMLP

TEXT_XML, SOAP_XML = "text/xml", "application/soap+xml"


@dataclass(frozen=True, slots=True)
class Bare:
    """A bare HTTP answer without a body: 400, 403, 413, 415 (ST-61, ST-62).

    Here and below `sender` is the registered party whose message it is, for the log; until its certificate fits it is
    only whom the message names. `rule` says which row of the table.
    """

    http_status: int
    rule: str = "ST-62"
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP 1.1 fault, HTTP 500 (ST-63, ST-64)."""

    code: soap.FaultCode
    rule: str = "ST-63"
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An ArtifactResponse without a Response."""

    in_response_to: str
    outcome: ResolveOutcome
    sender: str = ""
    why: str = ""

    @property
    def rule(self) -> str:
        """Which row of the table."""
        return self.outcome.rule


@dataclass(frozen=True, slots=True)
class HandIn:
    """Consume this artifact for this connection and answer with what it stands for."""

    in_response_to: str
    connection: str
    artifact: str


Resolved = Bare | Fault | Refused | HandIn


class _Ends(Exception):
    def __init__(self, resolved: Bare | Fault) -> None:
        self.resolved = resolved


def receive_resolve(
    body: bytes,
    *,
    content_type: str,
    certificate: x509.Certificate,
    door: Door,
    look_ups: LookUps,
    now: datetime,
    trust: Trust | None = None,
) -> Resolved:
    """Judge a call; `certificate` is the client's, whose chain the listener verified; with `trust` it is judged anew.

    Raises what `look_ups` raises.
    """
    try:
        root, issuer = _read(body, content_type)
        peer = _peer(issuer, door, look_ups, now)
    except _Ends as ends:
        return ends.resolved
    sender = peer.entity.entity_id
    if not _is_its_own(certificate, peer, trust, now):
        return Bare(403, "ST-61", sender)
    try:
        resolve = parsing.artifact_resolve(verified(root, peer.entity.signing, now=now).element)
    except SignatureRefused as refused:
        return Refused(root.get("ID", ""), ResolveOutcome.SIGNATURE, sender, str(refused))
    except XmlRefused:
        return Fault(soap.FaultCode.CLIENT, sender=sender)
    return _judged(resolve, door, look_ups, now)


def _is_its_own(certificate: x509.Certificate, peer: Peer, trust: Trust | None, now: datetime) -> bool:
    """TL-03: identical to one in the issuer's own metadata, and made for TLS clients."""
    if certificate not in [key.certificate for key in peer.entity.signing if key.counts_at(now)]:
        return False
    return trust is None or not client_certificate_faults(
        certificate, issuer=peer.entity, trust=trust, now=now
    )


def _read(body: bytes, content_type: str) -> tuple[etree._Element, str]:
    if content_type.partition(";")[0].strip().lower() not in {TEXT_XML, SOAP_XML}:
        raise _Ends(Bare(415))
    try:
        envelope = gate.read(body, gate.RESOLVE)
    except XmlRefused as refused:
        raise _Ends(Bare(413 if refused.fault is XmlFault.TOO_LARGE else 400)) from refused
    try:
        root = soap.body_of(envelope)
        if root.tag != SAMLP + "ArtifactResolve":
            raise _Ends(Fault(soap.FaultCode.CLIENT))
        schemas.validate(root, schemas.Schema.PROTOCOL)
        issuer = root.find(SAML + "Issuer")
        return root, gate.value_of(issuer) if issuer is not None else ""
    except soap.SoapFault as fault:
        raise _Ends(Fault(fault.code)) from fault
    except XmlRefused as refused:
        raise _Ends(Fault(soap.FaultCode.CLIENT)) from refused


def _peer(entity_id: str, door: Door, look_ups: LookUps, now: datetime) -> Peer:
    """The registered sender (ST-64)."""
    unknown = Fault(soap.FaultCode.CLIENT, "ST-64")
    try:
        parsed = EntityId.parse(entity_id)
    except InvalidEntityId as invalid:
        raise _Ends(unknown) from invalid
    peer = look_ups.peer(entity_id)
    known = replace(unknown, sender=entity_id)
    if peer is None:
        raise _Ends(known if look_ups.knows(entity_id) else unknown)
    if peer.role is not parsed.role:
        raise _Ends(unknown)
    if parsed.role not in door.accepts or not allowed_in(parsed, door.environment) or not peer.counts_at(now):
        raise _Ends(known)
    return peer


def _judged(resolve: ArtifactResolve, door: Door, look_ups: LookUps, now: datetime) -> Resolved:
    if resolve.version != "2.0" or resolve.destination not in {None, door.resolution}:
        return Refused(resolve.id, ResolveOutcome.UNSUPPORTED, resolve.issuer)
    if not is_timely(resolve.issue_instant, now) or not look_ups.is_new(resolve.issuer, resolve.id):
        return Refused(resolve.id, ResolveOutcome.DENIED, resolve.issuer)
    artifact = read_artifact(resolve.artifact)
    if artifact is None or artifact.index != 0 or not artifact.is_from(door.entity_id):
        return Refused(resolve.id, ResolveOutcome.NOTHING, resolve.issuer, "no artifact of this door")
    return HandIn(resolve.id, resolve.issuer, resolve.artifact)
