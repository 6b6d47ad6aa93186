"""Every kind of change comes to its end on the day that was asked, in both environments (CN-21)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.onboarding import filled_in
from tests.onboarding.conftest import MONDAY
from tests.onboarding.filled_in import PREPRODUCTION_ID, PRODUCTION_ID, state
from tests.onboarding.test_later import asked, named, uuid_of_first
from tests.onboarding.town import Town
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue import queries as catalogue
from volmacht.notifications.models import Message
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import running
from volmacht.onboarding.models import Case, Configuration
from volmacht.parties import queries as parties
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.onboarding.needed import Needed
from volmacht.rules.services import LookUpStatus

Judges = tuple[CaseActor, CaseActor]
Clock = Callable[[datetime], None]
PREPRODUCTION, PRODUCTION = Environment.PREPRODUCTION, Environment.PRODUCTION
TODAY, LATER = "2026-11-23", "2026-12-07"


def approved(case_id: UUID, judges: Judges) -> object:
    """By two employees."""
    operations.propose_approval(case_id=case_id, actor=judges[0])
    return operations.confirm_approval(case_id=case_id, actor=judges[1])


def is_offered(environment: Environment) -> bool:
    """Whether somebody can be authorised for the service."""
    found = named("Parkeervergunning", environment)
    return found is not None and catalogue.status(found.id, fresh=True) is LookUpStatus.STATUS_OK


def test_stopping_the_connection_ends_everything_on_the_day_and_not_before(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, ChangeOf.STOP_CONNECTION, from_day=LATER)
    assert approved(case_id, judges) is CaseState.PLANNED
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert (page.now.needed, str(page.now.by)) == (Needed.WAIT_FOR_DAY, LATER)
    assert operations.carry_out_what_is_due() == 0
    assert is_offered(PRODUCTION)
    clock_at(MONDAY + timedelta(days=14))
    assert operations.carry_out_what_is_due() == 1
    assert operations.carry_out_what_is_due() == 0
    assert state(case_id) is CaseState.DONE
    assert state(application) is CaseState.DEACTIVATED
    for environment, entity_id in ((PRODUCTION, PRODUCTION_ID), (PREPRODUCTION, PREPRODUCTION_ID)):
        assert not is_offered(environment)
        link = catalogue.connection_by_entity_id(environment, entity_id)
        assert link is not None
        assert not link.active
    assert operations.start_new_service(organisation_id=body, actor=signatory) is Objection.NOT_CONNECTED


def test_what_was_stopped_can_be_connected_again_and_runs_in_both(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    assert (
        approved(asked(body, signatory, ChangeOf.STOP_CONNECTION, from_day=TODAY), judges) is CaseState.DONE
    )
    assert not is_offered(PREPRODUCTION)
    assert operations.propose_approval(case_id=application, actor=judges[0]) is CaseState.PRODUCTION_CONFIRM
    operations.confirm_approval(case_id=application, actor=judges[1])
    assert operations.activate(case_id=application, actor=judges[0], early=True) is CaseState.ACTIVE
    assert is_offered(PRODUCTION)
    assert is_offered(PREPRODUCTION)


def test_a_planned_change_can_be_withdrawn_before_its_day(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, ChangeOf.STOP_CONNECTION, from_day=LATER)
    approved(case_id, judges)
    assert operations.withdraw(case_id=case_id, actor=signatory) is CaseState.WITHDRAWN
    clock_at(MONDAY + timedelta(days=14))
    assert operations.carry_out_what_is_due() == 0
    assert is_offered(PRODUCTION)
    assert is_offered(PREPRODUCTION)


def test_an_organisation_gets_its_new_name_everywhere_on_the_day(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, ChangeOf.ORGANISATION_NAME, new_name="Gemeente Stad", from_day=LATER)
    assert approved(case_id, judges) is CaseState.PLANNED
    known = parties.connecting_organisation(body)
    assert known is not None
    assert known.name == "Gemeente Dorp"
    clock_at(MONDAY + timedelta(days=14))
    assert operations.carry_out_what_is_due() == 1
    known = parties.connecting_organisation(body)
    assert known is not None
    assert known.name == "Gemeente Stad"
    for environment in Environment:
        names = {one.name for one in catalogue.providers(environment) if one.oin == known.oin}
        assert names == {"Gemeente Stad"}
    assert Case.objects.get(id=application).organisation_name == "Gemeente Stad"
    assert EventKind.ORGANISATION_RENAMED in {event.kind for event in history_of(body)}


def test_what_cannot_be_carried_out_on_its_day_is_tried_again_the_next_and_told_to_the_desk(
    clock_at: Clock, town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, ChangeOf.STOP_CONNECTION, from_day=LATER)
    approved(case_id, judges)
    town.dismiss(judges[0])
    told = Message.objects.count()
    clock_at(MONDAY + timedelta(days=14))
    assert operations.carry_out_what_is_due() == 0
    assert operations.carry_out_what_is_due() == 0
    assert state(case_id) is CaseState.PLANNED
    assert Configuration.objects.filter(case_id=case_id, state="failed").count() == 1
    assert Message.objects.count() <= told + 1
    assert is_offered(PRODUCTION)


def test_a_contact_of_record_changes_and_the_others_stay(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    case_id = asked(
        body,
        signatory,
        ChangeOf.CONTACTS,
        contact="technical",
        contact_name="Tine Techniek",
        contact_email="tine@dorp.example",
    )
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is CaseState.DONE
    pages = queries.form_pages(application, FormKey.APPLICATION, signatory)
    assert pages is not None
    answers: Any = pages[PageKey.CONTACTS].answers
    assert (answers["technical_name"], answers["technical_email"]) == ("Tine Techniek", "tine@dorp.example")
    assert answers["security_name"] == "Iemand"
    assert "technical_phone" not in answers


def test_a_service_stops_on_its_day_in_both_environments(
    clock_at: Clock, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    service = uuid_of_first(filled_in.connected(body, signatory, judges), signatory)
    case_id = asked(body, signatory, ChangeOf.STOP_SERVICE, service=service, from_day=LATER)
    assert approved(case_id, judges) is CaseState.DONE
    assert is_offered(PRODUCTION)
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert (page.now.needed, str(page.now.by)) == (Needed.WAIT_FOR_DAY, LATER)
    clock_at(MONDAY + timedelta(days=14))
    page = queries.case_page(case_id, signatory)
    assert page is not None
    assert page.now.needed is Needed.NOTHING
    for environment in Environment:
        found = named("Parkeervergunning", environment)
        assert found is not None
        assert catalogue.status(found.id, fresh=True) is LookUpStatus.SERVICE_INACTIVE


def test_a_change_without_a_test_counts_in_pre_production_too(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    service = uuid_of_first(filled_in.connected(body, signatory, judges), signatory)
    approved(asked(body, signatory, ChangeOf.TERM, service=service, new_months=6), judges)
    for environment in Environment:
        found = named("Parkeervergunning", environment)
        assert found is not None
        assert found.longest_months == 6


@pytest.mark.parametrize("change", [ChangeOf.CERTIFICATE, ChangeOf.METADATA])
def test_without_a_good_document_the_desk_cannot_approve_it(
    body: UUID, signatory: CaseActor, judges: Judges, change: ChangeOf
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, change)
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is Objection.METADATA_NOT_GOOD
    assert running(body, PRODUCTION) is not None
