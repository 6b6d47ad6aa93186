"""Reading the catalogue, from memory: microseconds, and never more than one second old (DM-33).

`fresh=True` asks the database first, for a decision that must not be one second old. Returns frozen values.
"""

from uuid import UUID

from volmacht.catalogue.differences import FieldChange
from volmacht.catalogue.editing import (
    StandingEntry,
    changed_since,
    is_proposed,
    open_proposals_about,
    standing_entry,
    would_change,
)
from volmacht.catalogue.ending import PeerCertificate, peer_certificates
from volmacht.catalogue.entries import (
    Announcement,
    ConnectionEntry,
    PinnedPeerEntry,
    ProviderEntry,
    RestClientEntry,
    ServiceEntry,
)
from volmacht.catalogue.finding import EntriesPage, EntryFound, EntryKind, search_entries
from volmacht.catalogue.history import (
    EntryVersion,
    ProposedChange,
    history_of_entry,
    open_proposals,
    proposal,
)
from volmacht.catalogue.importing.document import LARGEST_FILE as LARGEST_IMPORT
from volmacht.catalogue.importing.imports import (
    ProposedImport,
    dry_run,
    exported,
    open_imports,
    stored_import,
)
from volmacht.catalogue.importing.verdicts import (
    CellFault,
    DryRun,
    ImportKind,
    RowFault,
    RowNote,
    RowOutcome,
    RowVerdict,
)
from volmacht.catalogue.judging import JudgedMetadata, ListedCertificate, judge_metadata, judge_metadata_at
from volmacht.catalogue.judging_in_full import LookedAt, look_at_document, look_at_document_in_force
from volmacht.catalogue.offering import is_own, offer_over, rest_offer_of, status_over
from volmacht.catalogue.peers import PEERS, expected_of
from volmacht.catalogue.runs import (
    Run,
    RunFinding,
    StoredDocument,
    StoredPeer,
    metadata_runs,
    stored_document,
    stored_metadata,
)
from volmacht.catalogue.searching import matches, words_in
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.catalogue.trusting import TRUST
from volmacht.catalogue.view import LANGUAGES
from volmacht.protocols.bvd_rest.handling import Offered
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Offer, Peer
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus

__all__ = [
    "LARGEST_IMPORT",
    "Announcement",
    "CellFault",
    "ConnectionEntry",
    "DryRun",
    "EntriesPage",
    "EntryFound",
    "EntryKind",
    "EntryVersion",
    "FieldChange",
    "ImportKind",
    "JudgedMetadata",
    "ListedCertificate",
    "LookedAt",
    "PeerCertificate",
    "PinnedPeerEntry",
    "ProposedChange",
    "ProposedImport",
    "ProviderEntry",
    "RestClientEntry",
    "RowFault",
    "RowNote",
    "RowOutcome",
    "RowVerdict",
    "Run",
    "RunFinding",
    "ServiceEntry",
    "StandingEntry",
    "StoredDocument",
    "StoredPeer",
    "all_services",
    "changed_since",
    "connection",
    "connection_by_entity_id",
    "connections",
    "covers",
    "dry_run",
    "exported",
    "history_of_entry",
    "is_own_service",
    "is_proposed",
    "judge_metadata",
    "judge_metadata_at",
    "look_at_document",
    "look_at_document_in_force",
    "members",
    "metadata_of_all",
    "metadata_runs",
    "offer",
    "offered",
    "open_imports",
    "open_proposals",
    "open_proposals_about",
    "peer",
    "peer_certificates",
    "pinned_peer",
    "pinned_peers",
    "proposal",
    "provider",
    "providers",
    "rest_client",
    "rest_client_showing",
    "rest_clients",
    "rest_offer",
    "search_entries",
    "service",
    "service_by_uuid",
    "sets_with",
    "sso_domain",
    "standing_entry",
    "status",
    "stored_document",
    "stored_import",
    "stored_metadata",
    "trust",
    "would_change",
]


def service(service_id: UUID, *, fresh: bool = False) -> ServiceEntry | None:
    """A service or set by its row id, in force or not; None when there is none."""
    return CATALOGUE.view(fresh=fresh).services.get(service_id)


def service_by_uuid(environment: Environment, service_uuid: UUID) -> ServiceEntry | None:
    """A service or set by its public ServiceUUID."""
    return CATALOGUE.view().services_by_uuid.get((environment.value, service_uuid))


def status(
    service_id: UUID, connection_id: UUID | None = None, *, dv_entity_id: str = "", fresh: bool = False
) -> LookUpStatus:
    """Whether a service can be used, and else the first obstacle of DM-62.

    Without `connection_id` over the service's own connection. With it, a service about which that connection may
    not ask is SERVICE_NOT_FOUND, exactly as one that does not exist. `dv_entity_id` says which DV asks over the
    connection of an LC or RD; without it that of the DV with the fewest obstacles counts.
    """
    view = CATALOGUE.view(fresh=fresh)
    if connection_id is None:
        return view.statuses.get(service_id, LookUpStatus.SERVICE_NOT_FOUND)
    return status_over(view, service_id, connection_id, dv_entity_id)


