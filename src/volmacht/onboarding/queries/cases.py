"""One case with everything on its page (CN-10). Who asks must be somebody who may see it; others get nothing."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.onboarding.actors import CaseActor, acting, permissions_of
from volmacht.onboarding.automatic_checks import AutomaticCheck, failing
from volmacht.onboarding.configuring import drafted, running
from volmacht.onboarding.documents import DocumentKey
from volmacht.onboarding.forms import form_to_fill_in, forms_now, may_fill_in, pages_asked, problems_in
from volmacht.onboarding.kinds import ConfigurationState, FileKind
from volmacht.onboarding.metadata import (
    TestedConnection,
    document_of,
    keeps_keys,
    keys_left_out,
    newest_file,
    tested_connection,
)
from volmacht.onboarding.models import Case, CaseRead, Configuration, StoredFile
from volmacht.onboarding.planning import live_day, waits_until
from volmacht.onboarding.queries.known import (
    CasePage,
    DocumentInForce,
    KnownConfiguration,
    KnownEvent,
    KnownFile,
    KnownMessage,
    KnownPage,
    KnownSignature,
    row_of,
)
from volmacht.onboarding.queries.reports import own_files, reports_of, told
from volmacht.onboarding.queries.rounds import returned_in
from volmacht.onboarding.signatures import conditions_of, current_version, not_signed, signing_of
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW
from volmacht.rules.onboarding.cases import (
    ENDED,
    Acting,
    Action,
    CaseKind,
    CaseState,
    Move,
    Objection,
    Side,
    judge,
)
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import Configuration as Drafted
from volmacht.rules.onboarding.configuration import Incomplete, service_uuid
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import DocumentStands, Needed, Sentence, Signing, sentence
from volmacht.rules.roles import Permission


def case_page(case_id: UUID, reader: CaseActor) -> CasePage | None:
    """The page of a case; None for who may not see it."""
    case = Case.objects.filter(id=case_id).first()
    may = acting(case, reader) if case else None
    if case is None or may is None:
        return None
    form, document = form_to_fill_in(case), newest_file(case)
    asked = signing_of(case) is not Signing.NOTHING_TO_SIGN
    unsigned = not_signed(case) if asked else None
    of_the_desk = may.side is Side.OPERATOR
    return CasePage(
        case=row_of(case, clock.today()),
        now=_sentence(case),
        may=frozenset(action for action in Action if isinstance(_judge(case, action, may), Move)),
        acting=may,
        received_at=case.received_at,
        due_rule=case.due_rule,
        history=_history(case, of_the_desk=of_the_desk),
        messages=_messages(case, reader, internal=of_the_desk),
        files=_files(case, of_the_desk=of_the_desk),
        signatures=_signatures(case),
        reports=reports_of(case, of_the_desk=of_the_desk),
        configurations=_configurations(case),
        forms=forms_now(case),
        to_fill_in=form,
        unsigned=unsigned,
        conditions=_conditions(form),
        metadata=_file(document) if document else None,
    )


def form_pages(case_id: UUID, form: FormKey, reader: CaseActor) -> dict[PageKey, KnownPage] | None:
    """All pages of a form as they stand, in their order; None for who may not see the case."""
    case = Case.objects.filter(id=case_id).first()
    if case is None or acting(case, reader) is None:
        return None
    rows = {row.page: row for row in case.answers.filter(form=form)}
    answers = {PageKey(page): row.answers for page, row in rows.items()}
    problems = problems_in(case, form, answers)
    pages = {}
    for page in pages_asked(case, form):
        row = rows.get(page.key)
        pages[page.key] = KnownPage(
            answers=row.answers if row else ([] if page.is_list else {}),
            version=row.version if row else 0,
            saved_by=row.saved_by if row else None,
            saved_at=row.saved_at if row else None,
            reasons=row.reasons if row else {},
            problems=problems.get(page.key, ()),
            may_fill_in=may_fill_in(case, form),
            returned=row.returned if row else None,
        )
    return pages


def asked_to_go_live(case_id: UUID, reader: CaseActor) -> date | None:
    """On which day the organisation wants to go live; None while it named none, or for who may not see the case."""
    case = Case.objects.filter(id=case_id).first()
    return live_day(case) if case and acting(case, reader) else None


def file_content(file_id: UUID, reader: CaseActor) -> tuple[KnownFile, bytes] | None:
    """A document with its content, for who may see its case."""
    row = StoredFile.objects.select_related("case").filter(id=file_id).first()
    may = acting(row.case, reader) if row else None
    if row is None or may is None or (may.side is not Side.OPERATOR and row.id in own_files(row.case)):
        return None
    return _file(row), bytes(row.content)


def draft_configuration(case_id: UUID, environment: Environment, reader: CaseActor) -> Drafted | None:
    """What the answers of a case come to now (CN-15, CN-16); None while they are incomplete, or not the reader's."""
    case = _seen(case_id, reader)
    try:
        return drafted(case, environment) if case else None
    except (Incomplete, ValueError, KeyError):
        return None


