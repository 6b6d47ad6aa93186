"""Reads of log-ins in progress."""

from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ConnectionEntry, ServiceEntry
from volmacht.logins.federating import may_reuse_log_in
from volmacht.logins.models import SamlLogin, Transaction
from volmacht.logins.states import Representation, State
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

__all__ = [
    "LoginInProgress",
    "SamlQuestion",
    "came_over_saml",
    "login_in_progress",
    "may_reuse_log_in",
]


@dataclass(frozen=True, slots=True)
class LoginInProgress:
    """A log-in for a provider, as the choosing pages need it. `provider_name`: of the DV, also over an LC (SE-09)."""

    id: UUID
    connection: ConnectionEntry
    service: ServiceEntry
    representation: Representation
    state: State
    person: UUID | None
    level: LevelOfAssurance | None
    returns_to: str
    provider_name: str
    saml: "SamlQuestion | None" = None


@dataclass(frozen=True, slots=True)
class SamlQuestion:
    """What is known besides of a log-in over SAML, for the visit to the authentication service."""

    environment: Environment
    provider_entity_id: str
    service_uuid: str
    level: LevelOfAssurance
    force_authn: bool
    authentication_services: tuple[str, ...]
    representation_services: tuple[str, ...]


def login_in_progress(transaction_id: UUID) -> LoginInProgress | None:
    """A log-in that is not over; None for one that is unknown, finished or late."""
    row = (
        Transaction.objects.select_related("saml")
        .filter(
            id=transaction_id,
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
    return LoginInProgress(
        id=row.id,
        connection=connection,
        service=service,
        representation=Representation(row.representation),
        state=State(row.state),
        person=row.party_id,
        level=LevelOfAssurance(row.level) if row.level else None,
        returns_to=row.saml.consumer if hasattr(row, "saml") else connection.return_address,
        provider_name=_provider_name(row, connection),
        saml=_question(row) if hasattr(row, "saml") else None,
    )


def _provider_name(row: Transaction, connection: ConnectionEntry) -> str:
    provider = catalogue.provider(row.saml.provider_id) if hasattr(row, "saml") else None
    return provider.name if provider else connection.provider_name


def came_over_saml(transaction_id: UUID) -> bool:
    """Whether this log-in, over or not, came over SAML: then the page that refuses says ST-12 or ST-13."""
    return SamlLogin.objects.filter(transaction_id=transaction_id).exists()


def _question(row: Transaction) -> SamlQuestion:
    return SamlQuestion(
        environment=Environment(row.environment),
        provider_entity_id=row.saml.provider_entity_id,
        service_uuid=row.saml.service_uuid,
        level=LevelOfAssurance(row.saml.level_needed),
        force_authn=row.saml.force_authn,
        authentication_services=tuple(row.saml.authentication_services),
        representation_services=tuple(row.saml.representation_services),
    )
