"""A peer is looked up in memory: no query, no second reading, and a change is noticed within a second (DM-33)."""

import time
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import DV, DV_OIN, SECOND_DV, dv_document, pin
from volmacht.catalogue import queries
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.operations import import_metadata
from volmacht.catalogue.peers import Peers
from volmacht.catalogue.snapshot import Snapshot
from volmacht.catalogue.trusting import TrustFolder
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION


class Ticks:
    """Seconds that pass when the test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def link(settings: Settings, tmp_path: Path, building: Building) -> UUID:
    """A DV with metadata; gives its connection."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    pin(tmp_path)
    connection = building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    import_metadata(environment=PRODUCTION, entity_id=DV, data=dv_document())
    return connection


def other_node(ticks: Ticks) -> Peers:
    return Peers(Snapshot(ticks), TrustFolder(ticks))


def test_a_look_up_costs_neither_a_query_nor_a_reading(link: UUID) -> None:
    node = other_node(Ticks())
    first = node.peer(PRODUCTION, DV)
    assert first
    with CaptureQueriesContext(database) as asked:
        assert all(node.peer(PRODUCTION, DV) is first for _ in range(1000))
    assert len(asked) == 0


def test_a_look_up_takes_microseconds(link: UUID) -> None:
    node = other_node(Ticks())
    node.peer(PRODUCTION, DV)
    begun = time.perf_counter()
    for _ in range(2000):
        node.peer(PRODUCTION, DV)
    assert (time.perf_counter() - begun) / 2000 < 0.0002, "measured: some 3 microseconds"


def test_a_new_document_is_noticed_within_a_second(link: UUID) -> None:
    ticks = Ticks()
    node = other_node(ticks)
    before = node.peer(PRODUCTION, DV)
    import_metadata(environment=PRODUCTION, entity_id=DV, data=dv_document())
    ticks.seconds = 0.999
    assert node.peer(PRODUCTION, DV) is before
    ticks.seconds = 1.0
    after = node.peer(PRODUCTION, DV)
    assert after
    assert before
    assert after.valid_until != before.valid_until
    assert queries.peer(PRODUCTION, DV) == after


def test_a_document_is_not_read_again_when_something_else_changes(link: UUID, building: Building) -> None:
    ticks = Ticks()
    node = other_node(ticks)
    before = node.peer(PRODUCTION, DV)
    building.provider()
    ticks.seconds = 1.0
    with CaptureQueriesContext(database) as asked:
        after = node.peer(PRODUCTION, DV)
    table = PeerMetadata._meta.db_table
    read = [query["sql"] for query in asked if table in query["sql"] and '"document"' in query["sql"]]
    assert after
    assert before
    assert after.entity is before.entity
    assert read == []


def test_nothing_is_remembered_of_who_is_not_registered(link: UUID) -> None:
    node = other_node(Ticks())
    for number in range(100):
        assert node.peer(PRODUCTION, f"urn:nobody:{number}") is None
    assert node.peer(PRODUCTION, SECOND_DV) is None
    known = node._known
    assert known is not None
    assert known.found == {}


def test_an_entity_id_is_compared_with_case(link: UUID) -> None:
    """RO-01."""
    assert queries.peer(PRODUCTION, DV)
    assert queries.peer(PRODUCTION, DV.upper()) is None
    assert queries.peer(PRODUCTION, DV + " ") is None
