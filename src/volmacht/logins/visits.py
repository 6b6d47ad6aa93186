"""Our visits to an authentication service over SAML: the one client for entrance and portal (AD-01 to AD-13).

`begin_visit` makes the form that takes the browser there; `finish_visit` turns the artifact with which it comes back
into a judged answer. Used through `operations`. Nothing unsolicited is taken: a visit is finished once, by the
browser that began it.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from django.conf import settings

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring, trust_bundle
from volmacht.logins import entities
from volmacht.logins.adapters.back_channel import NotReached, call
from volmacht.logins.look_ups import note_message
from volmacht.logins.models import Visit
from volmacht.protocols import soap
from volmacht.protocols.saml import building
from volmacht.protocols.saml.artifacts import Artifact, read_artifact
from volmacht.protocols.saml.bindings import post_fields
from volmacht.protocols.saml.handling.answers import (
    Answered,
    AnswerRefused,
    Expected,
    Kind,
    NotAnswered,
    read_answer,
)
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.messages import (
    AUTHN_FAILED,
    NO_AUTHN_CONTEXT,
    REQUEST_UNSUPPORTED,
    ArtifactResolve,
    AuthnRequest,
    Scoping,
    Status,
)
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome, cleaned
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes

TERM = timedelta(minutes=20)  # TM-07
CONSUMER_INDEX = 0
log = structlog.get_logger("volmacht.saml")


@dataclass(frozen=True, slots=True)
class Sent:
    """The form that takes the browser to the authentication service (AD-04)."""

    visit: UUID
    location: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody logged in. `transaction` is the log-in for a provider that this visit was for, if any."""

    answer: Answered
    level: LevelOfAssurance
    transaction: UUID | None


@dataclass(frozen=True, slots=True)
class Failed:
    """Nobody logged in, and why; `message` is the cleaned text of ST-45."""

    outcome: Outcome
    transaction: UUID | None
    message: str = ""


def begin_visit(
    *,
    environment: Environment,
    entity: OwnEntity,
    authentication_service: str,
    provider: str,
    service_uuid: str,
    level: LevelOfAssurance,
    representation_service: str = "",
    force_authn: bool = True,
    transaction: UUID | None = None,
) -> Sent | Outcome:
    """A signed AuthnRequest for a pinned service; an Outcome when that has no usable metadata now (ST-46)."""
    peer = _usable(environment, authentication_service)
    if peer is None or not peer.entity.single_sign_on:
        return Outcome.AUTHENTICATION_SERVICE_ERROR
    location = peer.entity.single_sign_on[0].location
    relay_state, now = secrets.token_urlsafe(32), clock.wall_clock()
    request = AuthnRequest(
        id=new_id(),
        version="2.0",
        issue_instant=now,
        destination=location,
        issuer=entities.entity_id(environment, entity),
        force_authn=force_authn,
        acs_index=CONSUMER_INDEX,
        has_extensions=True,
        audiences=(provider,),
        services=(service_uuid,),
        scoping=Scoping(None, (representation_service,)) if representation_service else None,
    )
    visit = Visit.objects.create(
        id=uuid4(),
        environment=environment,
        entity=entity,
        transaction_id=transaction,
        authentication_service=authentication_service,
        request_id=request.id,
        relay_state_hash=keyed_hash(Purpose.LINK, relay_state),
        provider_entity_id=provider,
        service_uuid=service_uuid,
        representation_service=representation_service,
        level_needed=level,
        expires_at=now + TERM,
    )
    message = building.authn_request(request, ring(environment, entity).signing)
    return Sent(visit.id, location, post_fields(message, relay_state))


def _usable(environment: Environment, entity_id: str) -> Peer | None:
    peer = catalogue.peer(environment, entity_id)
    return peer if peer and peer.counts_at(clock.wall_clock()) else None


