"""Carrying out the configuration of one organisation that connects: what was approved is what runs (CN-15, DM-64).

A configuration has the layout of a catalogue file with one provider, and is for one environment. In production, and
for whatever is changed by hand, two employees are named. Without them it is one that passed the automatic checks, and
for pre-production only. It can never touch what belongs to another provider.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum, auto
from uuid import UUID

from volmacht.catalogue.file import BadCatalogueFile, CatalogueFile, Table, connections_of, read_file
from volmacht.catalogue.kinds import NotJudged
from volmacht.catalogue.models import Connection, Service
from volmacht.catalogue.operations.loading import Loaded, load_catalogue, load_with
from volmacht.catalogue.operations.proposing import issue
from volmacht.rules.environment import Environment


class ConfigurationFault(StrEnum):
    """Why a configuration cannot be carried out, whoever approves it."""

    NOT_ONE_PROVIDER = auto()
    OTHER_ENVIRONMENT = auto()
    OF_ANOTHER_SUPPLIER = auto()  # a connection of a cluster whose owner may not act for this provider
    OF_ANOTHER_PROVIDER = auto()  # an entity id, service or set that exists already, and is not theirs
    NEEDS_TWO_PEOPLE = auto()  # production without two employees
    INVALID = auto()


class NotCarriedOut(ValueError):
    """Nothing was changed; `detail` says where, for an employee."""

    def __init__(self, fault: ConfigurationFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else fault)
        self.fault = fault
        self.detail = detail


def carry_out_configuration(
    content: Table,
    *,
    environment: Environment,
    proposed_by: UUID | None = None,
    approved_by: UUID | None = None,
    suppliers: Collection[str] = (),
) -> int | NotJudged:
    """Make the catalogue as the configuration says; how many changes that took, or who objected to what.

    `suppliers`: OINs of those that may act for the provider, so that it may be a member of their clusters.
    Harmless to repeat. Raises NotCarriedOut.
    """
    try:
        read = read_file(content)
        _refuse_what_is_not_theirs(read, environment, suppliers)
        done = _load(content, environment, proposed_by, approved_by)
    except BadCatalogueFile as error:
        raise NotCarriedOut(ConfigurationFault.INVALID, str(error)) from error
    return done.changes if isinstance(done, Loaded) else done


def _load(
    content: Table, environment: Environment, proposed_by: UUID | None, approved_by: UUID | None
) -> Loaded | NotJudged:
    if proposed_by is not None and approved_by is not None:
        return load_catalogue(content, proposed_by=proposed_by, approved_by=approved_by)
    if environment is not Environment.PREPRODUCTION:
        raise NotCarriedOut(ConfigurationFault.NEEDS_TWO_PEOPLE)
    return load_with(issue, content)


def _refuse_what_is_not_theirs(
    content: CatalogueFile, environment: Environment, suppliers: Collection[str]
) -> None:
    if content.environments != (environment,):
        raise NotCarriedOut(ConfigurationFault.OTHER_ENVIRONMENT)
    if len(content.providers) != 1 or content.peers or content.clients:
        raise NotCarriedOut(ConfigurationFault.NOT_ONE_PROVIDER)
    oin = str(content.providers[0].get("oin"))
    for entity_id in _entity_ids(content.providers[0]):
        taken = Connection.objects.filter(environment=environment, entity_id=entity_id)
        if taken.exclude(provider__oin=oin).exists():
            raise NotCarriedOut(ConfigurationFault.OF_ANOTHER_PROVIDER, entity_id)
    for table in (*content.services, *content.sets):
        _refuse_service(table, oin, environment)
    services = {str(table.get("uuid")) for table in content.services}
    for table in content.cluster_members:
        _refuse_member(table, oin, services, environment, suppliers)


def _refuse_member(
    table: Table, oin: str, services: Collection[str], environment: Environment, suppliers: Collection[str]
) -> None:
    """A member of a cluster is this provider, with services of this configuration, and its supplier may act for it.

    Who may not act any more can still be left: a member that is switched off.
    """
    named = table.get("services")
    theirs = isinstance(named, list) and set(map(str, named)) <= set(services)
    if table.get("provider") != oin or not theirs or "environments" in table:
        raise NotCarriedOut(ConfigurationFault.OF_ANOTHER_PROVIDER, str(table.get("dv_entity_id")))
    link = Connection.objects.filter(environment=environment, entity_id=str(table.get("connection")))
    allowed = link.filter(provider__oin__in=suppliers).exists()
    if not allowed and table.get("active") is not False:
        raise NotCarriedOut(ConfigurationFault.OF_ANOTHER_SUPPLIER, str(table.get("connection")))


def _refuse_service(table: Table, oin: str, environment: Environment) -> None:
    """A service or set, with all that the set holds, is of this provider and of nobody else."""
    if table.get("providers") != [oin]:
        raise NotCarriedOut(ConfigurationFault.OF_ANOTHER_PROVIDER, str(table.get("name")))
    members = table.get("services", [])
    named = {str(table.get("uuid")), *map(str, members if isinstance(members, list) else [])}
    for row in Service.objects.filter(environment=environment, service_uuid__in=filter(_is_uuid, named)):
        if set(row.providers.values_list("oin", flat=True)) != {oin}:
            raise NotCarriedOut(ConfigurationFault.OF_ANOTHER_PROVIDER, str(row.service_uuid))


def _is_uuid(text: str) -> bool:
    """What is none is told by the loading, with its place."""
    with suppress(ValueError):
        return bool(UUID(text))
    return False


def _entity_ids(provider: Table) -> Iterator[str]:
    for link in connections_of(provider):
        if isinstance(link, Mapping):
            yield str(link.get("entity_id"))
