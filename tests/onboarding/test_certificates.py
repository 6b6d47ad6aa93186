"""Certificates: warned of in time, and replaced without a log-in that fails (CN-21, MD-43, DM-64)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.publishing import DV_OIN, dv_document, key, pin, service_provider
from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.filled_in import state
from tests.onboarding.town import Town
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.config.options import Profile
from volmacht.notifications.models import Message
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.pki import Purpose
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Side
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]
Clock = Callable[[datetime], None]
PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
TEST_ID = f"urn:nl-eid-gdi:1.0:DV:{DV_OIN}:entities:9001"
OWN_ID = f"urn:nl-eid-gdi:1.0:DV:{DV_OIN}:entities:0001"


def signing_key(number: int) -> OwnKey:
    """Ours; 0 is the one that documents are signed with elsewhere."""
    return key(DV_OIN, number=number) if number else key(DV_OIN)


def document(own_id: str, *numbers: int) -> bytes:
    """Metadata that lists these signing keys; the first of them signs it."""
    entity = service_provider(own_id)
    keys = tuple(signing_key(number).published() for number in numbers)
    entity = replace(entity, signing=(*keys, *entity.signing[1:]))
    until = clock.wall_clock() + timedelta(days=300)
    return sp_metadata(entity, key=signing_key(numbers[0]), valid_until=until)


@pytest.fixture
def plein(settings: Settings, tmp_path: Path, town: Town) -> UUID:
    """A municipality with certificates of the test authority, pinned in both environments."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    for environment in Environment:
        pin(tmp_path, environment)
    return town.add_body("Gemeente Plein", DV_OIN)


@pytest.fixture
def signer(town: Town, plein: UUID) -> CaseActor:
    """Who signs for it."""
    return town.add_member(plein, MemberRole.SIGNATORY, email="teken@plein.example")


@pytest.fixture
def connected(plein: UUID, signer: CaseActor, judges: Judges, clock_at: Clock) -> UUID:
    """Connected in both environments, with metadata in each; the application."""
    case_id = filled_in.prepared(plein, signer)
    own = {"connection_kind": "own"}
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signer, connection={**own, "entity_id": TEST_ID})
    give(case_id, dv_document(TEST_ID), signer)
    filled_in.sign(case_id, signer)
    assert operations.hand_in(case_id=case_id, actor=signer) is CaseState.TESTING
    operations.offer_for_test(case_id=case_id, actor=signer)
    filled_in.report(case_id, PREPRODUCTION, judges, CaseState.ACCEPTANCE_CONFIRM, CaseState.PRODUCTION_FORM)
    filled_in.fill_in(case_id, FormKey.PRODUCTION, signer, connection={**own, "entity_id": OWN_ID})
    clock_at(MONDAY + timedelta(hours=1))
    give(case_id, document(OWN_ID, 0), signer)
    filled_in.sign(case_id, signer, FormKey.PRODUCTION)
    operations.hand_in(case_id=case_id, actor=signer)
    filled_in.report(case_id, PRODUCTION, judges, CaseState.PRODUCTION_CONFIRM, CaseState.ACTIVATING)
    assert operations.activate(case_id=case_id, actor=judges[0], early=True) is CaseState.ACTIVE
    return case_id


def give(case_id: UUID, content: bytes, actor: CaseActor) -> None:
    """Upload metadata."""
    added = operations.add_file(
        case_id=case_id, kind=operations.FileKind.METADATA, name="m.xml", content=content, actor=actor
    )
    assert isinstance(added, UUID), added


def signing_keys(environment: Environment, entity_id: str) -> set[str]:
    """The names of the keys that count there now."""
    peer = catalogue.peer(environment, entity_id)
    assert peer is not None
    return {one.name for one in peer.entity.signing}


def change(body: UUID, actor: CaseActor, content: bytes, kind: ChangeOf = ChangeOf.CERTIFICATE) -> UUID:
    """A change with a document, handed in."""
    case_id = operations.start_change(organisation_id=body, actor=actor, change=kind)
    assert isinstance(case_id, UUID)
    operations.save_answers(
        case_id=case_id,
        form=FormKey.CHANGE,
        page=PageKey.CHANGE,
        answers={"change_of": kind.value, "reason": "Het oude eindigt."},
        version=1,
        actor=actor,
    )
    give(case_id, content, actor)
    assert isinstance(operations.hand_in(case_id=case_id, actor=actor), CaseState)
    return case_id


@pytest.mark.parametrize(("environment", "own_id"), [(PRODUCTION, OWN_ID), (PREPRODUCTION, TEST_ID)])
@pytest.mark.parametrize("kind", [ChangeOf.CERTIFICATE, ChangeOf.METADATA])
def test_a_new_certificate_beside_the_old_counts_at_once(
    connected: UUID, plein: UUID, signer: CaseActor, environment: Environment, own_id: str, kind: ChangeOf
) -> None:
    before = signing_keys(environment, own_id)
    case_id = change(plein, signer, document(own_id, 0, 1), kind)
    assert state(case_id) is CaseState.DONE
    now = signing_keys(environment, own_id)
    assert before < now
    page = queries.case_page(case_id, signer)
    assert page is not None
    assert (page.history[-1].side, page.history[-1].action) == (Side.SYSTEM, "carry_out")


