"""What the rows of the catalogue mean during a stretch of time in which nothing comes in force or ends.

Pure: reads rows that were loaded already. `make_view` turns everything into look-ups, once per stretch. "In
force" and the announced level are decided by `volmacht.rules.services` (DM-60, DM-61).
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from volmacht.catalogue.entries import (
    Announcement,
    ConnectionEntry,
    MemberEntry,
    PinnedPeerEntry,
    ProviderEntry,
    RestClientEntry,
    ServiceEntry,
)
from volmacht.catalogue.kinds import RelationKind
from volmacht.catalogue.models import (
    ClusterMember,
    Connection,
    InForce,
    PinnedPeer,
    Provider,
    Relation,
    RestClient,
    Service,
)
from volmacht.catalogue.searching import search_text
from volmacht.protocols.saml.entity_ids import EntityId, Role
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows
from volmacht.rules.periods import day_of, start_of
from volmacht.rules.services import LookUpStatus, ServiceFacts, in_force, level_required, look_up

BEGINNING = datetime.min.replace(tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC)
LANGUAGES = ("nl", "en")


MemberKey = tuple[UUID, str, UUID]  # connection, entity id of the DV, service


class StoredMetadata(NamedTuple):
    """Which document of a peer is stored, and since when; the document itself is fetched when needed."""

    id: UUID
    digest: bytes
    document_at: datetime


@dataclass(frozen=True, slots=True)
class Tables:
    """All rows, by id; `services` in the order in which they are shown."""

    providers: Mapping[UUID, Provider]
    connections: Mapping[UUID, Connection]
    services: Mapping[UUID, Service]
    offered_by: Mapping[UUID, frozenset[UUID]]
    relations: tuple[Relation, ...]
    members: tuple[ClusterMember, ...]
    peers: tuple[PinnedPeer, ...]
    clients: tuple[RestClient, ...]
    metadata: Mapping[tuple[str, str], StoredMetadata]


@dataclass(frozen=True, slots=True)
class View:
    """The catalogue from `begins` up to `ends`."""

    begins: datetime
    ends: datetime
    providers: Mapping[UUID, ProviderEntry]
    connections: Mapping[UUID, ConnectionEntry]
    connections_by_entity_id: Mapping[tuple[str, str], ConnectionEntry]
    services: Mapping[UUID, ServiceEntry]
    services_by_uuid: Mapping[tuple[str, UUID], ServiceEntry]
    facts: Mapping[UUID, ServiceFacts]
    statuses: Mapping[UUID, LookUpStatus]
    opened: Mapping[UUID, frozenset[UUID]]
    search_texts: Mapping[str, Mapping[UUID, str]]
    members: Mapping[MemberKey, MemberEntry]
    members_over: Mapping[tuple[UUID, UUID], tuple[MemberEntry, ...]]
    registered_with: Mapping[UUID, frozenset[str]]
    pinned_peers: Mapping[tuple[str, str], PinnedPeerEntry]
    clients: Mapping[UUID, RestClientEntry]
    clients_by_certificate: Mapping[tuple[str, str], RestClientEntry]
    metadata: Mapping[tuple[str, str], StoredMetadata]


def make_view(tables: Tables, moment: datetime) -> View:
    """The view that holds at a moment."""
    begins, ends = _stretch(tables, moment)
    providers = {row.id: _provider(row, moment) for row in tables.providers.values()}
    connections = {row.id: _connection(row, tables, moment) for row in tables.connections.values()}
    related = _related(tables, moment)
    services = _services(tables, related, moment)
    facts = _facts(tables, services, moment)
    members = [_member(row, moment) for row in tables.members]
    clients = [_client(row, moment) for row in tables.clients]
    return View(
        begins=begins,
        ends=ends,
        providers=providers,
        connections=connections,
        connections_by_entity_id={
            (entry.environment.value, entry.entity_id): entry for entry in connections.values()
        },
        services=services,
        services_by_uuid={
            (entry.environment.value, entry.service_uuid): entry for entry in services.values()
        },
        facts=facts,
        statuses={service_id: look_up(fact) for service_id, fact in facts.items()},
        opened=_opened(tables, related, moment),
        search_texts={
            language: {entry.id: search_text(entry, language) for entry in services.values()}
            for language in LANGUAGES
        },
        members={(one.connection_id, one.dv_entity_id, one.service_id): one for one in members},
        members_over=_members_over(members),
        registered_with=_registered_with(members),
        pinned_peers={(row.environment, row.entity_id): _pinned_peer(row, moment) for row in tables.peers},
        clients={entry.id: entry for entry in clients},
        clients_by_certificate={
            (entry.environment.value, one): entry for entry in clients for one in entry.certificates
        },
        metadata=tables.metadata,
    )


def _stretch(tables: Tables, moment: datetime) -> tuple[datetime, datetime]:
    """Between which moments of change a moment lies."""
    moments = sorted({BEGINNING, END, *_turning_points(tables)})
    after = bisect_right(moments, moment)
    return moments[after - 1], moments[after]


def _turning_points(tables: Tables) -> Iterator[datetime]:
    rows: tuple[Iterable[InForce], ...] = (
        tables.providers.values(), tables.connections.values(), tables.services.values(), tables.relations,
        tables.members, tables.peers, tables.clients,
    )  # fmt: skip
    for row in (row for some in rows for row in some):
        yield from (turn for turn in (row.active_from, row.active_until) if turn is not None)
    yield from (
        start_of(row.announced_on) for row in tables.services.values() if row.announced_on is not None
    )


def _is_in_force(row: InForce, moment: datetime) -> bool:
    return in_force(row.active, row.active_from, row.active_until, moment)


def _provider(row: Provider, moment: datetime) -> ProviderEntry:
    return ProviderEntry(
        id=row.id,
        environment=Environment(row.environment),
        oin=row.oin,
        name=row.name,
        description=row.description,
        website=row.website,
        active=_is_in_force(row, moment),
        role_active=row.role_active,
    )


def _connection(row: Connection, tables: Tables, moment: datetime) -> ConnectionEntry:
    return ConnectionEntry(
        id=row.id,
        environment=Environment(row.environment),
        entity_id=row.entity_id,
        provider_id=row.provider_id,
        provider_name=tables.providers[row.provider_id].name,
        active=_is_in_force(row, moment),
        sso_domain=row.sso_domain,
    )


def _member(row: ClusterMember, moment: datetime) -> MemberEntry:
    return MemberEntry(
        connection_id=row.connection_id,
        dv_entity_id=row.dv_entity_id,
        provider_id=row.provider_id,
        service_id=row.service_id,
        active=_is_in_force(row, moment),
    )


def _members_over(members: Iterable[MemberEntry]) -> dict[tuple[UUID, UUID], tuple[MemberEntry, ...]]:
    """By connection and service."""
    found: dict[tuple[UUID, UUID], list[MemberEntry]] = defaultdict(list)
    for member in members:
        found[member.connection_id, member.service_id].append(member)
    return {key: tuple(some) for key, some in found.items()}


def _registered_with(members: Iterable[MemberEntry]) -> dict[UUID, frozenset[str]]:
    """By connection, the entity ids of its DVs, in force or not."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for member in members:
        found[member.connection_id].add(member.dv_entity_id)
    return {connection_id: frozenset(entity_ids) for connection_id, entity_ids in found.items()}


