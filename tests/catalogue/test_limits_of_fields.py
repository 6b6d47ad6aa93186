"""The limits of DM-60 and DM-61 on what is proposed; every error names its field."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from volmacht.catalogue.contents import (
    NewService,
    read_connection,
    read_provider,
    read_relation,
    read_service,
    read_switch,
)
from volmacht.catalogue.reading import InvalidContent

PROVIDER = {"id": str(uuid4()), "environment": "production", "oin": "0" * 20, "name": "Naam"}
CONNECTION = {"id": str(uuid4()), "environment": "production", "provider": str(uuid4()), "entity_id": "urn:x"}
SERVICE = {
    "id": str(uuid4()),
    "environment": "production",
    "service_uuid": str(uuid4()),
    "name": "Naam",
    "minimum_level": 20,
    "representative_kind": "burger",
}


JANUARY = "2027-01-01T00:00:00+01:00"


def service(**content: Any) -> NewService:
    return read_service({**SERVICE, **content})


def test_what_is_not_named_gets_the_default_of_the_catalogue() -> None:
    fields = service().fields
    assert (fields.request_days, fields.longest_months, fields.minimum_age) == (90, 12, 16)
    assert (fields.mandatable, fields.survivors_allowed, fields.counter_allowed) == (True, False, False)
    assert not fields.code_at_login  # only where the provider chose so (CN-16)
    assert fields.term.active


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("name", ["n", "n" * 255], ["", "  ", "n" * 256, None, 7, "a\nb", "a\x00b", "a\x1bb"]),
        ("description", ["", "d" * 300, None], ["d" * 301, "a\nb"]),
        ("explanation", ["e" * 2000, "a\n\nb"], ["e" * 2001, "a\x00b"]),
        ("permission_question", ["p" * 255], ["p" * 256]),
        ("keywords", ["k" * 500], ["k" * 501]),
        ("longest_months", [1, 60, None], [0, 61, -1, "12", 12.5, True]),
        ("request_days", [1, 365], [0, 366, "90"]),
        ("minimum_age", [0, 16, 120], [-1, 121]),
        ("minimum_level", [10, 20, 25, 30], [0, 15, 40, "20", None, True]),
        ("representative_kind", ["burger", "organisatie", "burger_en_organisatie", "niet"], ["iedereen", None, [], {}]),
        ("environment", ["production", "preproduction"], ["test", None, ""]),
        ("website", ["", "https://a.example/x", "http://localhost:8002"], ["a.example", "javascript:alert(1)", "https://"]),
        ("website", ["https://" + "a" * 192], ["https://" + "a" * 193]),
        ("mandatable", [True, False, None], ["ja", 1, 0]),
        ("position", [0, 100_000], [-1, 100_001]),
        ("service_uuid", [uuid4(), str(uuid4())], ["x", None, 7]),
        ("connection", [None, uuid4()], ["x", 7]),
        ("providers", [None, [], [str(uuid4())]], ["x", ["x"], uuid4()]),
        ("active_from", [None, JANUARY, datetime(2027, 1, 1, tzinfo=UTC)], ["2027-01-01T00:00:00", "soon", 7]),
    ],
)  # fmt: skip
def test_a_field_within_its_limits_is_taken_and_any_other_is_refused_by_name(
    field: str, good: list[object], bad: list[object]
) -> None:
    for value in good:
        assert service(**{field: value})
    for value in bad:
        with pytest.raises(InvalidContent) as fault:
            service(**{field: value})
        assert fault.value.field == field, value


def test_an_announced_level_and_its_day_go_together() -> None:
    assert service(announced_level=25, announced_on="2027-07-01").fields.announced_on == date(2027, 7, 1)
    assert service(announced_level=25, announced_on=date(2027, 7, 1)).fields.announced_level == 25
    for content in ({"announced_level": 25}, {"announced_on": "2027-07-01"}):
        with pytest.raises(InvalidContent, match="go together"):
            service(**content)
    for wrong in ("1 juli", "2027-02-30", datetime(2027, 7, 1, tzinfo=UTC)):
        with pytest.raises(InvalidContent, match="announced_on"):
            service(announced_level=25, announced_on=wrong)


def test_an_end_comes_after_its_beginning() -> None:
    with pytest.raises(InvalidContent) as fault:
        service(active_from=JANUARY, active_until=JANUARY)
    assert fault.value.field == "active_until"


def test_a_field_that_does_not_exist_is_refused_by_name() -> None:
    readers = (read_provider, PROVIDER), (read_connection, CONNECTION), (read_service, SERVICE)
    for read, content in readers:
        assert read(content)
        with pytest.raises(InvalidContent) as fault:
            read({**content, "longest_month": 3})
        assert fault.value.field == "longest_month"
    with pytest.raises(InvalidContent, match="role_active"):
        read_switch({"id": str(uuid4()), "active": True, "role_active": True})
    with pytest.raises(InvalidContent, match="kind: must be one of: service_set"):
        read_relation({"kind": "friends", "source": str(uuid4()), "target": str(uuid4())})


@pytest.mark.parametrize("oin", ["", "123", "0" * 19, "0" * 21, "0" * 19 + "x", "٠" * 20, "0" * 65])
def test_an_oin_has_twenty_digits(oin: str) -> None:
    with pytest.raises(InvalidContent) as fault:
        read_provider({**PROVIDER, "oin": oin})
    assert fault.value.field == "oin"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


def blamed(**content: object) -> str:
    """The field that is refused; empty when everything is taken."""
    try:
        service(**content)
    except InvalidContent as fault:
        return fault.field
    return ""


@given(st.sampled_from(sorted(SERVICE)), json_values)
def test_whatever_is_in_a_field_it_is_read_or_refused_by_name(field: str, value: object) -> None:
    assert blamed(**{field: value}) in {"", field}
