"""A log-in that a provider or routing service asked for over SAML, from its request to its artifact.

`start` keeps an accepted request and gives the handle that binds it to the browser; `authenticated` takes what the
authentication service said; `choices` end it with an artifact of `issue`, and `refuse` one that never begins. Every
outcome goes back that way, never through the browser (AB-01). Used through `operations`.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.logins import entities
from volmacht.logins.look_ups import StoredLookUps, note_message
from volmacht.logins.models import IssuedArtifact, SamlLogin, Transaction
from volmacht.logins.states import Representation, State
from volmacht.logins.upstream import is_own
from volmacht.parties.operations import know_person
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.bindings import artifact_address
from volmacht.protocols.saml.handling.answers import Answered
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.handling.idp_assertions import Acting, read_idp_assertion
from volmacht.protocols.saml.handling.requests import Accepted, Sender, Way
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refused
from volmacht.sealing import Purpose, keyed_hash, seal

TERM = timedelta(minutes=20)  # TM-07
ARTIFACT_TERM = timedelta(minutes=2)  # TM-03
_WAYS = {
    Way.OWN: Representation.NONE,
    Way.OPTIONAL: Representation.OPTIONAL,
    Way.MANDATORY: Representation.MANDATORY,
}


@dataclass(frozen=True, slots=True)
class Started:
    """A log-in that waits for its browser; `handle` opens it once (SE-02)."""

    id: UUID
    handle: str


@transaction.atomic
def start(accepted: Accepted, *, environment: Environment, door: OwnEntity) -> Started:
    """Keep an accepted request."""
    handle = secrets.token_urlsafe(24)
    row = Transaction.objects.create(
        environment=environment,
        connection_id=accepted.offer.connection,
        service_id=accepted.offer.service,
        representation=_WAYS[accepted.way],
        state=State.STARTED,
        expires_at=clock.wall_clock() + TERM,
    )
    SamlLogin.objects.create(
        transaction=row,
        door=door,
        handle_hash=keyed_hash(Purpose.LINK, handle),
        entity_id=accepted.sender.entity_id,
        request_id=accepted.sender.request_id,
        consumer=accepted.sender.consumer,
        relay_state=accepted.sender.relay_state,
        provider_id=accepted.offer.provider,
        provider_entity_id=accepted.provider,
        service_uuid=accepted.service_uuid,
        level_needed=accepted.level,
        force_authn=accepted.force_authn,
        authentication_services=list(accepted.authentication_services),
        representation_services=list(accepted.representation_services),
    )
    return Started(row.id, handle)


def start_for_bvd(accepted: Accepted, *, environment: Environment) -> Started | Outcome:
    """Keep a request that brought its own log-in: E2 reads who that is (FL-05). The Outcome when it does not count."""
    peer = catalogue.peer(environment, accepted.sender.entity_id)
    if peer is None or accepted.idp_assertion is None:
        return Outcome.IDP_ASSERTION_MALFORMED
    acting = _read_by_bvd(
        accepted.idp_assertion,
        environment=environment,
        routing=peer,
        service_uuid=accepted.service_uuid,
        level=accepted.level,
    )
    if isinstance(acting, Outcome):
        return acting
    person = know_person(acting.bsn)
    if isinstance(person, Refused):
        return Outcome.REPRESENTATION_SERVICE_ERROR
    with transaction.atomic():
        started = start(accepted, environment=environment, door=OwnEntity.BVD)
        Transaction.objects.filter(id=started.id).update(
            state=State.AUTHENTICATED, level=acting.level, party_id=person
        )
    return started


def authenticated(
    login_id: UUID, *, answer: Answered, level: LevelOfAssurance, representation_service: str = ""
) -> Outcome | None:
    """Keep what the authentication service said; E2 reads who it is when somebody else is acted for (BV-17).

    With another `representation_service` than E2 nobody here reads it. Returns the outcome with which the log-in must
    end, or None when it goes on.
    """
    login = SamlLogin.objects.select_related("transaction").filter(transaction_id=login_id).first()
    if login is None:
        return Outcome.REPRESENTATION_SERVICE_ERROR
    person = None
    environment = Environment(login.transaction.environment)
    represents = login.transaction.representation != Representation.NONE
    if represents and not representation_service:
        return Outcome.REPRESENTATION_SERVICE_ERROR
    if represents and is_own(environment, representation_service):
        acting = _handed_over(login, answer.evidence)
        if acting is None:
            return Outcome.REPRESENTATION_SERVICE_ERROR
        person = know_person(acting.bsn)  # may ask the population register, so before the transaction
        if isinstance(person, Refused):
            return Outcome.REPRESENTATION_SERVICE_ERROR
    with transaction.atomic():
        changed = Transaction.objects.filter(
            id=login_id, state=State.STARTED, expires_at__gt=clock.wall_clock()
        ).update(state=State.AUTHENTICATED, level=level, party_id=person)
        if changed:  # else another log-in was first, and its evidence stays
            SamlLogin.objects.filter(transaction_id=login_id).update(
                representation_service=representation_service,
                evidence_sealed=seal(Purpose.LOGIN, login_id, answer.evidence),
                upstream_hash=keyed_hash(Purpose.LINK, upstream_session(answer.assertion)),
            )
    return None if changed else Outcome.REPRESENTATION_SERVICE_ERROR


def upstream_session(assertion: Assertion) -> str:
    """What the authentication service calls the session behind an assertion: alike for each log-in of one session."""
    return f"{assertion.issuer}\n{assertion.name_id}\n{assertion.session_index or ''}"


def _handed_over(login: SamlLogin, evidence: bytes) -> Acting | None:
    """E2 reads the assertion that E1 hands over, with the same checks as one from outside (FL-02, BV-17)."""
    environment = Environment(login.transaction.environment)
    acting = _read_by_bvd(
        evidence,
        environment=environment,
        routing=entities.entrance_as_peer(environment),
        service_uuid=login.service_uuid,
        level=LevelOfAssurance(login.level_needed),
    )
    return None if isinstance(acting, Outcome) else acting


def _read_by_bvd(
    evidence: bytes, *, environment: Environment, routing: Peer, service_uuid: str, level: LevelOfAssurance
) -> Acting | Outcome:
    """BV-01 to BV-09; the assertion is used up by it (BV-08)."""
    door = entities.door(environment, OwnEntity.BVD)
    acting = read_idp_assertion(
        evidence,
        door=door,
        routing=routing,
        service_uuid=service_uuid,
        level=level,
        keys=ring(environment, OwnEntity.BVD).decrypting,
        look_ups=StoredLookUps(environment, door.entity_id),
        now=clock.wall_clock(),
    )
    if isinstance(acting, Outcome):
        return acting
    new = note_message(door.entity_id, acting.assertion.issuer, acting.assertion.id)
    return acting if new else Outcome.IDP_ASSERTION_REFUSED


def refuse(sender: Sender, outcome: Outcome, *, environment: Environment, door: OwnEntity) -> str:
    """Answer a request that begins no log-in (ST-20 to ST-35); the address to which the browser goes."""
    return issue(sender, environment=environment, door=door, outcome=outcome)


def issue(
    sender: Sender,
    *,
    environment: Environment,
    door: OwnEntity,
    outcome: Outcome,
    message: str = "",
    login: UUID | None = None,
) -> str:
    artifact = new_artifact(entities.entity_id(environment, door))
    IssuedArtifact.objects.create(
        artifact_hash=artifact_hash(artifact),
        environment=environment,
        door=door,
        entity_id=sender.entity_id,
        request_id=sender.request_id,
        consumer=sender.consumer,
        transaction_id=login,
        outcome=outcome.name,
        message=message,
        expires_at=clock.wall_clock() + ARTIFACT_TERM,
    )
    return artifact_address(sender.consumer, artifact, sender.relay_state)


def artifact_hash(artifact: str) -> bytes:
    """Under which an artifact is kept (AB-05)."""
    return hashlib.sha256(artifact.encode()).digest()


def sweep_log_ins() -> int:
    """Remove log-ins that are over; how many."""
    _, removed = Transaction.objects.filter(expires_at__lte=clock.wall_clock()).delete()
    return removed.get(Transaction._meta.label, 0)


def sweep_artifacts() -> int:
    """Remove artifacts that resolve no more; how many."""
    return IssuedArtifact.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
