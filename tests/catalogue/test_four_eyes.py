"""Every change is proposed by one employee and judged by another (DM-64)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.catalogue.building import Building
from tests.catalogue.test_look_up import NOON, ClockAt
from volmacht.audit import queries as audit
from volmacht.audit.kinds import Actor, ActorKind, EventKind
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection, ProposalState
from volmacht.catalogue.models import Proposal, Provider, Service, Version
from volmacht.catalogue.operations import InvalidContent, NotStaff, approve, propose, reject
from volmacht.parties.models import StaffMember
from volmacht.rules.services import LookUpStatus

NEW_PROVIDER = {"environment": "production", "oin": "0" * 20, "name": "Gemeente Test"}


def proposed(building: Building) -> UUID:
    return propose(ChangeKind.ADD_PROVIDER, NEW_PROVIDER, by=building.proposer)


def version() -> int:
    return Version.objects.values_list("number", flat=True).first() or 0


def test_a_proposal_changes_nothing_until_somebody_else_approves_it(building: Building) -> None:
    proposal_id = proposed(building)
    assert not Provider.objects.exists()
    assert version() == 0
    assert approve(proposal_id, by=building.approver) is None
    assert Provider.objects.get().name == "Gemeente Test"
    assert version() == 1


def test_nobody_judges_their_own_proposal(building: Building) -> None:
    proposal_id = proposed(building)
    assert approve(proposal_id, by=building.proposer) == NotJudged(Objection.OWN_PROPOSAL)
    assert reject(proposal_id, by=building.proposer) == NotJudged(Objection.OWN_PROPOSAL)
    assert Proposal.objects.get().state == ProposalState.OPEN
    assert not Provider.objects.exists()


def test_the_database_itself_refuses_one_pair_of_eyes(building: Building) -> None:
    proposal_id = proposed(building)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(id=proposal_id).update(judged_by_id=building.proposer)


def test_a_proposal_is_judged_once(building: Building) -> None:
    proposal_id = proposed(building)
    assert reject(proposal_id, by=building.approver) is None
    assert approve(proposal_id, by=building.approver) == NotJudged(Objection.ALREADY_JUDGED)
    assert reject(proposal_id, by=building.approver) == NotJudged(Objection.ALREADY_JUDGED)
    assert not Provider.objects.exists()


def test_an_unknown_proposal_is_not_judged(building: Building) -> None:
    assert approve(uuid4(), by=building.approver) == NotJudged(Objection.PROPOSAL_UNKNOWN)
    assert reject(uuid4(), by=building.approver) == NotJudged(Objection.PROPOSAL_UNKNOWN)


def test_who_does_not_work_here_any_more_proposes_and_approves_nothing(building: Building) -> None:
    proposal_id = proposed(building)
    StaffMember.objects.update(active=False)
    with pytest.raises(NotStaff):
        propose(ChangeKind.ADD_PROVIDER, {**NEW_PROVIDER, "oin": "1" * 20}, by=building.proposer)
    assert approve(proposal_id, by=building.approver) == NotJudged(Objection.NOT_STAFF)
    assert approve(proposal_id, by=uuid4()) == NotJudged(Objection.NOT_STAFF)
    assert Proposal.objects.get().state == ProposalState.OPEN
    assert not Provider.objects.exists()


def test_what_became_impossible_meanwhile_is_not_approved_and_stays_open(building: Building) -> None:
    first, second = proposed(building), proposed(building)
    assert approve(first, by=building.approver) is None
    objection = approve(second, by=building.approver)
    assert objection == NotJudged(Objection.NO_LONGER_POSSIBLE, "oin: is in the catalogue already")
    assert Proposal.objects.get(id=second).state == ProposalState.OPEN
    assert version() == 1
    assert reject(second, by=building.approver) is None


def test_both_employees_stand_in_the_audit_chain(building: Building) -> None:
    approved, rejected = proposed(building), proposed(building)
    approve(approved, by=building.approver)
    reject(rejected, by=building.approver)
    provider = Provider.objects.get().id
    events = [(event.kind, event.actor) for event in audit.history_of(approved, rejected)]
    proposer, approver = (Actor(ActorKind.STAFF, who) for who in (building.proposer, building.approver))
    assert sorted(events, key=str) == sorted(
        [
            (EventKind.CATALOGUE_PROPOSED, proposer),
            (EventKind.CATALOGUE_PROPOSED, proposer),
            (EventKind.CATALOGUE_APPROVED, approver),
            (EventKind.CATALOGUE_REJECTED, approver),
        ],
        key=str,
    )
    (approval,) = [
        event for event in audit.history_of(approved) if event.kind is EventKind.CATALOGUE_APPROVED
    ]
    assert approval.subject_id == provider
    assert approval.data == {"change": "add_provider"}


def test_changing_a_service_leaves_what_is_not_named(building: Building) -> None:
    service = building.service(name="Oud", longest_months=24, keywords="woord", description="Zin")
    building.change(ChangeKind.CHANGE_SERVICE, id=service, name="Nieuw", description=None)
    found = queries.service(service)
    assert found
    assert (found.name, found.longest_months, found.keywords, found.description) == ("Nieuw", 24, "woord", "")


def test_a_change_goes_through_the_same_limits(building: Building) -> None:
    service = building.service()
    for content, field in (
        ({"longest_months": 61}, "longest_months"),
        ({"connection": None}, "connection"),
        ({"providers": []}, "providers"),
        ({"service_uuid": str(uuid4())}, "service_uuid"),
    ):
        with pytest.raises(InvalidContent) as fault:
            propose(ChangeKind.CHANGE_SERVICE, {"id": service, **content}, by=building.proposer)
        assert fault.value.field == field
    with pytest.raises(InvalidContent, match="id: is not in the catalogue"):
        propose(ChangeKind.CHANGE_SERVICE, {"id": uuid4(), "name": "X"}, by=building.proposer)


def test_switching_off_and_on_again(building: Building) -> None:
    service = building.service()
    for active, status in ((False, LookUpStatus.SERVICE_INACTIVE), (True, LookUpStatus.STATUS_OK)):
        building.change(ChangeKind.SWITCH_SERVICE, id=service, active=active)
        assert queries.status(service) is status


def test_a_connection_shares_other_log_ins_once_two_employees_say_so(building: Building) -> None:
    connection = building.connection(building.provider(), sso_domain="oud")
    proposal = propose(
        ChangeKind.CHANGE_CONNECTION, {"id": connection, "sso_domain": "nieuw"}, by=building.proposer
    )
    before = queries.connection(connection)
    assert approve(proposal, by=building.approver) is None
    after = queries.connection(connection)
    assert before
    assert after == replace(before, sso_domain="nieuw")
    for content, field in (
        ({"id": connection}, "sso_domain"),
        ({"id": connection, "sso_domain": "x" * 101}, "sso_domain"),
        ({"id": uuid4(), "sso_domain": "nieuw"}, "id"),
        ({"id": connection, "sso_domain": "nieuw", "entity_id": "urn:y"}, "entity_id"),
    ):
        with pytest.raises(InvalidContent) as fault:
            propose(ChangeKind.CHANGE_CONNECTION, content, by=building.proposer)
        assert fault.value.field == field


def test_a_provider_s_role_is_switched_apart_from_the_body(building: Building) -> None:
    provider = building.provider()
    building.change(ChangeKind.SWITCH_PROVIDER, id=provider, role_active=False)
    found = queries.provider(provider)
    assert found
    assert (found.active, found.role_active) == (True, False)
    building.change(ChangeKind.SWITCH_PROVIDER, id=provider, active=False, role_active=True)
    found = queries.provider(provider)
    assert found
    assert (found.active, found.role_active) == (False, True)


@pytest.mark.parametrize(
    "kind", [ChangeKind.SWITCH_PROVIDER, ChangeKind.SWITCH_CONNECTION, ChangeKind.SWITCH_SERVICE]
)
def test_a_switch_says_which_way_and_of_what(building: Building, kind: ChangeKind) -> None:
    with pytest.raises(InvalidContent, match="active: must be true or false"):
        propose(kind, {"id": uuid4()}, by=building.proposer)
    with pytest.raises(InvalidContent, match="id: is not in the catalogue"):
        propose(kind, {"id": uuid4(), "active": True}, by=building.proposer)


def test_sets_have_one_level_so_that_no_cycle_can_be(building: Building) -> None:
    service = building.service()
    one, other = building.service_set(service), building.service_set()
    attempts = {
        (one, other): "target",  # a set in a set
        (one, one): "target",  # itself
        (service, service): "source",  # a service holds nothing
        (one, service): "target",  # twice
        (uuid4(), service): "source",
        (one, uuid4()): "target",
    }
    for (source, target), field in attempts.items():
        content = {"kind": "service_set", "source": source, "target": target}
        with pytest.raises(InvalidContent) as fault:
            propose(ChangeKind.ADD_RELATION, content, by=building.proposer)
        assert fault.value.field == field


def test_a_relation_ends_and_begins_again_on_the_days_that_were_approved(
    building: Building, clock_at: ClockAt
) -> None:
    """DM-61, DM-63."""
    service = building.service()
    set_id = building.service_set(service)
    relation = {"kind": "service_set", "source": set_id, "target": service}
    until = NOON + timedelta(days=1)
    clock_at(NOON)
    building.change(ChangeKind.CHANGE_RELATION, **relation, active_until=until)
    assert queries.covers(set_id, service)
    clock_at(until)
    assert not queries.covers(set_id, service)
    building.change(ChangeKind.CHANGE_RELATION, **relation, active_until=None)
    assert queries.covers(set_id, service)
    building.change(ChangeKind.CHANGE_RELATION, **relation, active=False)
    assert not queries.covers(set_id, service)
    assert [event.kind for event in audit.history_about(set_id)].count(EventKind.CATALOGUE_APPROVED) == 5


def test_a_relation_that_is_not_there_cannot_change(building: Building) -> None:
    set_id, service = building.service_set(), building.service()
    content = {"kind": "service_set", "source": set_id, "target": service, "active": False}
    with pytest.raises(InvalidContent, match="target: does not belong to this set"):
        propose(ChangeKind.CHANGE_RELATION, content, by=building.proposer)


@pytest.mark.parametrize(
    ("field", "value"), [("oin", "7" * 20), ("environment", "preproduction"), ("naam", "x"), ("name", "")]
)
def test_a_provider_changes_but_never_becomes_another(building: Building, field: str, value: str) -> None:
    provider = building.provider(description="Van alles", website="https://x.example")
    building.change(ChangeKind.CHANGE_PROVIDER, id=provider, name="Nieuw", description=None)
    changed = queries.provider(provider)
    assert changed
    assert (changed.name, changed.description, changed.website) == ("Nieuw", "", "https://x.example")
    with pytest.raises(InvalidContent) as fault:
        propose(ChangeKind.CHANGE_PROVIDER, {"id": provider, field: value}, by=building.proposer)
    assert fault.value.field == field


def test_nothing_crosses_from_one_environment_to_the_other(
    building: Building, two_staff: tuple[UUID, UUID]
) -> None:
    from volmacht.rules.environment import Environment

    elsewhere = Building(*two_staff, environment=Environment.PREPRODUCTION)
    provider, connection, service = (
        elsewhere.provider(),
        elsewhere.connection(elsewhere.provider()),
        elsewhere.service(),
    )
    mine = building.provider()
    set_id = building.service_set()
    attempts: list[tuple[ChangeKind, dict[str, object]]] = [
        (ChangeKind.ADD_CONNECTION, {"environment": "production", "provider": provider, "entity_id": "x"}),
        (
            ChangeKind.ADD_SERVICE,
            {**building.service_fields(), "providers": [mine], "connection": connection},
        ),
        (
            ChangeKind.ADD_SERVICE,
            {**building.service_fields(), "providers": [provider], "connection": connection},
        ),
        (ChangeKind.ADD_RELATION, {"kind": "service_set", "source": set_id, "target": service}),
    ]
    for kind, content in attempts:
        with pytest.raises(InvalidContent, match="other environment"):
            propose(kind, content, by=building.proposer)


def test_an_identity_is_given_once(building: Building) -> None:
    provider = building.provider(oin="7" * 20)
    connection = building.connection(provider, entity_id="urn:x")
    service_uuid = uuid4()
    building.service(provider, connection, service_uuid=service_uuid)
    taken = {**building.service_fields(), "providers": [provider], "connection": connection}
    attempts: list[tuple[ChangeKind, dict[str, object], str]] = [
        (ChangeKind.ADD_PROVIDER, {**NEW_PROVIDER, "oin": "7" * 20}, "oin"),
        (
            ChangeKind.ADD_CONNECTION,
            {"environment": "production", "provider": provider, "entity_id": "urn:x"},
            "entity_id",
        ),
        (ChangeKind.ADD_SERVICE, {**taken, "service_uuid": service_uuid}, "service_uuid"),
    ]
    for kind, content, field in attempts:
        with pytest.raises(InvalidContent) as fault:
            propose(kind, content, by=building.proposer)
        assert fault.value.field == field
    assert Service.objects.count() == 1
