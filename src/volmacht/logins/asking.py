"""The question to the one decision that a log-in comes to: may who logged in act for this person here, now? (BV-10)"""

from uuid import UUID

from volmacht.logins.models import Transaction
from volmacht.mandates.queries import Asked
from volmacht.rules.assurance import LevelOfAssurance


def question(row: Transaction, represented: UUID | None, *, dv_entity_id: str = "") -> Asked:
    """About a log-in in which somebody logged in and acts for another.

    `dv_entity_id` is the provider's over SAML, as an LC or RD asks for many (BV-18). Over REST there is none: what is
    asked there is always asked over a connection of the provider itself (BR-03).
    """
    if row.party_id is None or represented is None or row.level is None:
        raise RuntimeError("asked about a log-in in which nobody acts for another")
    return Asked(
        representative=row.party_id,
        represented=represented,
        service_id=row.service_id,
        connection_id=row.connection_id,
        level=LevelOfAssurance(row.level),
        dv_entity_id=dv_entity_id,
    )
