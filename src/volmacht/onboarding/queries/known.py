"""What `queries` gives of cases: frozen values, never models."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from volmacht.onboarding.documents import DocumentKey
from volmacht.onboarding.kinds import ENVIRONMENTS, ConfigurationState, FileKind
from volmacht.onboarding.models import Case
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import Answers, Found
from volmacht.rules.onboarding.cases import (
    Acting,
    Action,
    CaseKind,
    CaseState,
    Objection,
    Side,
    judge,
    step_of,
    turn_of,
)
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.due import Urgency, urgency
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import Sentence
from volmacht.rules.onboarding.plan import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """A case in a list. `organisation_id` is None for a dispute; `subject` is what a question or dispute is about."""

    id: UUID
    number: str
    kind: CaseKind
    change: ChangeOf | None
    organisation_id: UUID | None
    organisation_name: str
    subject: str
    about_id: UUID | None
    state: CaseState
    turn: Side | None
    step: Step | None
    since: datetime
    due_on: date | None
    urgency: Urgency | None
    assigned_to: UUID | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownReturnedAnswer:
    """An answer that was returned: why, what stood there then, and what was handed in after it, or stands now.

    `key` is the field, or `row.field` on a page with rows. `answered_at` is None while it was not handed in again.
    `gone`: the row that it stood in was taken away.
    """

    form: FormKey
    page: PageKey
    key: str
    row_name: str
    reason: str
    then: object
    now: object
    gone: bool
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """One line of the history; `action` is an `Action`, or "open", "sign", "add_file", "assign", "remind",
    "metadata_counts".

    `returned`: what a return asked.
    """

    moment: datetime
    side: Side
    actor_id: UUID | None
    function: str
    action: str
    from_state: str
    to_state: str
    note: str
    data: dict[str, Any]
    returned: tuple[KnownReturnedAnswer, ...] = ()

    @property
    def counts_in(self) -> tuple[Environment, ...]:
        """Where the document of a change counts from then on."""
        return tuple(map(Environment, str(self.data.get(ENVIRONMENTS, "")).split()))


@dataclass(frozen=True, slots=True)
class KnownMessage:
    """What somebody wrote. `new`: after the reader last looked."""

    id: UUID
    moment: datetime
    side: Side
    actor_id: UUID | None
    internal: bool
    text: str
    new: bool


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A document without its content."""

    id: UUID
    kind: FileKind
    name: str
    size: int
    sha256: str
    side: Side
    uploaded_by: UUID | None
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentInForce:
    """The metadata that count now for a connection that runs; `since` when they came to count."""

    environment: Environment
    entity_id: str
    data: bytes
    sha256: str
    since: datetime


@dataclass(frozen=True, slots=True)
class KnownSignature:
    """Who signed what (CN-13)."""

    id: UUID
    form: FormKey
    account_id: UUID
    name: str
    function: str
    moment: datetime
    document: DocumentKey
    version: int
    language: str
    document_sha256: str
    answers_sha256: str
    file_id: UUID


@dataclass(frozen=True, slots=True)
class KnownReport:
    """A report, or while `passed` is None a draft of one. `verdicts`: outcome, reason and by whom, by check id."""

    id: UUID
    environment: str
    verdicts: dict[str, dict[str, str]]
    passed: bool | None
    made_by: UUID
    made_at: datetime
    confirmed_by: UUID | None
    confirmed_at: datetime | None
    file_id: UUID | None


@dataclass(frozen=True, slots=True)
class KnownConfiguration:
    """A version of a configuration (CN-15)."""

    id: UUID
    connection: str
    environment: str
    number: int
    state: ConfigurationState
    content: dict[str, Any]
    created_at: datetime
    published_at: datetime | None
    proposed_by: UUID | None
    approved_by: UUID | None
    failure: str


@dataclass(frozen=True, slots=True)
class KnownPage:
    """What stands on a page of a form; `version` goes with the next save, `reasons` are those of the last return.

    `returned` is what stood there when it was returned last; None when it never was.
    """

    answers: Answers
    version: int
    saved_by: UUID | None
    saved_at: datetime | None
    reasons: dict[str, str]
    problems: tuple[Found, ...]
    may_fill_in: bool
    returned: Answers | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything about one case that this reader may see; `may` are the actions that are theirs now."""

    case: CaseRow
    now: Sentence
    may: frozenset[Action]
    acting: Acting
    received_at: datetime | None
    due_rule: str
    history: tuple[KnownEvent, ...]
    messages: tuple[KnownMessage, ...]
    files: tuple[KnownFile, ...]
    signatures: tuple[KnownSignature, ...]
    reports: tuple[KnownReport, ...]
    configurations: tuple[KnownConfiguration, ...]
    forms: tuple[FormKey, ...]
    to_fill_in: FormKey | None
    unsigned: Objection | None
    conditions: tuple[DocumentKey, int] | None
    metadata: KnownFile | None  # given last for what the case is about now

    def objection_to(self, action: Action) -> Objection | None:
        """Why this reader cannot do this now; None for what is theirs to do."""
        found = judge(self.case.kind, self.case.state, action, self.acting, self.case.change)
        return found if isinstance(found, Objection) else None


def row_of(case: Case, today: date) -> CaseRow:
    """A row, of its model."""
    state = CaseState(case.state)
    return CaseRow(
        id=case.id,
        number=case.number,
        kind=CaseKind(case.kind),
        change=ChangeOf(case.change_of) if case.change_of else None,
        organisation_id=case.organisation_id,
        organisation_name=case.organisation_name,
        subject=case.subject,
        about_id=case.about_id,
        state=state,
        turn=turn_of(state),
        step=step_of(state),
        since=case.since,
        due_on=case.due_on,
        urgency=urgency(case.due_on, today, case.received_at),
        assigned_to=case.assigned_to,
        created_at=case.created_at,
    )
