"""The stand-in as a WSGI application: which path does what, in which order a request is checked.

`POST /haalcentraal/api/brp/personen` is the API. `GET /health` needs no key. `POST /stand-in/person`
changes facts; `POST /stand-in/fault` lets it fail, where that was enabled at the start. BSNs stand in
bodies only, and nothing is logged.
"""

import hmac
import json
import time
from collections.abc import Callable, Iterable
from http import HTTPMethod, HTTPStatus
from wsgiref.types import StartResponse, WSGIEnvironment

from volmacht import clock
from volmacht.standins.population_register import replies
from volmacht.standins.population_register.answers import complete_answer
from volmacht.standins.population_register.fields import choose
from volmacht.standins.population_register.media_types import is_acceptable, is_json
from volmacht.standins.population_register.questions import NotAuthorised, Question, read_question
from volmacht.standins.population_register.register import Register
from volmacht.standins.population_register.replies import Reply
from volmacht.standins.population_register.residences import Answer
from volmacht.standins.population_register.switches import Faults, SwitchError, read_change, read_faults

BASE_PATH = "/haalcentraal/api/brp"
PEOPLE_PATH = f"{BASE_PATH}/personen"
_LARGEST_BODY = 65_536

Body = dict[str, object]
Handler = Callable[[Body], Reply]


class PopulationRegisterStandIn:
    """One running register. `faults_enabled` opens `POST /stand-in/fault`."""

    def __init__(self, register: Register, api_key: str, *, faults_enabled: bool = False) -> None:
        self._register = register
        self._api_key = api_key.encode()
        self._faults = Faults()
        self._handlers: dict[str, Handler] = {PEOPLE_PATH: self._people, "/stand-in/person": self._change}
        if faults_enabled:
            self._handlers["/stand-in/fault"] = self._set_faults

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        reply = self._reply(environ)
        body = reply.encoded()
        headers = [("Content-Type", reply.content_type), ("Content-Length", str(len(body))), *reply.headers]
        start_response(f"{reply.status.value} {reply.status.phrase}", headers)
        return [body]

    def _reply(self, environ: WSGIEnvironment) -> Reply:
        """Check in the order of a gateway with the API behind it: key, method, headers, body."""
        path = environ["PATH_INFO"]
        if path == "/health" and environ["REQUEST_METHOD"] == HTTPMethod.GET:
            return Reply(HTTPStatus.OK, {"status": "ok"})
        if not hmac.compare_digest(environ.get("HTTP_X_API_KEY", "").encode(), self._api_key):
            return replies.NOT_AUTHENTICATED.reply(path)
        handler = self._handlers.get(path)
        if handler is None:
            return replies.NOT_FOUND.reply(path)
        refusal = _check_headers(environ, path)
        if refusal is not None:
            return refusal
        body = _read_body(environ, path)
        return body if isinstance(body, Reply) else handler(body)

    def _people(self, body: Body) -> Reply:
        faults = self._faults
        time.sleep(faults.delay_seconds)
        if faults.unavailable:
            return replies.UNAVAILABLE.reply(PEOPLE_PATH)
        question = read_question(body)
        if isinstance(question, NotAuthorised):
            return replies.not_authorised(PEOPLE_PATH, question.parameters)
        if isinstance(question, Question):
            return Reply(HTTPStatus.OK, {"type": body["type"], "personen": self._found(question)})
        return replies.wrong_parameters(PEOPLE_PATH, question)

    def _found(self, question: Question) -> list[Answer]:
        today = clock.today()
        found = (self._register.find(bsn, question.municipality_code) for bsn in dict.fromkeys(question.bsns))
        return [
            choose(complete_answer(person, today), question.fields) for person in found if person is not None
        ]

    def _change(self, body: Body) -> Reply:
        try:
            change = read_change(body)
        except SwitchError as fault:
            return Reply(HTTPStatus.BAD_REQUEST, {"error": str(fault)})
        person = self._register.change(change.bsn, change.alter)
        if person is None:
            return Reply(HTTPStatus.NOT_FOUND, {"error": "nobody has this BSN"})
        return Reply(HTTPStatus.OK, {"deceased": person.deceased, "guardianship": person.under_guardianship})

    def _set_faults(self, body: Body) -> Reply:
        try:
            self._faults = read_faults(body)
        except SwitchError as fault:
            return Reply(HTTPStatus.BAD_REQUEST, {"error": str(fault)})
        faults = self._faults
        return Reply(
            HTTPStatus.OK, {"delay_seconds": faults.delay_seconds, "unavailable": faults.unavailable}
        )


def _check_headers(environ: WSGIEnvironment, path: str) -> Reply | None:
    if environ["REQUEST_METHOD"] != HTTPMethod.POST:
        return replies.WRONG_METHOD.reply(path)
    if not is_acceptable(environ.get("HTTP_ACCEPT", "")):
        return replies.NOT_ACCEPTABLE.reply(path)
    if not is_json(environ.get("CONTENT_TYPE", "")):
        return replies.WRONG_MEDIA_TYPE.reply(path)
    return None


def _read_body(environ: WSGIEnvironment, path: str) -> Body | Reply:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if length > _LARGEST_BODY:
        return replies.TOO_LARGE.reply(path)
    try:
        body = json.loads(environ["wsgi.input"].read(length))
    except (ValueError, RecursionError):
        return replies.NO_JSON.reply(path)
    return body if isinstance(body, dict) else replies.NO_JSON.reply(path)
