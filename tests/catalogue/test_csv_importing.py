"""Importing a CSV file: tried first, then all of it or nothing, with four eyes (DM-63, DM-64)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.catalogue.building import Building
from tests.catalogue.csv_files import (
    ENTITY,
    NEW_UUID,
    OIN,
    OTHER_UUID,
    PRODUCTION,
    faults,
    file_of,
    organisation,
    proposed,
    service,
    tried,
    uploaded,
)
from tests.catalogue.test_look_up import NOON, ClockAt
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_of
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, NotJudged, Objection, ProposalState, RelationKind
from volmacht.catalogue.models import Proposal, Provider, Relation, Service, StoredImport
from volmacht.catalogue.operations import (
    Imported,
    NotStaff,
    approve_import,
    propose_import,
    reject_import,
    upload_import,
)
from volmacht.catalogue.operations.importing import MOST_CHANGES
from volmacht.catalogue.queries import FieldChange, ImportKind, RowFault, RowOutcome
from volmacht.parties.models import StaffMember
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.kinds import RepresentativeKind

ORGANISATIONS = ImportKind.ORGANISATIONS
MEMBER = f"{OTHER_UUID}#Dienstenset#1##"


@pytest.fixture
def connected(building: Building) -> Building:
    """A catalogue with one connection, that the rows name."""
    building.connection(building.provider(), entity_id=ENTITY)
    return building


def row_of(service_uuid: str) -> Service:
    return Service.objects.get(service_uuid=service_uuid)


def import_all(building: Building, content: bytes, kind: ImportKind = ImportKind.SERVICES) -> int:
    """Propose and approve; how many changes it took."""
    done = approve_import(proposed(building, content, kind), by=building.approver)
    assert isinstance(done, Imported), done
    return done.changes


def test_a_row_becomes_a_service_as_it_says(connected: Building) -> None:
    cells = {"c6": "25", "c7": "01-07-2027 00:00", "c8": "Let op", "c19": "01-01-2030 00:00"}
    assert import_all(connected, file_of(service(**cells))) == 1
    row = row_of(NEW_UUID)
    assert (row.name, row.minimum_level, row.position, row.request_days) == ("Dienst", 20, 3, 90)
    assert (row.announced_level, row.announced_on, row.announced_message) == (25, date(2027, 7, 1), "Let op")
    assert row.representative_kind == RepresentativeKind.PERSON
    assert row.active_from == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert row.active_until == datetime(2029, 12, 31, 23, tzinfo=UTC)
    assert row.connection
    assert [one.id for one in row.providers.all()] == [row.connection.provider_id]
    assert not row.is_set


def test_what_the_layout_does_not_know_stays_as_it_is(connected: Building) -> None:
    link = queries.connection_by_entity_id(PRODUCTION, ENTITY)
    assert link
    more = {
        "name_en": "Service",
        "longest_months": 24,
        "code_at_login": True,
        "keywords": "woord",
        "minimum_age": 18,
    }
    connected.service(link.provider_id, link.id, service_uuid=NEW_UUID, website="https://x.nl", **more)
    import_all(connected, file_of(service(c0="")))
    row = row_of(NEW_UUID)
    assert {name: getattr(row, name) for name in more} == more
    assert (row.name, row.website, row.connection_id) == ("Dienst", "https://x.nl", link.id)


def test_a_dry_run_tells_what_each_row_changes_and_changes_nothing(connected: Building) -> None:
    import_all(connected, file_of(service()))
    run = tried(
        file_of(service(c3="Anders", c4="25"), service(c2=OTHER_UUID), service(c2=str(uuid4()), c4="1"))
    )
    assert [row.outcome for row in run.rows] == [RowOutcome.CHANGED, RowOutcome.NEW, RowOutcome.FAULTY]
    assert run.rows[0].changes == (
        FieldChange("name", "Dienst", "Anders"),
        FieldChange("minimum_level", 20, 25),
    )
    assert not run.possible
    assert Service.objects.count() == 1
    assert not StoredImport.objects.exclude(state=ProposalState.APPROVED).exists()


def test_importing_the_same_again_is_unchanged_and_cannot_be_proposed(connected: Building) -> None:
    import_all(connected, file_of(service()))
    again = uploaded(file_of(service()), connected.proposer)
    assert [row.outcome for row in again.run.rows] == [RowOutcome.UNCHANGED]
    assert again.id
    assert propose_import(again.id, by=connected.proposer) == NotJudged(Objection.CHANGES_NOTHING)


def test_a_file_with_one_faulty_row_is_not_proposed_at_all(connected: Building) -> None:
    kept = uploaded(file_of(service(), service(c2=OTHER_UUID, c4="1")), connected.proposer)
    assert kept.id
    assert propose_import(kept.id, by=connected.proposer) == NotJudged(Objection.HAS_FAULTS)
    assert approve_import(kept.id, by=connected.approver) == NotJudged(Objection.NOT_PROPOSED)
    assert not Service.objects.exists()


def test_more_changes_than_log_ins_can_wait_for_are_not_proposed_at_once(connected: Building) -> None:
    rows = [service(c2=str(uuid4())) for _ in range(MOST_CHANGES + 1)]
    kept = uploaded(file_of(*rows), connected.proposer)
    assert kept.run.possible
    assert kept.id
    too_many = NotJudged(Objection.TOO_MANY_CHANGES, str(MOST_CHANGES))
    assert propose_import(kept.id, by=connected.proposer) == too_many
    assert proposed(connected, file_of(*rows[1:]))


def test_a_file_that_cannot_be_read_is_not_kept(connected: Building) -> None:
    assert uploaded(b"x", connected.proposer).id is None
    assert not StoredImport.objects.exists()


def test_what_was_tried_and_not_proposed_is_kept_for_a_day(connected: Building, clock_at: ClockAt) -> None:
    clock_at(NOON)
    waiting = proposed(connected, file_of(service()))
    uploaded(file_of(service()), connected.proposer)
    clock_at(NOON + timedelta(days=1, seconds=1))
    kept = uploaded(file_of(service()), connected.proposer)
    assert set(StoredImport.objects.values_list("id", flat=True)) == {waiting, kept.id}


def test_nobody_approves_their_own_import(connected: Building) -> None:
    import_id = proposed(connected, file_of(service()))
    assert approve_import(import_id, by=connected.proposer) == NotJudged(Objection.OWN_PROPOSAL)
    assert reject_import(import_id, by=connected.proposer) == NotJudged(Objection.OWN_PROPOSAL)
    assert not Service.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredImport.objects.filter(id=import_id).update(judged_by_id=connected.proposer)


def test_only_who_uploaded_an_import_proposes_it(connected: Building) -> None:
    kept = uploaded(file_of(service()), connected.proposer)
    assert kept.id
    assert propose_import(kept.id, by=connected.approver) == NotJudged(Objection.NOT_YOURS)
    assert propose_import(uuid4(), by=connected.approver) == NotJudged(Objection.PROPOSAL_UNKNOWN)
    for _ in range(2):
        assert propose_import(kept.id, by=connected.proposer) is None


def test_who_does_not_work_here_any_more_imports_nothing(connected: Building) -> None:
    import_id = proposed(connected, file_of(service()))
    StaffMember.objects.update(active=False)
    with pytest.raises(NotStaff):
        uploaded(file_of(service()), connected.proposer)
    assert approve_import(import_id, by=connected.approver) == NotJudged(Objection.NOT_STAFF)
    StaffMember.objects.filter(id=connected.approver).update(active=True)
    assert approve_import(import_id, by=connected.approver) == NotJudged(Objection.NOT_STAFF)
    assert not Service.objects.exists()


def test_an_import_is_judged_once(connected: Building) -> None:
    import_id = proposed(connected, file_of(service()))
    assert reject_import(import_id, by=connected.approver) is None
    already = NotJudged(Objection.ALREADY_JUDGED)
    assert approve_import(import_id, by=connected.approver) == already
    assert propose_import(import_id, by=connected.proposer) == already
    assert not Service.objects.exists()


def test_when_the_catalogue_changed_meanwhile_nothing_is_carried_out(connected: Building) -> None:
    import_all(connected, file_of(service()))
    import_id = proposed(connected, file_of(service(c2=OTHER_UUID), service(c3="Anders")))
    connected.change(ChangeKind.CHANGE_SERVICE, id=row_of(NEW_UUID).id, name="Ondertussen")
    shown = queries.stored_import(import_id)
    assert shown
    assert shown.differs == (2,)
    assert approve_import(import_id, by=connected.approver) == NotJudged(Objection.VERDICTS_DIFFER, "2")
    assert row_of(NEW_UUID).name == "Ondertussen"
    assert not Service.objects.filter(service_uuid=OTHER_UUID).exists()


def test_rows_that_were_changed_in_the_database_are_not_carried_out(connected: Building) -> None:
    import_id = proposed(connected, file_of(service()))
    stored = StoredImport.objects.get()
    stored.rows[0][1][3] = "Iets anders"
    stored.save()
    assert approve_import(import_id, by=connected.approver) == NotJudged(Objection.IMPORT_DAMAGED)
    assert not Service.objects.exists()


def test_both_employees_stand_in_the_chain_for_the_file_and_for_each_change(connected: Building) -> None:
    import_id = proposed(connected, file_of(service()))
    approve_import(import_id, by=connected.approver)
    of_file = {(event.kind, event.actor.id) for event in history_of(import_id)}
    assert of_file == {
        (EventKind.CATALOGUE_IMPORT_PROPOSED, connected.proposer),
        (EventKind.CATALOGUE_IMPORT_APPROVED, connected.approver),
    }
    change = Proposal.objects.get(kind=ChangeKind.ADD_SERVICE)
    assert (change.proposed_by_id, change.judged_by_id) == (connected.proposer, connected.approver)
    rejected = proposed(connected, file_of(service(c3="Anders")))
    reject_import(rejected, by=connected.approver)
    assert EventKind.CATALOGUE_IMPORT_REJECTED in {event.kind for event in history_of(rejected)}


def test_nothing_crosses_to_the_other_environment(connected: Building) -> None:
    run = queries.dry_run(file_of(service()), kind=ImportKind.SERVICES, environment=Environment.PREPRODUCTION)
    assert [fault.fault for fault in run.rows[0].faults] == [RowFault.CONNECTION_UNKNOWN]
    import_all(connected, file_of(service()))
    kept = upload_import(
        file_of(organisation(c10=f"{NEW_UUID}#1##")),
        kind=ORGANISATIONS,
        environment=Environment.PREPRODUCTION,
        by=connected.proposer,
    )
    assert [fault.fault for fault in kept.run.rows[0].faults] == [RowFault.SERVICE_UNKNOWN]


def test_a_set_stands_above_what_it_holds_in_any_order(connected: Building) -> None:
    content = file_of(service(c0="", c20=MEMBER), service(c2=OTHER_UUID))
    assert import_all(connected, content) == 3
    holder = row_of(NEW_UUID)
    assert holder.is_set
    assert queries.covers(holder.id, row_of(OTHER_UUID).id)


def test_a_relation_ends_by_its_row_and_one_that_is_not_named_stays(connected: Building) -> None:
    import_all(connected, file_of(service(c0="", c20=MEMBER), service(c2=OTHER_UUID)))
    assert tried(file_of(service(c0=""))).rows[0].outcome is RowOutcome.UNCHANGED
    ended = file_of(service(c0="", c20=MEMBER.replace("#1#", "#0#")))
    assert tried(ended).rows[0].changes == (FieldChange(f"relation.service_set.{OTHER_UUID}", "1##", "0##"),)
    import_all(connected, ended)
    assert not queries.covers(row_of(NEW_UUID).id, row_of(OTHER_UUID).id)


@pytest.mark.parametrize(
    ("label", "kind"), [("Berichtenbox", "message_box"), ("Dienstbemiddeling", "mediation")]
)
def test_other_relations_are_kept_and_open_nothing(connected: Building, label: str, kind: str) -> None:
    content = file_of(service(c20=f"{OTHER_UUID}#{label}#1#01-01-2026 00:00#"), service(c2=OTHER_UUID))
    import_all(connected, content)
    assert Relation.objects.get().kind == RelationKind(kind)
    assert not row_of(NEW_UUID).is_set
    assert not queries.covers(row_of(NEW_UUID).id, row_of(OTHER_UUID).id)


def test_relations_have_one_level_within_the_file_and_with_what_stands(connected: Building) -> None:
    box = f"{OTHER_UUID}#Berichtenbox#1##"
    third = "55555555-5555-4555-8555-555555555555"
    rows = [service(c20=box), service(c2=OTHER_UUID, c20=f"{third}#Dienstbemiddeling#1##"), service(c2=third)]
    assert faults(file_of(*rows)) == [(RowFault.NOT_ONE_LEVEL, 1, 21), (RowFault.NOT_ONE_LEVEL, 2, 21)]
    circle = [service(c20=box), service(c2=OTHER_UUID, c20=f"{NEW_UUID}#Berichtenbox#1##")]
    assert [fault for fault, _, _ in faults(file_of(*circle))] == [RowFault.NOT_ONE_LEVEL] * 2
    import_all(connected, file_of(service(c20=box), service(c2=OTHER_UUID)))
    assert faults(file_of(circle[1])) == [(RowFault.NOT_ONE_LEVEL, 1, 21)]
    holds = service(c20=f"{OTHER_UUID}#Dienstenset#1##")
    assert faults(file_of(holds)) == [(RowFault.SOURCE_IS_NO_SET, 1, 21)]


def test_an_organisation_comes_in_with_the_services_that_it_offers(connected: Building) -> None:
    import_all(connected, file_of(service()))
    row = organisation(c10=f"{NEW_UUID}#1#01-01-2026 00:00#")
    assert import_all(connected, file_of(row), ORGANISATIONS) == 2
    provider = Provider.objects.get(oin=OIN)
    assert provider in row_of(NEW_UUID).providers.all()
    assert tried(file_of(row), ORGANISATIONS).rows[0].outcome is RowOutcome.UNCHANGED
    leaves = organisation(c1="Andere naam", c10=f"{NEW_UUID}#0##")
    assert tried(file_of(leaves), ORGANISATIONS).rows[0].changes == (
        FieldChange("name", "Gemeente", "Andere naam"),
        FieldChange(f"service.{NEW_UUID}", True, False),
    )
    import_all(connected, file_of(leaves), ORGANISATIONS)
    assert provider not in row_of(NEW_UUID).providers.all()
    assert Provider.objects.get(oin=OIN).name == "Andere naam"


def test_two_organisations_come_to_offer_one_service(connected: Building) -> None:
    import_all(connected, file_of(service()))
    link = f"{NEW_UUID}#1##"
    rows = (organisation(c10=link), organisation(c0="1" * 20, c10=link))
    import_all(connected, file_of(*rows), ORGANISATIONS)
    assert row_of(NEW_UUID).providers.count() == 3


def test_dates_that_cannot_be_kept_are_a_fault_and_not_dropped(
    connected: Building, clock_at: ClockAt
) -> None:
    import_all(connected, file_of(service()))
    for link in (f"{NEW_UUID}#1#01-01-2999 00:00#", f"{NEW_UUID}#1##01-01-2999 00:00"):
        found = faults(file_of(organisation(c10=link)), ORGANISATIONS)
        assert found == [(RowFault.LINK_TERM_NOT_KEPT, 1, 11)]
    ended = file_of(organisation(c10=f"{NEW_UUID}#1##01-01-2026 00:00"))
    import_all(connected, ended, ORGANISATIONS)
    assert row_of(NEW_UUID).providers.count() == 1


def test_the_organisation_of_a_connection_offers_what_is_reached_over_it(connected: Building) -> None:
    import_all(connected, file_of(service()))
    own = Provider.objects.get()
    row = organisation(c0=own.oin, c10=f"{NEW_UUID}#0##")
    assert faults(file_of(row), ORGANISATIONS) == [(RowFault.OFFERS_OVER_OWN_CONNECTION, 1, 11)]


def test_an_import_is_shown_as_it_was_tried(connected: Building) -> None:
    kept = uploaded(b"\r\n" + file_of(service(c18="25-10-2026 02:30")), connected.proposer)
    assert kept.id
    shown = queries.stored_import(kept.id)
    assert shown
    assert (shown.run, shown.state, shown.differs) == (kept.run, ProposalState.TRIED, ())
    assert queries.open_imports() == ()
    propose_import(kept.id, by=connected.proposer)
    (waiting,) = queries.open_imports()
    assert replace(waiting, state=ProposalState.TRIED, proposed_at=None) == shown
    assert queries.stored_import(uuid4()) is None
    approve_import(kept.id, by=connected.approver)
    judged = queries.stored_import(kept.id)
    assert judged
    assert (judged.state, judged.judged_by) == (ProposalState.APPROVED, connected.approver)


def test_an_imported_level_counts_at_once(connected: Building) -> None:
    import_all(connected, file_of(service()))
    import_all(connected, file_of(service(c4="30")))
    found = queries.service_by_uuid(PRODUCTION, UUID(NEW_UUID))
    assert found
    assert found.minimum_level is LevelOfAssurance.HIGH
