"""New metadata while an organisation tests itself: what is good counts at once, what is judged stays (CN-3, CN-4)."""

import json
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.publishing import DV_OIN, dv_document, key, pin, service_provider
from tests.onboarding import filled_in
from tests.onboarding.filled_in import state
from tests.onboarding.test_certificates import TEST_ID, document, give, signing_key, signing_keys
from tests.onboarding.test_racing import at_once
from tests.onboarding.town import Town
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.models import Event
from volmacht.catalogue import queries as catalogue
from volmacht.config.options import Profile
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import Configuration, StoredFile
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.forms import FormKey
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]
HERE = Environment.PREPRODUCTION
OTHER_OIN = "00000001777700000000"


@pytest.fixture
def plein(settings: Settings, tmp_path: Path, town: Town) -> UUID:
    """A municipality with certificates of the test authority."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    for environment in Environment:
        pin(tmp_path, environment)
    return town.add_body("Gemeente Plein", DV_OIN)


@pytest.fixture
def signer(town: Town, plein: UUID) -> CaseActor:
    """Who signs for it."""
    return town.add_member(plein, MemberRole.SIGNATORY, email="teken@plein.example")


@pytest.fixture
def testing(plein: UUID, signer: CaseActor) -> UUID:
    """An application that tests itself, with its first document in force."""
    case_id = filled_in.prepared(plein, signer)
    own = {"connection_kind": "own", "entity_id": TEST_ID}
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signer, connection=own)
    give(case_id, dv_document(TEST_ID), signer)
    filled_in.sign(case_id, signer)
    assert operations.hand_in(case_id=case_id, actor=signer) is CaseState.TESTING
    return case_id


def renew(case_id: UUID, content: bytes, actor: CaseActor) -> operations.GivenInTest | Objection:
    """Give another document."""
    return operations.give_metadata_in_test(case_id=case_id, name="m.xml", content=content, actor=actor)


def lines(case_id: UUID, actor: CaseActor) -> list[str]:
    """What happened in the case."""
    page = queries.case_page(case_id, actor)
    assert page is not None
    return [event.action for event in page.history]


def test_a_good_document_counts_at_once_and_is_told_in_the_history(testing: UUID, signer: CaseActor) -> None:
    before, versions = signing_keys(HERE, TEST_ID), Configuration.objects.count()
    read = Event.objects.filter(kind=EventKind.METADATA_READ).count()
    given = renew(testing, document(TEST_ID, 1), signer)
    assert isinstance(given, operations.GivenInTest)
    assert given.counts
    now = signing_keys(HERE, TEST_ID)
    assert signing_key(1).name in now
    assert not now & (before - now), "the old key alone does not count any more"
    assert lines(testing, signer)[-2:] == ["add_file", "metadata_counts"]
    assert Event.objects.filter(kind=EventKind.METADATA_READ).count() == read + 1
    kept = StoredFile.objects.get(id=given.file_id)
    last = Event.objects.filter(kind=EventKind.CASE_FILE_ADDED).latest("sequence")
    assert (last.actor_id, json.loads(last.data)["sha256"]) == (signer.id, kept.sha256)
    assert Configuration.objects.count() == versions
    assert state(testing) is CaseState.TESTING


def test_the_same_document_again_changes_nothing(testing: UUID, signer: CaseActor) -> None:
    content = document(TEST_ID, 1)
    first = renew(testing, content, signer)
    history, events = lines(testing, signer), Event.objects.count()
    assert renew(testing, content, signer) == first
    assert lines(testing, signer) == history
    assert Event.objects.count() == events


def another_oin() -> bytes:
    """Signed by the key of another organisation."""
    entity, of_another = service_provider(TEST_ID), key(OTHER_OIN)
    entity = replace(entity, signing=(of_another.published(),))
    return sp_metadata(entity, key=of_another, valid_until=clock.wall_clock() + timedelta(days=30))


def another_signature() -> bytes:
    """Of which something was changed after it was signed."""
    return document(TEST_ID, 1).replace(b"https://", b"https://x", 1)


def another_entity() -> bytes:
    """Of another connection of the same organisation."""
    return dv_document(TEST_ID.replace("9001", "9002"))


@pytest.mark.parametrize("wrong", [another_oin, another_signature, another_entity])
def test_what_is_not_good_is_kept_and_leaves_what_counts(
    testing: UUID, signer: CaseActor, wrong: "object"
) -> None:
    assert callable(wrong)
    content, before = wrong(), signing_keys(HERE, TEST_ID)
    given = renew(testing, content, signer)
    assert isinstance(given, operations.GivenInTest)
    assert not given.counts
    assert signing_keys(HERE, TEST_ID) == before
    assert "metadata_counts" not in lines(testing, signer)
    judged = catalogue.judge_metadata(environment=HERE, entity_id=TEST_ID, data=content)
    assert not judged.is_good, "and the page says why"


def test_nothing_comes_in_while_the_acceptance_test_is_judged(
    testing: UUID, signer: CaseActor, judges: Judges
) -> None:
    before = signing_keys(HERE, TEST_ID)
    assert operations.offer_for_test(case_id=testing, actor=signer) is CaseState.ACCEPTANCE
    assert renew(testing, document(TEST_ID, 1), signer) is Objection.NOT_NOW
    verdicts = filled_in.all_pass(HERE)
    made = operations.fill_report(case_id=testing, verdicts=verdicts, actor=judges[0])
    assert made is CaseState.ACCEPTANCE_CONFIRM
    assert renew(testing, document(TEST_ID, 1), signer) is Objection.NOT_NOW
    assert signing_keys(HERE, TEST_ID) == before
    assert StoredFile.objects.filter(case_id=testing, kind="metadata").count() == 1
    assert operations.confirm_approval(case_id=testing, actor=judges[1]) is CaseState.PRODUCTION_FORM
    assert renew(testing, document(TEST_ID, 1), signer) is Objection.NOT_NOW, "that form has its own way"


def test_after_a_report_that_is_not_good_it_can_be_mended(
    testing: UUID, signer: CaseActor, judges: Judges
) -> None:
    from volmacht.checks.judging import Outcome, Verdict

    operations.offer_for_test(case_id=testing, actor=signer)
    good = filled_in.all_pass(HERE)
    failed = [Verdict(good[0].check_id, Outcome.FAIL, "De sleutel klopt niet."), *good[1:]]
    assert operations.fill_report(case_id=testing, verdicts=failed, actor=judges[0]) is CaseState.TESTING
    given = renew(testing, document(TEST_ID, 1), signer)
    assert isinstance(given, operations.GivenInTest)
    assert given.counts


def test_who_may_not_upload_and_who_is_of_elsewhere_give_nothing(
    town: Town, plein: UUID, testing: UUID
) -> None:
    reader = town.add_member(plein, MemberRole.READER)
    stranger = town.add_member(town.add_body("Stad", OTHER_OIN), MemberRole.SIGNATORY)
    before = signing_keys(HERE, TEST_ID)
    assert renew(testing, document(TEST_ID, 1), reader) is Objection.NO_RIGHT
    assert renew(testing, document(TEST_ID, 1), stranger) is Objection.UNKNOWN
    assert signing_keys(HERE, TEST_ID) == before
    assert queries.connection_in_test(testing, stranger) is None
    assert queries.connection_in_test(testing, reader) is not None


def test_before_it_runs_the_form_has_the_document(plein: UUID, signer: CaseActor) -> None:
    case_id = filled_in.prepared(plein, signer)
    assert renew(case_id, document(TEST_ID, 1), signer) is Objection.NOT_NOW
    assert queries.connection_in_test(case_id, signer) is None


@pytest.mark.usefixtures("committed_db")
def test_of_a_document_and_an_offer_at_once_nothing_comes_in_after_the_offer(
    testing: UUID, signer: CaseActor
) -> None:
    given, offered = at_once(
        partial(renew, testing, document(TEST_ID, 1), signer),
        partial(operations.offer_for_test, case_id=testing, actor=signer),
    )
    assert offered is CaseState.ACCEPTANCE
    told = lines(testing, signer)
    assert ("metadata_counts" in told) is isinstance(given, operations.GivenInTest)
    assert told[-1] == "offer"
