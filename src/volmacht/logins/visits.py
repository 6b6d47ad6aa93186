"""Our visits to services upstream over SAML: the one client for entrance and portal (AD-01 to AD-13, BV-20).

`begin_visit` makes the form that takes the browser to an authentication service, `begin_statement` the one that
takes it to an outside representation service with the log-in (AR-20); `finish_visit` and `finish_statement` turn the
artifact with which it comes back into a judged answer. Used through `operations`. Nothing unsolicited is taken: a
visit is finished once, by the browser that began it.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

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
from volmacht.protocols.saml.entity_ids import Role
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
    SECOND_CODES,
    STATUS,
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
from volmacht.telling import tell

TERM = timedelta(minutes=20)  # TM-07
CONSUMER_INDEX = 0
ROLES = {Kind.AUTHENTICATION: Role.AD, Kind.REPRESENTATION: Role.BVD}
FAILURES = {
    Kind.AUTHENTICATION: Outcome.AUTHENTICATION_SERVICE_ERROR,
    Kind.REPRESENTATION: Outcome.REPRESENTATION_SERVICE_ERROR,
}
ANSWERED_BEFORE = {Kind.AUTHENTICATION: "AD-11", Kind.REPRESENTATION: "BV-20"}


@dataclass(frozen=True, slots=True)
class Sent:
    """The form that takes the browser to the authentication service (AD-04)."""

    visit: UUID
    location: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody logged in. `transaction` is the log-in for a provider that this visit was for, if any.

    `representation_service` is who may read it beside the provider, when somebody else is acted for (AR-32).
    """

    answer: Answered
    level: LevelOfAssurance
    transaction: UUID | None
    representation_service: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """An outside representation service says for whom the person acts, in this log-in for a provider."""

    answer: Answered
    transaction: UUID


@dataclass(frozen=True, slots=True)
class Failed:
    """Nobody logged in or acts for another, and why; `message` is the cleaned text of ST-45, `service` who said so."""

    outcome: Outcome
    transaction: UUID | None
    message: str = ""
    service: str = ""


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
    visit = Visit(
        environment=environment,
        entity=entity,
        kind=Kind.AUTHENTICATION,
        transaction_id=transaction,
        authentication_service=authentication_service,
        provider_entity_id=provider,
        service_uuid=service_uuid,
        representation_service=representation_service,
        level_needed=level,
    )
    scoping = Scoping(None, (representation_service,)) if representation_service else None
    return _begin(visit, force_authn=force_authn, scoping=scoping)


def begin_statement(
    *,
    environment: Environment,
    representation_service: str,
    provider: str,
    service_uuid: str,
    level: LevelOfAssurance,
    transaction: UUID,
    log_in: bytes,
) -> Sent | Outcome:
    """A signed AuthnRequest for an outside representation service, with the log-in as it was signed (AR-20).

    An Outcome when that service has no usable metadata now (ST-47).
    """
    visit = Visit(
        environment=environment,
        entity=OwnEntity.ENTRANCE,
        kind=Kind.REPRESENTATION,
        transaction_id=transaction,
        authentication_service=representation_service,
        provider_entity_id=provider,
        service_uuid=service_uuid,
        level_needed=level,
    )
    return _begin(visit, idp_assertions=(log_in,))


def _begin(
    visit: Visit,
    *,
    force_authn: bool = False,
    scoping: Scoping | None = None,
    idp_assertions: tuple[bytes, ...] = (),
) -> Sent | Outcome:
    environment, entity = Environment(visit.environment), OwnEntity(visit.entity)
    peer = usable_upstream(environment, visit.authentication_service, Kind(visit.kind))
    if peer is None:
        return _fails(visit, FAILURES[Kind(visit.kind)], "no usable metadata").outcome
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
        audiences=(visit.provider_entity_id,),
        services=(visit.service_uuid,),
        idp_assertions=idp_assertions,
        scoping=scoping,
    )
    visit.request_id = request.id
    visit.relay_state_hash = keyed_hash(Purpose.LINK, relay_state)
    visit.expires_at = now + TERM
    visit.save(force_insert=True)
    message = building.authn_request(request, ring(environment, entity).signing)
    return Sent(visit.id, location, post_fields(message, relay_state))


def usable_upstream(environment: Environment, entity_id: str, kind: Kind) -> Peer | None:
    """A pinned service of this kind to which a browser can be sent now (AD-13, AR-44)."""
    peer = catalogue.peer(environment, entity_id)
    usable = peer and peer.role is ROLES[kind] and peer.counts_at(clock.wall_clock())
    return peer if peer and usable and peer.entity.single_sign_on else None


