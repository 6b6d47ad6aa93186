"""What each approved change of cluster members and pinned peers does to the tables (DM-64).

Beside `changes`, in the same manner.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from volmacht.catalogue.carrying_out import Change, columns, existing, same_environment, switching
from volmacht.catalogue.contents import Switch, read_switch
from volmacht.catalogue.entity_ids import CLUSTER_ROLES, check_provider_id, role_of
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import ClusterMember, Connection, PinnedPeer, Provider, Service
from volmacht.catalogue.peer_contents import (
    NewClusterMember,
    NewPeer,
    PeerChange,
    read_cluster_member,
    read_peer,
    read_peer_change,
)
from volmacht.catalogue.reading import InvalidContent
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment


def _check_member(content: NewClusterMember) -> None:
    """AR-34, AR-35: a DV of the provider, for a service that this provider offers, over an LC or RD."""
    link = existing("connection", Connection.objects, content.connection)
    provider = existing("provider", Provider.objects, content.provider)
    service = existing("service", Service.objects, content.service)
    if role_of(link.entity_id) not in CLUSTER_ROLES:
        raise InvalidContent("connection", "must be one of an LC, RD or TD")
    same_environment("provider", provider, link.environment)
    same_environment("service", service, link.environment)
    check_provider_id("dv_entity_id", content.dv_entity_id, Environment(link.environment), provider.oin)
    if not service.providers.filter(pk=provider.pk).exists():
        raise InvalidContent("service", "is not offered by this provider")
    there = ClusterMember.objects.filter(connection=link, service=service, dv_entity_id=content.dv_entity_id)
    if there.exists():
        raise InvalidContent("dv_entity_id", "is registered with this connection for this service already")


def _add_member(content: NewClusterMember) -> UUID:
    fields = columns(content, "connection", "provider", "service")
    return ClusterMember.objects.create(
        connection_id=content.connection,
        provider_id=content.provider,
        service_id=content.service,
        **fields,
    ).id


def _check_peer(content: NewPeer) -> None:
    rows = PinnedPeer.objects.filter(environment=content.environment, entity_id=content.entity_id)
    if rows.exists():
        raise InvalidContent("entity_id", "is in the catalogue already")
    _check_real(content.environment, content.oin)


def _check_real(environment: str, oin: str) -> None:
    """Outside profile demo a stand-in is for pre-production only (AD-14)."""
    simulated = oin in settings.SIMULATED_OINS and not settings.VOLMACHT.demo
    if simulated and environment == Environment.PRODUCTION:
        raise InvalidContent("entity_id", "names a stand-in with invented people: not in production")


def _check_peer_switch(content: Switch) -> None:
    peer = existing("id", PinnedPeer.objects, content.id)
    if content.active:
        _check_real(peer.environment, peer.oin)


def _add_peer(content: NewPeer) -> UUID:
    return PinnedPeer.objects.create(**columns(content)).id


def _check_peer_change(content: PeerChange) -> None:
    peer = existing("id", PinnedPeer.objects, content.id)
    if content.representation_types and peer.role != Role.BVD:
        raise InvalidContent("representation_types", "are for a BVD only")
    if peer.role == Role.BVD and content.words.get("name") == "":
        raise InvalidContent("name", "is needed for a BVD: people choose by it")


def _change_peer(content: PeerChange) -> UUID:
    changed: dict[str, object] = dict(content.words)
    if content.representation_types is not None:
        changed["representation_types"] = list(content.representation_types)
    PinnedPeer.objects.filter(id=content.id).update(**changed)
    return content.id


PEER_CHANGES: Mapping[ChangeKind, Change[Any]] = {
    ChangeKind.ADD_CLUSTER_MEMBER: Change(read_cluster_member, _check_member, _add_member),
    ChangeKind.SWITCH_CLUSTER_MEMBER: Change(read_switch, *switching(ClusterMember.objects)),
    ChangeKind.ADD_PEER: Change(read_peer, _check_peer, _add_peer),
    ChangeKind.CHANGE_PEER: Change(read_peer_change, _check_peer_change, _change_peer),
    ChangeKind.SWITCH_PEER: Change(read_switch, _check_peer_switch, switching(PinnedPeer.objects)[1]),
}
NEW_PEERS = frozenset({ChangeKind.ADD_CLUSTER_MEMBER, ChangeKind.ADD_PEER})
