"""A provider that lets people log in, and what it hears.

A log-in begins with what the entrance accepted; `tests/interfaces/saml` proves how a message becomes that, that the
visit to the authentication service is real, and what a provider reads in the message that it fetches.
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from tests.mandates.scene import LEVEL, MUNICIPAL_TAXES, Someone, service
from volmacht.catalogue import queries as catalogue
from volmacht.keystore import OwnEntity
from volmacht.logins.models import IssuedArtifact, Transaction, Visit
from volmacht.logins.operations import Started, start_login
from volmacht.logins.saml_logins import artifact_hash
from volmacht.logins.states import State
from volmacht.protocols.saml.handling.requests import Accepted, Sender, Way
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION
CONSUMER = "https://www.gemeente-voorbeeld.example/saml/acs"
AUTHENTICATION_SERVICE = "urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:0001"
OWN_BVD = "urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:0002"
RELAY_STATE = "kenmerk-1"


def accepted(
    way: Way,
    name: str,
    *,
    authentication_services: tuple[str, ...],
    representation_services: tuple[str, ...],
) -> Accepted:
    """What the entrance makes of a good question of the provider about one of its services."""
    entry = service(name)
    connection = catalogue.connection(connection_of(name))
    assert connection
    offer = catalogue.offer(PRODUCTION, connection.entity_id, connection.entity_id, entry.service_uuid)
    assert offer
    return Accepted(
        sender=Sender(connection.entity_id, f"_{uuid4()}", CONSUMER, RELAY_STATE),
        provider=connection.entity_id,
        service_uuid=str(entry.service_uuid),
        offer=offer,
        level=entry.minimum_level,
        way=way,
        force_authn=False,
        authentication_services=authentication_services,
        representation_services=() if way is Way.OWN else representation_services,
        idp_assertion=None,
        key_named=True,
    )


def connection_of(name: str = MUNICIPAL_TAXES) -> UUID:
    """Over which a service is reached."""
    connection_id = service(name).connection_id
    assert connection_id
    return connection_id


def started(
    way: Way,
    name: str = MUNICIPAL_TAXES,
    *,
    authentication_services: tuple[str, ...] = (AUTHENTICATION_SERVICE,),
    representation_services: tuple[str, ...] = (OWN_BVD,),
) -> Started:
    """The provider asks who is there."""
    question = accepted(
        way,
        name,
        authentication_services=authentication_services,
        representation_services=representation_services,
    )
    return start_login(question, environment=PRODUCTION, door=OwnEntity.ENTRANCE)


def said_who(login: UUID, person: Someone, level: LevelOfAssurance = LEVEL) -> UUID:
    """Somebody logged in: as the authentication service says it and the BVD reads it, but without their messages."""
    row = Transaction.objects.get(id=login, state=State.STARTED)
    row.party_id, row.level, row.state = person.id, level, State.AUTHENTICATED
    row.save()
    return login


def logged_in(
    person: Someone,
    way: Way = Way.MANDATORY,
    name: str = MUNICIPAL_TAXES,
    level: LevelOfAssurance = LEVEL,
) -> UUID:
    """A log-in in which somebody has said who they are."""
    return said_who(started(way, name).id, person, level)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the provider is going to hear: how it ended, who acts for whom, and its own RelayState."""

    outcome: Outcome
    represented: UUID | None = None
    acting: UUID | None = None
    level: int | None = None
    relay_state: str = RELAY_STATE


def heard(address: str | None) -> Heard:
    """For what the artifact stands with which the browser is sent back."""
    assert address is not None
    assert address.startswith(f"{CONSUMER}?"), address
    sent = parse_qs(urlsplit(address).query)
    issued = IssuedArtifact.objects.select_related("transaction").get(
        artifact_hash=artifact_hash(sent["SAMLart"][0]), used_at__isnull=True, consumer=CONSUMER
    )
    row, (relay_state,) = issued.transaction, sent["RelayState"]
    outcome = Outcome[issued.outcome]
    if outcome is not Outcome.SUCCEEDED or row is None:
        return Heard(outcome, relay_state=relay_state)
    return Heard(outcome, row.represented_id, row.party_id, row.level, relay_state)


def let_pass(time: timedelta) -> None:
    """So much time passes for every log-in and visit."""
    for model in (Visit, Transaction, IssuedArtifact):
        for row in model.objects.all():
            row.expires_at -= time
            row.save()
