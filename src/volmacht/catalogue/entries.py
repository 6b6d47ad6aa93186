"""What the catalogue tells others: frozen values, true at the moment they were asked for. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.rules.kinds import RepresentativeKind

ENGLISH = "en"


class Announcement(NamedTuple):
    """An announced minimum level, the day from which it counts, and what the provider says about it."""

    level: LevelOfAssurance
    on: date
    message: str


@dataclass(frozen=True, slots=True)
class ProviderEntry:
    """A public body that offers services; `active` means in force, `role_active` as a provider."""

    id: UUID
    environment: Environment
    oin: str
    name: str
    description: str
    website: str
    active: bool
    role_active: bool


@dataclass(frozen=True, slots=True)
class ConnectionEntry:
    """A technical link of a provider; `active` means in force."""

    id: UUID
    environment: Environment
    entity_id: str
    provider_id: UUID
    provider_name: str
    active: bool
    sso_domain: str = ""


@dataclass(frozen=True, slots=True)
class MemberEntry:
    """A DV that uses the connection of an LC or RD for one service; `active` means in force (AR-34, AR-35)."""

    connection_id: UUID
    dv_entity_id: str
    provider_id: UUID
    service_id: UUID
    active: bool


@dataclass(frozen=True, slots=True)
class PinnedPeerEntry:
    """An authentication service or outside BVD that administrators trust; `active` means in force.

    `purpose` says what it is for, to who must choose one of several (AR-29).
    """

    id: UUID
    environment: Environment
    entity_id: str
    role: Role
    oin: str
    representation_types: frozenset[str]
    active: bool
    name: str = ""
    name_en: str = ""
    purpose: str = ""
    purpose_en: str = ""

    def name_in(self, language: str) -> str:
        """The name in Dutch, or in English where there is one; may be empty."""
        return (self.name_en if language == ENGLISH else "") or self.name

    def purpose_in(self, language: str) -> str:
        """What it is for, in a sentence or two; may be empty."""
        return (self.purpose_en if language == ENGLISH else "") or self.purpose


@dataclass(frozen=True, slots=True)
class RestClientEntry:
    """Who asks the register over REST; `oin` is that in its entity id, `active` means in force (BR-11)."""

    id: UUID
    environment: Environment
    entity_id: str
    oin: Oin
    return_url: str
    certificates: frozenset[str]
    active: bool


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A service, or a set of services (`is_set`, then `members` holds those that are in force).

    `id` is the row's own id, `service_uuid` the public one. `minimum_level` is what counts today: an
    announced level whose day has come is applied. Of a set, level, kind, age, months, days and the
    permissions are the strictest of the set and its members: a set never opens a service more easily
    than the service itself would. Its providers are those of its members. `code_at_login`: somebody who
    logs in for it may enter a code on the way (CN-16).
    """

    id: UUID
    service_uuid: UUID
    environment: Environment
    name: str
    name_en: str
    description: str
    description_en: str
    explanation: str
    explanation_en: str
    permission_question: str
    permission_question_en: str
    keywords: str
    provider_names: tuple[str, ...]
    provider_ids: frozenset[UUID]
    website: str
    minimum_level: LevelOfAssurance
    announced: Announcement | None
    representative_kind: RepresentativeKind
    request_days: int
    longest_months: int
    minimum_age: int
    survivors_allowed: bool
    counter_allowed: bool
    mandatable: bool
    is_set: bool
    members: tuple[UUID, ...]
    position: int
    connection_id: UUID | None
    representation_without_scoping: bool
    code_at_login: bool

    def name_in(self, language: str) -> str:
        """The name in Dutch, or in English where there is one."""
        return (self.name_en if language == ENGLISH else "") or self.name

    def description_in(self, language: str) -> str:
        """One or two sentences: what the service is."""
        return (self.description_en if language == ENGLISH else "") or self.description
