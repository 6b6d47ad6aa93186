"""Handing in an artifact: once, to who asked, decided anew, recorded, composed then (AB-06, TM-10, BV-14).

An artifact is consumed before its answer is built: whatever fails after that, nobody gets a second answer (ST-70).
Used through `operations`.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.logins import entities
from volmacht.logins.judging_again import obstacle_now
from volmacht.logins.models import Federation, IssuedArtifact, SamlLogin, Transaction
from volmacht.logins.saml_logins import artifact_hash, upstream_session
from volmacht.logins.states import State
from volmacht.parties.queries import bsn_of
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.handling import composing
from volmacht.protocols.saml.handling.composing import Addressee, Evidence
from volmacht.protocols.saml.messages import Response
from volmacht.protocols.saml.status import Outcome, unsupported_upstream
from volmacht.protocols.xml import gate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.sealing import Purpose, keyed_hash, seal, unseal

FEDERATED_FOR = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class _Door:
    environment: Environment
    entity: OwnEntity

    @property
    def entity_id(self) -> str:
        return entities.entity_id(self.environment, self.entity)


def hand_in(
    artifact: str, *, environment: Environment, entity: OwnEntity, connection: str
) -> Response | None:
    """The answer for which an artifact stands; None for one that is unknown, used, late or another's (ST-67)."""
    now = clock.wall_clock()
    found = IssuedArtifact.objects.filter(
        artifact_hash=artifact_hash(artifact),
        environment=environment,
        door=entity,
        entity_id=connection,
        used_at__isnull=True,
        expires_at__gt=now,
    )
    if not found.update(used_at=now):
        return None
    issued = IssuedArtifact.objects.get(artifact_hash=artifact_hash(artifact))
    door = _Door(environment, entity)
    to = Addressee(issued.entity_id, issued.consumer, issued.request_id)
    outcome = Outcome[issued.outcome]
    if outcome is Outcome.SUCCEEDED and issued.transaction_id is not None:
        return _success(issued.transaction_id, to, door)
    status = (
        unsupported_upstream(issued.message) if outcome is Outcome.UNSUPPORTED_UPSTREAM else outcome.status()
    )
    return composing.login_response(issuer=door.entity_id, to=to, status=status, now=now)


def _success(login_id: UUID, to: Addressee, door: _Door) -> Response:
    """Decide and record in one transaction; sign and encrypt after it, so that no lock waits for arithmetic."""
    login = SamlLogin.objects.select_related("transaction").get(transaction_id=login_id)
    row = login.transaction
    authentication = _evidence(login.evidence_sealed) if door.entity is OwnEntity.ENTRANCE else None
    with transaction.atomic():
        Transaction.objects.filter(id=row.id).update(state=State.DELIVERED)
        obstacle = obstacle_now(login)
        name_id = _federate(login, authentication, door) if authentication and not obstacle else ""
    now = clock.wall_clock()
    if obstacle:
        status = obstacle.status()
        return composing.login_response(issuer=door.entity_id, to=to, status=status, now=now)
    if authentication is None:
        assertion = _stated(login, row, to, door).signed
    else:
        assertion = _outer(login, row, to, door, authentication, name_id)
    return composing.login_response(issuer=door.entity_id, to=to, assertion=assertion, now=now)


def _evidence(sealed: bytes | memoryview | None) -> Evidence:
    signed = unseal(Purpose.LOGIN, bytes(sealed or b""))
    return Evidence(parsing.assertion(gate.parsed(signed)), signed)


def _stated(login: SamlLogin, row: Transaction, to: Addressee, door: _Door) -> Evidence:
    """E2 states who represents whom, encrypted for the DV (BV-15, BV-16)."""
    environment = door.environment
    acting = bsn_of(row.party_id) if row.party_id else None
    represented = bsn_of(row.represented_id) if row.represented_id else None
    peer = catalogue.peer(environment, login.entity_id)
    if acting is None or represented is None or peer is None:
        raise RuntimeError("a person or a connection went away between the decision and the answer")
    now = clock.wall_clock()
    return composing.representation_assertion(
        issuer=entities.entity_id(environment, OwnEntity.BVD),
        key=ring(environment, OwnEntity.BVD).signing,
        to=to,
        service_uuid=login.service_uuid,
        acting=acting,
        represented=represented,
        recipients=peer.recipient_keys(login.provider_entity_id, now),
        now=now,
    )


def _outer(
    login: SamlLogin, row: Transaction, to: Addressee, door: _Door, authentication: Evidence, name_id: str
) -> bytes:
    """The entrance's own assertion around the evidence of the services upstream."""
    representation = _evidence(login.statement_sealed) if login.statement_sealed else None
    if row.represented_id is not None:
        own_consumer = entities.front(door.environment, OwnEntity.ENTRANCE, entities.CONSUMER)
        representation = _stated(login, row, Addressee(door.entity_id, own_consumer, to.request_id), door)
    return composing.outer_assertion(
        issuer=door.entity_id,
        key=ring(door.environment, OwnEntity.ENTRANCE).signing,
        to=to,
        provider=login.provider_entity_id,
        service_uuid=login.service_uuid,
        name_id=name_id,
        level=LevelOfAssurance(row.level or 0),
        authentication=authentication,
        representation=representation,
        now=clock.wall_clock(),
    )


def _federate(login: SamlLogin, authentication: Evidence, door: _Door) -> str:
    """Remember what is asserted, for log-out and for the SSO domain; returns the new transient name (AS-04)."""
    upstream = authentication.assertion
    name_id = uuid4()
    Federation.objects.create(
        environment=door.environment,
        entity_id=login.entity_id,
        sso_domain=catalogue.sso_domain(login.transaction.connection_id),
        name_id=name_id,
        login_id=login.transaction_id,
        authentication_service=upstream.issuer,
        upstream_sealed=seal(Purpose.LOGIN, f"{upstream.name_id}\n{upstream.session_index or ''}".encode()),
        upstream_hash=keyed_hash(Purpose.LINK, upstream_session(upstream)),
        level=login.transaction.level or 0,
        expires_at=clock.wall_clock() + FEDERATED_FOR,
    )
    return str(name_id)
