"""Fetching from an address that somebody else controls reaches nothing it should not (MD-27, WK-27, TC-90)."""

import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from tests.catalogue.publishing import hierarchy
from tests.catalogue.web_server import WebServer, document, redirect, serving, status
from volmacht.catalogue.fetching import Rules, fetch
from volmacht.catalogue.guarded_network import NotFetched, is_public
from volmacht.catalogue.kinds import FetchFault

NAME = "metadata.dienst.example"


def here(_host: str, _port: int) -> list[str]:
    """A name server that knows every name on this machine."""
    return ["127.0.0.1"]


ON_THIS_MACHINE = Rules(on_this_machine=True)


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A plain web server."""
    with serving() as server:
        yield server


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[WebServer]:
    """A web server over TLS, for the name `NAME`."""
    with serving(NAME, tmp_path) as server:
        server.answers["/metadata"] = document(b"<a/>")
        yield server


def fault(address: str, rules: Rules = ON_THIS_MACHINE) -> FetchFault:
    with pytest.raises(NotFetched) as refused:
        fetch(address, rules)
    return refused.value.fault


def test_a_document_comes_over_tls_from_the_address_that_was_looked_at(secure: WebServer) -> None:
    """The name is asked once, the certificate is for the name, and so is the request."""
    asked: list[tuple[str, int]] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append((host, port))
        return ["127.0.0.1"]

    rules = Rules((hierarchy().root.certificate,), on_this_machine=True, resolve=resolve)
    assert fetch(secure.address(host=NAME), rules) == b"<a/>"
    assert asked == [(NAME, secure.port)]
    assert secure.asked == [("/metadata", f"{NAME}:{secure.port}")]


def test_an_authority_may_be_pinned_below_its_root(secure: WebServer) -> None:
    anchors = (hierarchy().intermediate.certificate,)
    rules = Rules(anchors, on_this_machine=True, resolve=here)
    assert fetch(secure.address(host=NAME), rules) == b"<a/>"


def test_a_server_that_cannot_prove_its_name_is_not_asked(secure: WebServer) -> None:
    pinned = Rules((hierarchy().root.certificate,), on_this_machine=True, resolve=here)
    assert fault(secure.address(host=NAME), replace(pinned, anchors=())) is FetchFault.CERTIFICATE
    assert fault(secure.address(host="other.example"), pinned) is FetchFault.CERTIFICATE
    assert fault(secure.address(), pinned) is FetchFault.CERTIFICATE
    assert secure.asked == []


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["93.184.216.34", "127.0.0.1"],  # one of several is enough
        ["::1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["fe80::1%eth0"],
        ["::ffff:127.0.0.1"],
    ],
)
def test_a_name_that_leads_to_a_private_address_is_refused(secure: WebServer, addresses: list[str]) -> None:
    """TC-90: also when only one of its addresses is private."""
    rules = Rules((hierarchy().root.certificate,), resolve=lambda _host, _port: addresses)
    assert fault(secure.address(host=NAME), rules) is FetchFault.PRIVATE_ADDRESS
    assert secure.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "[::1]", "[::ffff:7f00:1]"]
)
def test_every_way_to_write_this_machine_is_refused(secure: WebServer, host: str) -> None:
    assert fault(secure.address(host=host), Rules()) in {
        FetchFault.PRIVATE_ADDRESS,
        FetchFault.HOST_UNKNOWN,
    }
    assert secure.asked == []


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2a00:d78:0:712::1", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 - refused is the point
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("fd00::1", False),
        ("ff02::1", False),
        ("::ffff:93.184.216.34", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("2001:db8::1", False),
    ],
)
def test_only_the_open_internet_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://dienst.example/metadata", FetchFault.NOT_HTTPS),
        ("file:///etc/passwd", FetchFault.ADDRESS_MALFORMED),
        ("ftp://dienst.example/metadata", FetchFault.NOT_HTTPS),
        ("gopher://dienst.example/", FetchFault.NOT_HTTPS),
        ("https://user@dienst.example/", FetchFault.ADDRESS_MALFORMED),
        ("https://user:secret@dienst.example/", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example/#part", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example\\@intern/", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example/\r\nHost: intern", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example:99999/", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example:0/", FetchFault.ADDRESS_MALFORMED),
        ("https://[::1/", FetchFault.ADDRESS_MALFORMED),
        ("https:///metadata", FetchFault.ADDRESS_MALFORMED),
        ("https://dïenst.example/", FetchFault.ADDRESS_MALFORMED),
        ("https://dienst.example/" + "a" * 2048, FetchFault.ADDRESS_MALFORMED),
        ("", FetchFault.ADDRESS_MALFORMED),
    ],
)
def test_an_address_that_may_not_be_is_not_asked(address: str, expected: FetchFault) -> None:
    def nobody(_host: str, _port: int) -> list[str]:
        raise AssertionError("the name was looked up")

    assert fault(address, Rules(resolve=nobody)) is expected


def test_an_unknown_name_and_a_closed_port_are_told_apart(web: WebServer) -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    assert fault(web.address(host=NAME), replace(ON_THIS_MACHINE, resolve=unknown)) is FetchFault.HOST_UNKNOWN
    with serving() as gone:
        address = gone.address()
    assert fault(address) is FetchFault.UNREACHABLE


def test_a_second_address_is_tried_when_the_first_does_not_answer(web: WebServer) -> None:
    web.answers["/metadata"] = document(b"<a/>")
    rules = replace(ON_THIS_MACHINE, resolve=lambda _host, _port: ["127.0.0.2", "127.0.0.1"])
    assert fetch(web.address(host=NAME), rules) == b"<a/>"


def test_a_redirect_stays_where_it_is(web: WebServer) -> None:
    """MD-27: on the same host it is followed, anywhere else it is not."""
    web.answers["/metadata"] = redirect("/new")
    web.answers["/new"] = document(b"<a/>")
    assert fetch(web.address(), ON_THIS_MACHINE) == b"<a/>"


def test_a_redirect_to_another_place_is_refused(web: WebServer) -> None:
    """TC-90."""
    with serving() as inner:
        inner.answers["/secret"] = document(b"secret")
        for location in (
            inner.address("/secret"),
            web.address("/secret", host="localhost"),
            f"//127.0.0.1:{inner.port}/secret",
            f"https://127.0.0.1:{web.port}/secret",
            "file:///etc/passwd",
            "http://user@127.0.0.1/",
            "",
        ):
            for moved in (301, 302, 303, 307, 308):
                web.answers["/metadata"] = redirect(location, moved)
                found = fault(web.address(), replace(ON_THIS_MACHINE, resolve=here))
                assert found is FetchFault.REDIRECT, location
        assert inner.asked == []


def test_a_redirect_without_an_end_is_given_up(web: WebServer) -> None:
    web.answers["/metadata"] = redirect("/metadata")
    assert fault(web.address()) is FetchFault.REDIRECT
    assert len(web.asked) == 4


@pytest.mark.parametrize("number", [201, 204, 304, 403, 404, 500])
def test_only_a_plain_answer_counts(web: WebServer, number: int) -> None:
    web.answers["/metadata"] = status(number)
    assert fault(web.address()) is FetchFault.STATUS


def test_nothing_is_unpacked(web: WebServer) -> None:
    web.answers["/metadata"] = document(b"\x1f\x8b", Content_Encoding="gzip")
    assert fault(web.address()) is FetchFault.ENCODED


def test_a_document_that_is_too_large_is_cut_off_while_it_comes_in(web: WebServer) -> None:
    sent = 0

    def endless(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65536)
            sent += 65536

    web.answers["/metadata"] = endless
    assert fault(web.address(), replace(ON_THIS_MACHINE, largest=100_000)) is FetchFault.TOO_LARGE
    assert sent < 20_000_000
    web.answers["/metadata"] = document(b"x" * 100_000)
    assert len(fetch(web.address(), replace(ON_THIS_MACHINE, largest=100_000))) == 100_000


def dripping_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.02)


def dripping_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.02)


def silence(_handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


@pytest.mark.parametrize("slow", [dripping_body, dripping_head, silence])
def test_the_time_counts_for_everything_together(web: WebServer, slow: object) -> None:
    """Bytes that come one by one do not give more of it."""
    assert callable(slow)
    web.answers["/metadata"] = slow
    begun = time.monotonic()
    assert fault(web.address(), replace(ON_THIS_MACHINE, seconds=0.3)) is FetchFault.TOO_SLOW
    assert time.monotonic() - begun < 1.5


def test_an_answer_that_is_no_http_is_refused(web: WebServer) -> None:
    def nonsense(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"SSH-2.0-server\r\n\r\n")
        handler.close_connection = True

    web.answers["/metadata"] = nonsense
    assert fault(web.address()) is FetchFault.UNREACHABLE


def test_plain_text_over_tls_is_refused(web: WebServer, secure: WebServer) -> None:
    assert fault(web.address().replace("http:", "https:")) is FetchFault.UNREACHABLE
    assert fault(secure.address().replace("https:", "http:")) is FetchFault.UNREACHABLE