def connection_of_change(case_id: UUID, file_id: UUID | None, reader: CaseActor) -> tuple[Environment, str]:
    """Of which connection a document in a change is: the one in pre-production when it names that, else production's.

    An empty entity id for who may not see the case, or where nothing runs.
    """
    case = _seen(case_id, reader)
    if case is None:
        return Environment.PRODUCTION, ""
    found = {environment: running(case.organisation_id, environment) for environment in Environment}
    kept = file_content(file_id, reader) if file_id else None
    here, there = found[Environment.PREPRODUCTION], found[Environment.PRODUCTION]
    if here and there is None:
        return Environment.PREPRODUCTION, here.connection
    if kept and here and f'"{here.connection}"'.encode() in kept[1]:
        return Environment.PREPRODUCTION, here.connection
    return Environment.PRODUCTION, there.connection if there else ""


def connections_that_run(case_id: UUID, reader: CaseActor) -> dict[Environment, str]:
    """The entity ids of what a change is about, production first; none for who may not see the case."""
    case = _seen(case_id, reader)
    if case is None or case.organisation_id is None:
        return {}
    found = {one: running(case.organisation_id, one) for one in reversed(Environment)}
    return {environment: runs.connection for environment, runs in found.items() if runs}


def documents_in_force(case_id: UUID, reader: CaseActor) -> tuple[DocumentInForce, ...]:
    """What counts now for each connection of this organisation; nothing for who may not see the case."""
    found = []
    for environment, entity_id in connections_that_run(case_id, reader).items():
        if stored := catalogue.stored_document(environment, entity_id):
            found.append(DocumentInForce(environment, entity_id, stored.data, stored.sha256, stored.since))
    return tuple(found)


def change_waits_for_the_desk(case_id: UUID, reader: CaseActor) -> bool:
    """Whether the document of a change is good but leaves out a key that others use now: log-ins could fail."""
    case = _seen(case_id, reader)
    return case is not None and not keeps_keys(case)


def keys_a_change_leaves_out(case_id: UUID, reader: CaseActor) -> tuple[str, ...]:
    """The names of keys that count now and that its document lacks, so that log-ins could fail; none once it ended."""
    case = _seen(case_id, reader)
    if case is None or case.kind != CaseKind.CHANGE or CaseState(case.state) in ENDED:
        return ()
    return keys_left_out(case)


def connection_in_test(case_id: UUID, reader: CaseActor) -> TestedConnection | None:
    """What an application is being tested with; None of any other case, and for who may not see it."""
    case = _seen(case_id, reader)
    return tested_connection(case) if case else None


def failing_checks(case_id: UUID, reader: CaseActor) -> tuple[AutomaticCheck, ...]:
    """What stands in the way of connection data at once (CN-2); nothing for who may not see the case."""
    case = _seen(case_id, reader)
    return failing(case) if case else ()


def service_uuids(case_id: UUID, reader: CaseActor) -> dict[int, UUID]:
    """The ServiceUUID of each row of the page SERVICES, by the number of the row; they stay when answers change."""
    case = _seen(case_id, reader)
    rows = case.answers.filter(page=PageKey.SERVICES).first() if case else None
    return {row[ROW]: service_uuid(rows.case_id, row[ROW]) for row in rows.answers} if rows else {}


def _seen(case_id: UUID, reader: CaseActor) -> Case | None:
    case = Case.objects.filter(id=case_id).first()
    return case if case and acting(case, reader) else None


def case_by_number(number: str) -> UUID | None:
    """The id of the case with this number."""
    if not number.isprintable():
        return None  # no number, and nothing that PostgreSQL would take
    return Case.objects.filter(number=number.strip().upper()).values_list("id", flat=True).first()


