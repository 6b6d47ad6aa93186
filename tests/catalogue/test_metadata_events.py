"""Each document that comes to count, or stops, is in the audit chain: its hash, and who gave it (MD-21)."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import AD_OIN, DV, DV_OIN, dv_document, hierarchy, key, pin
from tests.catalogue.web_server import WebServer, document, serving
from volmacht import clock
from volmacht.audit.kinds import INSTALLATION, ActorKind, EventKind
from volmacht.audit.models import Event
from volmacht.audit.verification import verify
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.operations import (
    check_metadata,
    import_from_address,
    import_metadata,
    refresh_metadata,
)
from volmacht.pki import Revoked, pem_of, revocation_list
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION


@pytest.fixture(autouse=True)
def trusted(settings: Settings, tmp_path: Path, building: Building) -> Path:
    """An installation with a registered DV; the folder of whom it believes."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    return pin(tmp_path)


@pytest.fixture
def web() -> Iterator[WebServer]:
    """Where the DV publishes."""
    with serving() as server:
        yield server


def events() -> list[tuple[str, str, UUID | None]]:
    """What became of which document (its hash), and who gave it."""
    found = []
    for event in Event.objects.filter(kind=EventKind.METADATA_READ).order_by("sequence"):
        data = json.loads(event.data)
        assert (data["environment"], data["entity_id"]) == ("production", DV)
        assert event.subject_id == INSTALLATION
        assert (event.actor_kind == ActorKind.STAFF) is (event.actor_id is not None)
        found.append((data["outcome"], data["sha256"], event.actor_id))
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_due() -> None:
    PeerMetadata.objects.update(next_at=clock.wall_clock() - timedelta(seconds=1))


def test_an_employee_who_takes_a_document_in_is_named_with_its_hash(building: Building) -> None:
    data = dv_document()
    for _ in range(2):  # the second time nothing changes
        import_metadata(environment=PRODUCTION, entity_id=DV, data=data, by=building.proposer)
    assert events() == [("accepted", digest(data), building.proposer)]
    assert verify() == []


def test_a_document_that_is_refused_is_an_event_each_time_somebody_offers_it(building: Building) -> None:
    bad = dv_document(encryption_oin=AD_OIN)
    for _ in range(2):
        import_metadata(environment=PRODUCTION, entity_id=DV, data=bad, by=building.proposer)
    assert events() == [("refused", digest(bad), building.proposer)] * 2


def test_a_refresh_is_recorded_without_an_employee_and_only_when_something_changed(
    web: WebServer, building: Building
) -> None:
    first, second, bad = (
        dv_document(),
        dv_document(valid=timedelta(days=9)),
        dv_document(encryption_oin=AD_OIN),
    )
    web.answers["/metadata"] = document(first)
    import_from_address(environment=PRODUCTION, entity_id=DV, address=web.address(), by=building.proposer)
    for published in (first, second, bad, bad, second):
        web.answers["/metadata"] = document(published)
        make_due()
        assert refresh_metadata() == 1
    assert events() == [
        ("accepted", digest(first), building.proposer),
        ("accepted", digest(second), None),
        ("refused", digest(bad), None),
    ]


def test_an_address_that_gives_no_document_is_no_event(web: WebServer) -> None:
    import_from_address(environment=PRODUCTION, entity_id=DV, address=web.address("/nothing"))
    assert events() == []


def test_a_document_that_is_not_believed_any_more_is_an_event_once(trusted: Path) -> None:
    data = dv_document()
    import_metadata(environment=PRODUCTION, entity_id=DV, data=data)
    now = clock.wall_clock()
    number = key(DV_OIN).certificate.serial_number
    revoked = revocation_list(hierarchy().intermediate, [Revoked(number, now)], now=now)
    (trusted / "crls" / "intermediate.pem").write_bytes(pem_of(revoked))
    for _ in range(2):
        assert check_metadata() == 1
    assert events()[1:] == [("not_trusted", digest(data), None)]
