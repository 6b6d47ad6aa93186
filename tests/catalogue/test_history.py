"""What was changed in the catalogue and by whom, and what waits for a second employee (DM-64)."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import import_string

from tests.catalogue.building import Building
from tests.catalogue.test_configurations import configuration
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, ProposalState, RelationKind
from volmacht.catalogue.models import ChangeMade
from volmacht.catalogue.operations import approve, carry_out_configuration, propose, reject
from volmacht.catalogue.queries import FieldChange
from volmacht.rules.environment import Environment


def test_each_change_of_a_service_is_a_version_with_its_difference(building: Building) -> None:
    service = building.service(name="Eerst")
    building.change(ChangeKind.CHANGE_SERVICE, id=service, name="Daarna", minimum_level=25)
    building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
    first, second, third = queries.history_of_entry(service)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert (first.change, second.change) == (ChangeKind.ADD_SERVICE, ChangeKind.CHANGE_SERVICE)
    assert FieldChange("name", None, "Eerst") in first.changes
    assert second.changes == (FieldChange("name", "Eerst", "Daarna"), FieldChange("minimum_level", 20, 25))
    assert third.changes == (FieldChange("active", True, False),)
    assert (third.proposed_by, third.approved_by) == (building.proposer, building.approver)
    assert first.moment <= second.moment <= third.moment


def test_a_relation_belongs_to_the_history_of_the_set(building: Building) -> None:
    member = building.service()
    holder = building.service_set(member)
    relation = {"kind": RelationKind.SERVICE_SET, "source": holder, "target": member}
    building.change(ChangeKind.CHANGE_RELATION, **relation, active=False)
    _, added, ended = queries.history_of_entry(holder)
    assert (added.relation, added.target) == (RelationKind.SERVICE_SET, member)
    assert ended.changes == (FieldChange("active", True, False),)
    assert len(queries.history_of_entry(member)) == 1


def test_what_automatic_checks_issued_names_nobody(db: None) -> None:
    carry_out_configuration(configuration(), environment=Environment.PREPRODUCTION)
    (provider,) = queries.providers(Environment.PREPRODUCTION)
    (version,) = queries.history_of_entry(provider.id)
    assert (version.change, version.proposed_by, version.approved_by) == (ChangeKind.ADD_PROVIDER, None, None)
    assert FieldChange("name", None, "Gemeente") in version.changes


def test_what_was_not_carried_out_is_no_version(building: Building) -> None:
    provider = building.provider()
    rejected = propose(ChangeKind.CHANGE_PROVIDER, {"id": provider, "name": "Nee"}, by=building.proposer)
    reject(rejected, by=building.approver)
    assert len(queries.history_of_entry(provider)) == 1
    assert queries.history_of_entry(uuid4()) == ()


def test_an_open_proposal_shows_what_stands_and_what_is_proposed(building: Building) -> None:
    provider = building.provider(name="Oud")
    service = building.service(provider, name="Dienst")
    proposals: list[tuple[ChangeKind, dict[str, Any], FieldChange]] = [
        (ChangeKind.CHANGE_PROVIDER, {"id": provider, "name": "Nieuw"}, FieldChange("name", "Oud", "Nieuw")),
        (ChangeKind.SWITCH_PROVIDER, {"id": provider, "active": False}, FieldChange("active", True, False)),
        (ChangeKind.CHANGE_SERVICE, {"id": service, "position": 9}, FieldChange("position", 0, 9)),
        (
            ChangeKind.CHANGE_SERVICE,
            {"id": service, "active_until": "2030-01-01T00:00:00+01:00"},
            FieldChange("active_until", None, "2029-12-31T23:00:00Z"),
        ),
    ]
    ids = [propose(kind, content, by=building.proposer) for kind, content, _ in proposals]
    for proposal_id, (kind, _, change) in zip(ids, proposals, strict=True):
        shown = queries.proposal(proposal_id)
        assert shown
        assert (shown.change, shown.changes, shown.obstacle) == (kind, (change,), "")
    assert {one.id for one in queries.open_proposals()} == set(ids)
    approve(ids[0], by=building.approver)
    closed = queries.proposal(ids[0])
    assert closed
    assert (closed.state, closed.judged_by, closed.changes) == (ProposalState.APPROVED, building.approver, ())
    assert {one.id for one in queries.open_proposals()} == set(ids[1:])


def test_every_kind_of_proposal_can_be_shown(building: Building) -> None:
    provider = building.provider()
    link = building.connection(provider)
    service, other = building.service(provider, link), building.service(provider, link)
    relation = {"kind": RelationKind.MEDIATION, "source": service, "target": other}
    peer = {
        "environment": "production",
        "entity_id": "urn:nl-eid-gdi:1.0:AD:00000001000000000000:entities:0001",
        "role": "AD",
    }
    for kind, content in (
        (ChangeKind.ADD_SERVICE, {**building.service_fields(), "is_set": True}),
        (ChangeKind.ADD_RELATION, relation),
        (ChangeKind.CHANGE_CONNECTION, {"id": link, "sso_domain": "een"}),
        (ChangeKind.SWITCH_CONNECTION, {"id": link, "active": False}),
        (ChangeKind.ADD_PEER, peer),
        (
            ChangeKind.ADD_CONNECTION,
            {"environment": "production", "provider": provider, "entity_id": "urn:y"},
        ),
    ):
        shown = queries.proposal(propose(kind, content, by=building.proposer))
        assert shown
        assert shown.changes
        assert not shown.obstacle
    assert queries.proposal(uuid4()) is None


def test_a_proposal_that_is_possible_no_more_says_why(building: Building) -> None:
    member, holder = building.service(), building.service(is_set=True)
    relation = {"kind": RelationKind.SERVICE_SET, "source": holder, "target": member}
    building.change(ChangeKind.ADD_RELATION, **relation)
    one = propose(ChangeKind.CHANGE_RELATION, {**relation, "active": False}, by=building.proposer)
    stands = queries.proposal(one)
    assert stands
    assert stands.changes == (FieldChange("active", True, False),)


def test_entries_are_found_by_every_word_and_paged(building: Building) -> None:
    provider = building.provider(name="Gemeente Überdorp", oin="0" * 20)
    link = building.connection(provider, entity_id="urn:test:uberdorp")
    building.service(provider, link, name="Parkeren")
    building.service_set(name="Alles bij elkaar")
    found = queries.search_entries(Environment.PRODUCTION, "uberdorp")
    assert [entry.kind for entry in found.entries] == ["provider", "service", "connection"]
    found = queries.search_entries(Environment.PRODUCTION, "uberdorp park")
    assert [(entry.name, entry.in_force) for entry in found.entries] == [("Parkeren", True)]
    assert queries.search_entries(Environment.PRODUCTION, "0" * 20).total == 1
    assert queries.search_entries(Environment.PREPRODUCTION).total == 0
    for _ in range(48):
        building.service(provider, link)
    first, second = (queries.search_entries(Environment.PRODUCTION, page=page) for page in (1, 99))
    assert (first.total, first.pages, len(first.entries)) == (52, 2, 50)
    assert (second.page, len(second.entries)) == (2, 2)
    services = queries.search_entries(Environment.PRODUCTION, kind=queries.EntryKind.SET)
    assert [entry.name for entry in services.entries] == ["Alles bij elkaar"]


@pytest.mark.django_db
def test_what_was_approved_before_is_written_down_by_the_migration(building: Building) -> None:
    service = building.service(name="Eerst")
    building.change(ChangeKind.CHANGE_SERVICE, id=service, name="Daarna")
    holder = building.service_set(service)
    ChangeMade.objects.all().delete()
    write_down = import_string("volmacht.catalogue.migrations.0009_history_of_before.write_down")
    executor = MigrationExecutor(connection)
    write_down(executor.loader.project_state().apps, None)
    first, second = queries.history_of_entry(service)
    assert FieldChange("name", None, "Eerst") in first.changes
    assert second.changes == (FieldChange("name", "Eerst", "Daarna"),)
    assert [one.change for one in queries.history_of_entry(holder)] == [
        ChangeKind.ADD_SERVICE,
        ChangeKind.ADD_RELATION,
    ]
