"""Answers on the wire: JSON, and the error bodies of the API (problem+json).

Titles, codes and addresses of errors are those of the published interface; where it gives no example (404,
405, 413, a body that is no JSON) they are ours in the same form.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

from volmacht.standins.population_register.questions import InvalidParam

_JSON = "application/json; charset=utf-8"
_PROBLEM = "application/problem+json; charset=utf-8"
_RFC_7231 = "https://datatracker.ietf.org/doc/html/rfc7231#section-"
_RFC_7235 = "https://datatracker.ietf.org/doc/html/rfc7235#section-"


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, a body that becomes JSON, and headers beyond content type and length."""

    status: HTTPStatus
    body: object
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def content_type(self) -> str:
        """Problem+json for an error."""
        return _JSON if self.status is HTTPStatus.OK else _PROBLEM

    def encoded(self) -> bytes:
        """The body as it travels."""
        return json.dumps(self.body, ensure_ascii=False).encode()


@dataclass(frozen=True, slots=True)
class _Kind:
    """An error that always reads the same but for its detail."""

    status: HTTPStatus
    type: str
    title: str
    code: str
    detail: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())

    def reply(self, path: str, detail: str = "", **more: object) -> Reply:
        body = {"type": self.type, "title": self.title, "status": int(self.status)}
        body |= {"detail": detail or self.detail} if detail or self.detail else {}
        return Reply(self.status, body | {"instance": path, "code": self.code} | more, self.headers)


_SUPPORTED = "Ondersteunde content type: application/json; charset=utf-8."

NOT_AUTHENTICATED = _Kind(
    HTTPStatus.UNAUTHORIZED,
    f"{_RFC_7235}3.1",
    "Niet correct geauthenticeerd.",
    "authentication",
    headers=(("WWW-Authenticate", "ApiKey"),),
)
NOT_ACCEPTABLE = _Kind(
    HTTPStatus.NOT_ACCEPTABLE,
    f"{_RFC_7231}6.5.6",
    "Gevraagde content type wordt niet ondersteund.",
    "notAcceptable",
    _SUPPORTED,
)
WRONG_MEDIA_TYPE = _Kind(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    f"{_RFC_7231}6.5.13",
    "Media Type wordt niet ondersteund.",
    "unsupportedMediaType",
    _SUPPORTED,
)
UNAVAILABLE = _Kind(
    HTTPStatus.SERVICE_UNAVAILABLE,
    f"{_RFC_7231}6.6.4",
    "Bronservice BRP is tijdelijk niet beschikbaar.",
    "notAvailable",
)
NOT_FOUND = _Kind(HTTPStatus.NOT_FOUND, f"{_RFC_7231}6.5.4", "Opgevraagde resource bestaat niet.", "notFound")
WRONG_METHOD = _Kind(
    HTTPStatus.METHOD_NOT_ALLOWED,
    f"{_RFC_7231}6.5.5",
    "Methode is niet toegestaan.",
    "methodNotAllowed",
    headers=(("Allow", "POST"),),
)
TOO_LARGE = _Kind(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{_RFC_7231}6.5.11", "Request is te groot.", "requestTooLarge"
)
NO_JSON = _Kind(
    HTTPStatus.BAD_REQUEST, f"{_RFC_7231}6.5.1", "Request body is geen geldige JSON.", "invalidJson"
)
_WRONG_PARAMETERS = _Kind(
    HTTPStatus.BAD_REQUEST,
    f"{_RFC_7231}6.5.1",
    "Een of meerdere parameters zijn niet correct.",
    "paramsValidation",
)
_NOT_AUTHORISED = _Kind(
    HTTPStatus.FORBIDDEN,
    f"{_RFC_7231}6.5.3",
    "U bent niet geautoriseerd voor de gebruikte parameter(s).",
    "unauthorizedParameter",
)


def wrong_parameters(path: str, faults: Sequence[InvalidParam]) -> Reply:
    """400, naming every wrong parameter."""
    names = ", ".join(fault.name for fault in faults)
    listed = [{"name": fault.name, "code": fault.code, "reason": fault.reason} for fault in faults]
    return _WRONG_PARAMETERS.reply(path, f"De foutieve parameter(s) zijn: {names}.", invalidParams=listed)


def not_authorised(path: str, parameters: Sequence[str]) -> Reply:
    """403 for a kind of question that this stand-in does not answer."""
    names = ", ".join(parameters)
    return _NOT_AUTHORISED.reply(
        path, f"U bent niet geautoriseerd voor het gebruik van parameter(s): {names}."
    )