def _pinned_peer(row: PinnedPeer, moment: datetime) -> PinnedPeerEntry:
    return PinnedPeerEntry(
        id=row.id,
        environment=Environment(row.environment),
        entity_id=row.entity_id,
        role=Role(row.role),
        oin=row.oin,
        representation_types=frozenset(row.representation_types),
        active=_is_in_force(row, moment),
        name=row.name,
        name_en=row.name_en,
        purpose=row.purpose,
        purpose_en=row.purpose_en,
    )


def _client(row: RestClient, moment: datetime) -> RestClientEntry:
    return RestClientEntry(
        id=row.id,
        environment=Environment(row.environment),
        entity_id=row.entity_id,
        oin=EntityId.parse(row.entity_id).oin,
        return_url=row.return_url,
        certificates=frozenset(row.certificates),
        active=_is_in_force(row, moment),
    )


def _related(tables: Tables, moment: datetime) -> dict[UUID, frozenset[UUID]]:
    """For each set the services whose relation with it is in force, in force themselves or not."""
    related: dict[UUID, set[UUID]] = defaultdict(set)
    for relation in tables.relations:
        if relation.kind == RelationKind.SERVICE_SET and _is_in_force(relation, moment):
            related[relation.source_id].add(relation.target_id)
    return {set_id: frozenset(targets) for set_id, targets in related.items()}


def _opened(
    tables: Tables, related: Mapping[UUID, frozenset[UUID]], moment: datetime
) -> dict[UUID, frozenset[UUID]]:
    """What each set opens: the set itself must be in force, as a service that is withdrawn opens nothing (DM-33)."""
    return {
        set_id: targets
        for set_id, targets in related.items()
        if _is_in_force(tables.services[set_id], moment)
    }


def _services(
    tables: Tables, related: Mapping[UUID, frozenset[UUID]], moment: datetime
) -> dict[UUID, ServiceEntry]:
    """All services in order of position; each set together with its members in force, in that same order."""
    entries = {row.id: _service(row, tables, moment) for row in tables.services.values()}
    in_force_now = [entry for entry in entries.values() if _is_in_force(tables.services[entry.id], moment)]
    return {
        entry.id: _with_members(entry, [one for one in in_force_now if one.id in related.get(entry.id, ())])
        if entry.is_set
        else entry
        for entry in entries.values()
    }


