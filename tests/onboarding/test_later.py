"""After the six steps: new services, changes, versions of a configuration (CN-15, CN-20, CN-21)."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests.onboarding import filled_in
from tests.onboarding.filled_in import PRODUCTION_ID, state
from tests.onboarding.town import Town
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.queries import ServiceEntry
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.onboarding.configuring import running
from volmacht.onboarding.models import Configuration
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.configuration import service_uuid
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole

Judges = tuple[CaseActor, CaseActor]
PRODUCTION = Environment.PRODUCTION


def named(name: str, environment: Environment = PRODUCTION) -> ServiceEntry | None:
    found = (one for one in catalogue.all_services(environment) if one.name == name)
    return next(found, None)


def uuid_of_first(case_id: UUID, reader: CaseActor) -> str:
    pages = queries.form_pages(case_id, FormKey.PREPRODUCTION, reader)
    assert pages is not None
    rows: Any = pages[PageKey.SERVICES].answers
    return str(service_uuid(case_id, rows[0]["row"]))


def asked(body: UUID, actor: CaseActor, change: ChangeOf, **answers: object) -> UUID:
    """A change, filled in and handed in."""
    case_id = operations.start_change(organisation_id=body, actor=actor, change=change)
    assert isinstance(case_id, UUID)
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.CHANGE,
        page=PageKey.CHANGE,
        answers={"change_of": change.value, "reason": "Zo is het beter.", **answers},
        version=1,
        actor=actor,
    )
    assert isinstance(saved, operations.Saved)
    assert saved.problems == ()
    filled_in.sign(case_id, actor, FormKey.CHANGE)
    assert operations.hand_in(case_id=case_id, actor=actor) is CaseState.REVIEW
    return case_id


def test_who_has_no_connection_changes_nothing(body: UUID, signatory: CaseActor) -> None:
    assert operations.start_new_service(organisation_id=body, actor=signatory) is Objection.NOT_CONNECTED
    assert operations.start_change(organisation_id=body, actor=signatory) is Objection.NOT_CONNECTED


def test_a_new_service_comes_beside_the_first_after_its_own_test(
    settings: Settings, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    settings.AUTOMATIC_CONNECTION_DATA = False
    filled_in.connected(body, signatory, judges)
    case_id = operations.start_new_service(organisation_id=body, actor=signatory)
    assert isinstance(case_id, UUID)
    filled_in.fill_in(case_id, FormKey.NEW_SERVICE, signatory)
    filled_in.sign(case_id, signatory, FormKey.NEW_SERVICE)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.REVIEW
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    assert named("Kapvergunning", Environment.PREPRODUCTION)
    assert named("Kapvergunning") is None
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(case_id, Environment.PREPRODUCTION, judges, CaseState.CONFIRM, CaseState.ACTIVE)
    assert named("Kapvergunning")
    assert named("Parkeervergunning")
    runs = running(body, PRODUCTION)
    assert runs is not None
    assert [table["name"] for table in runs.content["service"]] == ["Parkeervergunning", "Kapvergunning"]


def test_a_new_service_in_pre_production_waits_for_nobody_when_the_checks_pass(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = operations.start_new_service(organisation_id=body, actor=signatory)
    assert isinstance(case_id, UUID)
    filled_in.fill_in(case_id, FormKey.NEW_SERVICE, signatory)
    filled_in.sign(case_id, signatory, FormKey.NEW_SERVICE)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.TESTING
    assert named("Kapvergunning", Environment.PREPRODUCTION)


def test_a_change_is_judged_by_two_and_runs_from_then_on(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    service = uuid_of_first(application, signatory)
    case_id = asked(body, signatory, ChangeOf.TERM, service=service, new_months=6)
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is CaseState.CONFIRM
    before = named("Parkeervergunning")
    assert before is not None
    assert before.longest_months == 24
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.DONE
    after = named("Parkeervergunning")
    assert after is not None
    assert after.longest_months == 6


def test_a_change_that_names_a_service_of_another_is_not_carried_out(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = asked(body, signatory, ChangeOf.TERM, service=str(uuid4()), new_months=6)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is Objection.NOT_COMPLETE
    assert state(case_id) is CaseState.CONFIRM


def test_contact_people_change_with_one_judge_and_no_configuration(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    count = Configuration.objects.count()
    case_id = asked(
        body,
        signatory,
        ChangeOf.CONTACTS,
        contact="technical",
        contact_name="Nieuw",
        contact_email="nieuw@dorp.example",
    )
    assert operations.propose_approval(case_id=case_id, actor=judges[0]) is CaseState.DONE
    assert Configuration.objects.count() == count


def test_a_level_is_announced_after_a_new_test(body: UUID, signatory: CaseActor, judges: Judges) -> None:
    application = filled_in.connected(body, signatory, judges)
    service = uuid_of_first(application, signatory)
    case_id = asked(body, signatory, ChangeOf.LEVEL, service=service, new_level="25", from_day="2027-02-01")
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(case_id, Environment.PREPRODUCTION, judges, CaseState.CONFIRM, CaseState.DONE)
    runs = running(body, PRODUCTION)
    assert runs is not None
    (found,) = runs.content["service"]
    assert (found["announced_level"], found["announced_on"]) == (25, "2027-02-01")


def test_of_each_connection_and_environment_one_version_is_published(
    body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    application = filled_in.connected(body, signatory, judges)
    service = uuid_of_first(application, signatory)
    for months in (6, 7):
        case_id = asked(body, signatory, ChangeOf.TERM, service=service, new_months=months)
        operations.propose_approval(case_id=case_id, actor=judges[0])
        operations.confirm_approval(case_id=case_id, actor=judges[1])
    versions = Configuration.objects.filter(connection=PRODUCTION_ID, environment=PRODUCTION).order_by(
        "number"
    )
    assert [(row.number, row.state) for row in versions] == [
        (1, "archived"),
        (2, "archived"),
        (3, "published"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        versions.update(state="published")


def test_what_the_catalogue_refuses_stays_where_it_was_and_says_why(
    demo_catalogue: None, town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.handed_in(body, signatory)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    town.rename(body, "x" * 300)  # longer than a name in the catalogue may be
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is Objection.NOT_CARRIED_OUT
    assert state(case_id) is CaseState.PREPRODUCTION_CONFIRM
    page = queries.case_page(case_id, judges[1])
    assert page is not None
    assert [(one.state, bool(one.failure)) for one in page.configurations] == [("failed", True)]
    town.rename(body, "Gemeente Dorp")
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING


def test_a_supplier_sees_when_the_first_certificate_of_a_client_ends(
    settings: Settings, tmp_path: Path, town: Town
) -> None:
    from tests.catalogue.publishing import DV_OIN, dv_document, pin
    from volmacht.config.options import Profile
    from volmacht.rules.onboarding.cases import Side

    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    pin(tmp_path, Environment.PREPRODUCTION)
    own_id = f"urn:nl-eid-gdi:1.0:DV:{DV_OIN}:entities:9001"
    client = town.add_body("Gemeente Plein", DV_OIN)
    signatory = town.add_member(client, MemberRole.SIGNATORY)
    firm = town.add_body("Bouwers BV", "00000001888800000000")
    town.consent(client, firm)
    supplier = town.add_member(firm, MemberRole.PROJECT_LEADER, side=Side.SUPPLIER)
    case_id = filled_in.prepared(client, signatory)
    (before,) = queries.cases_of_clients(supplier)
    assert before.certificate_ends is None
    connection = {"connection_kind": "own", "entity_id": own_id}
    filled_in.fill_in(case_id, FormKey.PREPRODUCTION, signatory, connection=connection)
    operations.add_file(
        case_id=case_id,
        kind=operations.FileKind.METADATA,
        name="m.xml",
        content=dv_document(own_id),
        actor=supplier,
    )
    filled_in.sign(case_id, signatory)
    assert operations.hand_in(case_id=case_id, actor=supplier) is CaseState.TESTING
    (after,) = queries.cases_of_clients(supplier)
    assert after.certificate_ends is not None
