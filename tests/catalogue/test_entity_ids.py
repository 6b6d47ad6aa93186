"""Which entity ids may be registered (RO-01, RO-03, RO-05, RO-07; TC-54)."""

from typing import Any
from uuid import uuid4

import pytest

from tests.catalogue.publishing import AD, AD_OIN, BVD, DV, LC, RD, entity_id
from volmacht.catalogue.contents import read_connection, read_connection_change
from volmacht.catalogue.peer_contents import read_peer
from volmacht.catalogue.reading import InvalidContent
from volmacht.protocols.saml.entity_ids import Role

SHORT = "urn:nl-eid-gdi:1.0:AD:0000000400000001000:entities:9010"  # 19 digits, as some publish it
TEST_AD = entity_id(Role.AD, AD_OIN, 9001)


def peer(**content: Any) -> dict[str, object]:
    return {"id": uuid4(), "environment": "production", "role": "AD", "entity_id": AD, **content}


def connection(**content: Any) -> dict[str, object]:
    return {
        "id": uuid4(),
        "environment": "production",
        "provider": uuid4(),
        "entity_id": DV,
        **content,
    }


def test_the_oin_of_a_peer_is_that_in_its_entity_id() -> None:
    assert read_peer(peer()).oin == AD_OIN
    assert read_peer(peer(oin=AD_OIN)).oin == AD_OIN


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"oin": "0" * 20}, "oin"),
        ({"oin": "1"}, "oin"),
        ({"role": "BVD"}, "entity_id"),
        ({"role": "DV", "entity_id": DV}, "role"),
        ({"entity_id": TEST_AD}, "entity_id"),
        ({"entity_id": SHORT}, "entity_id"),
        ({"entity_id": SHORT[:-4] + "0001"}, "oin"),
        ({"entity_id": "urn:ad", "role": "BVD", "oin": "0" * 20}, "entity_id"),
        ({"representation_types": ["urn:rt"]}, "representation_types"),
        ({"role": "BVD", "entity_id": BVD, "representation_types": "urn:rt"}, "representation_types"),
        ({"role": "BVD", "entity_id": BVD, "representation_types": ["a"] * 51}, "representation_types"),
        ({"role": "BVD", "entity_id": BVD, "representation_types": [""]}, "representation_types"),
        ({"role": "BVD", "entity_id": BVD, "representation_types": [7]}, "representation_types"),
    ],
)
def test_a_peer_that_may_not_be_pinned_is_refused_by_name(content: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidContent) as fault:
        read_peer(peer(**content))
    assert fault.value.field == field


def test_a_malformed_id_is_an_exception_for_an_authentication_service_with_its_oin() -> None:
    """RO-05."""
    excepted = read_peer(peer(environment="preproduction", entity_id=SHORT, oin=AD_OIN))
    assert (excepted.entity_id, excepted.oin) == (SHORT, AD_OIN)


def test_preproduction_takes_peers_of_any_range() -> None:
    assert read_peer(peer(environment="preproduction", entity_id=TEST_AD)).entity_id == TEST_AD
    assert read_peer(peer(environment="preproduction")).entity_id == AD


@pytest.mark.parametrize("own_id", [DV, LC, RD, "urn:of-another-name-space"])
def test_a_connection_is_of_a_provider_cluster_or_routing_service(own_id: str) -> None:
    assert read_connection(connection(entity_id=own_id)).entity_id == own_id


@pytest.mark.parametrize(
    "own_id", [AD, BVD, SHORT, DV.replace(":0001", ":9001"), DV.replace(":0001", ":1"), DV + "x"]
)
def test_a_connection_with_another_id_of_the_wire_is_refused(own_id: str) -> None:
    with pytest.raises(InvalidContent, match="entity_id"):
        read_connection(connection(entity_id=own_id))


@pytest.mark.parametrize("field", ["key_hash", "return_address"])
def test_a_key_or_address_of_a_connection_is_in_its_metadata(field: str) -> None:
    with pytest.raises(InvalidContent, match=f"{field}: is not a field"):
        read_connection(connection(**{field: "https://x.example"}))


def test_a_change_of_a_connection_names_what_changes() -> None:
    assert read_connection_change({"id": uuid4(), "sso_domain": ""}).sso_domain == ""
    for content in ({}, {"sso_domain": None}, {"sso_domain": "d" * 101}, {"sso_domain": "", "entity_id": DV}):
        with pytest.raises(InvalidContent):
            read_connection_change({"id": uuid4(), **content})
