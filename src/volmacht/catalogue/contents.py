"""What each proposed change holds, and the limits of DM-60 and DM-61 on its fields. Pure.

`read_...` turns the JSON of a proposal into a frozen value or raises InvalidContent; called when a change is
proposed and again when it is approved. What depends on the rest of the catalogue is judged in `changes`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from volmacht.catalogue.entity_ids import LONGEST_ENTITY_ID, check_connection_id
from volmacht.catalogue.kinds import RelationKind
from volmacht.catalogue.reading import Fields, InvalidContent
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import InvalidIdentifier, Oin
from volmacht.rules.kinds import RepresentativeKind

Content = Mapping[str, object]
LONGEST_DOMAIN = 100


@dataclass(frozen=True, slots=True)
class Term:
    """When something counts: active, and from <= now < until (DM-61)."""

    active: bool
    active_from: datetime | None
    active_until: datetime | None


@dataclass(frozen=True, slots=True)
class NewProvider:
    """A public body in one environment."""

    id: UUID
    environment: Environment
    oin: str
    name: str
    description: str
    website: str
    role_active: bool
    term: Term


@dataclass(frozen=True, slots=True)
class NewConnection:
    """A technical link; its addresses and keys are in its metadata.

    Connections of one DV that share an `sso_domain` share log-ins (FL-12); empty shares nothing.
    """

    id: UUID
    environment: Environment
    provider: UUID
    entity_id: str
    sso_domain: str
    term: Term


@dataclass(frozen=True, slots=True)
class ConnectionChange:
    """Another SSO domain for the connection with this id; empty shares nothing."""

    id: UUID
    sso_domain: str


@dataclass(frozen=True, slots=True)
class ServiceFields:
    """Everything of a service that can be changed later."""

    connection: UUID | None
    providers: tuple[UUID, ...]
    name: str
    name_en: str
    website: str
    minimum_level: LevelOfAssurance
    announced_level: LevelOfAssurance | None
    announced_on: date | None
    announced_message: str
    digid_allowed: bool
    mandatable: bool
    position: int
    representative_kind: RepresentativeKind
    request_days: int
    longest_months: int
    minimum_age: int
    survivors_allowed: bool
    counter_allowed: bool
    description: str
    description_en: str
    explanation: str
    explanation_en: str
    permission_question: str
    permission_question_en: str
    keywords: str
    representation_without_scoping: bool
    code_at_login: bool
    term: Term


@dataclass(frozen=True, slots=True)
class NewService:
    """A service, or a set of services."""

    id: UUID
    environment: Environment
    service_uuid: UUID
    is_set: bool
    fields: ServiceFields


@dataclass(frozen=True, slots=True)
class NewRelation:
    """A set (`source`) and a member (`target`), or two services that hang together otherwise."""

    kind: RelationKind
    source: UUID
    target: UUID
    term: Term


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off, for what has this id; `role_active` is for providers only. None leaves it as it is."""

    id: UUID
    active: bool | None
    role_active: bool | None


def read_provider(content: Content) -> NewProvider:
    """Read a NewProvider. Raises InvalidContent."""
    fields = Fields(content)
    provider = NewProvider(
        id=fields.identifier("id"),
        environment=fields.choice("environment", Environment),
        oin=read_oin(fields),
        name=fields.text("name", longest=255, needed=True),
        description=fields.text("description", longest=300),
        website=fields.address("website"),
        role_active=fields.flag("role_active", otherwise=True),
        term=read_term(fields),
    )
    fields.finish()
    return provider


def read_connection(content: Content) -> NewConnection:
    """Read a NewConnection. Raises InvalidContent."""
    fields = Fields(content)
    connection = NewConnection(
        id=fields.identifier("id"),
        environment=fields.choice("environment", Environment),
        provider=fields.identifier("provider"),
        entity_id=fields.text("entity_id", longest=LONGEST_ENTITY_ID, needed=True),
        sso_domain=fields.text("sso_domain", longest=LONGEST_DOMAIN),
        term=read_term(fields),
    )
    check_connection_id(connection.entity_id, connection.environment)
    fields.finish()
    return connection


def read_connection_change(content: Content) -> ConnectionChange:
    """Read a ConnectionChange. Raises InvalidContent."""
    fields = Fields(content)
    if not fields.given("sso_domain"):
        raise InvalidContent("sso_domain", "must be given: it may be empty, but nothing else can change")
    change = ConnectionChange(
        id=fields.identifier("id"), sso_domain=fields.text("sso_domain", longest=LONGEST_DOMAIN)
    )
    fields.finish()
    return change


