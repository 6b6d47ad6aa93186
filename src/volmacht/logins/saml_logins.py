"""A log-in that a provider or routing service asked for over SAML, from its request to its artifact.

`start` keeps an accepted request and gives the handle that binds it to the browser; `authenticated` takes what the
authentication service said. `issue` makes the artifact with which `choices` end it, and with which a request is
answered that begins none: every outcome goes back that way, never through the browser (AB-01).
Used through `operations`.
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
from volmacht.logins.knowing import known
from volmacht.logins.look_ups import StoredLookUps, note_message
from volmacht.logins.models import IssuedArtifact, SamlLogin, Transaction
from volmacht.logins.states import Representation, State
from volmacht.logins.upstream import is_own
from volmacht.logins.upstream_session import Session
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.bindings import artifact_address
from volmacht.protocols.saml.handling.answers import Answered
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.handling.idp_assertions import Acting, read_idp_assertion
from volmacht.protocols.saml.handling.requests import Accepted, Sender, Way
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refused
from volmacht.sealing import Purpose, keyed_hash, seal
from volmacht.telling import tell

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
    person = known(acting.bsn, environment)
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
        return _cannot_go_on(None, "it is over")
    person = None
    environment = Environment(login.transaction.environment)
    represents = login.transaction.representation != Representation.NONE
    if represents and not representation_service:
        return _cannot_go_on(login, "no representation service in use")
    if represents and is_own(environment, representation_service):
        acting = _handed_over(login, answer.evidence)
        if isinstance(acting, Outcome):
            return _cannot_go_on(login, f"handed over to our own BVD: {acting.rule}")
        person = known(acting.bsn, environment)  # may ask the population register, so before the transaction
        if isinstance(person, Refused):
            return _cannot_go_on(login, person.refusal.value)
    with transaction.atomic():
        changed = Transaction.objects.filter(
            id=login_id, state=State.STARTED, expires_at__gt=clock.wall_clock()
        ).update(state=State.AUTHENTICATED, level=level, party_id=person)
        if changed:  # else another log-in was first, and its evidence stays
            SamlLogin.objects.filter(transaction_id=login_id).update(
                representation_service=representation_service,
                evidence_sealed=seal(Purpose.LOGIN, login_id, answer.evidence),
                upstream_hash=Session.behind(answer.assertion).hash,
            )
    return None if changed else _cannot_go_on(login, "it went on in another window")


def _cannot_go_on(login: SamlLogin | None, why: str) -> Outcome:
    """Somebody logged in, and yet the log-in ends (ST-47), with one line that says why."""
    outcome = Outcome.REPRESENTATION_SERVICE_ERROR
    environment = login.transaction.environment if login else ""
    sender = login.entity_id if login else ""
    tell("log-in cannot go on", outcome.rule, environment=environment, sender=sender, why=why)
    return outcome


def _handed_over(login: SamlLogin, evidence: bytes) -> Acting | Outcome:
    """E2 reads the assertion that E1 hands over, with the same checks as one from outside (FL-02, BV-17)."""
    environment = Environment(login.transaction.environment)
    return _read_by_bvd(
        evidence,
        environment=environment,
        routing=entities.entrance_as_peer(environment),
        service_uuid=login.service_uuid,
        level=LevelOfAssurance(login.level_needed),
    )


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


def issue(
    sender: Sender,
    *,
    environment: Environment,
    door: OwnEntity,
    outcome: Outcome,
    message: str = "",
    login: UUID | None = None,
) -> str:
    """Keep an answer and make an artifact for it; the address to which the browser takes that (AB-01 to AB-05).

    `login` is what it ends; None for a request that begins no log-in (ST-20 to ST-35). `message` is that of ST-45.
    """
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
