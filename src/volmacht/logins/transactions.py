"""A log-in for a provider, from its question to the one answer. Used through `operations`.

The door (direct now, SAML beside it later) starts a transaction and delivers its answer; the pages in
`portals/choosing` find it by id, which only the session of that browser holds. Delivery asks the one decision
again and records the use: a mandate revoked between choosing and delivering is a refusal (DM-33, DM-40).
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.logins.models import Transaction
from volmacht.logins.states import Representation, State
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import Asked, decide_for
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.refusals import Refusal, Refused
from volmacht.rules.representation import Allowed, Denied
from volmacht.rules.services import LookUpStatus, refusal_for
from volmacht.sealing import Purpose, keyed_hash, keyed_hashes

TERM = timedelta(minutes=15)
ARTIFACT_TERM = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Delivered:
    """The answer to a provider. `represented` is None for own behalf; on `refusal` nobody is named."""

    relay_state: str
    service_id: UUID
    acting: UUID | None
    represented: UUID | None
    level: LevelOfAssurance | None
    refusal: Refusal | None = None
    cancelled: bool = False


def start_login(
    *, connection_id: UUID, service_id: UUID, representation: Representation, relay_state: str
) -> UUID | Refused:
    """A provider asks who is there. For a service that is not mandatable OPTIONAL becomes own behalf.

    Refused: NOT_OWN_SERVICE (a set is no service to log in at), CONNECTION_INACTIVE (also without an address to
    return to), ORGANISATION_INACTIVE, SERVICE_INACTIVE, SERVICE_NOT_MANDATABLE (only when representation is
    MANDATORY).
    """
    status = catalogue.status(service_id, connection_id, fresh=True)
    service, asking = catalogue.service(service_id), catalogue.connection(connection_id)
    if service is None or service.is_set or status is LookUpStatus.SERVICE_NOT_FOUND:
        return Refused(Refusal.NOT_OWN_SERVICE)
    if asking is None or not asking.return_address:
        return Refused(Refusal.CONNECTION_INACTIVE)
    if status is LookUpStatus.SERVICE_NOT_MANDATABLE and representation is not Representation.MANDATORY:
        representation, status = Representation.NONE, LookUpStatus.STATUS_OK
    refusal = refusal_for(status)
    if refusal:
        return Refused(refusal)
    row = Transaction.objects.create(
        environment=service.environment,
        connection_id=connection_id,
        service_id=service_id,
        representation=representation,
        relay_state=relay_state,
        state=State.STARTED,
        expires_at=clock.wall_clock() + TERM,
    )
    return row.id


def _open(transaction_id: UUID, *states: State) -> Transaction | None:
    return (
        Transaction.objects.select_for_update()
        .filter(id=transaction_id, state__in=states, expires_at__gt=clock.wall_clock())
        .first()
    )


@transaction.atomic
def login_authenticated(transaction_id: UUID, *, person: UUID, level: LevelOfAssurance) -> Refused | None:
    """The person behind the browser is known. Refused: NOT_YOURS (over), LEVEL_TOO_LOW."""
    row = _open(transaction_id, State.STARTED)
    if row is None:
        return Refused(Refusal.NOT_YOURS)
    service = catalogue.service(row.service_id)
    if service is None or level < service.minimum_level:
        return Refused(Refusal.LEVEL_TOO_LOW)
    row.party_id, row.level, row.state = person, level, State.AUTHENTICATED
    row.save()
    return None


def _artifact(row: Transaction, state: State) -> str:
    artifact = secrets.token_urlsafe(24)
    row.artifact_hash, row.state = keyed_hash(Purpose.LINK, artifact), state
    row.expires_at = clock.wall_clock() + ARTIFACT_TERM
    row.save()
    return artifact


@transaction.atomic
def answer_own_behalf(transaction_id: UUID) -> str | Refused:
    """The person acts for themselves; returns the artifact. Refused: NOT_YOURS (over, or must represent)."""
    row = _open(transaction_id, State.AUTHENTICATED)
    if row is None or row.representation == Representation.MANDATORY:
        return Refused(Refusal.NOT_YOURS)
    return _artifact(row, State.ANSWERED)


def answer_on_behalf(transaction_id: UUID, represented: UUID) -> str | Denied:
    """The person chose for whom they act; returns the artifact, or the decision's no (recorded as a use).

    Denied: every reason of the one decision; BLOCKED never stands for a transaction that is over:
    that is NO_MANDATE.
    """
    with transaction.atomic():
        row = _open(transaction_id, State.AUTHENTICATED)
        if row is None or row.party_id is None or row.representation == Representation.NONE:
            return Denied(Refusal.NO_MANDATE)
        asked = _asked(row, represented)
        decision = decide_for(asked)
        if isinstance(decision, Denied):
            answer_provider(asked)
            return decision
        row.represented_id = represented
        return _artifact(row, State.ANSWERED)


def _asked(row: Transaction, represented: UUID) -> Asked:
    if row.party_id is None or row.level is None:
        raise RuntimeError("asked about a log-in in which nobody logged in")
    return Asked(
        representative=row.party_id,
        represented=represented,
        service_id=row.service_id,
        connection_id=row.connection_id,
        level=LevelOfAssurance(row.level),
    )


@transaction.atomic
def cancel_login(transaction_id: UUID) -> str | Refused:
    """The person stops; returns the artifact that tells the provider so. Refused: NOT_YOURS (over)."""
    row = _open(transaction_id, State.STARTED, State.AUTHENTICATED)
    return Refused(Refusal.NOT_YOURS) if row is None else _artifact(row, State.CANCELLED)


@transaction.atomic
def deliver(artifact: str, *, connection_id: UUID) -> Delivered | Refused:
    """The answer, once, to the connection that asked. Refused: NOT_YOURS (unknown, used, late, another's)."""
    row = (
        Transaction.objects.select_for_update()
        .filter(
            artifact_hash__in=keyed_hashes(Purpose.LINK, artifact),
            connection_id=connection_id,
            expires_at__gt=clock.wall_clock(),
        )
        .first()
    )
    if row is None or row.state not in {State.ANSWERED, State.CANCELLED}:
        return Refused(Refusal.NOT_YOURS)
    cancelled = row.state == State.CANCELLED
    row.state, row.artifact_hash = State.DELIVERED, None
    row.save()
    if cancelled:
        return Delivered(row.relay_state, row.service_id, None, None, None, cancelled=True)
    if row.represented_id is None:
        refusal = _own_behalf_refusal(row)
    else:
        decision = answer_provider(_asked(row, row.represented_id))
        refusal = None if isinstance(decision, Allowed) else decision.refusal
    if refusal is not None or row.level is None:
        return Delivered(row.relay_state, row.service_id, None, None, None, refusal=refusal)
    return Delivered(
        row.relay_state, row.service_id, row.party_id, row.represented_id, LevelOfAssurance(row.level)
    )


def _own_behalf_refusal(row: Transaction) -> Refusal | None:
    """Why somebody cannot act for themselves either: what the catalogue says may have changed since the question."""
    service = catalogue.service(row.service_id)
    if service is None or row.level is None or row.level < service.minimum_level:
        return Refusal.LEVEL_TOO_LOW
    status = catalogue.status(row.service_id, row.connection_id)
    return None if status is LookUpStatus.SERVICE_NOT_MANDATABLE else refusal_for(status)


def sweep_transactions() -> int:
    """Remove log-ins that are over; how many."""
    return Transaction.objects.filter(expires_at__lte=clock.wall_clock()).delete()[0]
