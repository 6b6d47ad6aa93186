"""Which services a connection may ask about, and the first obstacle of DM-62 when it does. Pure: looks at a view.

A connection asks about its own services and those of its provider (AR-33); one of an LC or RD about the services
for which a DV is registered with it (AR-34, AR-35).
"""

from dataclasses import replace
from uuid import UUID

from volmacht.catalogue.entity_ids import CLUSTER_ROLES, role_of
from volmacht.catalogue.entries import ConnectionEntry, MemberEntry, ServiceEntry
from volmacht.catalogue.view import View
from volmacht.protocols.bvd_rest.handling import Offered
from volmacht.protocols.saml.handling.doors import Offer
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import PartyKind, allows
from volmacht.rules.services import LookUpStatus, ServiceFacts, look_up

_NEAREST = [*list(LookUpStatus)[1:], LookUpStatus.STATUS_OK]  # the further on, the fewer obstacles


def is_own(view: View, service_id: UUID, link: ConnectionEntry) -> bool:
    """Whether this connection may ask about this service, in force or not."""
    entry = view.services.get(service_id)
    if entry is None or entry.environment is not link.environment:
        return False
    if (link.id, service_id) in view.members_over:
        return True
    return entry.connection_id == link.id or link.provider_id in entry.provider_ids


def status_over(view: View, service_id: UUID, connection_id: UUID, dv_entity_id: str = "") -> LookUpStatus:
    """The first obstacle of DM-62 for whoever asks over this connection.

    Over that of an LC or RD it is that of the DV that asks, or without its entity id that of the DV with the fewest
    obstacles.
    """
    link = view.connections.get(connection_id)
    if link is not None and dv_entity_id and role_of(link.entity_id) in CLUSTER_ROLES:
        asking = view.members.get((connection_id, dv_entity_id, service_id))
        entry = view.services.get(service_id)
        if asking is None or entry is None or asking.provider_id not in entry.provider_ids:
            return LookUpStatus.SERVICE_NOT_FOUND
        return look_up(_facts_for(view, link, asking))
    members = view.members_over.get((connection_id, service_id), ())
    if link is not None and members and is_own(view, service_id, link):
        answers = [look_up(_facts_for(view, link, member)) for member in members]
        return max(answers, key=_NEAREST.index)
    return look_up(_facts_over(view, service_id, link))


def offer_over(
    view: View, environment: Environment, connection: str, provider: str, service_uuid: UUID
) -> Offer | None:
    """The service as it is offered to this DV over this connection; None when it is not registered for it.

    `connection` and `provider` are entity ids, the same one for a DV that asks for itself.
    """
    link = view.connections_by_entity_id.get((environment.value, connection))
    entry = view.services_by_uuid.get((environment.value, service_uuid))
    if link is None or entry is None:
        return None
    if connection == provider and role_of(connection) not in CLUSTER_ROLES:
        registered = is_own(view, entry.id, link)
        return (
            _offer(link, link.provider_id, entry, _facts_over(view, entry.id, link)) if registered else None
        )
    member = view.members.get((link.id, provider, entry.id))
    if member is None or member.provider_id not in entry.provider_ids:
        return None
    return _offer(link, member.provider_id, entry, _facts_for(view, link, member))


def rest_offer_of(
    view: View, environment: Environment, provider_oin: str, service_uuid: UUID
) -> Offered | None:
    """The service as the provider with this OIN offers it, over the service's own connection or its first that counts.

    None when that provider does not offer it (BR-03).
    """
    entry = view.services_by_uuid.get((environment.value, service_uuid))
    if entry is None:
        return None
    links = [
        link
        for link in view.connections.values()
        if view.providers[link.provider_id].oin == provider_oin and is_own(view, entry.id, link)
    ]
    if not links:
        return None
    link = min(links, key=lambda one: (one.id != entry.connection_id, not one.active, one.entity_id))
    return Offered(
        connection=link.id,
        provider=link.provider_id,
        service=entry.id,
        status=look_up(_facts_over(view, entry.id, link)),
        level=entry.minimum_level,
        kind=entry.representative_kind,
    )


def _offer(link: ConnectionEntry, provider_id: UUID, entry: ServiceEntry, facts: ServiceFacts) -> Offer:
    return Offer(
        connection=link.id,
        provider=provider_id,
        service=entry.id,
        status=look_up(facts),
        level=entry.minimum_level,
        citizens_may_represent=allows(entry.representative_kind, PartyKind.PERSON),
        representation_without_scoping=entry.representation_without_scoping,
    )


def _facts_over(view: View, service_id: UUID, link: ConnectionEntry | None) -> ServiceFacts:
    facts = view.facts.get(service_id)
    body = view.providers[link.provider_id] if link else None
    return ServiceFacts(
        connection_exists=link is not None,
        connection_active=link is not None and link.active,
        organisation_active=body is not None and body.active,
        role_active=body is not None and body.role_active,
        service_exists=link is not None and is_own(view, service_id, link),
        service_active=facts is not None and facts.service_active,
        mandatable=facts is not None and facts.mandatable,
    )


def _facts_for(view: View, link: ConnectionEntry, member: MemberEntry) -> ServiceFacts:
    """Both organisations count, and the registration of the DV as part of the connection (AR-42)."""
    facts, body = _facts_over(view, member.service_id, link), view.providers[member.provider_id]
    return replace(
        facts,
        connection_active=facts.connection_active and member.active,
        organisation_active=facts.organisation_active and body.active,
        role_active=facts.role_active and body.role_active,
    )
