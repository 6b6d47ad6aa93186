"""Handing in an artifact: once, to who asked, decided anew, recorded, composed then (AB-06, TM-10, BV-14).

Everything in the database is one transaction, begun when the message is noted as seen: one wait for the disk for each
answer. The artifact is consumed before its answer is built, and stays so whatever fails after that (ST-70). Signing
and encrypting come after the transaction, so that no lock waits for arithmetic. Used through `operations`.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Self
from uuid import UUID, uuid4

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity, ring
from volmacht.logins import entities
from volmacht.logins.judging_again import obstacle_now
from volmacht.logins.look_ups import StoredLookUps, note_message
from volmacht.logins.models import Federation, SamlLogin, Transaction
from volmacht.logins.saml_logins import artifact_hash, upstream_session
from volmacht.parties.queries import bsns_of_two
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.handling import composing
from volmacht.protocols.saml.handling.composing import Addressee, Evidence
from volmacht.protocols.saml.handling.doors import Offer, Peer
from volmacht.protocols.saml.messages import Response, Status
from volmacht.protocols.saml.status import Outcome, unsupported_upstream
from volmacht.protocols.xml import gate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.sealing import Purpose, keyed_hash, seal, unseal
from volmacht.statements import Insertion, moment_value, rows, run, uuid_of

FEDERATED_FOR = timedelta(hours=8)
CLAIM = """
UPDATE logins_issuedartifact SET used_at = %s
WHERE artifact_hash = %s AND environment = %s AND door = %s AND entity_id = %s AND used_at IS NULL AND expires_at > %s
RETURNING consumer, request_id, transaction_id, outcome, message
"""


@dataclass(frozen=True, slots=True)
class _Door:
    environment: Environment
    entity: OwnEntity

    @property
    def entity_id(self) -> str:
        return entities.entity_id(self.environment, self.entity)


@dataclass(frozen=True, slots=True)
class Answering:
    """What an answer is made of; `compose` signs and encrypts."""

    door: _Door
    to: Addressee
    status: Status | None = None
    login: SamlLogin | None = None
    authentication: Evidence | None = None
    name_id: str = ""
    persons: tuple[Bsn, Bsn] | None = None

    def compose(self) -> Response:
        """The answer, as it is at this moment (TM-10)."""
        assertion = None
        if self.login is not None:
            row = self.login.transaction
            if self.authentication is None:
                assertion = _stated(self.login, self.persons, self.to, self.door).signed
            else:
                assertion = _outer(self, self.login, row, self.authentication)
        return composing.login_response(
            issuer=self.door.entity_id,
            to=self.to,
            status=self.status,
            assertion=assertion,
            now=clock.wall_clock(),
        )


class HandingIn:
    """One call on the back channel: its look-ups, and the artifact that it hands in; used in `with`.

    Whoever calls composes the answer after the block.
    """

    def __init__(self, environment: Environment, entity: OwnEntity) -> None:
        self._door = _Door(environment, entity)
        self._look_ups = StoredLookUps(environment, self._door.entity_id)
        self._transaction = ExitStack()
        self._failure: Exception | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._transaction.__exit__(kind, error, trace)
        if error is None and self._failure is not None:
            raise self._failure

    def peer(self, entity_id: str) -> Peer | None:
        """Verified metadata, from memory."""
        return self._look_ups.peer(entity_id)

    def offer(self, connection: str, provider: str, service_uuid: UUID) -> Offer | None:
        """What the catalogue offers, from memory."""
        return self._look_ups.offer(connection, provider, service_uuid)

    def is_new(self, issuer: str, message_id: str) -> bool:
        """Note the message; False when it was noted before, here or on another node."""
        self._transaction.enter_context(transaction.atomic())
        return note_message(self._door.entity_id, issuer, message_id)

    def hand_in(self, artifact: str, *, connection: str) -> Answering | None:
        """The answer for which an artifact stands; None for one that is unknown, used, late or another's (ST-67)."""
        claimed = _claim(artifact, self._door, connection)
        if claimed is None:
            return None
        if claimed.login_id is None or claimed.outcome is not Outcome.SUCCEEDED:
            return Answering(self._door, claimed.to, claimed.status())
        try:
            with transaction.atomic():
                return _decided(claimed.login_id, claimed.to, self._door)
        except Exception as failure:  # noqa: BLE001 - raised when the artifact is consumed for good (ST-70)
            self._failure = failure
            return None


