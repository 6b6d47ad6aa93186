"""What the log says of a request: enough to find a fault, nothing about a person."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
Written = Callable[[], list[str]]


def requests(written: Written) -> list[dict[str, Any]]:
    """The lines about requests."""
    lines = [json.loads(line) for line in written()]
    return [line for line in lines if line["event"] == "request"]


def test_a_request_is_one_line_with_route_status_and_time(client: Client, written: Written) -> None:
    client.get("/hulp/")

    (line,) = requests(written)
    assert (line["method"], line["route"], line["status"]) == ("GET", "shared:help", 200)
    assert line["ms"] >= 0


def test_the_line_and_the_answer_carry_the_same_number(client: Client, written: Written) -> None:
    response = client.get("/hulp/")

    assert response["X-Request-Id"] == requests(written)[0]["request_id"]


def test_no_two_requests_share_a_number(client: Client) -> None:
    assert client.get("/hulp/")["X-Request-Id"] != client.get("/hulp/")["X-Request-Id"]


def test_neither_path_nor_query_nor_form_stands_in_the_log(client: Client, written: Written) -> None:
    client.raise_request_exception = False
    client.get("/999990019/?bsn=999990019&naam=Jansen")
    client.get("/wie/?naam=Jansen")
    client.get("/stuk/?naam=Jansen")
    client.get("/slot/?naam=Jansen")
    client.get("/dicht/?naam=Jansen")
    client.post("/post/?naam=Jansen", {"naam": "Jansen", "bsn": "999990019"})
    client.post("/post/?naam=Jansen", {"naam": "Jansen\x00"})
    Client(enforce_csrf_checks=True).post("/post/?naam=Jansen", {"naam": "Jansen"})
    client.get("/wie/?naam=Jansen", headers={"host": "jansen.example"})

    lines = written()
    assert len(lines) >= 9
    for line in lines:
        assert "999990019" not in line
        assert "ansen" not in line
        assert "?" not in line


def test_a_fault_of_ours_is_logged_with_where_it_was(client: Client, written: Written) -> None:
    client.raise_request_exception = False
    response = client.get("/stuk/")

    (line,) = [line for line in map(json.loads, written()) if line["event"] == "request.failed"]
    assert "example_site.py" in line["exception"]
    assert line["request_id"] == response["X-Request-Id"]
    assert "[hidden]" in line["exception"]


def test_an_unknown_method_cannot_fill_the_figures(client: Client, written: Written) -> None:
    client.generic("BREW", "/wie/")

    assert requests(written)[0]["method"] == "OTHER"


def test_an_unknown_address_has_no_name_in_the_figures(client: Client, written: Written) -> None:
    client.get("/bestaat-niet")
    client.get("/static/bestaat-niet.css")

    assert [line["route"] for line in requests(written)] == ["none", "static"]
