"""Asks the population register through the Haal Centraal *BRP Personen bevragen* API, version 2, over HTTP.

Source: the published interface, GitHub `BRP-API/Haal-Centraal-BRP-bevragen` (OpenAPI 2.7.0 and its feature
files). Only what Volmacht needs is asked for. What an answer means stands in `haal_centraal_answer`. The BSN
travels in the body, so it stands in no address and in no log.
"""

import ssl
from collections.abc import Mapping
from http import HTTPStatus
from types import TracebackType
from typing import Self

import httpx

from volmacht.parties.adapters.haal_centraal_answer import FIELDS, QUERY_TYPE, UnreadableAnswer, read_answer
from volmacht.parties.population_register import RegisteredPerson, RegisterUnavailable, UnavailableCause
from volmacht.rules.identifiers import Bsn

# Somebody waits in front of a screen: better an honest "try again later" than a minute of nothing.
CONNECT_SECONDS = 2.0
ANSWER_SECONDS = 5.0


class HaalCentraalRegister:
    """A `PopulationRegister` with connections kept open. Safe for threads; close it, or use it in `with`.

    `base_url` ends before `/personen`, for example `https://…/haalcentraal/api/brp`. `tls` carries the client
    certificate where the register asks for one. Proxies named in the environment are not used: BSNs take no
    detours.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._url = f"{base_url.rstrip('/')}/personen"
        self._client = httpx.Client(
            headers={"X-API-KEY": api_key, "Accept": "application/json"},
            timeout=httpx.Timeout(answer_seconds, connect=CONNECT_SECONDS),
            verify=tls if tls is not None else True,
            trust_env=False,
            follow_redirects=False,
        )

    def look_up(self, bsn: Bsn) -> RegisteredPerson | None:
        """See `PopulationRegister.look_up`."""
        question = {"type": QUERY_TYPE, "burgerservicenummer": [bsn.value], "fields": list(FIELDS)}
        response = self._ask(question)
        _check_status(response.status_code)
        try:
            return read_answer(_json(response), bsn)
        except UnreadableAnswer as fault:
            raise RegisterUnavailable(UnavailableCause.ANSWER_UNREADABLE, str(fault)) from fault

    def _ask(self, question: Mapping[str, object]) -> httpx.Response:
        try:
            return self._send(question)
        except httpx.TimeoutException as fault:
            raise RegisterUnavailable(UnavailableCause.TOO_SLOW, type(fault).__name__) from fault
        except httpx.DecodingError as fault:
            raise RegisterUnavailable(UnavailableCause.ANSWER_UNREADABLE, type(fault).__name__) from fault
        except httpx.RequestError as fault:
            raise RegisterUnavailable(UnavailableCause.UNREACHABLE, type(fault).__name__) from fault

    def _send(self, question: Mapping[str, object]) -> httpx.Response:
        """Send the question; once more when the connection failed, for asking changes nothing over there."""
        try:
            return self._client.post(self._url, json=question)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            return self._client.post(self._url, json=question)

    def close(self) -> None:
        """Close the connections kept open."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _json(response: httpx.Response) -> object:
    """The body as JSON. Raises UnreadableAnswer, which carries nothing of the body."""
    try:
        body: object = response.json()
    except ValueError:
        raise UnreadableAnswer("no JSON") from None
    return body


def _check_status(status: int) -> None:
    """Raise RegisterUnavailable for everything but 200."""
    if status == HTTPStatus.OK:
        return
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        cause = UnavailableCause.ACCESS_DENIED
    elif status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        cause = UnavailableCause.OUT_OF_ORDER
    elif status >= HTTPStatus.BAD_REQUEST:
        cause = UnavailableCause.QUESTION_REJECTED
    else:
        cause = UnavailableCause.ANSWER_UNREADABLE
    raise RegisterUnavailable(cause, f"status {status}")
