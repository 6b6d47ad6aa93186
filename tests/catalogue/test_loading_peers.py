"""Connections with a domain, cluster members and peers in a catalogue file (AR-34, FL-12, RT-04, DM-64)."""

from typing import Any
from uuid import UUID

import pytest

from tests.catalogue.publishing import AD, AD_OIN, BVD, DV, DV_OIN, LC, LC_OIN
from volmacht.catalogue import queries
from volmacht.catalogue.kinds import NotJudged, Objection
from volmacht.catalogue.models import ClusterMember, PinnedPeer, Proposal
from volmacht.catalogue.operations import BadCatalogueFile, Loaded, load_catalogue
from volmacht.protocols.saml.entity_ids import Role
from volmacht.rules.environment import Environment
from volmacht.rules.services import LookUpStatus

SERVICE = "11111111-1111-4111-8111-111111111111"
SECOND = DV.replace(":0001", ":0002")
TEST_AD = AD.replace(":0001", ":9001")
PRODUCTION, PREPRODUCTION = Environment.PRODUCTION, Environment.PREPRODUCTION


def content() -> dict[str, Any]:
    return {
        "environments": ["production", "preproduction"],
        "provider": [
            {
                "oin": DV_OIN,
                "name": "Gemeente",
                "connection": [
                    {"entity_id": DV, "sso_domain": "gemeente"},
                    {"entity_id": SECOND, "sso_domain": "gemeente"},
                ],
            },
            {"oin": LC_OIN, "name": "Leverancier", "connection": {"entity_id": LC}},
        ],
        "service": [
            {
                "uuid": SERVICE,
                "providers": [DV_OIN],
                "name": "Dienst",
                "minimum_level": 20,
                "representative_kind": "burger",
                "representation_without_scoping": True,
            }
        ],
        "cluster_member": [
            {"connection": LC, "dv_entity_id": DV, "provider": DV_OIN, "services": [SERVICE]},
        ],
        "peer": [
            {"entity_id": AD, "role": "AD", "environments": ["production"]},
            {"entity_id": TEST_AD, "role": "AD", "environments": ["preproduction"]},
            {"entity_id": BVD, "role": "BVD", "name": "Gezag", "representation_types": ["urn:rt:a"]},
        ],
    }


def load(source: dict[str, Any], staff: tuple[UUID, UUID]) -> Loaded | NotJudged:
    return load_catalogue(source, proposed_by=staff[0], approved_by=staff[1])


def pinned(environment: Environment, role: Role) -> list[tuple[str, str]]:
    return [(one.entity_id, one.oin) for one in queries.pinned_peers(environment, role)]


def test_everything_in_the_file_stands_in_the_catalogue(two_staff: tuple[UUID, UUID]) -> None:
    assert load(content(), two_staff) == Loaded(18)
    for environment in Environment:
        found = queries.offer(environment, LC, DV, UUID(SERVICE))
        assert found
        assert found.status is LookUpStatus.STATUS_OK
        assert found.representation_without_scoping
        for own_id in (DV, SECOND):
            link = queries.connection_by_entity_id(environment, own_id)
            assert link
            assert queries.sso_domain(link.id) == "gemeente"
    assert pinned(PRODUCTION, Role.AD) == [(AD, AD_OIN)]
    assert pinned(PREPRODUCTION, Role.AD) == [(TEST_AD, AD_OIN)]
    assert set(Proposal.objects.values_list("proposed_by", "judged_by")) == {two_staff}


def test_loading_again_changes_only_what_differs(two_staff: tuple[UUID, UUID]) -> None:
    load(content(), two_staff)
    changed = content()
    assert load(changed, two_staff) == Loaded(0)
    changed["provider"][0]["connection"][1]["sso_domain"] = ""
    changed["peer"][2]["representation_types"] = ["urn:rt:a", "urn:rt:b"]
    changed["peer"][2] |= {"name_en": "Authority", "purpose": "Voor ouders."}
    changed["peer"][0]["name"] = "Inloggen"
    assert load(changed, two_staff) == Loaded(5)
    (bvd,) = queries.pinned_peers(PRODUCTION, Role.BVD)
    assert bvd.representation_types == {"urn:rt:a", "urn:rt:b"}
    assert (bvd.name, bvd.name_in("en"), bvd.purpose_in("en")) == ("Gezag", "Authority", "Voor ouders.")
    (ad,) = queries.pinned_peers(PRODUCTION, Role.AD)
    assert ad.name_in("en") == "Inloggen"
    link = queries.connection_by_entity_id(PRODUCTION, SECOND)
    assert link
    assert queries.sso_domain(link.id) == ""
    assert load(changed, two_staff) == Loaded(0)


def test_one_employee_pins_nobody_alone(two_staff: tuple[UUID, UUID]) -> None:
    """DM-64."""
    assert load(content(), (two_staff[0], two_staff[0])) == NotJudged(Objection.OWN_PROPOSAL)
    assert not PinnedPeer.objects.exists()
    assert not ClusterMember.objects.exists()


def damaged(table: str, place: int = 0, **fields: object) -> dict[str, Any]:
    whole = content()
    whole[table][place] |= fields
    return whole


FAULTS = [
    (damaged("peer", entity_id=TEST_AD), f"production, peer '{TEST_AD}': entity_id: names a test system"),
    (damaged("peer", environments=["acceptance"]), "environments: 'acceptance'"),
    (damaged("peer", role="DV"), "role: must be AD or BVD"),
    (damaged("peer", 2, name=""), "name: is needed for a BVD"),
    (damaged("peer", rol="AD"), "rol: is not a field"),
    (damaged("cluster_member", connection="urn:x"), f"cluster member '{DV}': connection: urn:x is not in"),
    (damaged("cluster_member", connection=DV), "connection: must be one of an LC"),
    (damaged("cluster_member", provider="1"), "provider: 1 is not in the catalogue"),
    (damaged("cluster_member", services=[]), "services: must be a list of ServiceUUIDs"),
    (damaged("cluster_member", services=["x"]), "services: must be a list of ServiceUUIDs"),
    (damaged("cluster_member", services=[SERVICE.replace("1", "2")]), "services: 2.* is not in the catalogue"),
    (damaged("cluster_member", service=SERVICE, serv="x"), "serv: is not a field"),
    (damaged("provider", connection="urn:x"), r"connection: write it under \[provider.connection\]"),
    (damaged("provider", connection={"entity_id": AD}), "entity_id: has the role AD: pin it as a peer"),
    (damaged("provider", connection={"entity_id": DV, "sso": "x"}), "sso: is not a field"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "message"), FAULTS)
def test_an_error_says_where_in_the_file(
    two_staff: tuple[UUID, UUID], source: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadCatalogueFile, match=message):
        load(source, two_staff)
    assert not Proposal.objects.exists()
