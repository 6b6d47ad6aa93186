"""The catalogue of one environment as CSV in DigiD's layout (DM-63). Only looks.

Separated by commas, without header and BOM, as DigiD reads it. A cell that a spreadsheet would take for a formula
begins with an apostrophe, which reading takes away again. What was exported is imported as unchanged.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from volmacht.catalogue.entity_ids import role_of
from volmacht.catalogue.importing.cells import shown_day, shown_flag, shown_moment
from volmacht.catalogue.importing.document import guarded
from volmacht.catalogue.importing.service_rows import ENCRYPTION, KIND_LABELS
from volmacht.catalogue.importing.standing import RELATION_LABELS, Standing
from volmacht.catalogue.importing.verdicts import ImportKind
from volmacht.catalogue.models import Provider, Relation, Service
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.kinds import RepresentativeKind

if TYPE_CHECKING:
    from uuid import UUID

ROLE_NUMBERS = {Role.RD: "3", Role.TD: "3", Role.LC: "2", Role.DV: "1"}


def written(kind: ImportKind, standing: Standing) -> bytes:
    """The file, in UTF-8."""
    rows = _services(standing) if kind is ImportKind.SERVICES else _organisations(standing)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _services(standing: Standing) -> Iterable[list[str]]:
    relations: dict[UUID, list[str]] = defaultdict(list)
    for (kind, source, target), relation in standing.relations.items():
        relations[source].append(f"{target}#{RELATION_LABELS[kind]}#{_term(relation)}")
    for row in sorted(standing.services.values(), key=lambda one: (one.position, one.name, one.service_uuid)):
        yield _service(row, standing, ",".join(relations[row.service_uuid]))


def _service(row: Service, standing: Standing, relations: str) -> list[str]:
    entity_id = standing.entity_id_of(row)
    return [
        entity_id,
        entity_id,
        str(row.service_uuid),
        row.name,
        str(row.minimum_level),
        ENCRYPTION,
        "" if row.announced_level is None else str(row.announced_level),
        shown_day(row.announced_on),
        row.announced_message,
        shown_flag(row.digid_allowed),
        row.permission_question,
        shown_flag(row.mandatable),
        str(row.position),
        KIND_LABELS[RepresentativeKind(row.representative_kind)],
        str(row.request_days),
        row.description,
        row.explanation,
        *_term(row).split("#"),
        relations,
    ]


def _term(row: Service | Relation) -> str:
    return "#".join((shown_flag(row.active), shown_moment(row.active_from), shown_moment(row.active_until)))


def _organisations(standing: Standing) -> Iterable[list[str]]:
    offers: dict[UUID, list[UUID]] = defaultdict(list)
    for row in standing.services.values():
        for provider_id in standing.offered_by.get(row.id, ()):
            offers[provider_id].append(row.service_uuid)
    roles: dict[UUID, set[str]] = defaultdict(set)
    for connection in standing.connections.values():
        role = role_of(connection.entity_id)
        roles[connection.provider_id].add(ROLE_NUMBERS.get(role, "1") if role else "1")
    for provider in sorted(standing.providers.values(), key=lambda one: one.oin):
        services = ",".join(f"{service}#1##" for service in sorted(offers[provider.id]))
        yield _organisation(provider, max(roles[provider.id], default="0"), services)


def _organisation(row: Provider, role: str, services: str) -> list[str]:
    """The role has the dates of its organisation: the first of them stands with it, as the layout wants one."""
    from_, until = shown_moment(row.active_from), shown_moment(row.active_until)
    return [
        row.oin, row.name, row.description, shown_flag(row.active), from_, until,
        role, shown_flag(row.role_active), from_, "", services,
    ]  # fmt: skip
