"""Connection data (CN-2): what a provider needs to connect, with test people for each of its services. Reads only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from cryptography.x509.oid import NameOID
from django.conf import settings

from volmacht.catalogue import queries as catalogue
from volmacht.keystore import KeyState, KeyUse, OwnEntity, stored_keys
from volmacht.logins.entities import PREFIXES, SIGN_ON, authentication_services, back, entity_id, front
from volmacht.logins.queries import KnownRefusal, refusals_in_test
from volmacht.mandates.operations import StagedState
from volmacht.onboarding.actors import CaseActor, acting
from volmacht.onboarding.casting import NoTestPeople, TestPeople, people_to_test_with
from volmacht.onboarding.kinds import ConfigurationState
from volmacht.onboarding.models import Case, Configuration, TestMandates
from volmacht.parties import queries as parties
from volmacht.pki import certificates_from
from volmacht.rules.codes import AuthorisationCode
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.sealing import Purpose, unseal


@dataclass(frozen=True, slots=True)
class OurAddresses:
    """Where we are in an environment, and who.

    `resolution_issuers`: the authorities above the server certificate there, the nearest first.
    """

    entrance: str
    bvd: str
    metadata_entrance: str
    metadata_bvd: str
    sign_on: str
    resolution: str
    resolution_issuers: tuple[str, ...]
    authentication_services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TestMandate:
    """One of the test mandates: in which state, of whom, and the code where there is one.

    The name is that in the register: a log-in shows people by name, so a number alone would not be recognised there.
    """

    __test__ = False  # not a test for pytest

    state: StagedState
    represented: Bsn | None
    name: str
    code: AuthorisationCode | None


@dataclass(frozen=True, slots=True)
class ConnectedService:
    """A service or set that runs, with its test mandates in pre-production."""

    uuid: UUID
    name: str
    is_set: bool
    mandates: tuple[TestMandate, ...]
    laid_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class ConnectionData:
    """Everything for one environment; `published_at` is when it began to run like this."""

    environment: Environment
    entity_id: str
    number: int
    published_at: datetime | None
    has_metadata: bool
    ours: OurAddresses
    services: tuple[ConnectedService, ...]
    people: TestPeople | None
    person_name: str
    refused: tuple[KnownRefusal, ...] = ()


def our_addresses(environment: Environment) -> OurAddresses:
    """What a provider puts into its software."""
    return OurAddresses(
        entrance=entity_id(environment, OwnEntity.ENTRANCE),
        bvd=entity_id(environment, OwnEntity.BVD),
        metadata_entrance=_metadata(environment, OwnEntity.ENTRANCE),
        metadata_bvd=_metadata(environment, OwnEntity.BVD),
        sign_on=front(environment, OwnEntity.ENTRANCE, SIGN_ON),
        resolution=back(environment, OwnEntity.ENTRANCE),
        resolution_issuers=_issuers_at(back(environment, OwnEntity.ENTRANCE), environment),
        authentication_services=authentication_services(environment),
    )


def _issuers_at(address: str, environment: Environment) -> tuple[str, ...]:
    """Names of the authorities of the server that answers there; nothing while there is no key for it."""
    production = Environment.PRODUCTION
    is_shared = urlsplit(address).hostname == urlsplit(back(production, OwnEntity.ENTRANCE)).hostname
    keys = stored_keys(production if is_shared else environment, OwnEntity.ENTRANCE)
    shown = next((one for one in keys if one.use is KeyUse.SERVER and one.state is KeyState.ACTIVE), None)
    chain = certificates_from(shown.certificate_file.read_bytes()) if shown else []
    names = [one.issuer.get_attributes_for_oid(NameOID.COMMON_NAME) for one in chain]
    return tuple(dict.fromkeys(str(found[0].value) for found in names if found))


def _metadata(environment: Environment, entity: OwnEntity) -> str:
    return f"{settings.VOLMACHT.base_url}/{PREFIXES[environment]}/metadata/{entity.value}"


def connection_data(
    case_id: UUID, reader: CaseActor, environment: Environment = Environment.PREPRODUCTION
) -> ConnectionData | None:
    """What runs for the organisation of this case; None when nothing does, or for who may not see the case."""
    case = Case.objects.filter(id=case_id).first()
    if case is None or acting(case, reader) is None:
        return None
    versions = list(
        Configuration.objects.filter(
            case__organisation_id=case.organisation_id,
            environment=environment,
            state=ConfigurationState.PUBLISHED,
        ).order_by("published_at")
    )
    if not versions:
        return None
    newest = versions[-1]
    people = _people() if environment is Environment.PREPRODUCTION else None
    names = _names(people) if people else {}
    return ConnectionData(
        environment=environment,
        entity_id=newest.connection,
        number=newest.number,
        published_at=newest.published_at,
        has_metadata=catalogue.peer(environment, newest.connection) is not None,
        ours=our_addresses(environment),
        services=tuple(
            _service(environment, table, is_set, people, names) for table, is_set in _tables(versions)
        ),
        people=people,
        person_name=names.get(people.person, "") if people else "",
        refused=refusals_in_test(newest.connection) if environment is Environment.PREPRODUCTION else (),
    )


def _tables(versions: list[Configuration]) -> list[tuple[dict[str, str], bool]]:
    found: dict[str, tuple[dict[str, str], bool]] = {}
    for version in versions:
        for name, is_set in (("service", False), ("set", True)):
            for table in version.content.get(name, []):
                found[table["uuid"]] = (table, is_set)
    return list(found.values())


def _service(
    environment: Environment,
    table: dict[str, str],
    is_set: bool,
    people: TestPeople | None,
    names: Mapping[Bsn, str],
) -> ConnectedService:
    uuid = UUID(table["uuid"])
    row = (
        TestMandates.objects.filter(service_uuid=uuid).first()
        if environment is Environment.PREPRODUCTION
        else None
    )
    kept = json.loads(unseal(Purpose.TEST_CODES, row.id, bytes(row.content_sealed))) if row else []
    return ConnectedService(
        uuid=uuid,
        name=table["name"],
        is_set=is_set,
        mandates=tuple(_mandate(one, people, names) for one in kept),
        laid_out_at=row.laid_out_at if row else None,
    )


def _mandate(kept: dict[str, str], people: TestPeople | None, names: Mapping[Bsn, str]) -> TestMandate:
    state = StagedState(kept["state"])
    represented = people.represented.get(state) if people else None
    return TestMandate(
        state,
        represented,
        names.get(represented, "") if represented else "",
        AuthorisationCode(kept["code"]) if kept["code"] else None,
    )


def why_nobody_to_test_with() -> str:
    """What is wrong with the file of test people, for who runs this installation; empty when there are some."""
    try:
        people_to_test_with()
    except NoTestPeople as problem:
        return str(problem)
    return ""


def _names(people: TestPeople) -> dict[Bsn, str]:
    """What those are called who are known here; who is not, was never laid out."""
    ids = {bsn: parties.party_with_bsn(bsn) for bsn in (people.person, *people.represented.values())}
    known = parties.parties([party_id for party_id in ids.values() if party_id])
    return {bsn: known[party_id].name for bsn, party_id in ids.items() if party_id in known}


def _people() -> TestPeople | None:
    try:
        return people_to_test_with()
    except NoTestPeople:
        return None