def _judge(case: Case, action: Action, may: Acting) -> Move | Objection:
    change = ChangeOf(case.change_of) if case.change_of else None
    return judge(CaseKind(case.kind), CaseState(case.state), action, may, change)


def _sentence(case: Case) -> Sentence:
    if day := waits_until(case):
        return Sentence(Needed.WAIT_FOR_DAY, None, day)
    form = form_to_fill_in(case)
    last = case.reports.filter(passed__isnull=False).order_by("-made_at").first()
    answers = {PageKey(row.page): row.answers for row in case.answers.filter(form=form)} if form else {}
    complete = form is not None and not problems_in(case, form, answers)
    return sentence(
        CaseKind(case.kind),
        CaseState(case.state),
        due_on=case.due_on,
        returned=case.answers.exclude(reasons={}).exists(),
        complete=complete,
        document=document_of(case) if complete else DocumentStands.NOT_ASKED,
        signing=signing_of(case),
        failed=last is not None and not last.passed,
        tested=last is not None,
    )


def _conditions(form: FormKey | None) -> tuple[DocumentKey, int] | None:
    if form in {None, FormKey.APPLICATION}:
        return None
    key = conditions_of(form) if form else DocumentKey.CONDITIONS_PREPRODUCTION
    return key, current_version(key)


def _history(case: Case, *, of_the_desk: bool) -> tuple[KnownEvent, ...]:
    returned = returned_in(case)
    events = tuple(
        KnownEvent(
            event.moment,
            Side(event.side),
            event.actor_id,
            event.function,
            event.action,
            event.from_state,
            event.to_state,
            event.note,
            event.data,
            returned.get(event.id, ()),
        )
        for event in case.events.order_by("id")
    )
    return events if of_the_desk else told(events)


def _messages(case: Case, reader: CaseActor, *, internal: bool) -> tuple[KnownMessage, ...]:
    read = (
        CaseRead.objects.filter(case=case, reader_id=reader.id or case.id)
        .values_list("read_at", flat=True)
        .first()
    )
    rows = case.messages.order_by("place")
    return tuple(
        KnownMessage(
            row.id,
            row.moment,
            Side(row.side),
            row.actor_id,
            row.internal,
            row.text,
            row.actor_id != reader.id and (read is None or row.moment > read),
        )
        for row in (rows if internal else rows.filter(internal=False))
    )


def _file(row: StoredFile) -> KnownFile:
    return KnownFile(
        row.id,
        FileKind(row.kind),
        row.name,
        row.size,
        row.sha256,
        Side(row.side),
        row.uploaded_by,
        row.uploaded_at,
    )


def _files(case: Case, *, of_the_desk: bool) -> tuple[KnownFile, ...]:
    hidden = frozenset() if of_the_desk else own_files(case)
    rows = case.files.defer("content").order_by("uploaded_at", "id")
    return tuple(_file(row) for row in rows if row.id not in hidden)


def _signatures(case: Case) -> tuple[KnownSignature, ...]:
    return tuple(
        KnownSignature(
            id=row.id,
            form=FormKey(row.form),
            account_id=row.account_id,
            name=row.name,
            function=row.function,
            moment=row.moment,
            document=DocumentKey(row.document_key),
            version=row.document_version,
            language=row.language,
            document_sha256=row.document_sha256,
            answers_sha256=row.answers_sha256,
            file_id=row.file_id,
        )
        for row in case.signatures.order_by("moment")
    )


def what_runs(organisation_id: UUID, reader: CaseActor) -> tuple[KnownConfiguration, ...]:
    """The configurations of an organisation that run now; for the desk only."""
    if Permission.SEE_CASES not in permissions_of(reader):
        return ()
    return _known_configurations(
        Configuration.objects.filter(
            case__organisation_id=organisation_id, state=ConfigurationState.PUBLISHED
        ).order_by("environment", "connection")
    )


def _configurations(case: Case) -> tuple[KnownConfiguration, ...]:
    return _known_configurations(case.configurations.order_by("created_at"))


def _known_configurations(rows: Iterable[Configuration]) -> tuple[KnownConfiguration, ...]:
    return tuple(
        KnownConfiguration(
            row.id,
            row.connection,
            row.environment,
            row.number,
            ConfigurationState(row.state),
            row.content,
            row.created_at,
            row.published_at,
            row.proposed_by,
            row.approved_by,
            row.failure,
        )
        for row in rows
    )
