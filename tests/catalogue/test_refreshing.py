"""Metadata by address is fetched again in time, and what goes wrong leaves the last good document (MD-21, MD-27)."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.db import connections
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import AD, DV, DV_OIN, dv_document, idp_document, pin
from tests.catalogue.web_server import WebServer, document, redirect, serving, status
from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, RunOutcome
from volmacht.catalogue.models import PeerMetadata, Version
from volmacht.catalogue.operations import (
    ImportOutcome,
    import_from_address,
    import_metadata,
    refresh_metadata,
)
from volmacht.config.options import Profile
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION


@pytest.fixture
def web(settings: Settings, tmp_path: Path, building: Building) -> Iterator[WebServer]:
    """A server that publishes the metadata of a registered DV; the test authority is pinned."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    pin(tmp_path)
    building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    with serving() as server:
        server.answers["/metadata"] = document(dv_document())
        yield server


def take(web: WebServer) -> ImportOutcome:
    return import_from_address(environment=PRODUCTION, entity_id=DV, address=web.address())


def make_due() -> None:
    PeerMetadata.objects.update(next_at=clock.wall_clock() - timedelta(seconds=1))


def waits() -> timedelta:
    """How long until the next refresh, rounded to minutes."""
    (stored,) = queries.stored_metadata(PRODUCTION)
    assert stored.next_at
    return timedelta(minutes=round((stored.next_at - clock.wall_clock()).total_seconds() / 60))


def outcomes() -> list[RunOutcome]:
    return [run.outcome for run in queries.metadata_runs(PRODUCTION, DV)]


def test_a_document_by_address_is_fetched_again_the_next_day(web: WebServer) -> None:
    assert take(web).outcome is RunOutcome.ACCEPTED
    assert waits() == timedelta(days=1)
    assert refresh_metadata() == 0
    newer = dv_document(valid=timedelta(days=20))
    web.answers["/metadata"] = document(newer)
    make_due()
    assert refresh_metadata() == 1
    found = queries.peer(PRODUCTION, DV)
    assert found
    assert found.valid_until
    assert found.valid_until - clock.wall_clock() < timedelta(days=21)
    assert outcomes() == [RunOutcome.ACCEPTED] * 2
    assert queries.metadata_runs(PRODUCTION, DV)[0].source == web.address()


@pytest.mark.parametrize(("asked", "kept"), [(0.1, 1), (3, 3), (400, 24)])
def test_the_publisher_says_how_often(web: WebServer, asked: float, kept: float) -> None:
    """MD-27: between 1 and 24 hours."""
    web.answers["/metadata"] = document(dv_document(cache_duration=timedelta(hours=asked)))
    assert take(web).outcome is RunOutcome.ACCEPTED
    assert waits() == timedelta(hours=kept)


def test_the_same_document_changes_nothing_for_anybody(web: WebServer) -> None:
    take(web)
    before, mark = queries.peer(PRODUCTION, DV), Version.objects.get().mark
    make_due()
    assert refresh_metadata() == 1
    assert outcomes()[0] is RunOutcome.UNCHANGED
    assert queries.peer(PRODUCTION, DV) is before
    assert Version.objects.get().mark == mark
    assert waits() == timedelta(days=1)


def test_a_document_that_stays_the_same_is_judged_anew_each_day(web: WebServer) -> None:
    """SG-12."""
    take(web)
    PeerMetadata.objects.update(document_at=clock.wall_clock() - timedelta(days=1))
    make_due()
    refresh_metadata()
    (stored,) = queries.stored_metadata(PRODUCTION)
    assert clock.wall_clock() - stored.document_at < timedelta(minutes=1)
    assert queries.peer(PRODUCTION, DV)


def test_a_failed_refresh_leaves_the_last_good_document_and_is_tried_again(web: WebServer) -> None:
    """TC-89."""
    take(web)
    before = queries.peer(PRODUCTION, DV)
    for answer, outcome in (
        (status(500), RunOutcome.NOT_FETCHED),
        (document(b"<html/>"), RunOutcome.REFUSED),
        (document(dv_document(valid=timedelta(seconds=-1))), RunOutcome.REFUSED),
    ):
        web.answers["/metadata"] = answer
        make_due()
        assert refresh_metadata() == 1
        assert outcomes()[0] is outcome
        assert queries.metadata_runs(PRODUCTION, DV)[0].errors
        assert queries.peer(PRODUCTION, DV) is before
        assert waits() == timedelta(hours=1)
    web.answers["/metadata"] = document(dv_document())
    make_due()
    refresh_metadata()
    assert outcomes()[0] is RunOutcome.ACCEPTED


