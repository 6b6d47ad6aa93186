"""Lists for members: the cases of their organisation, and for a supplier those of all its clients. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from volmacht import clock
from volmacht.catalogue.queries import peer_certificates
from volmacht.onboarding.actors import CaseActor, permissions_of, rights_at
from volmacht.onboarding.directory import directory
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration, StandardSentence
from volmacht.onboarding.queries.known import CaseRow, row_of
from volmacht.rules.onboarding.cases import CaseKind, CaseState, Side
from volmacht.rules.roles import Permission, Right


@dataclass(frozen=True, slots=True)
class ClientCase:
    """A case of a client. `certificate_ends`: the first of its certificates that ends; None when none is known."""

    case: CaseRow
    certificate_ends: datetime | None


@dataclass(frozen=True, slots=True)
class KnownSentence:
    """A standard sentence of the desk."""

    id: UUID
    title: str
    text_nl: str
    text_en: str
    active: bool


def cases_of(organisation_id: UUID, reader: CaseActor) -> tuple[CaseRow, ...]:
    """All cases of an organisation, the newest first; nothing for who may not see them."""
    if reader.side is Side.OPERATOR:
        allowed = Permission.SEE_CASES in permissions_of(reader)
    else:
        allowed = Right.SEE in rights_at(organisation_id, reader)
    return _rows(Case.objects.filter(organisation_id=organisation_id)) if allowed else ()


def cases_of_clients(reader: CaseActor, *, going_on: bool = True) -> tuple[ClientCase, ...]:
    """For a supplier: the cases of every organisation that lets it act now, by name of the client."""
    if reader.side is not Side.SUPPLIER or reader.organisation_id is None:
        return ()
    clients = [
        client for client in directory().clients_of(reader.organisation_id) if rights_at(client, reader)
    ]
    found = Case.objects.filter(organisation_id__in=clients)
    if going_on:
        found = found.exclude(state__in=_OVER)
    ends = _certificate_ends(clients)
    rows = sorted(_rows(found), key=lambda row: (row.organisation_name, row.number))
    return tuple(ClientCase(row, ends.get(row.organisation_id)) for row in rows)


def is_connected(organisation_id: UUID) -> bool:
    """Whether an organisation has a connection that runs."""
    return Case.objects.filter(
        organisation_id=organisation_id, kind=CaseKind.APPLICATION, state=CaseState.ACTIVE
    ).exists()


def standard_sentences(*, all_of_them: bool = False) -> tuple[KnownSentence, ...]:
    """Those in use, by title."""
    found = StandardSentence.objects.order_by("title")
    rows = found if all_of_them else found.filter(active=True)
    return tuple(KnownSentence(row.id, row.title, row.text_nl, row.text_en, row.active) for row in rows)


_OVER = (CaseState.CLOSED, CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.LAPSED, CaseState.DONE)


def _rows(found: QuerySet[Case]) -> tuple[CaseRow, ...]:
    today = clock.today()
    return tuple(row_of(case, today) for case in found.order_by("-created_at", "-number"))


def _certificate_ends(organisations: Collection[UUID]) -> dict[UUID | None, datetime]:
    """Of each organisation the first end among the certificates of its connections, in both environments."""
    published = Configuration.objects.filter(
        case__organisation_id__in=organisations, state=ConfigurationState.PUBLISHED
    )
    owners = {
        (environment, connection): owner
        for owner, environment, connection in published.values_list(
            "case__organisation_id", "environment", "connection"
        )
    }
    ends: dict[UUID | None, datetime] = {}
    for certificate in peer_certificates() if owners else ():
        owner = owners.get((certificate.environment.value, certificate.entity_id))
        if owner is not None:
            ends[owner] = min(certificate.ends, ends.get(owner, certificate.ends))
    return ends
