"""The snapshot in memory: never more than a second old (DM-33), cheap, and right after a change was undone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from tests.catalogue.building import Building
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import Service
from volmacht.catalogue.snapshot import CATALOGUE, Snapshot
from volmacht.rules.services import LookUpStatus


class Ticks:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def status(node: Snapshot, service_id: UUID, *, fresh: bool = False) -> LookUpStatus:
    return node.view(fresh=fresh).statuses[service_id]


def test_every_node_notices_an_ended_service_within_a_second(building: Building) -> None:
    service = building.service()
    ticks = Ticks()
    nodes = [Snapshot(ticks) for _ in range(3)]
    assert {status(node, service) for node in nodes} == {LookUpStatus.STATUS_OK}
    building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
    ticks.seconds = 0.999
    assert {status(node, service) for node in nodes} == {LookUpStatus.STATUS_OK}
    ticks.seconds = 1.0
    assert {status(node, service) for node in nodes} == {LookUpStatus.SERVICE_INACTIVE}


def test_a_fresh_look_up_does_not_wait_for_the_second(building: Building) -> None:
    service = building.service()
    node = Snapshot(Ticks())
    assert status(node, service) is LookUpStatus.STATUS_OK
    building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
    assert status(node, service) is LookUpStatus.STATUS_OK
    assert status(node, service, fresh=True) is LookUpStatus.SERVICE_INACTIVE


def test_the_process_that_changes_something_knows_it_at_once(building: Building) -> None:
    service = building.service()
    assert queries.status(service) is LookUpStatus.STATUS_OK
    building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
    assert queries.status(service) is LookUpStatus.SERVICE_INACTIVE
    assert queries.status(service, fresh=True) is LookUpStatus.SERVICE_INACTIVE


def test_looking_up_asks_the_database_once_a_second_at_most(building: Building) -> None:
    service = building.service()
    ticks = Ticks()
    node = Snapshot(ticks)
    node.view()
    with CaptureQueriesContext(connection) as within_a_second:
        for _ in range(100):
            status(node, service)
    assert len(within_a_second) == 0
    ticks.seconds = 1.0
    with CaptureQueriesContext(connection) as after_it:
        for _ in range(100):
            status(node, service)
    assert len(after_it) == 1, "the mark did not change, so nothing is read again"


def test_a_change_that_was_undone_is_not_remembered(building: Building) -> None:
    service = building.service()
    ticks = Ticks()
    node = Snapshot(ticks)

    class UndoneError(Exception):
        pass

    def change_and_undo() -> None:
        with transaction.atomic():
            building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
            assert status(node, service, fresh=True) is LookUpStatus.SERVICE_INACTIVE
            raise UndoneError

    with pytest.raises(UndoneError):
        change_and_undo()
    building.provider()  # raises the version to the number that was undone
    ticks.seconds = 1.0
    assert status(node, service) is LookUpStatus.STATUS_OK


def test_what_is_returned_cannot_be_changed(building: Building) -> None:
    entry = queries.service(building.service())
    assert entry
    with pytest.raises(FrozenInstanceError):
        entry.name = "anders"  # type: ignore[misc] # the point of the test


def test_an_empty_catalogue_is_a_catalogue(db: None) -> None:
    view = Snapshot(Ticks()).view()
    assert view.services == {}
    assert view.begins.year == 1


def test_a_change_committed_elsewhere_is_seen_by_every_thread(committed_db: None, building: Building) -> None:
    service = building.service()
    ticks = Ticks()
    node = Snapshot(ticks)
    seen: list[LookUpStatus] = []
    ready = threading.Barrier(5)

    def look() -> None:
        try:
            seen.append(status(node, service))
            ready.wait(20)  # all have seen it
            ready.wait(20)  # it was switched off
            seen.append(status(node, service))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        looking = [threads.submit(look) for _ in range(4)]
        ready.wait(20)
        assert seen == [LookUpStatus.STATUS_OK] * 4
        building.change(ChangeKind.SWITCH_SERVICE, id=service, active=False)
        ticks.seconds = 1.0
        ready.wait(20)
        for one in looking:
            one.result(20)
    assert seen[4:] == [LookUpStatus.SERVICE_INACTIVE] * 4


def test_reading_while_somebody_changes_gives_the_catalogue_before_or_after_never_between(
    committed_db: None, building: Building
) -> None:
    """Two services are switched together, in one transaction; no snapshot shows one of them only."""
    pair = [building.service(), building.service()]
    stop = threading.Event()

    def switch() -> None:
        try:
            for active in [False, True] * 5:
                with transaction.atomic():
                    for service in pair:
                        building.change(ChangeKind.SWITCH_SERVICE, id=service, active=active)
        finally:
            stop.set()
            connections.close_all()

    pairs: list[set[LookUpStatus]] = []
    with ThreadPoolExecutor(1) as threads:
        switching = threads.submit(switch)
        node = Snapshot()
        while not stop.is_set():
            view = node.view(fresh=True)
            pairs.append({view.statuses[service] for service in pair})
        switching.result(60)
    assert pairs
    assert {len(seen) for seen in pairs} == {1}


def test_a_snapshot_holds_two_thousand_services(building: Building) -> None:
    provider = building.provider()
    link = building.connection(provider)
    fields = {
        "connection_id": link,
        "environment": "production",
        "minimum_level": 20,
        "representative_kind": "burger",
    }
    Service.objects.bulk_create(
        Service(service_uuid=uuid4(), name=f"Dienst {n}", **fields) for n in range(2000)
    )
    with CaptureQueriesContext(connection) as reading:
        view = CATALOGUE.view(fresh=True)
    assert len(view.services) == 2000
    assert len(reading) <= 11  # one a table, and the mark before and after
