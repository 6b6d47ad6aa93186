"""Certificates that end are told in time: by the doctor, by the worker in its log, and in the figures (MD-43)."""

import dataclasses
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import DV, DV_OIN, dv_document, key, pin
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.operations import check_metadata, import_metadata
from volmacht.catalogue.queries import PeerCertificate, peer_certificates
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.cli.certificates import certificates_last, log_endings, that_end_later
from volmacht.cli.main import main
from volmacht.cli.worker import jobs
from volmacht.keystore import OwnEntity, own_certificates
from volmacht.rules.environment import Environment

PRODUCTION = Environment.PRODUCTION
DAY = timedelta(days=1)
SIGNING = ["entrance", "signing", "--environment", "production"]
MoveTo = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    """Data of the test's own."""
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, data=tmp_path)


@pytest.fixture
def move_to(monkeypatch: pytest.MonkeyPatch) -> MoveTo:
    """Moves the wall clock."""

    def moved(moment: datetime) -> None:
        monkeypatch.setattr(clock, "wall_clock", lambda: moment)

    return moved


@pytest.fixture
def building(two_staff: tuple[UUID, UUID]) -> Iterator[Building]:
    """An empty catalogue and two employees who fill it."""
    CATALOGUE.forget()
    yield Building(*two_staff)
    CATALOGUE.forget()


@pytest.fixture
def own_ends(building: Building) -> datetime:
    """When the only key that we have ends."""
    assert main(["pki", "make", "--environment", "production"]) == 0
    assert main(["keys", "announce", *SIGNING]) == 0
    (certificate,) = own_certificates()
    assert (certificate.environment, certificate.entity) == (PRODUCTION, OwnEntity.ENTRANCE)
    return certificate.ends


@pytest.fixture
def peer(building: Building, tmp_path: Path) -> UUID:
    """A connection whose metadata is known."""
    pin(tmp_path)
    connection = building.connection(building.provider(oin=DV_OIN), entity_id=DV)
    assert import_metadata(environment=PRODUCTION, entity_id=DV, data=dv_document()).is_good
    CATALOGUE.forget()
    return connection


@pytest.fixture
def peer_ends(peer: UUID) -> datetime:
    """When its certificates end."""
    return key(DV_OIN).certificate.not_valid_after_utc


def wrong(settings: Settings) -> list[str]:
    """What the doctor calls wrong about certificates."""
    return list(certificates_last(settings.VOLMACHT))


def test_nothing_is_said_while_there_are_more_than_ninety_days(
    own_ends: datetime, move_to: MoveTo, settings: Settings
) -> None:
    move_to(own_ends - 91 * DAY)
    assert (wrong(settings), that_end_later(), log_endings()) == ([], [], 0)


def test_from_ninety_days_on_it_is_told_and_from_fourteen_on_it_is_wrong(
    own_ends: datetime, move_to: MoveTo, settings: Settings
) -> None:
    move_to(own_ends - 90 * DAY)
    (soon,) = that_end_later()
    assert soon.startswith("the certificate of our entrance signing key ")
    assert f"in production ends in 90 days, on {own_ends:%Y-%m-%d}" in soon
    assert soon.endswith("`volmacht keys announce entrance signing --environment production`")
    assert wrong(settings) == []
    for days, told in ((14, "ends in 14 days"), (1, "ends in 1 day,"), (-2, "ended on")):
        move_to(own_ends - days * DAY)
        assert told in wrong(settings)[0]
        assert that_end_later() == []


def test_a_key_that_is_announced_in_time_does_not_silence_the_one_in_use(
    own_ends: datetime, move_to: MoveTo, settings: Settings
) -> None:
    move_to(own_ends - 13 * DAY)
    assert main(["keys", "announce", *SIGNING]) == 0
    assert len(wrong(settings)) == 1
    assert main(["keys", "switch", *SIGNING, "--now"]) == 0
    assert wrong(settings) == []  # the old key is retiring: nobody needs it long


def test_a_peer_whose_last_certificate_ends_is_told(
    peer_ends: datetime, move_to: MoveTo, settings: Settings
) -> None:
    move_to(peer_ends - 30 * DAY)
    assert that_end_later()[0] == (
        f"the certificate of {DV} for encryption in production ends in 30 days, on {peer_ends:%Y-%m-%d}: "
        "ask them for new metadata"
    )
    move_to(peer_ends - 7 * DAY)
    assert len(wrong(settings)) == 2  # for encryption and for signing


def test_a_peer_that_was_switched_off_is_not_told(
    peer: UUID, peer_ends: datetime, move_to: MoveTo, building: Building, settings: Settings
) -> None:
    move_to(peer_ends - 7 * DAY)
    building.change(ChangeKind.SWITCH_CONNECTION, id=peer, active=False)
    CATALOGUE.forget()
    assert wrong(settings) == []


def test_the_worker_writes_each_to_the_log_once_a_day(
    own_ends: datetime, move_to: MoveTo, caplog: pytest.LogCaptureFixture
) -> None:
    (job,) = (job for job in jobs() if job.name == "warn of certificates that end")
    assert job.every_seconds == DAY.total_seconds()
    move_to(own_ends - 29 * DAY)
    with caplog.at_level(logging.WARNING):
        job.do()
    (said,) = (record.msg for record in caplog.records if record.name == "volmacht.certificates")
    assert isinstance(said, dict)
    wanted = {"event": "certificate.ends", "whose": "entrance", "use": "signing", "days": 29, "warned": 30}
    assert wanted.items() <= said.items()


def test_the_figures_tell_the_days_of_each_own_key_and_each_peer(
    own_ends: datetime, peer_ends: datetime, move_to: MoveTo, client: Client
) -> None:
    move_to(peer_ends - 10 * DAY)
    lines = client.get("/metrics").text.splitlines()
    peers = [line for line in lines if line.startswith("volmacht_peer_certificate_days_left{")]
    assert peers == [
        f'volmacht_peer_certificate_days_left{{entity_id="{DV}",environment="production",use="{use}"}} 10.0'
        for use in ("encryption", "signing")
    ]
    (mine,) = (line for line in lines if line.startswith("volmacht_own_certificate_days_left{"))
    assert 'entity="entrance",environment="production"' in mine
    assert 'state="active",use="signing"' in mine
    assert round(float(mine.rpartition(" ")[2])) == round((own_ends - peer_ends + 10 * DAY) / DAY)


def test_what_an_older_program_took_in_is_told_after_a_day(peer_ends: datetime) -> None:
    PeerMetadata.objects.update(key_ends=None)
    assert peer_certificates() == ()
    assert check_metadata() == 0
    assert peer_certificates() == (
        PeerCertificate(PRODUCTION, DV, "encryption", peer_ends),
        PeerCertificate(PRODUCTION, DV, "signing", peer_ends),
    )
