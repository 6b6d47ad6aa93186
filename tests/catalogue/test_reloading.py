"""A catalogue file that changed since it was loaded: what differs is changed or told; nothing goes by in silence."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.catalogue.publishing import AD, BVD, DV_OIN
from tests.catalogue.test_loading import OIN, SERVICE_UUID, SET_UUID, content, load
from tests.catalogue.test_loading_peers import SERVICE as CLUSTER_SERVICE
from tests.catalogue.test_loading_peers import content as content_with_peers
from volmacht.catalogue import queries
from volmacht.catalogue.entries import ConnectionEntry, ServiceEntry
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.models import ClusterMember, PinnedPeer, Proposal, Relation
from volmacht.catalogue.operations import BadCatalogueFile, Loaded
from volmacht.rules.environment import Environment

SECOND_UUID = SERVICE_UUID.replace("1", "4")
OTHER_OIN = OIN.replace("1", "2")
PRODUCTION = Environment.PRODUCTION
Change = Callable[[dict[str, Any]], object]


def two_services() -> dict[str, Any]:
    """The file of `test_loading`, with a second service of another body in the set."""
    whole = content()
    link = {"entity_id": "urn:y"}
    whole["provider"].append({"oin": OTHER_OIN, "name": "Waterschap", "connection": link})
    second = {**whole["service"][0], "uuid": SECOND_UUID, "name": "Tweede", "providers": [OTHER_OIN]}
    whole["service"].append(second)
    whole["set"][0]["services"] = [SERVICE_UUID, SECOND_UUID]
    return whole


def done(source: dict[str, Any], staff: tuple[UUID, UUID]) -> Loaded:
    """Load, without an objection."""
    outcome = load(source, staff)
    assert isinstance(outcome, Loaded), outcome
    return outcome


def found(uuid: str) -> ServiceEntry:
    """A service or set of the file."""
    entry = queries.service_by_uuid(PRODUCTION, UUID(uuid))
    assert entry
    return entry


def link() -> ConnectionEntry:
    """The first connection of the file."""
    entry = queries.connection_by_entity_id(PRODUCTION, "urn:x")
    assert entry
    return entry


CHANGED: list[tuple[Change, ChangeKind]] = [
    (lambda f: f["provider"][0].update(name="Nieuw"), ChangeKind.CHANGE_PROVIDER),
    (lambda f: f["provider"][0].update(website="https://nieuw.example"), ChangeKind.CHANGE_PROVIDER),
    (lambda f: f["provider"][0].update(active=False), ChangeKind.CHANGE_PROVIDER),
    (lambda f: f["provider"][0].update(role_active=False), ChangeKind.CHANGE_PROVIDER),
    (lambda f: f["provider"][0].update(active_until=datetime(2030, 1, 1, tzinfo=UTC)), ChangeKind.CHANGE_PROVIDER),
    (lambda f: f["provider"][0]["connection"].update(sso_domain="z"), ChangeKind.CHANGE_CONNECTION),
    (lambda f: f["provider"][0]["connection"].update(active=False), ChangeKind.SWITCH_CONNECTION),
    (lambda f: f["service"][0].update(minimum_level=25), ChangeKind.CHANGE_SERVICE),
    (lambda f: f["service"][0].update(active=False), ChangeKind.CHANGE_SERVICE),
    (lambda f: f["set"][0].update(name="Andere set"), ChangeKind.CHANGE_SERVICE),
    (lambda f: f["set"][0]["services"].remove(SECOND_UUID), ChangeKind.CHANGE_RELATION),
]  # fmt: skip


@pytest.mark.parametrize(("change", "kind"), CHANGED)
def test_each_line_that_changed_is_one_change_once(
    two_staff: tuple[UUID, UUID], change: Change, kind: ChangeKind
) -> None:
    done(two_services(), two_staff)
    before = set(Proposal.objects.values_list("id", flat=True))
    changed = two_services()
    change(changed)
    assert done(changed, two_staff) == Loaded(1)
    assert [ChangeKind(row.kind) for row in Proposal.objects.exclude(id__in=before)] == [kind]
    assert done(changed, two_staff) == Loaded(0)


def test_a_provider_gets_what_the_file_names_and_keeps_the_rest(two_staff: tuple[UUID, UUID]) -> None:
    first = content()
    first["provider"][0] |= {"website": "https://x.example", "description": "Van alles"}
    done(first, two_staff)
    second = content()
    second["provider"][0] |= {"name": "Gemeente Nieuw", "role_active": False}
    done(second, two_staff)
    provider = queries.provider(link().provider_id)
    assert provider
    assert (provider.name, provider.website, provider.description, provider.role_active) == (
        "Gemeente Nieuw",
        "https://x.example",
        "Van alles",
        False,
    )


def test_a_service_that_leaves_a_set_takes_its_organisation_along_and_may_come_back(
    two_staff: tuple[UUID, UUID],
) -> None:
    done(two_services(), two_staff)
    assert found(SET_UUID).provider_names == ("Gemeente", "Waterschap")
    without = two_services()
    without["set"][0]["services"] = [SERVICE_UUID]
    done(without, two_staff)
    assert found(SET_UUID).members == (found(SERVICE_UUID).id,)
    assert found(SET_UUID).provider_names == ("Gemeente",)
    assert not queries.covers(found(SET_UUID).id, found(SECOND_UUID).id)
    assert done(two_services(), two_staff) == Loaded(1)
    assert queries.covers(found(SET_UUID).id, found(SECOND_UUID).id)
    assert Relation.objects.count() == 2


def test_a_set_without_a_list_of_services_keeps_what_it_holds(two_staff: tuple[UUID, UUID]) -> None:
    done(two_services(), two_staff)
    without = two_services()
    del without["set"][0]["services"]
    assert done(without, two_staff) == Loaded(0)
    assert len(found(SET_UUID).members) == 2


def test_what_a_file_cannot_change_is_told_and_the_rest_is_done(two_staff: tuple[UUID, UUID]) -> None:
    done(two_services(), two_staff)
    changed = two_services()
    moved = changed["provider"][0].pop("connection")
    changed["provider"][1]["connection"] = [
        changed["provider"][1]["connection"],
        {**moved, "active_until": datetime(2030, 1, 1, tzinfo=UTC)},
    ]
    changed["service"][0]["name"] = "Andere naam"
    outcome = done(changed, two_staff)
    assert outcome.changes == 1
    assert [left.field for left in outcome.left] == ["active_until", "provider"]
    sentences = [str(left) for left in outcome.left]
    assert sentences[0] == (
        "production, provider 'Waterschap', connection 'urn:x': active_until is empty in the catalogue, and"
        " 2030-01-01T00:00:00+00:00 in the file: a file cannot change from when until when it counts; switch it off"
        " or on with `active`"
    )
    assert f"provider is the provider with OIN {OIN} in the catalogue" in sentences[1]
    assert "an entity id of its own" in sentences[1]
    assert found(SERVICE_UUID).name == "Andere naam"
    assert done(changed, two_staff) == Loaded(0, outcome.left)


def test_a_service_does_not_become_a_set(two_staff: tuple[UUID, UUID]) -> None:
    done(content(), two_staff)
    changed = content()
    changed["set"][0] |= {"uuid": SERVICE_UUID, "services": [SECOND_UUID]}
    changed["service"][0]["uuid"] = SECOND_UUID
    with pytest.raises(BadCatalogueFile, match="set 'Set': uuid: is that of a service already"):
        load(changed, two_staff)


@pytest.mark.parametrize(
    ("table", "field"), [("provider", "naam"), ("provider", "connections"), ("service", "naam")]
)
def test_a_typing_error_in_a_line_that_was_loaded_before_is_named(
    two_staff: tuple[UUID, UUID], table: str, field: str
) -> None:
    done(content(), two_staff)
    changed = content()
    changed[table][0][field] = "x"
    with pytest.raises(BadCatalogueFile, match=f"{field}: is not a field"):
        load(changed, two_staff)


# --- peers and cluster members ---


def test_a_peer_is_switched_off_and_on_but_never_becomes_another(two_staff: tuple[UUID, UUID]) -> None:
    done(content_with_peers(), two_staff)
    changed = content_with_peers()
    changed["peer"][0]["active"] = False
    assert done(changed, two_staff) == Loaded(1)
    assert not PinnedPeer.objects.get(entity_id=AD).active
    changed["peer"][0]["active"] = True
    changed["peer"][2] = {
        "entity_id": BVD,
        "role": "BVD",
        "name": "Gezag",
        "active_until": datetime(2030, 1, 1, tzinfo=UTC),
    }
    outcome = done(changed, two_staff)
    assert outcome.changes == 1
    assert [(left.field, left.where.partition(",")[0]) for left in outcome.left] == [
        ("active_until", "production"),
        ("active_until", "preproduction"),
    ]


def with_second_service() -> dict[str, Any]:
    """The DV is registered for two services."""
    whole = content_with_peers()
    second = CLUSTER_SERVICE.replace("1", "5")
    whole["service"].append({**whole["service"][0], "uuid": second, "name": "Tweede"})
    whole["cluster_member"][0]["services"] = [CLUSTER_SERVICE, second]
    return whole


def test_a_service_that_a_cluster_member_names_no_more_is_switched_off(
    two_staff: tuple[UUID, UUID],
) -> None:
    done(with_second_service(), two_staff)
    fewer = with_second_service()
    fewer["cluster_member"][0]["services"] = [CLUSTER_SERVICE]
    assert done(fewer, two_staff) == Loaded(2)  # in both environments
    assert ClusterMember.objects.filter(active=True).count() == 2
    assert done(fewer, two_staff) == Loaded(0)


def test_two_tables_of_one_cluster_member_add_up(two_staff: tuple[UUID, UUID]) -> None:
    done(with_second_service(), two_staff)
    split = with_second_service()
    table = split["cluster_member"][0]
    split["cluster_member"] = [{**table, "services": [service]} for service in table["services"]]
    assert done(split, two_staff) == Loaded(0)


def test_a_cluster_member_that_was_switched_off_comes_back_when_the_file_says_so(
    two_staff: tuple[UUID, UUID],
) -> None:
    done(content_with_peers(), two_staff)
    ClusterMember.objects.update(active=False)
    outcome = done(content_with_peers(), two_staff)
    assert outcome.changes == 0
    assert [(left.field, left.advice) for left in outcome.left] == [
        ("active", "write `active = true` to switch it on")
    ] * 2
    back = content_with_peers()
    back["cluster_member"][0]["active"] = True
    assert done(back, two_staff) == Loaded(2)
    assert {(row.provider.oin, row.active) for row in ClusterMember.objects.all()} == {(DV_OIN, True)}


# --- the connection over which a service is reached ---


def reached_over(uuid: str = SERVICE_UUID) -> str:
    """The entity id of the connection of a service."""
    connection_id = found(uuid).connection_id
    assert connection_id
    entry = queries.connection(connection_id)
    assert entry
    return entry.entity_id


def with_connections(*links: dict[str, Any]) -> dict[str, Any]:
    """The file, in which the first provider has these connections."""
    whole = content()
    whole["provider"][0]["connection"] = [{**link} for link in links]
    return whole


@pytest.mark.parametrize("new", ["urn:a", "urn:z"])
def test_services_move_to_the_connection_that_takes_the_place_of_the_old_one(
    two_staff: tuple[UUID, UUID], new: str
) -> None:
    done(content(), two_staff)
    before = set(Proposal.objects.values_list("id", flat=True))
    moved = with_connections({"entity_id": "urn:x", "active": False}, {"entity_id": new})
    assert done(moved, two_staff) == Loaded(3)
    kinds = [ChangeKind(row.kind) for row in Proposal.objects.exclude(id__in=before).order_by("proposed_at")]
    assert kinds == [ChangeKind.SWITCH_CONNECTION, ChangeKind.ADD_CONNECTION, ChangeKind.CHANGE_SERVICE]
    assert reached_over() == new
    assert done(moved, two_staff) == Loaded(0)


def test_services_move_to_the_one_connection_that_the_file_names(two_staff: tuple[UUID, UUID]) -> None:
    done(content(), two_staff)
    assert done(with_connections({"entity_id": "urn:z"}), two_staff) == Loaded(2)
    assert reached_over() == "urn:z"
    assert queries.connection_by_entity_id(PRODUCTION, "urn:x")


def test_a_service_stays_while_its_connection_counts_or_no_other_does(two_staff: tuple[UUID, UUID]) -> None:
    done(content(), two_staff)
    assert done(with_connections({"entity_id": "urn:a"}, {"entity_id": "urn:x"}), two_staff) == Loaded(1)
    assert reached_over() == "urn:x"
    both_off = [{"entity_id": name, "active": False} for name in ("urn:a", "urn:x")]
    assert done(with_connections(*both_off), two_staff) == Loaded(2)
    assert reached_over() == "urn:x"
    unnamed = content()
    del unnamed["provider"][0]["connection"]
    assert done(unnamed, two_staff) == Loaded(0)
    assert reached_over() == "urn:x"


def test_a_new_service_gets_a_connection_that_counts(two_staff: tuple[UUID, UUID]) -> None:
    done(with_connections({"entity_id": "urn:a", "active": False}, {"entity_id": "urn:b"}), two_staff)
    assert reached_over() == "urn:b"


# --- what a file cannot say ---


def twice(table: str, **changed: Any) -> dict[str, Any]:
    """The file with a table in it a second time, otherwise."""
    whole = content()
    whole[table].append({**whole[table][0], **changed})
    return whole


TWICE: list[tuple[dict[str, Any], str]] = [
    (
        twice("service", name="Ander"),
        f"service 'Ander': uuid: {SERVICE_UUID} is named twice, also by service 'Dienst'",
    ),
    (
        twice("service", uuid=SET_UUID, name="Ander"),
        f"set 'Set': uuid: {SET_UUID} is named twice, also by service 'Ander'",
    ),
    (
        twice("provider", name="Ander", connection=[]),
        f"provider 'Ander': oin: {OIN} is named twice, also by provider 'Gemeente'",
    ),
    (
        twice("provider", oin=OTHER_OIN, name="Ander"),
        "connection 'urn:x': entity_id: urn:x is named twice, also by connection 'urn:x'",
    ),
]


@pytest.mark.parametrize(("source", "sentence"), TWICE)
def test_what_is_named_twice_is_refused_with_both_lines(
    two_staff: tuple[UUID, UUID], source: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BadCatalogueFile) as refused:
        load(source, two_staff)
    assert str(refused.value) == f"{sentence}; take one away"
    assert not Proposal.objects.exists()


def test_a_peer_may_stand_in_each_environment_once(two_staff: tuple[UUID, UUID]) -> None:
    whole = content_with_peers()
    peer = {**whole["peer"][0], "environments": ["production"]}
    whole["peer"] = [peer, {**peer, "active": False}]
    with pytest.raises(BadCatalogueFile, match=f"peer '{AD}': entity_id: {AD} is named twice"):
        load(whole, two_staff)


@pytest.mark.parametrize("loaded_before", [False, True])
def test_a_set_without_services_is_refused(two_staff: tuple[UUID, UUID], *, loaded_before: bool) -> None:
    if loaded_before:
        done(content(), two_staff)
    empty = content()
    empty["set"][0]["services"] = []
    with pytest.raises(
        BadCatalogueFile, match="production, set 'Set': services: a set without services cannot"
    ):
        load(empty, two_staff)
