"""The stand-in as a WSGI application: reads only, nothing is kept or logged.

`GET /cor/api/v1/organisaties/{oin}`: one organisation as the COR API shows it (HAL+JSON), or 404; without OIN
all of them.
`GET /alb/v1/gerechtigden?naam=…`: who is called so in the list of who may use the BSN. `GET /health`.
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPMethod, HTTPStatus
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

from volmacht.standins.organisation_register.organisations import Organisation

ORGANISATIONS, ENTITLED = "/cor/api/v1/organisaties/", "/alb/v1/gerechtigden"
HAL, JSON = "application/hal+json", "application/json"
Answer = tuple[HTTPStatus, str, Mapping[str, object]]
NOT_FOUND: Answer = (HTTPStatus.NOT_FOUND, JSON, {"status": 404, "title": "Not found"})
WRONG_METHOD: Answer = (HTTPStatus.METHOD_NOT_ALLOWED, JSON, {"status": 405, "title": "Method not allowed"})


class OrganisationRegisterStandIn:
    """Both registers. `away` lets them fail, for tests."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._organisations = {one.oin: one for one in organisations}
        self.away = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, kind, content = self._answer(environ)
        body = json.dumps(content, ensure_ascii=False).encode()
        headers = [("Content-Type", kind), ("Content-Length", str(len(body)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != HTTPMethod.GET:
            return WRONG_METHOD
        if path == "/health":
            return HTTPStatus.OK, JSON, {"status": "ok"}
        if self.away:
            return HTTPStatus.SERVICE_UNAVAILABLE, JSON, {"status": 503, "title": "Service unavailable"}
        if path == ENTITLED:
            return HTTPStatus.OK, JSON, self._entitled(environ.get("QUERY_STRING", ""))
        content = self._all() if f"{path}/" == ORGANISATIONS else self._one(path)
        return (HTTPStatus.OK, HAL, content) if content else NOT_FOUND

    def _one(self, path: str) -> Mapping[str, object] | None:
        found = self._organisations.get(path.removeprefix(ORGANISATIONS))
        return _as_cor(found) if found and path.startswith(ORGANISATIONS) else None

    def _all(self) -> Mapping[str, object]:
        return {"_embedded": {"organisaties": [_as_cor(one) for one in self._organisations.values()]}}

    def _entitled(self, query: str) -> Mapping[str, object]:
        asked = " ".join(parse_qs(query).get("naam", [""])[0].split()).casefold()
        found = [one for one in self._organisations.values() if one.alb and one.alb.casefold() == asked]
        return {"gerechtigden": [{"naam": one.alb, "kvkNummer": one.alb_kvk or None} for one in found]}


def _as_cor(one: Organisation) -> Mapping[str, object]:
    """The fields that the COR API is documented to have."""
    return {
        "oin": one.oin,
        "naam": one.name,
        "status": "Ingetrokken" if one.withdrawn else "Actief",
        "kvkNummer": one.kvk or None,
        "organisatieType": one.type or None,
        "afgifteDatum": "2020-01-01",
        "intrekdatum": one.withdrawn.isoformat() if one.withdrawn else None,
        "_links": {"self": {"href": f"{ORGANISATIONS}{one.oin}"}},
    }
