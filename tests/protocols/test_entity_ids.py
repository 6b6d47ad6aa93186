"""Entity ids: one form, six roles, and which may be used in which environment (RO-01, RO-02, RO-03, RO-07)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.protocols.saml.entity_ids import (
    BVD_ACCEPTS,
    ENTRANCE_ACCEPTS,
    LOGIN_ACCEPTS,
    EntityId,
    InvalidEntityId,
    Role,
    allowed_in,
)
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

OIN = Oin("00000009999999999004")
GOOD = "urn:nl-eid-gdi:1.0:DV:00000009999999999004:entities:0000"


def test_an_entity_id_is_read_into_role_oin_and_index() -> None:
    assert EntityId.parse(GOOD) == EntityId(Role.DV, OIN, 0)


@given(st.sampled_from(Role), st.text("0123456789", min_size=20, max_size=20), st.integers(0, 9999))
def test_every_entity_id_reads_back_as_it_was_written(role: Role, oin: str, index: int) -> None:
    entity = EntityId(role, Oin(oin), index)
    assert EntityId.parse(str(entity)) == entity


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD.upper(),
        GOOD.replace("DV", "dv"),
        GOOD.replace("DV", "XX"),
        GOOD.replace("1.0", "1x0"),
        GOOD.replace("1.0", "1.1"),
        GOOD.replace("9004:", "904:"),
        GOOD.replace("9004:", "99004:"),
        GOOD + "0",
        GOOD[:-1],
        GOOD + "\n",
        " " + GOOD,
        GOOD.replace("0000", "٠٠٠٠"),
        GOOD.replace("urn:nl-eid-gdi", "urn:nl-eid"),
        GOOD.replace(":entities", ":services"),
    ],
)
def test_what_is_not_an_entity_id_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(InvalidEntityId) as caught:
        EntityId.parse(text)
    assert str(caught.value) == "not an entity id"


@pytest.mark.parametrize("index", [-1, 10_000])
def test_an_index_has_four_digits(index: int) -> None:
    with pytest.raises(InvalidEntityId):
        EntityId(Role.DV, OIN, index)


@pytest.mark.parametrize(("index", "for_test"), [(0, False), (8999, False), (9000, True), (9999, True)])
def test_test_systems_are_kept_out_of_production(index: int, for_test: bool) -> None:
    entity = EntityId(Role.DV, OIN, index)
    assert entity.for_test is for_test
    assert allowed_in(entity, Environment.PREPRODUCTION)
    assert allowed_in(entity, Environment.PRODUCTION) is not for_test


def test_each_endpoint_takes_requests_from_its_own_kinds_of_peer() -> None:
    assert {Role.DV, Role.LC} == ENTRANCE_ACCEPTS
    assert {Role.RD, Role.TD} == BVD_ACCEPTS
    assert {Role.RD, Role.TD, Role.DV} == LOGIN_ACCEPTS
