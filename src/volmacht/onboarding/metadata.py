"""The metadata that a case brings: judged before its owner is registered, taken in once it is (CN-2, CN-5, CN-21)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.operations import ImportOutcome, NotRegistered, import_metadata
from volmacht.catalogue.queries import JudgedMetadata, judge_metadata
from volmacht.onboarding.configuring import running
from volmacht.onboarding.forms import clusters, environment_of, form_to_fill_in, forms_now, pages_of
from volmacht.onboarding.kinds import FileKind
from volmacht.onboarding.models import Case, Configuration
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import CLUSTER_CONNECTION
from volmacht.rules.onboarding.cases import IS_TESTED, TESTS_ITSELF, CaseKind, CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey

SIGNING, ENCRYPTION = "signing", "encryption"  # uses of a key, as the catalogue names them


def newest(case: Case) -> bytes | None:
    """The document that was uploaded last."""
    row = case.files.filter(kind=FileKind.METADATA).order_by("-uploaded_at").first()
    return bytes(row.content) if row else None


def is_good(case: Case) -> bool:
    """Whether the newest document would be taken in for the connection that the form names; a new service has none.

    In a cluster it is the supplier's connection that has metadata: that must be there.
    """
    if case.kind == CaseKind.NEW_SERVICE:
        return True
    if case.kind == CaseKind.CHANGE:
        return bool(taken_in_where(case))
    forms = forms_now(case)
    if not forms:
        return False
    environment = environment_of(form_to_fill_in(case) or forms[-1])
    connection = _connection(pages_of(case, forms)[forms[-1]])
    if connection.get("connection_kind") == "cluster":
        cluster = str(connection.get(CLUSTER_CONNECTION) or "").strip()
        known = cluster in clusters(case.organisation_id, environment)
        return known and catalogue.peer(environment, cluster) is not None
    data, entity_id = newest(case), str(connection.get("entity_id", "")).strip()
    return (
        data is not None and judge_metadata(environment=environment, entity_id=entity_id, data=data).is_good
    )


def taken_in_where(case: Case) -> tuple[Environment, ...]:
    """In which environments the newest document of a change is good for the connection that runs there (DM-64)."""
    return tuple(environment for environment in Environment if _judged(case, environment))


def keeps_keys(case: Case) -> bool:
    """Whether wherever it is taken in, the document lists a key for each use that counts there now: no log-in fails.

    For encryption as well as signing: an authentication service goes on encrypting for the keys that it read last,
    up to a day (MD-27).
    """
    return all(_keeps_keys(case, environment) for environment in taken_in_where(case))


def take_in(version: Configuration) -> None:
    """Give the catalogue the document of what was just carried out; one that is not good it leaves, and tells.

    A member of a cluster has none of its own: the supplier's connection has its metadata.
    """
    if version.content.get("cluster_member"):
        return
    _give(version.case, version.environment, version.connection)


def take_in_change(case: Case) -> bool:
    """Give the catalogue the document of a change, wherever it is good; whether it was anywhere."""
    where = taken_in_where(case)
    for environment in where:
        if runs := running(case.organisation_id, environment):
            _give(case, environment.value, runs.connection)
    return bool(where)


@dataclass(frozen=True, slots=True)
class TestedConnection:
    """What an application runs with in pre-production. `cluster`: over whose connection, of a supplier."""

    __test__ = False  # not a test for pytest

    entity_id: str
    address: str
    services: frozenset[UUID]
    cluster: str


def tested_connection(case: Case) -> TestedConnection | None:
    """Of an application that is being tested, by itself or by the desk; None of any other case."""
    if case.kind != CaseKind.APPLICATION or CaseState(case.state) not in TESTS_ITSELF | IS_TESTED:
        return None
    runs = running(case.organisation_id, Environment.PREPRODUCTION)
    if runs is None:
        return None
    tables = (*runs.content.get("service", []), *runs.content.get("set", []))
    over = [one["connection"] for one in runs.content.get("cluster_member", []) if one["active"]]
    return TestedConnection(
        entity_id=runs.connection,
        address=_address(case, Environment.PREPRODUCTION.value),
        services=frozenset(UUID(table["uuid"]) for table in tables),
        cluster=over[0] if over else "",
    )


def take_in_test(case: Case, connection: str) -> ImportOutcome | None:
    """Give the catalogue the newest document for what is tested in pre-production; None when that is switched off."""
    return _give(case, Environment.PREPRODUCTION.value, connection)


def _give(case: Case, environment: str, entity_id: str) -> ImportOutcome | None:
    data = newest(case)
    if data is None:
        return None
    try:
        return import_metadata(
            environment=Environment(environment),
            entity_id=entity_id,
            data=data,
            source=_address(case, environment),
        )
    except NotRegistered:  # of a cluster: the supplier's own connection has its metadata
        return None


def _address(case: Case, environment: str) -> str:
    """Where the next document comes from, as the forms say."""
    pages = pages_of(case)
    found = [_connection(answers) for form, answers in pages.items() if environment_of(form) == environment]
    change = pages[FormKey.CHANGE].get(PageKey.CHANGE, {})
    found.append(change if isinstance(change, Mapping) else {})
    return next(filter(None, (str(one.get("metadata_address") or "").strip() for one in found)), "")


def _judged(case: Case, environment: Environment) -> JudgedMetadata | None:
    data, runs = newest(case), running(case.organisation_id, environment)
    if data is None or runs is None:
        return None
    found = judge_metadata(environment=environment, entity_id=runs.connection, data=data)
    return found if found.is_good else None


def _keeps_keys(case: Case, environment: Environment) -> bool:
    found, runs = _judged(case, environment), running(case.organisation_id, environment)
    peer = catalogue.peer(environment, runs.connection) if runs else None
    if found is None or peer is None:
        return found is not None
    entities = (peer.entity, *peer.inside.values())  # a supplier's document holds those of its clients
    counting = [(one, SIGNING, one.signing) for one in entities]
    counting += [(one, ENCRYPTION, one.encryption) for one in entities]
    return all(_keeps_one(one.entity_id, use, keys, found) for one, use, keys in counting if keys)


def _keeps_one(entity_id: str, use: str, keys: Collection[PublishedKey], found: JudgedMetadata) -> bool:
    """Whether one of the keys that this party uses so now stands in the document for the same use."""
    now = {
        (key.name, key.certificate.not_valid_before_utc, key.certificate.not_valid_after_utc) for key in keys
    }
    listed = (one for one in found.certificates if (one.entity_id, one.use) == (entity_id, use))
    return bool(now & {(one.key_name, one.begins, one.ends) for one in listed})


def _connection(pages: Mapping[PageKey, object]) -> Mapping[str, object]:
    connection = pages.get(PageKey.CONNECTION, {})
    return connection if isinstance(connection, Mapping) else {}
