"""The metadata that a case brings: judged before its owner is registered, taken in once it is (CN-2, CN-5, CN-21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.operations import ImportOutcome, NotRegistered, import_metadata
from volmacht.catalogue.queries import judge_metadata
from volmacht.onboarding.configuring import running
from volmacht.onboarding.forms import clusters, environment_of, form_to_fill_in, forms_now, pages_of
from volmacht.onboarding.kinds import ENVIRONMENTS, FILE_ADDED, FileKind
from volmacht.onboarding.models import Case, Configuration, StoredFile
from volmacht.protocols.saml.metadata import keeping
from volmacht.protocols.saml.metadata.model import Document
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import CLUSTER_CONNECTION
from volmacht.rules.onboarding.cases import IS_TESTED, TESTS_ITSELF, CaseKind, CaseState
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import DocumentStands
from volmacht.rules.onboarding.with_metadata import BRING_METADATA, page_with_metadata


def newest(case: Case) -> bytes | None:
    """The document that was given last for what this case is about now."""
    row = newest_file(case)
    return bytes(row.content) if row else None


def newest_file(case: Case) -> StoredFile | None:
    """The same, its content read when it is asked; one of pre-production is none for production."""
    row = case.files.filter(kind=FileKind.METADATA).defer("content").order_by("-uploaded_at").first()
    return None if row is None or _of_pre_production(case) else row


def _of_pre_production(case: Case) -> bool:
    """Whether an application came to its form for production and got no document since."""
    if case.kind != CaseKind.APPLICATION:
        return False
    begun = case.events.filter(to_state=CaseState.PRODUCTION_FORM).order_by("id").first()
    if begun is None:
        return False
    given = case.events.filter(id__gt=begun.id, action=FILE_ADDED, data__kind=FileKind.METADATA.value)
    return not given.exists()


def called(case: Case) -> str | None:
    """The newest document by its name and hash, so that two of one name differ; None without one."""
    row = newest_file(case)
    return f"{row.name} (SHA-256 {row.sha256[:16]})" if row else None


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


def document_of(case: Case) -> DocumentStands:
    """How it stands with the document that the form to fill in asks for; in a cluster the supplier has it."""
    form = form_to_fill_in(case)
    page = page_with_metadata(form, ChangeOf(case.change_of) if case.change_of else None) if form else None
    if form is None or page is None or _connection(pages_of(case)[form]).get(CLUSTER_CONNECTION):
        return DocumentStands.NOT_ASKED
    if newest_file(case) is None:
        return DocumentStands.MISSING
    return DocumentStands.GOOD if is_good(case) else DocumentStands.FAULTY


def taken_in_where(case: Case) -> tuple[Environment, ...]:
    """In which environments the newest document of a change is good for the connection that runs there (DM-64)."""
    return tuple(_good_documents(case))


def where_as_data(case: Case) -> dict[str, str]:
    """The same for its history; nothing for what brings no metadata."""
    brings = case.kind == CaseKind.CHANGE and case.change_of in BRING_METADATA
    return {ENVIRONMENTS: " ".join(taken_in_where(case))} if brings else {}


def keeps_keys(case: Case) -> bool:
    """Whether the document keeps the keys that count now, wherever it is taken in: no log-in fails."""
    return all(_keeps_keys(environment, document) for environment, document in _good_documents(case).items())


def keys_left_out(case: Case) -> tuple[str, ...]:
    """The names of keys that count now and that the document lacks, where log-ins fail without them."""
    found: dict[str, None] = {}
    for environment, document in _good_documents(case).items():
        peer = catalogue.peer(environment, document.root_entity_id)
        if peer is not None and not _keeps_keys(environment, document):
            found |= dict.fromkeys(
                keeping.left_out(peer.entity, peer.inside.values(), document, clock.wall_clock())
            )
    return tuple(found)


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


def _good_documents(case: Case) -> dict[Environment, Document]:
    """The newest document as it is read for each connection that runs, where it is good for it."""
    data = newest(case)
    found: dict[Environment, Document] = {}
    if data is None:
        return found
    for environment in Environment:
        runs = running(case.organisation_id, environment)
        judged = (
            judge_metadata(environment=environment, entity_id=runs.connection, data=data) if runs else None
        )
        if judged is not None and judged.document is not None:
            found[environment] = judged.document
    return found


def _keeps_keys(environment: Environment, document: Document) -> bool:
    peer = catalogue.peer(environment, document.root_entity_id)
    if peer is None:
        return True  # nobody uses any
    return keeping.keeps_keys(peer.entity, peer.inside.values(), document, clock.wall_clock())


def _connection(pages: Mapping[PageKey, object]) -> Mapping[str, object]:
    connection = pages.get(PageKey.CONNECTION, {})
    return connection if isinstance(connection, Mapping) else {}
