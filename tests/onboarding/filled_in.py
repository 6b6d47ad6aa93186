"""Good answers on every form of connecting, and the way through the six steps with them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.onboarding.town import OIN
from volmacht.checks import checks
from volmacht.checks.judging import Outcome, Verdict
from volmacht.onboarding import operations
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Case, FormAnswers
from volmacht.onboarding.signatures import conditions_of, current_version
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import Answers
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.form_fields import CONTACTS
from volmacht.rules.onboarding.forms import FormKey, PageKey

PREPRODUCTION_ID = f"urn:nl-eid-gdi:1.0:DV:{OIN}:entities:9001"
PRODUCTION_ID = f"urn:nl-eid-gdi:1.0:DV:{OIN}:entities:0001"
PDF = b"%PDF-1.7 what was signed"

CHOICES: dict[str, Any] = {
    "lead": "team",
    "services_per_code": 1,
    "code_moment": "during_login",
    "validity_months": 24,
    "message_box": False,
    "survivors": False,
    "supplier": False,
}
SERVICE: dict[str, Any] = {
    "name": "Parkeervergunning",
    "website": "https://www.dorp.example/parkeren",
    "description": "Een vergunning om te parkeren.",
    "explanation": "Aanvragen, wijzigen en stopzetten.",
    "minimum_level": "20",
    "representative_kind": "burger",
    "request_days": 90,
    "minimum_age": 18,
}
ORGANISATION: dict[str, Any] = {
    "public_task": "Parkeren",
    "legal_basis": "Gemeentewet",
    "website": "https://www.dorp.example",
}
PEOPLE: dict[str, Any] = {
    key: value
    for who in CONTACTS
    for key, value in ((f"{who}_name", "Iemand"), (f"{who}_email", f"{who}@dorp.example"))
}
PAGES: Mapping[tuple[FormKey, PageKey], Answers] = {
    (FormKey.APPLICATION, PageKey.CHOICES): CHOICES,
    (FormKey.APPLICATION, PageKey.ORGANISATION): ORGANISATION,
    (FormKey.APPLICATION, PageKey.CONTACTS): PEOPLE,
    (FormKey.PREPRODUCTION, PageKey.SERVICES): [SERVICE],
    (FormKey.PREPRODUCTION, PageKey.CONNECTION): {"connection_kind": "own", "entity_id": PREPRODUCTION_ID},
    (FormKey.PRODUCTION, PageKey.CONNECTION): {"connection_kind": "own", "entity_id": PRODUCTION_ID},
    (FormKey.PRODUCTION, PageKey.SECURITY): {"assessed_on": "2026-10-01", "assessed_by": "Auditor"},
    (FormKey.PRODUCTION, PageKey.GOING_LIVE): {"live_on": "2027-01-04", "questions_phone": "088 123 45 67"},
    (FormKey.NEW_SERVICE, PageKey.SERVICES): [{**SERVICE, "name": "Kapvergunning"}],
}


def state(case_id: UUID) -> CaseState:
    """How far a case is."""
    return CaseState(Case.objects.get(id=case_id).state)


def fill_in(case_id: UUID, form: FormKey, actor: CaseActor, **other: Answers) -> None:
    """Save good answers on every page of a form; `other` by page."""
    for (of, page), answers in PAGES.items():
        if of is form:
            row = FormAnswers.objects.filter(case_id=case_id, form=form, page=page).first()
            saved = operations.save_answers(
                case_id=case_id,
                form=form,
                page=page,
                answers=other.get(page.value, answers),
                version=row.version if row else 0,
                actor=actor,
            )
            assert isinstance(saved, operations.Saved), saved


def sign(case_id: UUID, actor: CaseActor, form: FormKey = FormKey.PREPRODUCTION) -> object:
    """Sign what stands, with the current conditions."""
    return operations.sign(
        case_id=case_id,
        actor=actor,
        name="T. Tekenaar",
        function="Gemeentesecretaris",
        version_read=current_version(conditions_of(form)),
        language="nl",
        draw=lambda to_sign: PDF + to_sign.answers_sha256.encode(),
    )


def all_pass(environment: Environment) -> list[Verdict]:
    """A verdict for every check."""
    return [Verdict(check.id, Outcome.PASS) for check in checks(environment)]


def prepared(organisation: UUID, signatory: CaseActor) -> UUID:
    """An application whose first form is handed in."""
    case_id = operations.start_application(organisation_id=organisation, actor=signatory)
    assert isinstance(case_id, UUID)
    fill_in(case_id, FormKey.APPLICATION, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_FORM
    return case_id


def handed_in(organisation: UUID, signatory: CaseActor) -> UUID:
    """An application that waits for the desk to judge its form for pre-production."""
    case_id = prepared(organisation, signatory)
    fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    assert isinstance(sign(case_id, signatory), UUID)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW
    return case_id


def in_test(organisation: UUID, signatory: CaseActor, judges: tuple[CaseActor, CaseActor]) -> UUID:
    """An application with connection data, issued by two employees."""
    case_id = handed_in(organisation, signatory)
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is CaseState.PREPRODUCTION_CONFIRM
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    return case_id


def accepted(organisation: UUID, signatory: CaseActor, judges: tuple[CaseActor, CaseActor]) -> UUID:
    """An application that passed its test in pre-production."""
    case_id = in_test(organisation, signatory, judges)
    assert operations.offer_for_test(case_id=case_id, actor=signatory) is CaseState.ACCEPTANCE
    report(
        case_id, Environment.PREPRODUCTION, judges, CaseState.ACCEPTANCE_CONFIRM, CaseState.PRODUCTION_FORM
    )
    return case_id


def report(
    case_id: UUID,
    environment: Environment,
    judges: tuple[CaseActor, CaseActor],
    made: CaseState,
    confirmed: CaseState,
) -> None:
    """A good report, made by one and confirmed by the other."""
    verdicts = all_pass(environment)
    assert operations.fill_report(case_id=case_id, verdicts=verdicts, actor=judges[0]) is made
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is confirmed


def activating(organisation: UUID, signatory: CaseActor, judges: tuple[CaseActor, CaseActor]) -> UUID:
    """An application that is approved, and not activated yet."""
    case_id = accepted(organisation, signatory, judges)
    fill_in(case_id, FormKey.PRODUCTION, signatory)
    assert isinstance(sign(case_id, signatory, FormKey.PRODUCTION), UUID)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PRODUCTION_REVIEW
    report(case_id, Environment.PRODUCTION, judges, CaseState.PRODUCTION_CONFIRM, CaseState.ACTIVATING)
    return case_id


def connected(organisation: UUID, signatory: CaseActor, judges: tuple[CaseActor, CaseActor]) -> UUID:
    """An application at its end: its services can be mandated."""
    case_id = activating(organisation, signatory, judges)
    assert operations.activate(case_id=case_id, actor=judges[0], early=True) is CaseState.ACTIVE
    return case_id
