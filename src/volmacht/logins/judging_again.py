"""Whether a log-in still counts when its answer is fetched: judged anew, not as it was minutes ago (DM-33, BV-14).

Somebody who acts for another by a mandate is judged by the one decision, which records the use. Own behalf and what an
outside service stated are judged by the catalogue; of the latter the audit chain keeps that it was passed on
(decision 0033). Called in the transaction that delivers; used by `delivering` only.
"""

import hashlib
from uuid import UUID

from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.audit.operations import record
from volmacht.catalogue import queries as catalogue
from volmacht.logins.models import SamlLogin, Transaction
from volmacht.mandates.operations import answer_provider
from volmacht.mandates.queries import Asked
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Offer
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.representation import Allowed
from volmacht.rules.services import LookUpStatus
from volmacht.sealing import Purpose, unseal


def obstacle_now(login: SamlLogin) -> Outcome | None:
    """Why nobody can be named to the provider any more; None when the answer stands."""
    row = login.transaction
    if row.represented_id is not None:
        decision = answer_provider(_asked(login, row), provider_id=login.provider_id)
        return None if isinstance(decision, Allowed) else Outcome.NO_LONGER_VALID
    offer = catalogue.offer(
        Environment(row.environment),
        login.entity_id,
        login.provider_entity_id,
        UUID(login.service_uuid),
    )
    if offer is None:
        return Outcome.NOT_REGISTERED
    if offer.status not in {LookUpStatus.STATUS_OK, LookUpStatus.SERVICE_NOT_MANDATABLE}:
        return Outcome.NOT_ACTIVE
    if row.level is None or row.level < offer.level:
        return Outcome.LEVEL_TOO_LOW
    return _obstacle_to_statement(login, row, offer) if login.statement_sealed else None


def _asked(login: SamlLogin, row: Transaction) -> Asked:
    """The question of the DV, also when an LC or RD asked (BV-18)."""
    if row.party_id is None or row.represented_id is None or row.level is None:
        raise RuntimeError("asked about a log-in in which nobody acts for another")
    return Asked(
        representative=row.party_id,
        represented=row.represented_id,
        service_id=row.service_id,
        connection_id=row.connection_id,
        level=LevelOfAssurance(row.level),
        dv_entity_id=login.provider_entity_id,
    )


def _obstacle_to_statement(login: SamlLogin, row: Transaction, offer: Offer) -> Outcome | None:
    """What an outside service stated is passed on while that is pinned and the service may be mandated (AR-36)."""
    service = catalogue.pinned_peer(Environment(row.environment), login.representation_service)
    mandatable = offer.status is LookUpStatus.STATUS_OK and offer.citizens_may_represent
    if not mandatable or service is None or not service.active or service.role is not Role.BVD:
        return Outcome.NO_LONGER_VALID
    statement = unseal(Purpose.STATEMENT, login.transaction_id, bytes(login.statement_sealed or b""))
    record(
        EventKind.STATEMENT_PASSED_ON,
        actor=Actor(ActorKind.PROVIDER, login.provider_id),
        subject_id=login.provider_id,
        object_id=service.id,
        data={
            "service": row.service_id.hex,
            "level": row.level,
            "statement": hashlib.sha256(statement).hexdigest(),
        },
    )
    return None
