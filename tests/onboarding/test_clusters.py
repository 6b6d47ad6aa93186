"""A provider over the connection of its supplier: only of one that may act for it (CN-16, AR-34)."""

from typing import Any
from uuid import UUID

import pytest

from tests.onboarding import filled_in
from tests.onboarding.filled_in import PREPRODUCTION_ID, PRODUCTION_ID, state
from tests.onboarding.test_changes import LATER, approved
from tests.onboarding.test_later import asked, uuid_of_first
from tests.onboarding.town import OIN, SUPPLIER_OIN, Town
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.operations import load_catalogue
from volmacht.onboarding import operations, queries
from volmacht.onboarding.actors import CaseActor
from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import Problem
from volmacht.rules.onboarding.cases import CaseState, Objection
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.forms import FormKey, PageKey
from volmacht.rules.roles import MemberRole
from volmacht.rules.services import LookUpStatus

Judges = tuple[CaseActor, CaseActor]
SECOND_OIN = "00000001777700000000"
INDEXES = {Environment.PREPRODUCTION: "9001", Environment.PRODUCTION: "0001"}


def cluster(environment: Environment, oin: str = SUPPLIER_OIN) -> str:
    return f"urn:nl-eid-gdi:1.0:LC:{oin}:entities:{INDEXES[environment]}"


def load_clusters(staff: tuple[UUID, UUID], oin: str = SUPPLIER_OIN) -> None:
    """The supplier's own connections, as an operator loads them."""
    for environment in Environment:
        content = {
            "environments": [environment.value],
            "provider": [
                {"oin": oin, "name": "Bouwers BV", "connection": {"entity_id": cluster(environment, oin)}}
            ],
        }
        load_catalogue(content, proposed_by=staff[0], approved_by=staff[1])


def connection(environment: Environment, oin: str = SUPPLIER_OIN) -> dict[str, Any]:
    own = PREPRODUCTION_ID if environment is Environment.PREPRODUCTION else PRODUCTION_ID
    return {
        "connection_kind": "cluster",
        "entity_id": own,
        "cluster_connection": cluster(environment, oin),
    }


@pytest.fixture
def clusters(supplier: CaseActor, judges: Judges, two_staff: tuple[UUID, UUID]) -> None:
    """A supplier that may act for the municipality, and whose own connections are there."""
    load_clusters(two_staff)


def test_a_member_of_a_cluster_walks_the_six_steps(
    clusters: None, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = walk(body, signatory, judges)
    service = UUID(uuid_of_first(case_id, signatory))
    for environment, own in (
        (Environment.PREPRODUCTION, PREPRODUCTION_ID),
        (Environment.PRODUCTION, PRODUCTION_ID),
    ):
        offer = catalogue.offer(environment, cluster(environment), own, service)
        assert offer is not None
        assert offer.status is LookUpStatus.STATUS_OK
        assert catalogue.peer(environment, own) is None  # nobody logs in over the name that its services have
    assert operations.deactivate(case_id=case_id, reason="Op verzoek.", actor=judges[0])
    operations.confirm_approval(case_id=case_id, actor=judges[1])
    production = catalogue.offer(
        Environment.PRODUCTION, cluster(Environment.PRODUCTION), PRODUCTION_ID, service
    )
    assert production is None or production.status is not LookUpStatus.STATUS_OK


def walk(body: UUID, signatory: CaseActor, judges: Judges) -> UUID:
    """From application to activation, in the cluster of the supplier."""
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(
        case_id, FormKey.PREPRODUCTION, signatory, connection=connection(Environment.PREPRODUCTION)
    )
    filled_in.sign(case_id, signatory)
    assert operations.hand_in(case_id=case_id, actor=signatory) is CaseState.PREPRODUCTION_REVIEW
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(
        case_id,
        Environment.PREPRODUCTION,
        judges,
        CaseState.ACCEPTANCE_CONFIRM,
        CaseState.PRODUCTION_FORM,
    )
    filled_in.fill_in(case_id, FormKey.PRODUCTION, signatory, connection=connection(Environment.PRODUCTION))
    filled_in.sign(case_id, signatory, FormKey.PRODUCTION)
    operations.hand_in(case_id=case_id, actor=signatory)
    filled_in.report(
        case_id, Environment.PRODUCTION, judges, CaseState.PRODUCTION_CONFIRM, CaseState.ACTIVATING
    )
    assert operations.activate(case_id=case_id, actor=judges[0], early=True) is CaseState.ACTIVE
    return case_id


@pytest.mark.parametrize("missing", ["consent", "connection"])
def test_the_form_says_at_once_that_a_cluster_is_not_there(
    town: Town, body: UUID, signatory: CaseActor, two_staff: tuple[UUID, UUID], missing: str
) -> None:
    firm = town.add_body("Bouwers BV", SUPPLIER_OIN, is_supplier=True)
    if missing == "consent":
        load_clusters(two_staff)
    else:
        town.consent(body, firm)
    case_id = filled_in.prepared(body, signatory)
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.PREPRODUCTION,
        page=PageKey.CONNECTION,
        answers=connection(Environment.PREPRODUCTION),
        version=0,
        actor=signatory,
    )
    assert isinstance(saved, operations.Saved)
    assert [(one.field, one.problem) for one in saved.problems] == [
        ("cluster_connection", Problem.NOT_A_CLUSTER)
    ]


