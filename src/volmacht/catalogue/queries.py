"""Reading the catalogue, from memory: microseconds, and never more than one second old (DM-33).

`fresh=True` asks the database first, for a decision that must not be one second old. Returns frozen values.
"""

from uuid import UUID

from volmacht.catalogue.entries import Announcement, ConnectionEntry, ProviderEntry, ServiceEntry
from volmacht.catalogue.searching import matches, words_in
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.view import LANGUAGES, View
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus, ServiceFacts, look_up
from volmacht.sealing import Purpose, keyed_hashes

__all__ = [
    "Announcement",
    "ConnectionEntry",
    "ProviderEntry",
    "ServiceEntry",
    "all_services",
    "connection",
    "connection_by_entity_id",
    "connection_with_key",
    "covers",
    "is_own_service",
    "members",
    "offered",
    "provider",
    "providers",
    "service",
    "service_by_uuid",
    "sets_with",
    "status",
]


def service(service_id: UUID, *, fresh: bool = False) -> ServiceEntry | None:
    """A service or set by its row id, in force or not; None when there is none."""
    return CATALOGUE.view(fresh=fresh).services.get(service_id)


def service_by_uuid(environment: Environment, service_uuid: UUID) -> ServiceEntry | None:
    """A service or set by its public ServiceUUID."""
    return CATALOGUE.view().services_by_uuid.get((environment.value, service_uuid))


def status(service_id: UUID, connection_id: UUID | None = None, *, fresh: bool = False) -> LookUpStatus:
    """Whether a service can be used, and else the first obstacle of DM-62.

    Without `connection_id` over the service's own connection. With it, a service that is not offered by that
    connection or by its provider is SERVICE_NOT_FOUND, exactly as one that does not exist.
    """
    view = CATALOGUE.view(fresh=fresh)
    if connection_id is None:
        return view.statuses.get(service_id, LookUpStatus.SERVICE_NOT_FOUND)
    return look_up(_facts_over(view, service_id, connection_id))


def _facts_over(view: View, service_id: UUID, connection_id: UUID) -> ServiceFacts:
    link = view.connections.get(connection_id)
    facts = view.facts.get(service_id)
    own = link is not None and _is_own(view, service_id, link)
    body = view.providers[link.provider_id] if link else None
    return ServiceFacts(
        connection_exists=link is not None,
        connection_active=link is not None and link.active,
        organisation_active=body is not None and body.active,
        role_active=body is not None and body.role_active,
        service_exists=own,
        service_active=facts is not None and facts.service_active,
        mandatable=facts is not None and facts.mandatable,
    )


def _is_own(view: View, service_id: UUID, link: ConnectionEntry) -> bool:
    entry = view.services.get(service_id)
    if entry is None or entry.environment is not link.environment:
        return False
    return entry.connection_id == link.id or link.provider_id in entry.provider_ids


def is_own_service(service_id: UUID, connection_id: UUID) -> bool:
    """Whether whoever asks over this connection may ask about this service (DM-43)."""
    view = CATALOGUE.view()
    link = view.connections.get(connection_id)
    return link is not None and _is_own(view, service_id, link)


def offered(environment: Environment, *, words: str = "", language: str = "nl") -> list[ServiceEntry]:
    """Every service and set for which a mandate can be granted now, in order of position.

    With `words` only those in whose name, description, keywords or providers every word occurs; accents and
    capitals do not count.
    """
    view = CATALOGUE.view()
    texts = view.search_texts[language if language in LANGUAGES else "nl"]
    asked = words_in(words)
    return [
        entry
        for entry in view.services.values()
        if entry.environment is environment
        and view.statuses[entry.id] is LookUpStatus.STATUS_OK
        and matches(texts[entry.id], asked)
    ]


def members(service_entry: ServiceEntry) -> list[ServiceEntry]:
    """The services of a set that are in force now, in order of position; of a single service nothing."""
    view = CATALOGUE.view()
    current = view.services.get(service_entry.id)
    return [view.services[member_id] for member_id in current.members] if current else []


def covers(set_or_service_id: UUID, service_id: UUID) -> bool:
    """Whether the first opens the second: it is the same, or a member whose relation is in force (DM-35)."""
    if set_or_service_id == service_id:
        return True
    return service_id in CATALOGUE.view().related.get(set_or_service_id, frozenset())


def connection(connection_id: UUID) -> ConnectionEntry | None:
    """A connection by its row id, in force or not."""
    return CATALOGUE.view().connections.get(connection_id)


def connection_with_key(key: str) -> ConnectionEntry | None:
    """The connection whose software holds this key, in force or not; only keyed hashes are compared."""
    by_key = CATALOGUE.view().connections_by_key
    return next((by_key[digest] for digest in keyed_hashes(Purpose.LINK, key) if digest in by_key), None)


def provider(provider_id: UUID) -> ProviderEntry | None:
    """A provider by its row id, in force or not."""
    return CATALOGUE.view().providers.get(provider_id)


def providers(environment: Environment) -> list[ProviderEntry]:
    """Every provider of an environment, by name."""
    found = [entry for entry in CATALOGUE.view().providers.values() if entry.environment is environment]
    return sorted(found, key=lambda entry: entry.name)


def all_services(environment: Environment) -> list[ServiceEntry]:
    """Every service and set of an environment, also those no longer in force: for lists of what once was."""
    return [entry for entry in CATALOGUE.view().services.values() if entry.environment is environment]


def sets_with(service_id: UUID) -> list[UUID]:
    """The sets that open this service now (their relation to it is in force)."""
    return [set_id for set_id, opened in CATALOGUE.view().related.items() if service_id in opened]


def connection_by_entity_id(environment: Environment, entity_id: str) -> ConnectionEntry | None:
    """A connection by its entity id, in force or not."""
    return CATALOGUE.view().connections_by_entity_id.get((environment.value, entity_id))