def finish_visit(visit_id: UUID, *, artifact: str, relay_state: str) -> Came | Failed | None:
    """Who logged in, once. None when this is no visit that waits for this artifact (ST-12)."""
    visit = _waiting(visit_id, Kind.AUTHENTICATION, relay_state)
    if visit is None:
        return None
    answer = _finish(visit, artifact)
    if not isinstance(answer, Answered):
        return answer
    if answer.level is None or answer.level < visit.level_needed:  # ST-44
        return _fails(visit, Outcome.LEVEL_TOO_LOW, "lower than was asked")
    return Came(answer, answer.level, visit.transaction_id, visit.representation_service)


def finish_statement(visit_id: UUID, *, artifact: str, relay_state: str) -> Stated | Failed | None:
    """For whom somebody acts, once. None when this is no visit that waits for this artifact (ST-12)."""
    visit = _waiting(visit_id, Kind.REPRESENTATION, relay_state)
    if visit is None or visit.transaction_id is None:
        return None
    answer = _finish(visit, artifact)
    if not isinstance(answer, Answered):
        return answer
    return Stated(answer, visit.transaction_id)


def _waiting(visit_id: UUID, kind: Kind, relay_state: str) -> Visit | None:
    return Visit.objects.filter(
        id=visit_id,
        kind=kind,
        relay_state_hash__in=keyed_hashes(Purpose.LINK, relay_state),
        expires_at__gt=clock.wall_clock(),
    ).first()


def _finish(visit: Visit, artifact: str) -> Answered | Failed | None:
    """Resolve the artifact and judge what comes; its assertion counts once (AD-11). None for one of somebody else."""
    kind, environment = Kind(visit.kind), Environment(visit.environment)
    peer = usable_upstream(environment, visit.authentication_service, kind)
    read = read_artifact(artifact)
    if read is None or not read.is_from(visit.authentication_service):
        return None
    if not Visit.objects.filter(id=visit.id).delete()[0]:
        return None  # finished in another tab, this very moment
    try:
        answer = _resolve(visit, peer, artifact, read)
    except (AnswerRefused, NotReached) as problem:
        return _fails(visit, FAILURES[kind], str(problem))
    if isinstance(answer, NotAnswered):
        return _failed(answer.status, visit)
    own = entities.entity_id(environment, OwnEntity(visit.entity))
    if not note_message(own, visit.authentication_service, answer.assertion.id):
        return _fails(visit, FAILURES[kind], "an assertion that came before", rule=ANSWERED_BEFORE[kind])
    return answer


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
    own, pinned = (
        entities.entity_id(environment, entity),
        catalogue.pinned_peer(environment, visit.authentication_service),
    )
    states = Kind(visit.kind) is Kind.REPRESENTATION
    expected = Expected(
        kind=Kind(visit.kind),
        issuer=visit.authentication_service,
        keys=peer.entity.signing,
        resolve_id=resolve.id,
        request_id=visit.request_id,
        consumer=entities.front(environment, entity, entities.CONSUMER),
        audiences=tuple(one for one in (own, visit.representation_service) if one),
        service_uuid=visit.service_uuid,
        representation=states,
        representation_types=pinned.representation_types if states and pinned else frozenset(),  # RT-04
        readable_for=tuple(one for one in (visit.provider_entity_id, visit.representation_service) if one),
        organisations=entity is OwnEntity.PORTAL
        and visit.authentication_service in settings.VOLMACHT.eherkenning,  # AD-16
    )
    return read_answer(answer, expected=expected, now=clock.wall_clock())


def _failed(status: Status, visit: Visit) -> Failed:
    """What the service says no with, in our own terms (ST-41 to ST-47): who stops at an outside BVD stops (FL-07)."""
    if status.cancelled:
        return _fails(visit, Outcome.CANCELLED, "the person stopped there")
    second = status.second or ""
    why = second.removeprefix(STATUS) if second in SECOND_CODES else "another status"
    if second == REQUEST_UNSUPPORTED:
        failed = _fails(visit, Outcome.UNSUPPORTED_UPSTREAM, why)
        return replace(failed, message=cleaned(status.message or ""), service=visit.authentication_service)
    of_log_in = {AUTHN_FAILED: Outcome.AUTHENTICATION_FAILED, NO_AUTHN_CONTEXT: Outcome.LEVEL_TOO_LOW}
    failure = FAILURES[Kind(visit.kind)]
    outcome = of_log_in.get(second, failure) if visit.kind == Kind.AUTHENTICATION else failure
    return _fails(visit, outcome, why)


def _fails(visit: Visit, outcome: Outcome, why: str, *, rule: str = "") -> Failed:
    """The visit came to nothing, with one line that says why."""
    tell(
        f"{Kind(visit.kind)} service failed",
        rule or outcome.rule,
        environment=visit.environment,
        peer=visit.authentication_service,
        provider=visit.provider_entity_id,
        why=why,
    )
    return Failed(outcome, visit.transaction_id)


def sweep_visits() -> int:
    """Remove visits that are over; how many."""
    return Visit.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