def test_a_first_document_that_cannot_be_fetched_is_noted_and_not_remembered(web: WebServer) -> None:
    web.answers["/metadata"] = status(404)
    outcome = take(web)
    assert outcome.outcome is RunOutcome.NOT_FETCHED
    assert [(one.rule, one.code) for one in outcome.findings] == [("MD-27", "status")]
    assert queries.stored_metadata(PRODUCTION) == ()
    assert outcomes() == [RunOutcome.NOT_FETCHED]


def test_outside_the_demo_this_machine_is_never_asked(web: WebServer, settings: Settings) -> None:
    """TC-90, WK-27."""
    settings.VOLMACHT = replace(settings.VOLMACHT, profile=Profile.STANDARD)
    assert [one.code for one in take(web).findings] == ["not_https"]
    address = web.address().replace("http:", "https:")
    outcome = import_from_address(environment=PRODUCTION, entity_id=DV, address=address)
    assert [one.code for one in outcome.findings] == ["private_address"]
    assert web.asked == []


def test_a_refresh_that_is_sent_elsewhere_is_refused(web: WebServer) -> None:
    """TC-90."""
    take(web)
    with serving() as inner:
        web.answers["/metadata"] = redirect(inner.address())
        make_due()
        refresh_metadata()
        assert inner.asked == []
    assert queries.metadata_runs(PRODUCTION, DV)[0].errors[0].code == "redirect"


def test_a_document_by_file_ends_the_refreshing(web: WebServer) -> None:
    take(web)
    import_metadata(environment=PRODUCTION, entity_id=DV, data=dv_document(), source="mail.xml")
    (stored,) = queries.stored_metadata(PRODUCTION)
    assert (stored.source, stored.next_at) == ("", None)
    assert refresh_metadata() == 0


def test_a_file_that_comes_during_a_refresh_wins(committed_db: None, web: WebServer) -> None:
    take(web)
    asked, given = threading.Event(), threading.Event()

    def slow(handler: BaseHTTPRequestHandler) -> None:
        asked.set()
        given.wait(20)
        document(dv_document())(handler)

    def refresh() -> int:
        try:
            return refresh_metadata()
        finally:
            connections.close_all()

    web.answers["/metadata"] = slow
    make_due()
    with ThreadPoolExecutor(1) as threads:
        refreshing = threads.submit(refresh)
        assert asked.wait(20)
        by_hand = dv_document(valid=timedelta(days=9))
        import_metadata(environment=PRODUCTION, entity_id=DV, data=by_hand)
        given.set()
        assert refreshing.result(30) == 1
    found = queries.peer(PRODUCTION, DV)
    assert found
    assert found.valid_until
    assert found.valid_until - clock.wall_clock() < timedelta(days=10)
    assert outcomes() == [RunOutcome.ACCEPTED] * 2


def test_a_peer_that_is_switched_off_is_not_asked(web: WebServer, building: Building) -> None:
    peer = building.change(ChangeKind.ADD_PEER, environment=PRODUCTION, role="AD", entity_id=AD)
    web.answers["/ad"] = document(idp_document(AD))
    import_from_address(environment=PRODUCTION, entity_id=AD, address=web.address("/ad"))
    building.change(ChangeKind.SWITCH_PEER, id=peer, active=False)
    make_due()
    asked = len(web.asked)
    refresh_metadata(most=5)
    assert len(web.asked) == asked
    assert waits() == timedelta(days=1)


def test_two_workers_ask_each_peer_once(committed_db: None, web: WebServer) -> None:
    take(web)
    make_due()
    ready = threading.Barrier(4)

    def work() -> int:
        try:
            ready.wait(20)
            return refresh_metadata(most=5)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        counts = [one.result(30) for one in [threads.submit(work) for _ in range(4)]]
    assert sum(counts) == 1
    assert len(web.asked) == 2