def read_service(content: Content) -> NewService:
    """Read a NewService. Raises InvalidContent."""
    fields = Fields(content)
    service = NewService(
        id=fields.identifier("id"),
        environment=fields.choice("environment", Environment),
        service_uuid=fields.identifier("service_uuid"),
        is_set=fields.flag("is_set", otherwise=False),
        fields=read_service_fields(fields),
    )
    fields.finish()
    return service


def read_service_fields(fields: Fields) -> ServiceFields:
    """Read the changeable fields of a service and their limits (DM-60). Raises InvalidContent."""
    announced_level = (
        fields.choice("announced_level", LevelOfAssurance) if fields.given("announced_level") else None
    )
    announced_on = fields.day("announced_on")
    if (announced_level is None) is not (announced_on is None):
        raise InvalidContent("announced_on", "an announced level and its day go together")
    return ServiceFields(
        connection=fields.identifier("connection") if fields.given("connection") else None,
        providers=tuple(sorted(fields.identifiers("providers"))),
        name=fields.text("name", longest=255, needed=True),
        name_en=fields.text("name_en", longest=255),
        website=fields.address("website"),
        minimum_level=fields.choice("minimum_level", LevelOfAssurance),
        announced_level=announced_level,
        announced_on=announced_on,
        announced_message=fields.text("announced_message", longest=300),
        digid_allowed=fields.flag("digid_allowed", otherwise=True),
        mandatable=fields.flag("mandatable", otherwise=True),
        position=fields.whole("position", lowest=0, highest=100_000, otherwise=0),
        representative_kind=fields.choice("representative_kind", RepresentativeKind),
        request_days=fields.whole("request_days", lowest=1, highest=365, otherwise=90),
        longest_months=fields.whole("longest_months", lowest=1, highest=60, otherwise=12),
        minimum_age=fields.whole("minimum_age", lowest=0, highest=120, otherwise=16),
        survivors_allowed=fields.flag("survivors_allowed", otherwise=False),
        counter_allowed=fields.flag("counter_allowed", otherwise=False),
        description=fields.text("description", longest=300),
        description_en=fields.text("description_en", longest=300),
        explanation=fields.text("explanation", longest=2000, lines=True),
        explanation_en=fields.text("explanation_en", longest=2000, lines=True),
        permission_question=fields.text("permission_question", longest=255),
        permission_question_en=fields.text("permission_question_en", longest=255),
        keywords=fields.text("keywords", longest=500),
        representation_without_scoping=fields.flag("representation_without_scoping", otherwise=False),
        code_at_login=fields.flag("code_at_login", otherwise=False),
        term=read_term(fields),
    )


def read_relation(content: Content) -> NewRelation:
    """Read a NewRelation. Raises InvalidContent."""
    fields = Fields(content)
    relation = NewRelation(
        kind=fields.choice("kind", RelationKind),
        source=fields.identifier("source"),
        target=fields.identifier("target"),
        term=read_term(fields),
    )
    fields.finish()
    return relation


def read_switch(content: Content) -> Switch:
    """Read a Switch of a service or connection. Raises InvalidContent."""
    fields = Fields(content)
    if not fields.given("active"):
        raise InvalidContent("active", "must be true or false")
    switch = Switch(fields.identifier("id"), fields.flag("active", otherwise=False), role_active=None)
    fields.finish()
    return switch


def read_provider_switch(content: Content) -> Switch:
    """Read a Switch of a provider: the body itself, its role, or both. Raises InvalidContent."""
    fields = Fields(content)
    if not fields.given("active") and not fields.given("role_active"):
        raise InvalidContent("active", "must be true or false, or else role_active must be")
    switch = Switch(
        id=fields.identifier("id"),
        active=fields.flag("active", otherwise=False) if fields.given("active") else None,
        role_active=fields.flag("role_active", otherwise=False) if fields.given("role_active") else None,
    )
    fields.finish()
    return switch


def read_term(fields: Fields) -> Term:
    """Read when something counts (DM-61). Raises InvalidContent."""
    term = Term(
        active=fields.flag("active", otherwise=True),
        active_from=fields.moment("active_from"),
        active_until=fields.moment("active_until"),
    )
    if term.active_from and term.active_until and term.active_until <= term.active_from:
        raise InvalidContent("active_until", "must be later than active_from")
    return term


def read_oin(fields: Fields) -> str:
    """Read an OIN. Raises InvalidContent."""
    try:
        return Oin.parse(fields.text("oin", longest=64)).value
    except InvalidIdentifier as error:
        raise InvalidContent("oin", "must be 20 digits") from error
