"""Taking in metadata: only what passes every check counts, and the last good document stays (MD-21 to MD-28)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree
from pytest_django import Settings

from tests.catalogue.building import Building
from tests.catalogue.publishing import (
    AD,
    AD_OIN,
    BVD,
    DV,
    DV_OIN,
    LC,
    LC_OIN,
    SECOND_DV,
    SECOND_DV_OIN,
    dv_document,
    hierarchy,
    idp_document,
    inside,
    key,
    lc_document,
    pin,
    signed_again,
)
from volmacht import clock
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind, RunOutcome
from volmacht.catalogue.models import PeerMetadata
from volmacht.catalogue.operations import ImportOutcome, NotRegistered, check_metadata, import_metadata
from volmacht.catalogue.peers import Peers
from volmacht.catalogue.snapshot import Snapshot
from volmacht.catalogue.trusting import TrustFolder
from volmacht.pki import Revoked, pem_of, revocation_list
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.rules.environment import Environment

PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION
SERVICE = "11111111-1111-4111-8111-111111111111"
SHORT = "urn:nl-eid-gdi:1.0:AD:0000000400000001000:entities:0010"


@pytest.fixture
def trusted(settings: Settings, tmp_path: Path) -> Path:
    """An installation in which the test authority is pinned; the folder of production."""
    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path)
    return pin(tmp_path)


@pytest.fixture
def provider(building: Building) -> UUID:
    """A registered DV."""
    body = building.provider(oin=DV_OIN)
    building.connection(body, entity_id=DV)
    return body


@pytest.fixture
def node() -> Peers:
    """Another node, whose second passes at each question."""
    ticks = iter(range(10**9))
    return Peers(Snapshot(lambda: float(next(ticks))), TrustFolder(lambda: float(next(ticks))))


def take(data: bytes, own_id: str = DV, environment: Environment = PRODUCTION) -> ImportOutcome:
    return import_metadata(environment=environment, entity_id=own_id, data=data, source="file.xml")


def peer(own_id: str = DV, environment: Environment = PRODUCTION) -> Peer:
    found = queries.peer(environment, own_id)
    assert found
    return found


def codes(outcome: ImportOutcome) -> set[tuple[str, str]]:
    return {(one.rule, one.code) for one in outcome.findings}


def test_a_good_document_makes_a_peer(trusted: Path, provider: UUID) -> None:
    assert queries.peer(PRODUCTION, DV) is None
    outcome = take(dv_document())
    assert outcome.outcome is RunOutcome.ACCEPTED
    found = peer()
    assert (found.role, found.entity.entity_id, found.valid_until) == (Role.DV, DV, outcome.valid_until)
    assert found.entity.signing[0] == key(DV_OIN).published()
    (run,) = queries.metadata_runs(PRODUCTION, DV)
    assert (run.outcome, run.source, run.errors) == (RunOutcome.ACCEPTED, "file.xml", ())
    (stored,) = queries.stored_metadata(PRODUCTION)
    assert (stored.source, stored.next_at) == ("", None)


def test_a_document_belongs_to_one_environment(trusted: Path, provider: UUID, building: Building) -> None:
    """RO-03, TC-100."""
    take(dv_document())
    elsewhere = Building(building.proposer, building.approver, PREPRODUCTION)
    elsewhere.connection(elsewhere.provider(oin=DV_OIN), entity_id=DV)
    assert queries.peer(PREPRODUCTION, DV) is None
    outcome = take(dv_document(), environment=PREPRODUCTION)
    assert codes(outcome) == {("MD-23", "certificate_untrusted")}, "nothing is pinned there"
    assert len(queries.stored_metadata(PRODUCTION)) == 1
    assert queries.stored_metadata(PREPRODUCTION) == ()


def test_nobody_gives_metadata_who_is_not_registered(trusted: Path, building: Building) -> None:
    building.connection(building.provider(), entity_id="urn:for-the-direct-door")
    for own_id in (DV, AD, "urn:for-the-direct-door"):
        with pytest.raises(NotRegistered):
            take(dv_document(), own_id)
    assert queries.metadata_runs(PRODUCTION, DV) == ()


def test_a_document_that_fails_a_check_leaves_the_last_good_one(
    trusted: Path, provider: UUID, node: Peers
) -> None:
    """TC-89."""
    good = dv_document()
    take(good)
    before = peer()
    for bad in (
        good.replace(b"dv.example", b"evil.example"),
        dv_document(valid=timedelta(seconds=-1)),
        dv_document(encryption_oin=SECOND_DV_OIN),
        b"<a/>",
        b"",
    ):
        outcome = take(bad)
        assert outcome.outcome is RunOutcome.REFUSED
        assert outcome.findings
        assert peer() is before
    assert node.peer(PRODUCTION, DV) == before
    runs = queries.metadata_runs(PRODUCTION, DV)
    assert [run.outcome for run in runs] == [RunOutcome.REFUSED] * 5 + [RunOutcome.ACCEPTED]
    assert runs[0].errors
    expired = runs[3].errors[0]
    assert (expired.rule, expired.code, expired.entity_id) == ("MD-26", "expired", DV)


def test_after_its_end_the_last_good_document_no_longer_counts(trusted: Path, provider: UUID) -> None:
    """TC-89, MD-26, ST-06: who asks is known, and the metadata has ended."""
    take(dv_document(valid=timedelta(hours=1)))
    found = peer()
    assert found.counts_at(clock.wall_clock())
    assert not found.counts_at(clock.wall_clock() + timedelta(hours=1))


def test_a_node_that_starts_after_the_end_knows_who_asks(trusted: Path, provider: UUID, node: Peers) -> None:
    """TC-89."""
    with_past = dv_document(valid=timedelta(seconds=60))
    take(with_past)
    moved = timedelta(hours=2)
    for row in PeerMetadata.objects.all():
        row.document_at -= moved
        row.save()
    found = node.peer(PRODUCTION, DV)
    assert found
    assert not found.counts_at(clock.wall_clock() + moved)


def test_the_same_entity_twice_is_refused(trusted: Path, building: Building) -> None:
    """TC-88, MD-28."""
    cluster(building)

    def double(root: etree._Element) -> None:
        root[2].set("entityID", DV)

    doubled = signed_again(lc_document([inside(DV), inside(SECOND_DV)]), LC_OIN, double)
    outcome = take(doubled, LC)
    assert outcome.outcome is RunOutcome.REFUSED
    assert ("MD-28", "entity_twice") in codes(outcome)


def test_a_provider_with_keys_of_another_organisation_is_refused(trusted: Path, building: Building) -> None:
    """TC-88, MD-24."""
    cluster(building)
    outcome = take(lc_document([inside(DV, encryption_oin=SECOND_DV_OIN)]), LC)
    assert outcome.outcome is RunOutcome.REFUSED
    assert ("MD-24", "other_oin") in codes(outcome)
    assert queries.peer(PRODUCTION, LC) is None


def cluster(building: Building) -> tuple[UUID, dict[str, UUID]]:
    """An LC that connects two DVs for a service; gives the service and the ids of the registrations."""
    link = building.connection(building.provider(oin=LC_OIN), entity_id=LC)
    bodies = [building.provider(oin=oin) for oin in (DV_OIN, SECOND_DV_OIN)]
    own = building.connection(bodies[0], entity_id=DV)
    service = building.service(bodies[0], own, providers=bodies)
    members = {
        own_id: building.change(
            ChangeKind.ADD_CLUSTER_MEMBER,
            connection=link,
            dv_entity_id=own_id,
            provider=body,
            service=service,
        )
        for own_id, body in zip((DV, SECOND_DV), bodies, strict=True)
    }
    return service, members


def test_providers_in_the_document_of_a_cluster_count_when_registered_under_it(
    trusted: Path, building: Building, node: Peers
) -> None:
    """AR-34, MD-28."""
    cluster(building)
    stranger = DV.replace(DV_OIN, AD_OIN)
    outcome = take(lc_document([inside(DV), inside(stranger)]), LC)
    assert outcome.outcome is RunOutcome.ACCEPTED
    assert {(one.code, one.entity_id) for one in outcome.findings} == {
        ("not_registered", stranger),
        ("registered_not_listed", SECOND_DV),
    }
    assert set(peer(LC).inside) == {DV}
    body = building.provider(oin=AD_OIN)
    elsewhere = building.connection(body, entity_id=stranger)
    building.change(
        ChangeKind.ADD_CLUSTER_MEMBER,
        connection=queries.connection_by_entity_id(PRODUCTION, LC).id,  # type: ignore[union-attr] # made above
        dv_entity_id=stranger,
        provider=body,
        service=building.service(body, elsewhere),
    )
    assert set(peer(LC).inside) == {DV, stranger}
    found = node.peer(PRODUCTION, LC)
    assert found
    assert set(found.inside) == {DV, stranger}


def test_a_provider_that_left_a_cluster_is_still_known_by_name(trusted: Path, building: Building) -> None:
    """The offer says that it is not active (ST-26)."""
    _service, members = cluster(building)
    take(lc_document([inside(DV), inside(SECOND_DV)]), LC)
    building.change(ChangeKind.SWITCH_CLUSTER_MEMBER, id=members[DV], active=False)
    assert set(peer(LC).inside) == {DV, SECOND_DV}


def test_a_pinned_peer_counts_while_it_is_in_force(trusted: Path, building: Building) -> None:
    peer_id = building.change(ChangeKind.ADD_PEER, environment=PRODUCTION, role="AD", entity_id=AD)
    take(idp_document(AD), AD)
    assert peer(AD).role is Role.AD
    assert [one.entity_id for one in queries.pinned_peers(PRODUCTION, Role.AD)] == [AD]
    assert queries.pinned_peers(PRODUCTION, Role.BVD) == ()
    assert queries.pinned_peers(PREPRODUCTION, Role.AD) == ()
    building.change(ChangeKind.SWITCH_PEER, id=peer_id, active=False)
    assert queries.peer(PRODUCTION, AD) is None
    assert queries.pinned_peers(PRODUCTION, Role.AD) == ()
    with pytest.raises(NotRegistered):
        take(idp_document(AD), AD)
    building.change(ChangeKind.SWITCH_PEER, id=peer_id, active=True)
    assert peer(AD).entity.entity_id == AD


def test_an_authentication_service_with_a_malformed_id_is_known_by_its_oin(
    trusted: Path, building: Building
) -> None:
    """RO-05."""
    fields = {"environment": PRODUCTION, "role": "AD", "entity_id": SHORT, "oin": AD_OIN}
    building.change(ChangeKind.ADD_PEER, **fields)
    assert codes(take(idp_document(SHORT, oin=DV_OIN), SHORT)) == {("MD-24", "other_oin")}
    assert take(idp_document(SHORT, oin=AD_OIN), SHORT).outcome is RunOutcome.ACCEPTED
    assert peer(SHORT).role is Role.AD


def test_an_outside_bvd_has_its_list_of_representation_types(trusted: Path, building: Building) -> None:
    """RT-04."""
    peer_id = building.change(
        ChangeKind.ADD_PEER,
        environment=PRODUCTION,
        role="BVD",
        entity_id=BVD,
        name="Ouderlijk gezag",
        representation_types=["urn:rt:b", "urn:rt:a", "urn:rt:a"],
    )
    (pinned,) = queries.pinned_peers(PRODUCTION, Role.BVD)
    assert pinned.representation_types == {"urn:rt:a", "urn:rt:b"}
    building.change(ChangeKind.CHANGE_PEER, id=peer_id, representation_types=[])
    (pinned,) = queries.pinned_peers(PRODUCTION, Role.BVD)
    assert pinned.representation_types == set()


def test_a_service_that_the_catalogue_has_not_is_left_out(trusted: Path, building: Building) -> None:
    """MD-35; it comes back when the catalogue gets it."""
    body = building.provider(oin=DV_OIN)
    link = building.connection(body, entity_id=DV)
    outcome = take(dv_document(service=SERVICE))
    assert codes(outcome) == {("MD-35", "service_uuid_unknown")}
    assert peer().entity.services == ()
    building.service(body, link, service_uuid=SERVICE)
    assert [one.service_uuid for one in peer().entity.services] == [SERVICE]


def test_a_revoked_certificate_counts_as_absent_within_a_second(
    trusted: Path, provider: UUID, node: Peers
) -> None:
    """SG-12: on every node, without a new document."""
    take(dv_document())
    assert node.peer(PRODUCTION, DV)
    assert check_metadata() == 0
    number = key(DV_OIN).certificate.serial_number
    now = clock.wall_clock()
    revoked = revocation_list(hierarchy().intermediate, [Revoked(number, now)], now=now)
    (trusted / "crls" / "intermediate.pem").write_bytes(pem_of(revoked))
    assert node.peer(PRODUCTION, DV) is None
    assert check_metadata() == 1
    assert check_metadata() == 1
    runs = queries.metadata_runs(PRODUCTION, DV)
    assert [run.outcome for run in runs] == [RunOutcome.NOT_TRUSTED, RunOutcome.ACCEPTED], "noted once"
    assert runs[0].errors[0].code == "certificate_revoked"


def test_half_a_revocation_list_makes_nobody_good_again(trusted: Path, provider: UUID, node: Peers) -> None:
    take(dv_document())
    now = clock.wall_clock()
    number = key(DV_OIN).certificate.serial_number
    revoked = pem_of(revocation_list(hierarchy().intermediate, [Revoked(number, now)], now=now))
    (trusted / "crls" / "list.pem").write_bytes(revoked)
    assert node.peer(PRODUCTION, DV) is None
    (trusted / "crls" / "list.pem").write_bytes(revoked[: len(revoked) // 2])
    assert node.peer(PRODUCTION, DV) is None


def test_an_authority_that_is_no_longer_pinned_makes_its_peers_unknown(
    trusted: Path, provider: UUID, node: Peers
) -> None:
    take(dv_document())
    assert node.peer(PRODUCTION, DV)
    (trusted / "anchors" / "test.pem").rename(trusted / "anchors" / "test.pem.off")
    assert node.peer(PRODUCTION, DV) is None
    (trusted / "anchors" / "test.pem.off").rename(trusted / "anchors" / "test.pem")
    assert node.peer(PRODUCTION, DV)
    (trusted / "anchors" / "other.pem").write_text("not a certificate")
    assert node.peer(PRODUCTION, DV), "a file that cannot be read counts for nothing"


def test_the_daily_look_says_that_a_document_has_ended(trusted: Path, provider: UUID) -> None:
    take(dv_document(valid=timedelta(seconds=60)))
    assert check_metadata() == 0
    row = PeerMetadata.objects.get()
    past = dv_document(valid=timedelta(seconds=-60))
    PeerMetadata.objects.update(document=past, document_at=row.document_at - timedelta(hours=1))
    assert check_metadata() == 1
    assert queries.metadata_runs(PRODUCTION, DV)[0].outcome is RunOutcome.REFUSED


def test_everybody_who_may_have_metadata_is_listed(trusted: Path, provider: UUID, building: Building) -> None:
    building.connection(provider, entity_id="urn:for-the-direct-door")
    building.change(ChangeKind.ADD_PEER, environment=PRODUCTION, role="AD", entity_id=AD)
    take(dv_document())
    listed = dict(queries.metadata_of_all(PRODUCTION))
    assert set(listed) == {AD, DV}
    assert listed[AD] is None
    assert listed[DV]
    assert queries.metadata_of_all(PREPRODUCTION) == ()
