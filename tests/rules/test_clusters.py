"""A supplier's own connection, and what is left of its clients' when they go elsewhere or a change ends (CN-15)."""

from typing import Any
from uuid import UUID

import pytest

from volmacht.rules.environment import Environment
from volmacht.rules.onboarding.answers import ROW, answers_of
from volmacht.rules.onboarding.changes import ChangeOf
from volmacht.rules.onboarding.choices import Choices, CodeMoment, Lead
from volmacht.rules.onboarding.configuration import (
    Incomplete,
    Organisation,
    configuration,
    member,
    of_supplier,
)
from volmacht.rules.onboarding.reconfiguring import changed, over_cluster, restored, runs, switched, with_new

SUPPLIER = Organisation(oin="00000003900000020000", name="Leverancier", website="https://www.lev.example")
CHOICES = Choices(
    lead=Lead.TEAM,
    services_per_code=1,
    code_moment=CodeMoment.BEFORE_LOGIN,
    validity_months=24,
    message_box=False,
    survivors=False,
    supplier=False,
)
SERVICE: dict[str, Any] = {
    ROW: 1,
    "name": "Parkeren",
    "website": "https://dorp.example/parkeren",
    "minimum_level": "20",
    "representative_kind": "burger",
    "request_days": 90,
    "minimum_age": 18,
}


def own(**changes: object) -> dict[str, Any]:
    """What runs of a provider with one service over its own connection."""
    made = configuration(
        case=UUID(int=5),
        environment=Environment.PRODUCTION,
        organisation=Organisation(oin="00000001999900000000", name="Dorp"),
        choices=answers_of(CHOICES),
        services=[{**SERVICE, **changes}],
        connection={"entity_id": "urn:DV:x", "connection_kind": "own"},
    )
    return dict(made.content)


def test_a_supplier_has_a_connection_and_no_services() -> None:
    made = of_supplier(
        environment=Environment.PRODUCTION, organisation=SUPPLIER, connection={"entity_id": " urn:LC:x "}
    )
    assert made.content["provider"] == [
        {
            "oin": SUPPLIER.oin,
            "name": "Leverancier",
            "website": "https://www.lev.example",
            "connection": {"entity_id": "urn:LC:x", "active": True},
        }
    ]
    assert "service" not in made.content
    assert runs(made.content)
    assert not runs(switched(made.content, active=False))
    with pytest.raises(Incomplete):
        of_supplier(environment=Environment.PRODUCTION, organisation=SUPPLIER, connection={})


def test_nobody_comes_over_a_connection_that_is_not_named() -> None:
    with pytest.raises(Incomplete):
        member("00000001999900000000", "urn:DV:x", "", [])


@pytest.mark.parametrize("field", ["minimum_level", "minimum_age", "request_days"])
def test_a_service_with_a_field_that_cannot_be_read_gives_no_configuration(field: str) -> None:
    with pytest.raises(Incomplete):
        own(**{field: "veel"})


def test_a_supplier_that_was_left_gets_no_new_services() -> None:
    first = over_cluster(own(), entity_id="urn:DV:x", cluster="urn:LC:x")
    moved = over_cluster(first, entity_id="urn:DV:x", cluster="urn:LC:y")
    more = with_new(moved, {"service": [{"uuid": "new", "name": "Nieuw"}]})
    left, taken = more["cluster_member"]
    assert (left["connection"], left["active"], "new" in left["services"]) == ("urn:LC:x", False, False)
    assert (taken["connection"], taken["active"], "new" in taken["services"]) == ("urn:LC:y", True, True)


def test_what_ran_before_says_that_nothing_of_the_change_is_left() -> None:
    before = own()
    after = over_cluster(before, entity_id="urn:DV:x", cluster="urn:LC:x")
    after["service"][0] |= {"announced_level": 25, "active": False}
    back = restored(before, after)
    assert back["service"] == [{**before["service"][0], "announced_level": None}]
    assert [one["active"] for one in back["cluster_member"]] == [False]
    assert restored(before, before) == before


def test_a_supplier_that_came_before_the_change_stays() -> None:
    before = over_cluster(own(), entity_id="urn:DV:x", cluster="urn:LC:x")
    assert restored(before, before)["cluster_member"] == before["cluster_member"]


def test_who_leaves_its_supplier_may_go_on_by_itself() -> None:
    before = over_cluster(own(), entity_id="urn:DV:x", cluster="urn:LC:x")
    alone = changed(before, ChangeOf.SUPPLIER, {"from_day": "2027-01-01", "by_itself": True})
    assert [one["active"] for one in alone["cluster_member"]] == [False]
    assert alone["provider"][0]["connection"]["active"] is True
    assert runs(alone)