def test_the_old_one_is_taken_away_once_the_new_one_counts(
    connected: UUID, plein: UUID, signer: CaseActor
) -> None:
    change(plein, signer, document(OWN_ID, 0, 1))
    assert state(change(plein, signer, document(OWN_ID, 1))) is CaseState.DONE
    assert key(DV_OIN).name not in signing_keys(PRODUCTION, OWN_ID)


def test_a_document_that_drops_every_key_that_counts_waits_for_the_desk(
    connected: UUID, plein: UUID, signer: CaseActor, judges: Judges
) -> None:
    entity = replace(service_provider(OWN_ID), signing=(signing_key(1).published(),))
    content = sp_metadata(entity, key=signing_key(1), valid_until=clock.wall_clock() + timedelta(days=300))
    before = signing_keys(PRODUCTION, OWN_ID)
    case_id = change(plein, signer, content)
    assert state(case_id) is CaseState.REVIEW
    assert signing_keys(PRODUCTION, OWN_ID) == before
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is CaseState.DONE
    assert signing_keys(PRODUCTION, OWN_ID) == {signing_key(1).name}


def test_a_document_without_the_key_that_others_encrypt_for_now_waits_for_the_desk(
    connected: UUID, plein: UUID, signer: CaseActor
) -> None:
    entity = service_provider(OWN_ID)
    another = key(DV_OIN, Purpose.ENCRYPTION, number=1).published()
    until = clock.wall_clock() + timedelta(days=300)
    instead = sp_metadata(replace(entity, encryption=(another,)), key=key(DV_OIN), valid_until=until)
    waiting = change(plein, signer, instead)
    assert state(waiting) is CaseState.REVIEW
    assert queries.change_waits_for_the_desk(waiting, signer)
    beside = replace(entity, encryption=(*entity.encryption, another))
    assert (
        state(change(plein, signer, sp_metadata(beside, key=key(DV_OIN), valid_until=until)))
        is CaseState.DONE
    )


def test_the_certificate_of_tls_beside_it_does_not_make_up_for_a_signing_key(
    connected: UUID, plein: UUID, signer: CaseActor
) -> None:
    before = signing_keys(PRODUCTION, OWN_ID)
    assert key(DV_OIN, Purpose.TLS_CLIENT).name in before
    waiting = change(plein, signer, document(OWN_ID, 1))
    assert state(waiting) is CaseState.REVIEW
    assert queries.change_waits_for_the_desk(waiting, signer)
    assert signing_keys(PRODUCTION, OWN_ID) == before


@pytest.mark.parametrize("content", [b"<EntityDescriptor/>", b""], ids=["broken", "another"])
def test_what_is_not_good_never_counts(
    connected: UUID, plein: UUID, signer: CaseActor, content: bytes
) -> None:
    content = content or dv_document(OWN_ID.replace("0001", "0002"))
    before = signing_keys(PRODUCTION, OWN_ID)
    assert state(change(plein, signer, content)) is CaseState.REVIEW
    assert signing_keys(PRODUCTION, OWN_ID) == before


def test_who_looks_after_certificates_hears_of_each_moment_once(
    connected: UUID,
    plein: UUID,
    signer: CaseActor,
    town: Town,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    town.add_member(plein, MemberRole.TECHNICAL, email="techniek@plein.example")
    town.add_member(plein, MemberRole.READER, email="lezer@plein.example")
    ends = min(one.ends for one in catalogue.peer_certificates() if one.entity_id == OWN_ID)
    one_by_one: list[int] = []
    for days in (92, 90, 88, 29, 13, 6, 1, -2):
        moment = ends - timedelta(days=days, hours=-1)
        monkeypatch.setattr(clock, "wall_clock", lambda moment=moment: moment)
        before = Message.objects.count()
        operations.warn_of_certificates()
        operations.warn_of_certificates()
        one_by_one.append(Message.objects.count() - before)
    assert one_by_one == [0, 1, 0, 1, 1, 1, 1, 1]
    ending = queries.ending_certificates(plein, signer)
    assert {one.entity_id for one in ending} == {OWN_ID, TEST_ID}
    stranger = town.add_member(town.add_body("Stad", "00000001777700000000"), MemberRole.SIGNATORY)
    assert queries.ending_certificates(plein, stranger) == ()


def test_nobody_is_warned_of_a_certificate_that_lasts(connected: UUID) -> None:
    before = Message.objects.count()
    operations.warn_of_certificates()
    assert Message.objects.count() == before
