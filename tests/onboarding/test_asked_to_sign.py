"""What waits for a signature says whose, and of what: also when somebody leaves in the middle (CN-10, CN-13)."""

from uuid import UUID

import pytest

from tests.onboarding import filled_in
from tests.onboarding.test_changes import LATER
from tests.onboarding.test_later import uuid_of_first
from tests.onboarding.town import Town
from volmacht.onboarding import operations, queries, signatures
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import Needed
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]


def needed(case_id: UUID, reader: CaseActor) -> Needed:
    page = queries.case_page(case_id, reader)
    assert page is not None
    return page.now.needed


def change(body: UUID, actor: CaseActor, kind: ChangeOf, **answers: object) -> UUID:
    """A change that is filled in."""
    case_id = operations.start_change(organisation_id=body, actor=actor, change=kind)
    assert isinstance(case_id, UUID)
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.CHANGE,
        page=PageKey.CHANGE,
        answers={"change_of": kind.value, "reason": "Zo is het beter.", **answers},
        version=1,
        actor=actor,
    )
    assert isinstance(saved, operations.Saved)
    assert saved.problems == ()
    return case_id


def test_a_form_that_is_signed_or_asks_no_signature_waits_to_be_handed_in(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    service = uuid_of_first(application, signatory)
    plain = change(body, signatory, ChangeOf.TERM, service=service, new_months=6)
    assert needed(plain, signatory) is Needed.HAND_IN
    stop = change(body, signatory, ChangeOf.STOP_CONNECTION, from_day=LATER)
    assert needed(stop, signatory) is Needed.SIGN
    filled_in.sign(stop, signatory, FormKey.CHANGE)
    assert needed(stop, signatory) is Needed.HAND_IN


def test_when_the_last_signatory_leaves_somebody_must_be_found_who_signs(
    town: Town, body: UUID, signatory: CaseActor
) -> None:
    leader = town.add_member(body, MemberRole.PROJECT_LEADER)
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, leader)
    filled_in.sign(case_id, signatory)
    assert needed(case_id, leader) is Needed.GIVE_METADATA
    town.leave(signatory)
    assert needed(case_id, leader) is Needed.FIND_SIGNATORY
    assert operations.hand_in(case_id=case_id, actor=leader) is Objection.NOT_SIGNED
    successor = town.add_member(body, MemberRole.SIGNATORY)
    assert needed(case_id, leader) is Needed.GIVE_METADATA
    filled_in.sign(case_id, successor)
    assert operations.hand_in(case_id=case_id, actor=leader) is CaseState.PREPRODUCTION_REVIEW


def test_newer_conditions_than_those_signed_last_are_said_and_asked(
    monkeypatch: pytest.MonkeyPatch, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = change(body, signatory, ChangeOf.STOP_CONNECTION, from_day=LATER)
    assert needed(case_id, signatory) is Needed.SIGN
    monkeypatch.setattr(signatures, "current_version", lambda _key: 2)
    assert needed(case_id, signatory) is Needed.SIGN_NEW_CONDITIONS


def test_a_form_that_was_signed_with_old_conditions_asks_for_the_new_ones(
    monkeypatch: pytest.MonkeyPatch, body: UUID, signatory: CaseActor
) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory)
    filled_in.sign(case_id, signatory)
    monkeypatch.setattr(signatures, "current_version", lambda _key: 2)
    assert needed(case_id, signatory) is Needed.SIGN_NEW_CONDITIONS
    assert operations.hand_in(case_id=case_id, actor=signatory) is Objection.OLD_DOCUMENT


def test_a_supplier_that_may_not_act_any_more_does_nothing_and_the_provider_goes_on(
    town: Town, body: UUID, signatory: CaseActor, supplier: CaseActor
) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, supplier)
    filled_in.sign(case_id, signatory)
    town.end_consents()
    assert operations.hand_in(case_id=case_id, actor=supplier) is Objection.UNKNOWN
    assert queries.case_page(case_id, supplier) is None
    assert needed(case_id, signatory) is Needed.GIVE_METADATA
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW
