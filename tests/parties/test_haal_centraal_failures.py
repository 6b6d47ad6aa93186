"""Whatever goes wrong between us and the population register becomes RegisterUnavailable, without personal data."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from tests.standins.serving import served
from volmacht.parties.adapters.haal_centraal import HaalCentraalRegister
from volmacht.parties.population_register import RegisterUnavailable, UnavailableCause
from volmacht.rules.identifiers import Bsn

BSN = Bsn("999900006")
FOUND = {"burgerservicenummer": BSN.value, "naam": {"volledigeNaam": "Maria Jansen"}}


def _answering(status: str, body: bytes, *headers: tuple[str, str]) -> WSGIApplication:
    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        start_response(status, [("Content-Type", "application/json"), *headers])
        return [body]

    return application


def _unavailable(application: WSGIApplication) -> RegisterUnavailable:
    with (
        served(application) as address,
        HaalCentraalRegister(address, "key") as register,
        pytest.raises(RegisterUnavailable) as trouble,
    ):
        register.look_up(BSN)
    assert BSN.value not in str(trouble.value)
    return trouble.value


STATUSES = [
    ("400 Bad Request", UnavailableCause.QUESTION_REJECTED),
    ("401 Unauthorized", UnavailableCause.ACCESS_DENIED),
    ("403 Forbidden", UnavailableCause.ACCESS_DENIED),
    ("404 Not Found", UnavailableCause.QUESTION_REJECTED),
    ("429 Too Many Requests", UnavailableCause.OUT_OF_ORDER),
    ("500 Internal Server Error", UnavailableCause.OUT_OF_ORDER),
    ("503 Service Unavailable", UnavailableCause.OUT_OF_ORDER),
    ("204 No Content", UnavailableCause.ANSWER_UNREADABLE),
]


@pytest.mark.parametrize(("status", "cause"), STATUSES)
def test_every_status_but_200_has_its_cause(status: str, cause: UnavailableCause) -> None:
    trouble = _unavailable(_answering(status, b"" if status.startswith("204") else b'{"personen": []}'))
    assert (trouble.cause, str(trouble)) == (cause, f"{cause}: status {status[:3]}")


def test_a_redirect_is_not_followed_with_a_bsn_in_the_hand() -> None:
    trouble = _unavailable(_answering("307 Temporary Redirect", b"", ("Location", "http://127.0.0.1:9/")))
    assert trouble.cause is UnavailableCause.ANSWER_UNREADABLE


def _with(**changes: object) -> dict[str, object]:
    return {"personen": [FOUND | changes]}


UNREADABLE = [
    (b"", "no JSON"),
    (b"<html>999900006</html>", "no JSON"),
    (b"\xff\xfe", "no JSON"),
    (b"[]", "personen is no list"),
    (b"{}", "personen is no list"),
    (b'{"personen": {}}', "personen is no list"),
    ({"personen": [FOUND, FOUND]}, "more than one person for one BSN"),
    ({"personen": ["999900006"]}, "not the person that was asked for"),
    ({"personen": [{}]}, "not the person that was asked for"),
    (_with(burgerservicenummer="999900018"), "not the person that was asked for"),
    (_with(naam="Maria"), "naam is no group of fields"),
    (_with(naam=None), "naam is no group of fields"),
    (_with(naam={"volledigeNaam": 7}), "volledigeNaam is no text"),
    (_with(indicatieCurateleRegister="J"), "indicatieCurateleRegister is no boolean"),
    (_with(geheimhoudingPersoonsgegevens=7), "geheimhoudingPersoonsgegevens is no boolean"),
    (_with(geboorte={"datum": {"type": "Eeuw", "eeuw": 20}}), "a date of an unknown type"),
    (_with(geboorte={"datum": {"type": "Datum", "datum": "19480230"}}), "a Datum is no date"),
    (_with(geboorte={"datum": {"type": "JaarDatum"}}), "a JaarDatum has no jaar"),
    (_with(overlijden={"datum": {"type": "JaarMaandDatum", "maand": 2}}), "a JaarMaandDatum has no jaar"),
]


@pytest.mark.parametrize(("body", "told"), UNREADABLE)
def test_an_answer_off_the_published_interface_is_refused_by_place_not_by_value(
    body: object, told: str
) -> None:
    encoded = body if isinstance(body, bytes) else json.dumps(body).encode()
    trouble = _unavailable(_answering("200 OK", encoded))
    assert str(trouble) == f"answer_unreadable: {told}"


def test_an_answer_in_a_broken_encoding_is_unavailable() -> None:
    trouble = _unavailable(_answering("200 OK", b"no gzip at all", ("Content-Encoding", "gzip")))
    assert trouble.cause is UnavailableCause.ANSWER_UNREADABLE


def test_a_register_that_is_not_there_is_unreachable() -> None:
    with closing(socket.socket()) as bound:
        bound.bind(("127.0.0.1", 0))  # bound, and nobody listens
        base = f"http://127.0.0.1:{bound.getsockname()[1]}"
        with HaalCentraalRegister(base, "key") as register, pytest.raises(RegisterUnavailable) as trouble:
            register.look_up(BSN)
    assert (trouble.value.cause, str(trouble.value)) == (
        UnavailableCause.UNREACHABLE,
        "unreachable: ConnectError",
    )


@contextmanager
def _hanging_up(times: int, *, then_answering: bool) -> Iterator[str]:
    """A server that hangs up on the first connections, and perhaps answers on the next."""
    body = json.dumps({"personen": [FOUND]}).encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )
    replies = [b""] * times + [head + body] * then_answering
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            for reply in replies:
                connection, _ = listener.accept()
                with connection:
                    connection.recv(65_536)
                    connection.sendall(reply)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)
        assert not thread.is_alive(), "fewer connections came than the test expects"


def test_a_connection_that_breaks_is_tried_once_more() -> None:
    with _hanging_up(1, then_answering=True) as base, HaalCentraalRegister(base, "key") as register:
        found = register.look_up(BSN)
    assert found is not None
    assert found.full_name == found.addressee == "Maria Jansen"


def test_a_connection_that_breaks_twice_is_unreachable() -> None:
    with _hanging_up(2, then_answering=False) as base, HaalCentraalRegister(base, "key") as register:
        with pytest.raises(RegisterUnavailable) as trouble:
            register.look_up(BSN)
        assert trouble.value.cause is UnavailableCause.UNREACHABLE


def test_a_slow_answer_is_not_asked_for_twice() -> None:
    asked: list[str] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        time.sleep(0.4)
        start_response("200 OK", [])
        return [b"{}"]

    with (
        served(application) as address,
        HaalCentraalRegister(address, "key", answer_seconds=0.1) as register,
        pytest.raises(RegisterUnavailable) as trouble,
    ):
        register.look_up(BSN)
    assert (trouble.value.cause, asked) == (UnavailableCause.TOO_SLOW, ["/personen"])


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    with (
        served(_answering("200 OK", b'{"personen": []}')) as address,
        HaalCentraalRegister(address, "key") as register,
    ):
        assert register.look_up(BSN) is None
