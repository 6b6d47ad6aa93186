"""Reads of log-ins in progress."""

from dataclasses import dataclass
from typing import TypedDict
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ConnectionEntry, ServiceEntry
from volmacht.logins.choices import asker_of
from volmacht.logins.federating import may_reuse_log_in
from volmacht.logins.models import Transaction
from volmacht.logins.refusals import KnownRefusal, refusals_in_test
from volmacht.logins.states import Representation, State
from volmacht.logins.upstream import Upstream, authentication_choices, is_own, representation_choices
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

__all__ = [
    "KnownRefusal",
    "LoginInProgress",
    "Upstream",
    "authentication_choices",
    "is_own",
    "login_in_progress",
    "may_reuse_log_in",
    "refusals_in_test",
    "representation_choices",
]


@dataclass(frozen=True, slots=True)
class LoginInProgress:
    """A log-in for a provider, as the choosing pages and the visit to the authentication service need it.

    `level` is what the person reached, `level_needed` what is asked for; `provider_name` is of the DV, also over an LC
    (SE-09). `representation_service` is the one in use, empty while that is not known. Whoever is asked over REST
    logged in at the client: nothing is visited then. `employee` acts when `person` is an organisation (DM-02).
    """

    id: UUID
    environment: Environment
    connection: ConnectionEntry
    service: ServiceEntry
    representation: Representation
    state: State
    person: UUID | None
    employee: str
    level: LevelOfAssurance | None
    returns_to: str
    provider_name: str
    provider_entity_id: str
    service_uuid: str
    level_needed: LevelOfAssurance
    force_authn: bool
    authentication_services: tuple[str, ...]
    representation_services: tuple[str, ...]
    representation_service: str


def login_in_progress(login_id: UUID) -> LoginInProgress | None:
    """A log-in that is not over; None for one that is unknown, finished or late."""
    row = (
        Transaction.objects.select_related("saml", "rest")
        .filter(
            id=login_id,
            state__in=[State.STARTED, State.AUTHENTICATED],
            expires_at__gt=clock.wall_clock(),
        )
        .first()
    )
    if row is None:
        return None
    connection, service = catalogue.connection(row.connection_id), catalogue.service(row.service_id)
    if connection is None or service is None:
        return None
    asker = asker_of(row)
    provider = catalogue.provider(asker.provider_id)
    return LoginInProgress(
        id=row.id,
        environment=Environment(row.environment),
        connection=connection,
        service=service,
        representation=Representation(row.representation),
        state=State(row.state),
        person=row.party_id,
        employee=asker.employee,
        level=LevelOfAssurance(row.level) if row.level else None,
        provider_name=provider.name if provider else connection.provider_name,
        **_asked_over(row),
    )


class _Asked(TypedDict):
    returns_to: str
    provider_entity_id: str
    service_uuid: str
    level_needed: LevelOfAssurance
    force_authn: bool
    authentication_services: tuple[str, ...]
    representation_services: tuple[str, ...]
    representation_service: str


def _asked_over(row: Transaction) -> _Asked:
    """What the interface knows over which it was asked; over REST somebody has logged in, and visits nothing."""
    rest = getattr(row, "rest", None)
    if rest is not None:
        client = catalogue.rest_client(rest.client_id)
        return _Asked(
            returns_to=client.return_url if client else "",
            provider_entity_id="",
            service_uuid="",
            level_needed=LevelOfAssurance(row.level or 0),
            force_authn=False,
            authentication_services=(),
            representation_services=(),
            representation_service="",
        )
    saml = row.saml
    return _Asked(
        returns_to=saml.consumer,
        provider_entity_id=saml.provider_entity_id,
        service_uuid=saml.service_uuid,
        level_needed=LevelOfAssurance(saml.level_needed),
        force_authn=saml.force_authn,
        authentication_services=tuple(saml.authentication_services),
        representation_services=tuple(saml.representation_services),
        representation_service=saml.representation_service,
    )
