"""What is offered to whom: over a connection of one's own, or over that of an LC or RD (AR-33 to AR-36, AR-42)."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from tests.catalogue.building import Building
from tests.catalogue.publishing import DV, DV_OIN, LC, LC_OIN, RD, RD_OIN, SECOND_DV, SECOND_DV_OIN
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import ClusterMember, Service
from volmacht.catalogue.reading import InvalidContent
from volmacht.protocols.saml.handling.doors import Offer
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus

PRODUCTION = Environment.PRODUCTION
SERVICE = UUID("11111111-1111-4111-8111-111111111111")


def offer(connection: str = DV, provider: str = DV, service: UUID = SERVICE) -> Offer | None:
    return queries.offer(PRODUCTION, connection, provider, service)


def status(connection: str = DV, provider: str = DV) -> LookUpStatus:
    found = offer(connection, provider)
    assert found
    return found.status


class Scene:
    """A DV with a service and a connection of its own, and an LC."""

    def __init__(self, building: Building) -> None:
        self.building = building
        self.provider = building.provider(oin=DV_OIN)
        self.link = building.connection(self.provider, entity_id=DV, sso_domain="gemeente")
        self.service = building.service(self.provider, self.link, service_uuid=SERVICE)
        self.supplier = building.provider(oin=LC_OIN)
        self.cluster = building.connection(self.supplier, entity_id=LC)

    def member(self, **content: object) -> UUID:
        return self.building.change(ChangeKind.ADD_CLUSTER_MEMBER, **{**self.fields(), **content})

    def fields(self) -> dict[str, object]:
        return {
            "connection": self.cluster,
            "dv_entity_id": DV,
            "provider": self.provider,
            "service": self.service,
        }

    def switch(self, kind: ChangeKind, row_id: UUID, **content: bool) -> None:
        self.building.change(kind, id=row_id, **(content or {"active": False}))


@pytest.fixture
def scene(building: Building) -> Scene:
    return Scene(building)


def test_a_provider_is_offered_its_own_service(scene: Scene) -> None:
    assert offer() == Offer(
        connection=scene.link,
        provider=scene.provider,
        service=scene.service,
        status=LookUpStatus.STATUS_OK,
        level=LevelOfAssurance(20),
        citizens_may_represent=True,
        representation_without_scoping=False,
    )


def test_what_is_not_registered_is_not_offered(scene: Scene) -> None:
    """TC-64."""
    stranger = scene.building.provider(oin=SECOND_DV_OIN)
    scene.building.connection(stranger, entity_id=SECOND_DV)
    assert offer(SECOND_DV, SECOND_DV) is None
    assert offer(DV, SECOND_DV) is None
    assert offer(service=uuid4()) is None
    assert offer("urn:nobody", DV) is None
    assert offer(LC, DV) is None
    assert offer(LC, LC) is None
    assert queries.offer(Environment.PREPRODUCTION, DV, DV, SERVICE) is None


def test_a_cluster_is_offered_what_its_provider_registered_with_it(scene: Scene) -> None:
    scene.member()
    found = offer(LC, DV)
    assert found
    assert (found.connection, found.provider, found.service) == (scene.cluster, scene.provider, scene.service)
    assert found.status is LookUpStatus.STATUS_OK
    assert offer(LC, SECOND_DV) is None
    other = scene.building.service(scene.provider, scene.link, service_uuid=uuid4())
    assert queries.is_own_service(scene.service, scene.cluster)
    assert not queries.is_own_service(other, scene.cluster)


def test_a_routing_service_is_offered_what_was_registered_with_it(scene: Scene) -> None:
    """AR-35."""
    routing = scene.building.connection(scene.building.provider(oin=RD_OIN), entity_id=RD)
    assert offer(RD, DV) is None
    scene.member(connection=routing)
    assert status(RD, DV) is LookUpStatus.STATUS_OK
    assert offer(LC, DV) is None


@pytest.mark.parametrize(
    ("kind", "thing", "switch", "expected"),
    [
        (ChangeKind.SWITCH_CONNECTION, "link", {}, LookUpStatus.CONNECTION_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "provider", {}, LookUpStatus.ORGANIZATION_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "provider", {"role_active": False}, LookUpStatus.ORGANIZATION_ROLE_INACTIVE),
        (ChangeKind.SWITCH_SERVICE, "service", {}, LookUpStatus.SERVICE_INACTIVE),
    ],
)  # fmt: skip
def test_what_is_switched_off_is_registered_but_not_active(
    scene: Scene, kind: ChangeKind, thing: str, switch: dict[str, bool], expected: LookUpStatus
) -> None:
    """TC-65, AR-42."""
    scene.switch(kind, getattr(scene, thing), **switch)
    assert status() is expected


@pytest.mark.parametrize(
    ("kind", "thing", "switch", "expected"),
    [
        (ChangeKind.SWITCH_CONNECTION, "cluster", {}, LookUpStatus.CONNECTION_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "supplier", {}, LookUpStatus.ORGANIZATION_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "provider", {}, LookUpStatus.ORGANIZATION_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "supplier", {"role_active": False}, LookUpStatus.ORGANIZATION_ROLE_INACTIVE),
        (ChangeKind.SWITCH_PROVIDER, "provider", {"role_active": False}, LookUpStatus.ORGANIZATION_ROLE_INACTIVE),
        (ChangeKind.SWITCH_SERVICE, "service", {}, LookUpStatus.SERVICE_INACTIVE),
    ],
)  # fmt: skip
def test_over_a_cluster_both_organisations_count(
    scene: Scene, kind: ChangeKind, thing: str, switch: dict[str, bool], expected: LookUpStatus
) -> None:
    scene.member()
    scene.switch(kind, getattr(scene, thing), **switch)
    assert status(LC, DV) is expected
    assert queries.status(scene.service, scene.cluster) is expected


def test_a_provider_that_left_the_cluster_is_no_longer_active_there(scene: Scene) -> None:
    member = scene.member()
    scene.switch(ChangeKind.SWITCH_CLUSTER_MEMBER, member)
    assert status(LC, DV) is LookUpStatus.CONNECTION_INACTIVE
    assert status() is LookUpStatus.STATUS_OK


def test_a_registration_ends_by_the_clock(scene: Scene, clock_at: object) -> None:
    ends = datetime(2027, 7, 1, tzinfo=UTC)
    scene.member(active_until=ends.isoformat())
    assert callable(clock_at)
    clock_at(ends - timedelta(seconds=1))
    assert status(LC, DV) is LookUpStatus.STATUS_OK
    clock_at(ends)
    assert status(LC, DV) is LookUpStatus.CONNECTION_INACTIVE


def test_a_provider_that_no_longer_offers_the_service_is_not_registered(scene: Scene) -> None:
    second = scene.building.provider(oin=SECOND_DV_OIN)
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, providers=[scene.provider, second])
    scene.member(dv_entity_id=SECOND_DV, provider=second)
    assert status(LC, SECOND_DV) is LookUpStatus.STATUS_OK
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, providers=[scene.provider])
    assert offer(LC, SECOND_DV) is None


def test_the_answer_over_a_cluster_without_a_provider_is_that_of_the_most_active_one(scene: Scene) -> None:
    second = scene.building.provider(oin=SECOND_DV_OIN)
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, providers=[scene.provider, second])
    first_member = scene.member()
    scene.member(dv_entity_id=SECOND_DV, provider=second)
    scene.switch(ChangeKind.SWITCH_CLUSTER_MEMBER, first_member)
    assert queries.status(scene.service, scene.cluster) is LookUpStatus.STATUS_OK
    scene.switch(ChangeKind.SWITCH_PROVIDER, second)
    assert queries.status(scene.service, scene.cluster) is LookUpStatus.ORGANIZATION_INACTIVE


def test_the_answer_over_a_cluster_for_a_provider_is_its_own(scene: Scene) -> None:
    """AR-34, DM-62: not that of another provider with this service."""
    second = scene.building.provider(oin=SECOND_DV_OIN)
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, providers=[scene.provider, second])
    first_member = scene.member()
    scene.member(dv_entity_id=SECOND_DV, provider=second)
    scene.switch(ChangeKind.SWITCH_CLUSTER_MEMBER, first_member)

    def told(dv_entity_id: str) -> LookUpStatus:
        return queries.status(scene.service, scene.cluster, dv_entity_id=dv_entity_id)

    assert told(DV) is LookUpStatus.CONNECTION_INACTIVE
    assert told(SECOND_DV) is LookUpStatus.STATUS_OK
    assert told("urn:nobody") is LookUpStatus.SERVICE_NOT_FOUND
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, providers=[scene.provider])
    assert told(SECOND_DV) is LookUpStatus.SERVICE_NOT_FOUND
    assert queries.status(scene.service, scene.link, dv_entity_id=DV) is LookUpStatus.STATUS_OK


@pytest.mark.parametrize(
    ("kind", "mandatable", "citizens", "expected"),
    [
        ("burger", True, True, LookUpStatus.STATUS_OK),
        ("burger_en_organisatie", True, True, LookUpStatus.STATUS_OK),
        ("organisatie", True, False, LookUpStatus.STATUS_OK),
        ("niet", True, False, LookUpStatus.SERVICE_NOT_MANDATABLE),
        ("burger", False, True, LookUpStatus.SERVICE_NOT_MANDATABLE),
    ],
)
def test_an_offer_says_whether_citizens_may_represent(
    scene: Scene, kind: str, mandatable: bool, citizens: bool, expected: LookUpStatus
) -> None:
    """AR-36."""
    scene.building.change(
        ChangeKind.CHANGE_SERVICE, id=scene.service, representative_kind=kind, mandatable=mandatable
    )
    found = offer()
    assert found
    assert (found.citizens_may_represent, found.status) == (citizens, expected)


def test_a_service_may_ask_for_representation_without_scoping(scene: Scene) -> None:
    """AR-31."""
    scene.building.change(ChangeKind.CHANGE_SERVICE, id=scene.service, representation_without_scoping=True)
    found = offer()
    assert found
    assert found.representation_without_scoping
    assert Service.objects.get(id=scene.service).representation_without_scoping


def test_connections_share_log_ins_under_the_name_of_their_domain(scene: Scene) -> None:
    """FL-12."""
    assert queries.sso_domain(scene.link) == "gemeente"
    assert queries.sso_domain(scene.cluster) == ""
    assert queries.sso_domain(uuid4()) == ""
    scene.building.change(ChangeKind.CHANGE_CONNECTION, id=scene.link, sso_domain="")
    assert queries.sso_domain(scene.link) == ""


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"connection": "link"}, "connection: must be one of an LC, RD or TD"),
        ({"provider": "supplier"}, "dv_entity_id: names another OIN"),
        ({"dv_entity_id": LC}, "dv_entity_id: must have the role DV"),
        ({"dv_entity_id": "urn:x"}, "dv_entity_id: must look like"),
        ({"dv_entity_id": DV.replace(":0001", ":9001")}, "dv_entity_id: names a test system"),
        ({"service": "elsewhere"}, "service: is not offered by this provider"),
        ({"connection": "nothing"}, "connection: is not in the catalogue"),
    ],
)
def test_a_registration_that_cannot_be_is_refused(scene: Scene, wrong: dict[str, str], message: str) -> None:
    things = {
        "link": scene.link,
        "supplier": scene.supplier,
        "elsewhere": scene.building.service(),
        "nothing": uuid4(),
    }
    content = {name: things.get(value, value) for name, value in wrong.items()}
    with pytest.raises(InvalidContent, match=message):
        scene.member(**content)
    assert not ClusterMember.objects.exists()


def test_a_registration_stays_within_its_environment(scene: Scene) -> None:
    """RO-03."""
    elsewhere = Building(scene.building.proposer, scene.building.approver, Environment.PREPRODUCTION)
    provider = elsewhere.provider(oin=DV_OIN)
    service = elsewhere.service(provider, elsewhere.connection(provider, entity_id=DV))
    with pytest.raises(InvalidContent, match="provider: is in the other environment"):
        scene.member(provider=provider, service=service)
    with pytest.raises(InvalidContent, match="service: is in the other environment"):
        scene.member(service=service)


def test_the_same_registration_is_made_once(scene: Scene) -> None:
    scene.member()
    with pytest.raises(InvalidContent, match="is registered with this connection for this service already"):
        scene.member()


def test_an_offer_costs_no_query(scene: Scene) -> None:
    scene.member()
    assert status(LC, DV) is LookUpStatus.STATUS_OK
    with CaptureQueriesContext(database) as asked:
        for _ in range(50):
            offer(LC, DV)
            offer()
    assert len(asked) <= 1, "at most the question whether anything changed"
