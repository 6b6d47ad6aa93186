"""A document belongs to the environment that it was given for: one of pre-production is none for production (CN-5)."""

from uuid import UUID

from tests.onboarding import filled_in
from tests.onboarding.filled_in import state
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import StoredFile
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.forms import FormKey, PageKey

Judges = tuple[CaseActor, CaseActor]


def give(case_id: UUID, content: bytes, actor: CaseActor) -> UUID:
    added = operations.add_file(
        case_id=case_id, kind=operations.FileKind.METADATA, name="m.xml", content=content, actor=actor
    )
    assert isinstance(added, UUID), added
    return added


def given(case_id: UUID, reader: CaseActor) -> UUID | None:
    """The document that counts for what is asked now."""
    page = queries.case_page(case_id, reader)
    assert page is not None
    return page.metadata.id if page.metadata else None


def at_production(body: UUID, signatory: CaseActor, judges: Judges) -> UUID:
    """An application with a document for pre-production, whose form for production is asked."""
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    give(case_id, b"<a/>", signatory)
    filled_in.sign(case_id, signatory)
    operations.hand_in(case_id=case_id, actor=signatory)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    operations.confirm_approval(case_id=case_id, actor=judges[1])
    assert given(case_id, signatory) is not None
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(
        case_id,
        Environment.PREPRODUCTION,
        judges,
        CaseState.ACCEPTANCE_CONFIRM,
        CaseState.PRODUCTION_FORM,
    )
    return case_id


def test_a_document_of_pre_production_is_none_for_production(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = at_production(body, signatory, judges)
    assert given(case_id, signatory) is None
    new = give(case_id, b"<b/>", signatory)
    assert given(case_id, signatory) == new


def test_the_same_document_can_be_given_again_and_is_judged_for_production(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = at_production(body, signatory, judges)
    again = give(case_id, b"<a/>", signatory)
    assert given(case_id, signatory) == again
    assert give(case_id, b"<a/>", signatory) == again
    assert StoredFile.objects.filter(case_id=case_id, kind="metadata").count() == 2


def test_what_was_given_for_production_stays_when_the_form_comes_back(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = at_production(body, signatory, judges)
    new = give(case_id, b"<b/>", signatory)
    filled_in.fill_in(case_id, FormKey.PRODUCTION, signatory)
    filled_in.sign(case_id, signatory, FormKey.PRODUCTION)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PRODUCTION_REVIEW
    why = {(FormKey.PRODUCTION, PageKey.CONNECTION): {"entity_id": "Een ander."}}
    operations.return_with_reasons(case_id=case_id, reasons=why, actor=judges[0])
    assert state(case_id) is CaseState.PRODUCTION_FORM
    assert given(case_id, signatory) == new