def _announced(row: Service) -> Announcement | None:
    if row.announced_level is None or row.announced_on is None:
        return None
    return Announcement(LevelOfAssurance(row.announced_level), row.announced_on, row.announced_message)


def _service(row: Service, tables: Tables, moment: datetime) -> ServiceEntry:
    announced = _announced(row)
    provider_ids = tables.offered_by.get(row.id, frozenset())
    return ServiceEntry(
        id=row.id,
        service_uuid=row.service_uuid,
        environment=Environment(row.environment),
        name=row.name,
        name_en=row.name_en,
        description=row.description,
        description_en=row.description_en,
        explanation=row.explanation,
        explanation_en=row.explanation_en,
        permission_question=row.permission_question,
        permission_question_en=row.permission_question_en,
        keywords=row.keywords,
        provider_names=tuple(sorted(tables.providers[provider_id].name for provider_id in provider_ids)),
        provider_ids=provider_ids,
        website=row.website,
        minimum_level=level_required(
            LevelOfAssurance(row.minimum_level),
            announced.level if announced else None,
            announced.on if announced else None,
            day_of(moment),
        ),
        announced=announced,
        representative_kind=RepresentativeKind(row.representative_kind),
        request_days=row.request_days,
        longest_months=row.longest_months,
        minimum_age=row.minimum_age,
        survivors_allowed=row.survivors_allowed,
        counter_allowed=row.counter_allowed,
        mandatable=row.mandatable,
        is_set=row.is_set,
        members=(),
        position=row.position,
        connection_id=row.connection_id,
        representation_without_scoping=row.representation_without_scoping,
    )


def _with_members(entry: ServiceEntry, members: list[ServiceEntry]) -> ServiceEntry:
    """A set is as strict as the strictest of itself and its members.

    Its organisations are those of what it holds now: one whose last service has left the set has no more to do with
    it, may not ask about it (DM-43), and is not named to people.
    """
    everyone = [entry, *members]
    return replace(
        entry,
        members=tuple(member.id for member in members),
        provider_ids=frozenset().union(*(one.provider_ids for one in members)),
        provider_names=tuple(sorted({name for one in members for name in one.provider_names})),
        minimum_level=max(one.minimum_level for one in everyone),
        representative_kind=_common_kind(one.representative_kind for one in everyone),
        request_days=min(one.request_days for one in everyone),
        longest_months=min(one.longest_months for one in everyone),
        minimum_age=max(one.minimum_age for one in everyone),
        survivors_allowed=all(one.survivors_allowed for one in everyone),
        counter_allowed=all(one.counter_allowed for one in everyone),
        representation_without_scoping=all(one.representation_without_scoping for one in everyone),
    )


def _common_kind(kinds: Iterable[RepresentativeKind]) -> RepresentativeKind:
    """The kind that allows exactly whom all of them allow."""
    every = list(kinds)
    allowed = {party for party in PartyKind if all(allows(kind, party) for kind in every)}
    return next(kind for kind in RepresentativeKind if {p for p in PartyKind if allows(kind, p)} == allowed)


def _facts(
    tables: Tables, services: Mapping[UUID, ServiceEntry], moment: datetime
) -> dict[UUID, ServiceFacts]:
    """What DM-62 asks about each service over its own connection; a set counts while a member can be used."""
    single = {entry.id: _fact(entry, tables, moment) for entry in services.values() if not entry.is_set}
    usable = {service_id for service_id, fact in single.items() if look_up(fact) is LookUpStatus.STATUS_OK}
    sets = {
        entry.id: replace(fact, service_active=fact.service_active and not usable.isdisjoint(entry.members))
        for entry in services.values()
        if entry.is_set
        for fact in [_fact(entry, tables, moment)]
    }
    return single | sets


def _fact(entry: ServiceEntry, tables: Tables, moment: datetime) -> ServiceFacts:
    connection = tables.connections[entry.connection_id] if entry.connection_id else None
    provider = tables.providers[connection.provider_id] if connection else None
    without = entry.is_set and connection is None  # a set needs no connection of its own
    return ServiceFacts(
        connection_exists=without or connection is not None,
        connection_active=without or (connection is not None and _is_in_force(connection, moment)),
        organisation_active=without or (provider is not None and _is_in_force(provider, moment)),
        role_active=without or (provider is not None and provider.role_active),
        service_exists=True,
        service_active=_is_in_force(tables.services[entry.id], moment),
        mandatable=entry.mandatable and entry.representative_kind is not RepresentativeKind.NONE,
    )
