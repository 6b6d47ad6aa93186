"""Makes the assertions and answers that our doors give (RS, AS, EN, BV-15, BV-16, TM-03 to TM-05, TM-10).

The outer assertion of the entrance copies what the services upstream encrypted for the provider: the entrance itself
can read none of it. Only E2, who knows whom the mandate names, encrypts anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from volmacht.protocols import soap
from volmacht.protocols.saml import assurance, building
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, copied, encrypted_id, recipients
from volmacht.protocols.saml.keys import OwnKey, RecipientKey
from volmacht.protocols.saml.messages import ArtifactResponse, Assertion, Response, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome, ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import LEGACY_BSN
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn

CONFIRMED_FOR = timedelta(minutes=2)  # TM-04
MARGIN = timedelta(minutes=2)  # TM-05
VERSION = "2.0"


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom an answer goes: the connection, its consumer, and the request it answers."""

    entity_id: str
    consumer: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verified assertion of a service upstream, as a value and as the bytes that were signed."""

    assertion: Assertion
    signed: bytes


def outer_assertion(
    *,
    issuer: str,
    key: OwnKey,
    to: Addressee,
    provider: str,
    service_uuid: str,
    name_id: str,
    level: LevelOfAssurance,
    authentication: Evidence,
    representation: Evidence | None,
    now: datetime,
) -> bytes:
    """What a DV or LC receives: who acts, for whom, how surely, with the evidence in Advice (AS-10 to AS-24)."""
    evidence = [authentication, *([representation] if representation else [])]
    return building.assertion(
        Assertion(
            id=new_id(),
            version=VERSION,
            issue_instant=now,
            issuer=issuer,
            name_id=name_id,
            recipient=to.consumer,
            in_response_to=to.request_id,
            confirmation_ends=now + CONFIRMED_FOR,
            not_before=now - MARGIN,
            not_on_or_after=now + MARGIN,
            audiences=tuple(dict.fromkeys((provider, to.entity_id))),
            advice=tuple(one.signed for one in evidence),
            authn_instant=now,
            session_index=name_id,
            class_ref=assurance.uri_of(level),
            authorities=tuple(one.assertion.issuer for one in evidence),
            service_uuids=(service_uuid,),
            acting=_copies(authentication.assertion.acting, provider),
            legal=_copies(representation.assertion.legal, provider) if representation else (),
            representation_types=representation.assertion.representation_types if representation else (),
        ),
        key,
    )


def _copies(encrypted: Sequence[bytes], provider: str) -> tuple[bytes, ...]:
    """Those that the provider can read: a value may be for another reader alone (EN-13)."""
    parsed = (gate.parsed(one) for one in encrypted)
    return tuple(
        serialised(copied(one, audience=(provider,))) for one in parsed if provider in recipients(one)
    )


def representation_assertion(
    *,
    issuer: str,
    key: OwnKey,
    to: Addressee,
    service_uuid: str,
    acting: Bsn,
    represented: Bsn,
    recipients: Sequence[RecipientKey],
    now: datetime,
) -> Evidence:
    """What E2 states to an entrance or routing service: X represents Y for this service (BV-15, BV-16)."""
    assertion = Assertion(
        id=new_id(),
        version=VERSION,
        issue_instant=now,
        issuer=issuer,
        name_id=str(uuid4()),
        recipient=to.consumer,
        in_response_to=to.request_id,
        confirmation_ends=now + CONFIRMED_FOR,
        not_before=now - MARGIN,
        not_on_or_after=now + MARGIN,
        audiences=(to.entity_id,),
        authn_instant=now,
        class_ref=assurance.UNSPECIFIED,
        service_uuids=(service_uuid,),
        acting=(_encrypted(acting, recipients),),
        legal=(_encrypted(represented, recipients),),
    )
    return Evidence(assertion, building.assertion(assertion, key))


def _encrypted(bsn: Bsn, recipients: Sequence[RecipientKey]) -> bytes:
    return serialised(encrypted_id(Identifier(LEGACY_BSN, bsn.value), recipients))


def resolved(
    *,
    issuer: str,
    key: OwnKey,
    in_response_to: str,
    response: Response | None,
    outcome: ResolveOutcome,
    now: datetime,
) -> bytes:
    """The SOAP answer to an ArtifactResolve, signed (AB-20 to AB-27)."""
    message = ArtifactResponse(
        id=new_id(),
        version=VERSION,
        issue_instant=now,
        in_response_to=in_response_to,
        issuer=issuer,
        status=outcome.status(),
        response=response,
    )
    return soap.envelope(building.artifact_response(message, key))


def login_response(
    *, issuer: str, to: Addressee, status: Status | None = None, assertion: bytes | None = None, now: datetime
) -> Response:
    """How a log-in ended: with an assertion, or with the status why there is none (RS-01 to RS-09)."""
    return Response(
        id=new_id(),
        version=VERSION,
        issue_instant=now,
        in_response_to=to.request_id,
        destination=to.consumer,
        issuer=issuer,
        status=status or Outcome.SUCCEEDED.status(),
        assertions=(assertion,) if assertion else (),
    )