@dataclass(frozen=True, slots=True)
class _Claimed:
    """What an artifact stands for, now that nobody else gets it."""

    to: Addressee
    login_id: UUID | None
    outcome: Outcome
    message: str

    def status(self) -> Status:
        """Why there is no assertion."""
        unsupported = self.outcome is Outcome.UNSUPPORTED_UPSTREAM
        return unsupported_upstream(self.message) if unsupported else self.outcome.status()


def _claim(artifact: str, door: _Door, connection: str) -> _Claimed | None:
    """Consume the artifact of this door, if it was made for this connection and is still good (AB-05, AB-06)."""
    now = moment_value(clock.wall_clock())
    wanted = [artifact_hash(artifact), door.environment.value, door.entity.value, connection, now]
    found = rows(CLAIM, [now, *wanted])
    if not found:
        return None
    consumer, request_id, login_id, outcome, message = found[0]
    return _Claimed(Addressee(connection, consumer, request_id), uuid_of(login_id), Outcome[outcome], message)


def _decided(login_id: UUID, to: Addressee, door: _Door) -> Answering:
    """Decide and record, within the transaction of the caller."""
    login = SamlLogin.objects.select_related("transaction").get(transaction_id=login_id)
    row = login.transaction
    of_entrance = door.entity is OwnEntity.ENTRANCE
    authentication = _evidence(Purpose.LOGIN, login, login.evidence_sealed) if of_entrance else None
    obstacle = obstacle_now(login)
    if obstacle:
        return Answering(door, to, obstacle.status())
    name_id = _federate(login, authentication, door) if authentication else ""
    return Answering(door, to, None, login, authentication, name_id, _persons(row))


def _persons(row: Transaction) -> tuple[Bsn, Bsn] | None:
    """Who acts and for whom, where our own register says so."""
    if row.party_id is None or row.represented_id is None:
        return None
    acting, represented = bsns_of_two(row.party_id, row.represented_id)
    return (acting, represented) if acting and represented else None


def _evidence(purpose: Purpose, login: SamlLogin, sealed: bytes | memoryview | None) -> Evidence:
    signed = unseal(purpose, login.transaction_id, bytes(sealed or b""))
    return Evidence(parsing.assertion(gate.parsed(signed)), signed)


def _stated(login: SamlLogin, persons: tuple[Bsn, Bsn] | None, to: Addressee, door: _Door) -> Evidence:
    """E2 states who represents whom, encrypted for the DV (BV-15, BV-16)."""
    environment = door.environment
    peer = catalogue.peer(environment, login.entity_id)
    if persons is None or peer is None:
        raise RuntimeError("a person or a connection went away between the decision and the answer")
    acting, represented = persons
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


def _outer(made_of: Answering, login: SamlLogin, row: Transaction, authentication: Evidence) -> bytes:
    """The entrance's own assertion around the evidence of the services upstream."""
    door, to = made_of.door, made_of.to
    representation = (
        _evidence(Purpose.STATEMENT, login, login.statement_sealed) if login.statement_sealed else None
    )
    if row.represented_id is not None:
        own_consumer = entities.front(door.environment, OwnEntity.ENTRANCE, entities.CONSUMER)
        by_bvd = Addressee(door.entity_id, own_consumer, to.request_id)
        representation = _stated(login, made_of.persons, by_bvd, door)
    return composing.outer_assertion(
        issuer=door.entity_id,
        key=ring(door.environment, OwnEntity.ENTRANCE).signing,
        to=to,
        provider=login.provider_entity_id,
        service_uuid=login.service_uuid,
        name_id=made_of.name_id,
        level=LevelOfAssurance(row.level or 0),
        authentication=authentication,
        representation=representation,
        now=clock.wall_clock(),
    )


def _federate(login: SamlLogin, authentication: Evidence, door: _Door) -> str:
    """Remember what is asserted, for log-out and for the SSO domain; returns the new transient name (AS-04)."""
    upstream = authentication.assertion
    federation_id, name_id = uuid4(), uuid4()
    session = f"{upstream.name_id}\n{upstream.session_index or ''}".encode()
    federation = {
        "id": federation_id,
        "environment": door.environment.value,
        "entity_id": login.entity_id,
        "sso_domain": catalogue.sso_domain(login.transaction.connection_id),
        "name_id": name_id,
        "login_id": login.transaction_id,
        "authentication_service": upstream.issuer,
        "upstream_sealed": seal(Purpose.FEDERATION, federation_id, session),
        "upstream_hash": keyed_hash(Purpose.LINK, upstream_session(upstream)),
        "level": login.transaction.level or 0,
        "expires_at": clock.wall_clock() + FEDERATED_FOR,
        "ended_at": None,
    }
    insertion = Insertion.into(Federation, federation)
    run(insertion.sql, insertion.parameters)
    return str(name_id)
