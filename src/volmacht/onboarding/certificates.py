"""The certificates of the connections that organisations have, and which of them end soon (CN-21, MD-43).

A member of a cluster has its own in the document of its supplier. Reads only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from volmacht.catalogue.queries import PeerCertificate, peer_certificates
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Configuration
from volmacht.pki import days_left, warning
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.reconfiguring import runs


@dataclass(frozen=True, slots=True)
class EndingCertificate:
    """A certificate of which its owner must be warned. `warned`: the moment of warning that has come, in days ahead."""

    environment: Environment
    entity_id: str
    use: str
    ends: datetime
    days: int
    warned: int


def certificates_of(organisations: Collection[UUID]) -> Iterator[tuple[UUID, PeerCertificate]]:
    """Of every connection of these organisations that runs, in both environments, with whose it is."""
    published = Configuration.objects.filter(
        case__organisation_id__in=organisations, state=ConfigurationState.PUBLISHED
    )
    owners = {
        (environment, connection): owner
        for owner, environment, connection, content in published.values_list(
            "case__organisation_id", "environment", "connection", "content"
        )
        if runs(content)
    }
    for certificate in peer_certificates() if owners else ():
        owner = owners.get((certificate.environment.value, certificate.entity_id))
        if owner is not None:
            yield owner, certificate


def first_ends(organisations: Collection[UUID]) -> dict[UUID | None, datetime]:
    """Of each organisation the first end among its certificates."""
    ends: dict[UUID | None, datetime] = {}
    for owner, certificate in certificates_of(organisations):
        ends[owner] = min(certificate.ends, ends.get(owner, certificate.ends))
    return ends


def ending_of(organisations: Collection[UUID], now: datetime) -> dict[UUID, list[EndingCertificate]]:
    """What each organisation must be warned of now, the first to end first."""
    found: dict[UUID, list[EndingCertificate]] = defaultdict(list)
    for owner, one in certificates_of(organisations):
        days = days_left(one.ends, now)
        warned = warning(days)
        if warned is not None:
            found[owner].append(
                EndingCertificate(one.environment, one.entity_id, one.use, one.ends, days, warned)
            )
    return {owner: sorted(ending, key=lambda one: one.ends) for owner, ending in found.items()}