def finish_visit(visit_id: UUID, *, artifact: str, relay_state: str) -> Came | Failed | None:
    """Resolve the artifact and judge what comes; once. None when this is no visit that waits for it (ST-12)."""
    visit = Visit.objects.filter(
        id=visit_id,
        relay_state_hash__in=keyed_hashes(Purpose.LINK, relay_state),
        expires_at__gt=clock.wall_clock(),
    ).first()
    peer = _usable(Environment(visit.environment), visit.authentication_service) if visit else None
    read = read_artifact(artifact)
    if visit is None or read is None or not read.is_from(visit.authentication_service):
        return None
    if not Visit.objects.filter(id=visit.id).delete()[0]:
        return None  # finished in another tab, this very moment
    try:
        answer = _resolve(visit, peer, artifact, read)
    except (AnswerRefused, NotReached) as problem:
        log.warning("authentication service failed", peer=visit.authentication_service, why=str(problem))
        return Failed(Outcome.AUTHENTICATION_SERVICE_ERROR, visit.transaction_id)
    if isinstance(answer, NotAnswered):
        return _failed(answer.status, visit.transaction_id)
    return _came(visit, answer)


def _resolve(visit: Visit, peer: Peer | None, artifact: str, read: Artifact) -> Answered | NotAnswered:
    environment, entity = Environment(visit.environment), OwnEntity(visit.entity)
    endpoint = peer.entity.resolution(read.index) if peer else None
    keys = ring(environment, entity)
    if peer is None or endpoint is None or keys.tls is None:
        raise NotReached("no usable metadata, or no such ArtifactResolutionService")
    resolve = ArtifactResolve(
        id=new_id(),
        version="2.0",
        issue_instant=clock.wall_clock(),
        destination=endpoint.location,
        issuer=entities.entity_id(environment, entity),
        artifact=artifact,
    )
    message = soap.envelope(building.artifact_resolve(resolve, keys.signing))
    answer = call(endpoint.location, message, own=keys.tls, anchors=trust_bundle(environment))
    own = entities.entity_id(environment, entity)
    expected = Expected(
        kind=Kind.AUTHENTICATION,
        issuer=visit.authentication_service,
        keys=peer.entity.signing,
        resolve_id=resolve.id,
        request_id=visit.request_id,
        consumer=entities.front(environment, entity, entities.CONSUMER),
        audiences=tuple(one for one in (own, visit.representation_service) if one),
        service_uuid=visit.service_uuid,
        readable_for=tuple(one for one in (visit.provider_entity_id, visit.representation_service) if one),
        organisations=entity is OwnEntity.PORTAL
        and visit.authentication_service in settings.VOLMACHT.eherkenning,  # AD-16
    )
    return read_answer(answer, expected=expected, now=clock.wall_clock())


def _failed(status: Status, transaction: UUID | None) -> Failed:
    """What the service says no with, in our own terms (ST-41 to ST-46)."""
    if status.cancelled:
        return Failed(Outcome.CANCELLED, transaction)
    outcomes = {
        AUTHN_FAILED: Outcome.AUTHENTICATION_FAILED,
        NO_AUTHN_CONTEXT: Outcome.LEVEL_TOO_LOW,
        REQUEST_UNSUPPORTED: Outcome.UNSUPPORTED_UPSTREAM,
    }
    outcome = outcomes.get(status.second or "", Outcome.AUTHENTICATION_SERVICE_ERROR)
    message = cleaned(status.message or "") if outcome is Outcome.UNSUPPORTED_UPSTREAM else ""
    return Failed(outcome, transaction, message)


def _came(visit: Visit, answer: Answered) -> Came | Failed:
    """Accept the assertion once (AD-11), at the level that was needed (ST-44)."""
    own = entities.entity_id(Environment(visit.environment), OwnEntity(visit.entity))
    if not note_message(own, visit.authentication_service, answer.assertion.id):
        return Failed(Outcome.AUTHENTICATION_SERVICE_ERROR, visit.transaction_id)
    if answer.level is None or answer.level < visit.level_needed:
        return Failed(Outcome.LEVEL_TOO_LOW, visit.transaction_id)
    return Came(answer, answer.level, visit.transaction_id)


def sweep_visits() -> int:
    """Remove visits that are over; how many."""
    return Visit.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
