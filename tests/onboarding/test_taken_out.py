"""What goes no further leaves pre-production with everything that was laid out for it (CN-11)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.filled_in import PREPRODUCTION_ID
from tests.onboarding.test_changes import LATER, is_offered
from tests.onboarding.test_later import asked, named, uuid_of_first
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue import queries as catalogue
from volmacht.config.options import Profile
from volmacht.onboarding import operations
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.models import TestMandates
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey

Judges = tuple[CaseActor, CaseActor]
PREPRODUCTION = Environment.PREPRODUCTION


@pytest.fixture(autouse=True)
def people_to_test_with(settings: Settings) -> None:
    """An installation that has people to test with."""
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.DEMO)


def is_connected_there() -> bool:
    link = catalogue.connection_by_entity_id(PREPRODUCTION, PREPRODUCTION_ID)
    return link is not None and link.active


def ask_for_another(body: UUID, signatory: CaseActor) -> UUID:
    """A new service, handed in: it can be tried in pre-production at once."""
    case_id = operations.start_new_service(organisation_id=body, actor=signatory)
    assert isinstance(case_id, UUID)
    filled_in.fill_in(case_id, FormKey.NEW_SERVICE, signatory)
    filled_in.sign(case_id, signatory, FormKey.NEW_SERVICE)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.TESTING
    return case_id


def test_a_withdrawn_application_leaves_with_its_test_mandates(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.in_test(body, signatory, judges)
    operations.lay_out_all_missing()
    assert TestMandates.objects.exists()
    assert is_offered(PREPRODUCTION)
    assert operations.withdraw(case_id=case_id, actor=signatory) is CaseState.WITHDRAWN
    assert not is_offered(PREPRODUCTION)
    assert not is_connected_there()
    assert not TestMandates.objects.exists()
    service = named("Parkeervergunning", PREPRODUCTION)
    assert service is not None
    assert EventKind.TEST_MANDATES_REMOVED in {event.kind for event in history_of(service.id)}
    operations.lay_out_all_missing()
    assert not TestMandates.objects.exists()


def test_a_lapsed_application_leaves(
    clock_at: Callable[[datetime], None], body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.in_test(body, signatory, judges)
    clock_at(MONDAY + timedelta(days=200))
    assert operations.remind_and_lapse() == 1
    assert not is_offered(PREPRODUCTION)
    assert not is_connected_there()


def test_an_application_that_is_refused_for_production_leaves(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.accepted(body, signatory, judges)
    filled_in.fill_in(case_id, FormKey.PRODUCTION, signatory)
    filled_in.sign(case_id, signatory, FormKey.PRODUCTION)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PRODUCTION_REVIEW
    refused = operations.refuse(case_id=case_id, reason="Geen publieke taak.", actor=judges[0])
    assert refused is CaseState.REFUSED
    assert not is_offered(PREPRODUCTION)
    assert not is_connected_there()


def test_a_new_application_runs_again_over_the_same_connection(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    operations.withdraw(case_id=filled_in.in_test(body, signatory, judges), actor=signatory)
    assert not is_connected_there()
    filled_in.in_test(body, signatory, judges)
    assert is_connected_there()


def test_mandates_of_a_service_stay_as_they_are_when_another_gets_its_own(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    """A provider is in the middle of a test with the first when the second comes."""
    filled_in.connected(body, signatory, judges)
    assert operations.lay_out_all_missing() == 1
    first = TestMandates.objects.get()
    ask_for_another(body, signatory)
    assert operations.lay_out_all_missing() == 1
    assert TestMandates.objects.count() == 2
    assert TestMandates.objects.filter(id=first.id, laid_out_at=first.laid_out_at).exists()
    assert operations.lay_out_all_missing() == 0, "nothing is missing any more"


def test_a_withdrawn_new_service_leaves_and_the_others_stay(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = ask_for_another(body, signatory)
    operations.lay_out_all_missing()
    assert TestMandates.objects.count() == 2
    operations.withdraw(case_id=case_id, actor=signatory)
    new = named("Kapvergunning", PREPRODUCTION)
    assert new is not None
    assert catalogue.status(new.id, fresh=True).value != "status_ok"
    assert is_offered(PREPRODUCTION)
    assert is_connected_there()
    assert TestMandates.objects.count() == 1


def test_a_withdrawn_change_of_level_is_as_if_it_was_never_announced(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    service = uuid_of_first(filled_in.connected(body, signatory, judges), signatory)
    before = named("Parkeervergunning", PREPRODUCTION)
    case_id = asked(body, signatory, ChangeOf.LEVEL, service=service, new_level="25", from_day=LATER)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    assert named("Parkeervergunning", PREPRODUCTION) != before
    operations.withdraw(case_id=case_id, actor=signatory)
    assert named("Parkeervergunning", PREPRODUCTION) == before
    assert is_offered(PREPRODUCTION)
