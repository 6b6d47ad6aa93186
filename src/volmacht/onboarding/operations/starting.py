"""Opening cases: an application, a new service, a change, a question (CN-1, CN-20, CN-21, CN-23)."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from volmacht import clock
from volmacht.onboarding.actors import CaseActor, rights_at
from volmacht.onboarding.models import Case, CaseMessage, FormAnswers
from volmacht.onboarding.moving import open_case
from volmacht.parties import queries as parties
from volmacht.parties.operations import hold
from volmacht.parties.queries import KnownConnectingOrganisation
from volmacht.rules.onboarding.answers import answers_of
from volmacht.rules.onboarding.cases import ENDED, CaseKind, CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.choices import Choices
from volmacht.rules.onboarding.form_fields import FORMS
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import Right

LONGEST_SUBJECT = 200
LONGEST_REASON = next(
    field.longest for field in FORMS[FormKey.CHANGE].page(PageKey.CHANGE).fields if field.key == "reason"
)
LONGEST_MESSAGE = 4000


@transaction.atomic
def start_application(
    *, organisation_id: UUID, actor: CaseActor, choices: Choices | None = None
) -> UUID | Objection:
    """An application, with the choices of step 1 carried over (CN-17); the id of the case.

    Objections: UNKNOWN, NO_RIGHT, OPEN_CASE_EXISTS (one application that goes on, or is connected).
    """
    hold(
        organisation_id
    )  # two who start at once start one; and whose the organisation is does not change now
    found = _may(organisation_id, actor, Right.FILL_FORMS)
    if isinstance(found, Objection):
        return found
    going_on = Case.objects.filter(organisation_id=organisation_id, kind=CaseKind.APPLICATION)
    if going_on.exclude(state__in=ENDED).exists():
        return Objection.OPEN_CASE_EXISTS
    case = _open(CaseKind.APPLICATION, found, actor)
    if choices is not None:
        FormAnswers.objects.create(
            case=case,
            form=FormKey.APPLICATION,
            page=PageKey.CHOICES,
            answers=answers_of(choices),
            saved_by=actor.id,
            saved_side=actor.side,
            saved_at=clock.now(),
        )
    return case.id


@transaction.atomic
def start_new_service(*, organisation_id: UUID, actor: CaseActor) -> UUID | Objection:
    """A new service of an organisation that is connected. Objections: UNKNOWN, NO_RIGHT, NOT_CONNECTED."""
    return _start_of_connected(CaseKind.NEW_SERVICE, organisation_id, actor, {})


@transaction.atomic
def start_change(
    *,
    organisation_id: UUID,
    actor: CaseActor,
    change: ChangeOf | None = None,
    reason: str = "",
    once: UUID | None = None,
) -> UUID | Objection:
    """A change; which one can be chosen on its form, as can the reason. The id of the case.

    With `once` the case gets this id, and is opened once however often it is asked.
    Objections: UNKNOWN, NO_RIGHT, NOT_CONNECTED, TOO_LONG.
    """
    if len(reason) > LONGEST_REASON:
        return Objection.TOO_LONG
    answers = {"change_of": change.value} if change else {}
    answers |= {"reason": reason.strip()} if change and reason.strip() else {}
    return _start_of_connected(CaseKind.CHANGE, organisation_id, actor, answers, once)


@transaction.atomic
def ask_question(*, organisation_id: UUID, actor: CaseActor, subject: str, text: str) -> UUID | Objection:
    """A message to the desk is a case of its own. Objections: UNKNOWN, NO_RIGHT, NO_REASON (no text), TOO_LONG."""
    hold(organisation_id)  # whose the organisation is does not change now
    found = _may(organisation_id, actor, Right.WRITE)
    if isinstance(found, Objection):
        return found
    if not subject.strip() or not text.strip():
        return Objection.NO_REASON
    if len(subject) > LONGEST_SUBJECT or len(text) > LONGEST_MESSAGE:
        return Objection.TOO_LONG
    case = _open(CaseKind.QUESTION, found, actor, subject=" ".join(subject.split()))
    CaseMessage.objects.create(
        case=case, moment=clock.now(), side=actor.side, actor_id=actor.id, text=text.strip()
    )
    return case.id


def is_connected(organisation_id: UUID) -> bool:
    """Whether its application came to its end, and was not undone."""
    return Case.objects.filter(
        organisation_id=organisation_id, kind=CaseKind.APPLICATION, state=CaseState.ACTIVE
    ).exists()


def _start_of_connected(
    kind: CaseKind,
    organisation_id: UUID,
    actor: CaseActor,
    answers: Mapping[str, str],
    once: UUID | None = None,
) -> UUID | Objection:
    found = _may(organisation_id, actor, Right.FILL_FORMS)
    if isinstance(found, Objection):
        return found
    of_a_supplier = kind is CaseKind.NEW_SERVICE and found.is_supplier  # it has no services of its own
    if of_a_supplier or not is_connected(organisation_id):
        return Objection.NOT_CONNECTED
    if once is not None:
        hold(organisation_id)
        if Case.objects.filter(id=once, organisation_id=organisation_id).exists():
            return once
    case = _open(kind, found, actor, case_id=once)
    if answers:
        Case.objects.filter(id=case.id).update(change_of=answers["change_of"])
        FormAnswers.objects.create(
            case=case,
            form=FormKey.CHANGE,
            page=PageKey.CHANGE,
            answers=dict(answers),
            saved_by=actor.id,
            saved_side=actor.side,
            saved_at=clock.now(),
        )
    return case.id


def _may(organisation_id: UUID, actor: CaseActor, right: Right) -> KnownConnectingOrganisation | Objection:
    """The organisation, for who has this right there."""
    rights = rights_at(organisation_id, actor)
    found = parties.connecting_organisation(organisation_id)
    if found is None or Right.SEE not in rights:
        return Objection.UNKNOWN
    return found if right in rights else Objection.NO_RIGHT


def _open(
    kind: CaseKind,
    organisation: KnownConnectingOrganisation,
    actor: CaseActor,
    *,
    subject: str = "",
    case_id: UUID | None = None,
) -> Case:
    return open_case(
        kind,
        by=actor,
        organisation_id=organisation.id,
        organisation_name=organisation.name,
        oin=organisation.oin,
        subject=subject,
        case_id=case_id,
    )