def is_own_service(service_id: UUID, connection_id: UUID) -> bool:
    """Whether whoever asks over this connection may ask about this service (DM-43)."""
    view = CATALOGUE.view()
    link = view.connections.get(connection_id)
    return link is not None and is_own(view, service_id, link)


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
    """Whether the first opens the second: the same, or a set in force whose relation with it is in force (DM-35)."""
    if set_or_service_id == service_id:
        return True
    return service_id in CATALOGUE.view().opened.get(set_or_service_id, frozenset())


def connection(connection_id: UUID) -> ConnectionEntry | None:
    """A connection by its row id, in force or not."""
    return CATALOGUE.view().connections.get(connection_id)


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
    """The sets that open this service now: in force themselves, and their relation to it too (DM-61)."""
    return [set_id for set_id, opened in CATALOGUE.view().opened.items() if service_id in opened]


def connections(environment: Environment) -> list[ConnectionEntry]:
    """Every connection of an environment, in force or not."""
    return [entry for entry in CATALOGUE.view().connections.values() if entry.environment is environment]


def connection_by_entity_id(environment: Environment, entity_id: str) -> ConnectionEntry | None:
    """A connection by its entity id, in force or not."""
    return CATALOGUE.view().connections_by_entity_id.get((environment.value, entity_id))


def sso_domain(connection_id: UUID) -> str:
    """The name under which connections of one DV share log-ins; empty shares nothing (FL-12)."""
    link = connection(connection_id)
    return link.sso_domain if link else ""


def peer(environment: Environment, entity_id: str) -> Peer | None:
    """The verified metadata of a registered connection or pinned peer, with exactly this entity id.

    None for who is not registered (any more), has no metadata, or is no longer trusted. Metadata that has ended is
    given all the same: see `Peer.counts_at` (ST-06).
    """
    return PEERS.peer(environment, entity_id)


def is_registered(environment: Environment, entity_id: str) -> bool:
    """Whether a connection, or a pinned peer in force, has exactly this entity id; its metadata may be missing."""
    return expected_of(CATALOGUE.view(), environment, entity_id) is not None


def offer(
    environment: Environment, connection_entity_id: str, dv_entity_id: str, service_uuid: UUID
) -> Offer | None:
    """A service as it is offered to a DV over a connection: its own, or that of an LC or RD (AR-33 to AR-36, AR-42).

    None when the DV is not registered for it over this connection; registered but not in force stands in its status.
    """
    return offer_over(CATALOGUE.view(), environment, connection_entity_id, dv_entity_id, service_uuid)


def rest_offer(environment: Environment, provider_oin: str, service_uuid: UUID) -> Offered | None:
    """A service as the REST calls may ask about it for the provider with this OIN (BR-03).

    None when that provider does not offer it; offered but not in force stands in its status.
    """
    return rest_offer_of(CATALOGUE.view(), environment, provider_oin, service_uuid)


def rest_client(client_id: UUID) -> RestClientEntry | None:
    """A client of the REST calls by its row id, in force or not."""
    return CATALOGUE.view().clients.get(client_id)


def rest_client_showing(environment: Environment, fingerprint: str) -> RestClientEntry | None:
    """The client for which a certificate is pinned here, in force or not (BR-11)."""
    return CATALOGUE.view().clients_by_certificate.get((environment.value, fingerprint))


def rest_clients(environment: Environment) -> tuple[RestClientEntry, ...]:
    """Every client of the REST calls, in force or not, by entity id."""
    return tuple(one for one in CATALOGUE.view().clients.values() if one.environment is environment)


def pinned_peers(environment: Environment, role: Role) -> tuple[PinnedPeerEntry, ...]:
    """The authentication services or outside BVDs that are trusted now, by entity id."""
    found = CATALOGUE.view().pinned_peers.values()
    return tuple(
        entry for entry in found if entry.active and entry.environment is environment and entry.role is role
    )


def pinned_peer(environment: Environment, entity_id: str) -> PinnedPeerEntry | None:
    """A pinned peer by its entity id, in force or not."""
    return CATALOGUE.view().pinned_peers.get((environment.value, entity_id))


def metadata_of_all(environment: Environment) -> tuple[tuple[str, StoredPeer | None], ...]:
    """Everybody whose metadata may be taken in, by entity id, with what is stored of it."""
    view, stored = CATALOGUE.view(), {one.entity_id: one for one in stored_metadata(environment)}
    known = {key[1] for key in (*view.connections_by_entity_id, *view.pinned_peers) if key[0] == environment}
    registered = {one for one in known if expected_of(view, environment, one)}
    return tuple((entity_id, stored.get(entity_id)) for entity_id in sorted(registered | set(stored)))


def trust(environment: Environment) -> Trust:
    """Which certificate authorities and revocation lists count in an environment, at most a second old."""
    return TRUST.trust(environment)