def test_a_supplier_that_loses_its_consent_before_it_is_carried_out_connects_nobody(
    town: Town, clusters: None, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    case_id = filled_in.prepared(body, signatory)
    filled_in.fill_in(
        case_id, FormKey.PREPRODUCTION, signatory, connection=connection(Environment.PREPRODUCTION)
    )
    filled_in.sign(case_id, signatory)
    operations.hand_in(case_id=case_id, actor=signatory)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    town.end_consents()
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is Objection.NOT_CARRIED_OUT
    assert state(case_id) is CaseState.PREPRODUCTION_CONFIRM
    assert not [
        one for one in catalogue.all_services(Environment.PREPRODUCTION) if one.name == "Parkeervergunning"
    ]


def test_a_provider_that_is_connected_goes_over_to_a_cluster_on_its_day(
    town: Town,
    clusters: None,
    clock_at: Any,
    body: UUID,
    signatory: CaseActor,
    judges: Judges,
) -> None:
    from datetime import timedelta

    from tests.onboarding.conftest import MONDAY

    service = UUID(uuid_of_first(filled_in.connected(body, signatory, judges), signatory))
    case_id = asked(body, signatory, ChangeOf.SUPPLIER, new_supplier_oin=SUPPLIER_OIN, from_day=LATER)
    operations.propose_approval(case_id=case_id, actor=judges[0])
    assert operations.confirm_approval(case_id=case_id, actor=judges[1]) is CaseState.TESTING
    here = Environment.PREPRODUCTION
    assert catalogue.offer(here, cluster(here), PREPRODUCTION_ID, service) is not None
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(case_id, here, judges, CaseState.CONFIRM, CaseState.PLANNED)
    there = Environment.PRODUCTION
    assert catalogue.offer(there, cluster(there), PRODUCTION_ID, service) is None
    clock_at(MONDAY + timedelta(days=14))
    assert operations.carry_out_what_is_due() == 1
    assert catalogue.offer(there, cluster(there), PRODUCTION_ID, service) is not None


def test_a_change_of_supplier_names_one_that_may_act_and_has_a_connection(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    filled_in.connected(body, signatory, judges)
    case_id = operations.start_change(organisation_id=body, actor=signatory, change=ChangeOf.SUPPLIER)
    assert isinstance(case_id, UUID)
    answers = {"change_of": "supplier", "reason": "x", "new_supplier_oin": SECOND_OIN, "from_day": LATER}
    saved = operations.save_answers(
        case_id=case_id,
        form=FormKey.CHANGE,
        page=PageKey.CHANGE,
        answers=answers,
        version=1,
        actor=signatory,
    )
    assert isinstance(saved, operations.Saved)
    assert [one.problem for one in saved.problems] == [Problem.NOT_A_CLUSTER]
    assert operations.hand_in(case_id=case_id, actor=signatory) is Objection.NOT_COMPLETE
    assert queries.is_connected(body)
    assert OIN != SECOND_OIN


def test_a_supplier_walks_the_same_steps_without_services_and_its_client_comes_over_it(
    town: Town, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    firm = town.add_body("Bouwers BV", SUPPLIER_OIN, is_supplier=True)
    head = town.add_member(firm, MemberRole.SIGNATORY)
    town.forget_alb_name(firm)
    case_id = operations.start_application(organisation_id=firm, actor=head)
    assert isinstance(case_id, UUID)
    save(case_id, FormKey.APPLICATION, PageKey.CONTACTS, filled_in.PEOPLE, head)
    assert operations.hand_in(case_id=case_id, actor=head) is CaseState.PREPRODUCTION_FORM
    own = {"connection_kind": "own", "entity_id": cluster(Environment.PREPRODUCTION)}
    save(case_id, FormKey.PREPRODUCTION, PageKey.CONNECTION, own, head)
    filled_in.sign(case_id, head)
    assert operations.hand_in(case_id=case_id, actor=head) is CaseState.PREPRODUCTION_REVIEW
    assert approved(case_id, judges) is CaseState.TESTING
    operations.offer_for_test(case_id=case_id, actor=head)
    filled_in.report(
        case_id,
        Environment.PREPRODUCTION,
        judges,
        CaseState.ACCEPTANCE_CONFIRM,
        CaseState.PRODUCTION_FORM,
    )
    own = {"connection_kind": "own", "entity_id": cluster(Environment.PRODUCTION)}
    save(case_id, FormKey.PRODUCTION, PageKey.CONNECTION, own, head)
    for page in (PageKey.SECURITY, PageKey.GOING_LIVE):
        save(case_id, FormKey.PRODUCTION, page, filled_in.PAGES[FormKey.PRODUCTION, page], head)
    filled_in.sign(case_id, head, FormKey.PRODUCTION)
    assert operations.hand_in(case_id=case_id, actor=head) is CaseState.PRODUCTION_REVIEW
    filled_in.report(
        case_id, Environment.PRODUCTION, judges, CaseState.PRODUCTION_CONFIRM, CaseState.ACTIVATING
    )
    assert operations.activate(case_id=case_id, actor=judges[0], early=True) is CaseState.ACTIVE
    assert operations.start_new_service(organisation_id=firm, actor=head) is Objection.NOT_CONNECTED
    town.consent(body, firm)
    walk(body, signatory, judges)
    assert (
        approved(asked(firm, head, ChangeOf.STOP_CONNECTION, from_day="2026-11-23"), judges) is CaseState.DONE
    )
    link = catalogue.connection_by_entity_id(Environment.PRODUCTION, cluster(Environment.PRODUCTION))
    assert link is not None
    assert not link.active


def save(case_id: UUID, form: FormKey, page: PageKey, answers: Any, actor: CaseActor) -> None:
    saved = operations.save_answers(
        case_id=case_id, form=form, page=page, answers=answers, version=0, actor=actor
    )
    assert isinstance(saved, operations.Saved)
    assert saved.problems == ()


def test_a_supplier_has_no_connection_of_a_provider(town: Town, body: UUID, signatory: CaseActor) -> None:
    firm = town.add_body("Bouwers BV", SUPPLIER_OIN, is_supplier=True)
    head = town.add_member(firm, MemberRole.SIGNATORY)
    case_id = operations.start_application(organisation_id=firm, actor=head)
    assert isinstance(case_id, UUID)
    pages = queries.form_pages(case_id, FormKey.APPLICATION, head)
    assert pages is not None
    assert list(pages) == [PageKey.CONTACTS]
    save(case_id, FormKey.APPLICATION, PageKey.CONTACTS, filled_in.PEOPLE, head)
    operations.hand_in(case_id=case_id, actor=head)
    for wrong in (
        cluster(Environment.PREPRODUCTION).replace("LC", "DV"),
        cluster(Environment.PREPRODUCTION, OIN),
    ):
        saved = operations.save_answers(
            case_id=case_id,
            form=FormKey.PREPRODUCTION,
            page=PageKey.CONNECTION,
            answers={"connection_kind": "own", "entity_id": wrong},
            version=0,
            actor=head,
        )
        if isinstance(saved, operations.Saved):
            assert [one.problem for one in saved.problems] == [Problem.IMPOSSIBLE_ENTITY_ID]


def test_a_member_of_a_cluster_goes_on_by_itself(
    clusters: None, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    service = UUID(uuid_of_first(walk(body, signatory, judges), signatory))
    case_id = asked(body, signatory, ChangeOf.SUPPLIER, new_supplier_oin=OIN, from_day="2026-11-23")
    assert approved(case_id, judges) is CaseState.TESTING
    operations.offer_for_test(case_id=case_id, actor=signatory)
    filled_in.report(case_id, Environment.PREPRODUCTION, judges, CaseState.CONFIRM, CaseState.DONE)
    for environment, own in (
        (Environment.PREPRODUCTION, PREPRODUCTION_ID),
        (Environment.PRODUCTION, PRODUCTION_ID),
    ):
        over_cluster = catalogue.offer(environment, cluster(environment), own, service)
        assert over_cluster is None or over_cluster.status is not LookUpStatus.STATUS_OK
        by_itself = catalogue.offer(environment, own, own, service)
        assert by_itself is not None
        assert by_itself.status is LookUpStatus.STATUS_OK


def test_a_withdrawn_change_of_supplier_leaves_the_new_cluster_in_pre_production(
    clusters: None, body: UUID, signatory: CaseActor, judges: Judges
) -> None:
    service = UUID(uuid_of_first(filled_in.connected(body, signatory, judges), signatory))
    case_id = asked(body, signatory, ChangeOf.SUPPLIER, new_supplier_oin=SUPPLIER_OIN, from_day=LATER)
    assert approved(case_id, judges) is CaseState.TESTING
    operations.withdraw(case_id=case_id, actor=signatory)
    here = Environment.PREPRODUCTION
    over_cluster = catalogue.offer(here, cluster(here), PREPRODUCTION_ID, service)
    assert over_cluster is None or over_cluster.status is not LookUpStatus.STATUS_OK
    by_itself = catalogue.offer(here, PREPRODUCTION_ID, PREPRODUCTION_ID, service)
    assert by_itself is not None
    assert by_itself.status is LookUpStatus.STATUS_OK
