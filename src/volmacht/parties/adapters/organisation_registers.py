"""Asks the OIN register and the ALB list over HTTP.

OIN: the COR API of Logius, from version 1.1: `GET {base}/organisaties/{oin}` answers HAL+JSON with `oin`, `naam`,
`status` (Actief or Ingetrokken) and `kvkNummer`; 404 when there is none. It asks for a PKIoverheid certificate.
A 404 says so only where `GET {base}/organisaties` is there itself: else the address is wrong, and nothing is known.
ALB: no interface is published; ours asks `GET {base}/gerechtigden?naam=…` and reads a list of `naam` and `kvkNummer`.
Both numbers and names are public.
"""

import ssl
from collections.abc import Mapping
from http import HTTPStatus

import httpx

from volmacht.parties.organisation_registers import (
    EntitledOrganisation,
    OrganisationRegisterUnavailable,
    RegisteredOrganisation,
)
from volmacht.rules.identifiers import Oin

CONNECT_SECONDS, ANSWER_SECONDS = 2.0, 5.0
ACTIVE = "Actief"
ORGANISATIONS = "/organisaties"


def folded_name(name: str) -> str:
    """A name without what people write in different ways: capitals and spaces."""
    return " ".join(name.split()).casefold()


class _Register:
    """One register: asks, and once more when the connection failed."""

    def __init__(self, base_url: str, *, tls: ssl.SSLContext | None = None) -> None:
        self._base = base_url.rstrip("/")
        self._client = httpx.Client(
            headers={"Accept": "application/hal+json, application/json"},
            timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            verify=tls if tls is not None else True,
            trust_env=False,
            follow_redirects=False,
        )

    def _ask(self, path: str, question: Mapping[str, str] | None = None) -> object | None:
        """The answer as JSON; None for a 404 of an interface, and not of whatever else is at this address."""
        response = self._get(path, question)
        if response.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            raise OrganisationRegisterUnavailable(f"status {response.status_code}")
        try:
            answer: object = response.json()
        except ValueError:
            raise OrganisationRegisterUnavailable("no JSON") from None
        return answer if response.status_code == HTTPStatus.OK else None

    def _must_be_there(self, path: str) -> None:
        """Raises OrganisationRegisterUnavailable where a register that is at this address would have something."""
        if self._get(path).status_code == HTTPStatus.NOT_FOUND:
            raise OrganisationRegisterUnavailable("no register at this address")

    def _get(self, path: str, question: Mapping[str, str] | None = None) -> httpx.Response:
        try:
            return self._client.get(f"{self._base}{path}", params=question)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            return self._again(path, question)
        except httpx.HTTPError as fault:
            raise OrganisationRegisterUnavailable(type(fault).__name__) from fault

    def _again(self, path: str, question: Mapping[str, str] | None) -> httpx.Response:
        try:
            return self._client.get(f"{self._base}{path}", params=question)
        except httpx.HTTPError as fault:
            raise OrganisationRegisterUnavailable(type(fault).__name__) from fault


def _text(values: Mapping[str, object], name: str) -> str:
    """A text of an answer; empty when it is not there or null."""
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise OrganisationRegisterUnavailable(f"{name} is no text")
    return value


class CorOinRegister(_Register):
    """An `OinRegister`."""

    def look_up(self, oin: Oin) -> RegisteredOrganisation | None:
        """See `OinRegister.look_up`."""
        answer = self._ask(f"{ORGANISATIONS}/{oin}")
        if answer is None:
            self._must_be_there(ORGANISATIONS)
            return None
        if not isinstance(answer, dict) or _text(answer, "oin") != oin.value or not _text(answer, "naam"):
            raise OrganisationRegisterUnavailable("not about this organisation")
        return RegisteredOrganisation(
            oin=oin,
            name=_text(answer, "naam"),
            kvk_number=_text(answer, "kvkNummer"),
            active=_text(answer, "status") == ACTIVE,
        )


class HttpAlbRegister(_Register):
    """An `AlbRegister`."""

    def look_up(self, name: str) -> EntitledOrganisation | None:
        """See `AlbRegister.look_up`."""
        answer = self._ask("/gerechtigden", {"naam": name})
        listed = answer.get("gerechtigden") if isinstance(answer, dict) else None
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise OrganisationRegisterUnavailable("no list")
        for one in listed:
            if folded_name(_text(one, "naam")) == folded_name(name):
                return EntitledOrganisation(_text(one, "naam"), _text(one, "kvkNummer"))
        return None
