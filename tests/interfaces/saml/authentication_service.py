"""An authentication service for tests: judges what it is asked, and answers over real mutual TLS as a test tells it to.

Written with the protocols code only; knows nothing of the application. What it says can be changed at each level, so
that a test can send any lie with a good signature.
"""

import ssl
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from lxml import etree

from tests.interfaces.saml import parties
from volmacht import clock
from volmacht.pki import Purpose, pem_of, private_key_pem
from volmacht.protocols import soap
from volmacht.protocols.saml import assurance, building, parsing
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.bindings import artifact_address, read_post
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.handling.composing import (
    CONFIRMED_FOR,
    MARGIN,
    Addressee,
    login_response,
    resolved,
)
from volmacht.protocols.saml.keys import OwnKey, PublishedKey, RecipientKey
from volmacht.protocols.saml.messages import Assertion, AuthnRequest, Response, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.names import ENTITY_CONCERNED_KVK, PSEUDONYM
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn, KvkNumber


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Says:
    """What is answered. Each `change_...` gets what an honest service would send."""

    bsn: Bsn | None = None
    employee: tuple[str, KvkNumber] | None = None  # pseudonym and organisation, at eHerkenning
    level: LevelOfAssurance = LevelOfAssurance.SUBSTANTIAL
    status: Status | None = None
    name_id: str = ""
    key: OwnKey | None = None
    change_assertion: Callable[[Assertion], Assertion] = _same
    change_signed: Callable[[bytes], bytes] = _same  # the assertion, signed
    change_response: Callable[[Response], Response] = _same
    change_answer: Callable[[bytes], bytes] = _same  # the whole SOAP message


@dataclass(frozen=True)
class Question:
    """An AuthnRequest that came, verified, with its RelayState; `raw` is what was signed."""

    request: AuthnRequest
    relay_state: str
    raw: bytes


@dataclass
class AuthenticationService:
    """One service; `calls` are the bodies that came over the back channel."""

    entrance_keys: Callable[[], tuple[PublishedKey, ...]]
    recipients: Callable[[str], tuple[RecipientKey, ...]]
    entity_id: str = parties.AD
    consumer: str = "http://localhost:8000/saml/entrance/acs"
    down: bool = False
    calls: list[bytes] = field(default_factory=list)
    _waiting: dict[str, tuple[Question, Says]] = field(default_factory=dict)

    @property
    def _key(self) -> OwnKey:
        return parties.key(parties.oin_of(self.entity_id))

    def receive(self, fields: dict[str, str]) -> Question:
        """What the browser posts here."""
        message, relay_state = read_post({name: [value] for name, value in fields.items()})
        root = gate.read(message, gate.AUTHN_REQUEST)
        schemas.validate(root, schemas.Schema.PROTOCOL)
        found = verified(root, self.entrance_keys(), now=clock.wall_clock())
        assert relay_state is not None
        return Question(parsing.authn_request(found.element), relay_state, message)

    def log_in(self, question: Question, says: Says) -> str:
        """Where the browser goes after somebody logged in, or did not."""
        artifact = new_artifact(self.entity_id)
        self._waiting[artifact] = (question, says)
        return self.address(artifact, question)

    def address(self, artifact: str, question: Question, relay_state: str | None = None) -> str:
        """Where the entrance, or the portal, wants its answers."""
        return artifact_address(
            self.consumer, artifact, question.relay_state if relay_state is None else relay_state
        )

    def resolve(self, body: bytes) -> bytes:
        """Answer an ArtifactResolve of the entrance."""
        self.calls.append(body)
        root = soap.body_of(gate.read(body, gate.RESOLVE))
        schemas.validate(root, schemas.Schema.PROTOCOL)
        asked = parsing.artifact_resolve(verified(root, self.entrance_keys(), now=clock.wall_clock()).element)
        question, says = self._waiting.pop(asked.artifact)
        message = resolved(
            issuer=self.entity_id,
            key=self._key,
            in_response_to=asked.id,
            response=self._response(question, says),
            outcome=ResolveOutcome.DELIVERED,
            now=clock.wall_clock(),
        )
        return says.change_answer(message)

    def _response(self, question: Question, says: Says) -> Response:
        request = question.request
        to = Addressee(request.issuer, self.consumer, request.id)
        signed = None
        if says.status is None:
            assertion = says.change_assertion(self.honest(question, says))
            signed = says.change_signed(building.assertion(assertion, says.key or self._key))
        response = login_response(
            issuer=self.entity_id, to=to, status=says.status, assertion=signed, now=clock.wall_clock()
        )
        return says.change_response(response)

    def honest(self, question: Question, says: Says) -> Assertion:
        """The assertion for an own log-in."""
        request = question.request
        requested = request.scoping.requester_ids if request.scoping else ()
        return self.assertion(
            says,
            requester=request.issuer,
            consumer=self.consumer,
            request_id=request.id,
            provider=request.audiences[0],
            service_uuid=request.services[0],
            readers=(request.audiences[0], *requested),
        )

    def assertion(
        self,
        says: Says,
        *,
        requester: str,
        consumer: str,
        request_id: str,
        provider: str,
        service_uuid: str,
        readers: tuple[str, ...],
    ) -> Assertion:
        """An assertion as AD-10 wants it."""
        now, name_id = clock.wall_clock(), says.name_id or str(uuid4())
        keys = [key for reader in readers for key in self.recipients(reader)]
        acting, concerned = _subjects(says, keys)
        return Assertion(
            id=new_id(),
            version="2.0",
            issue_instant=now,
            issuer=self.entity_id,
            name_id=name_id,
            recipient=consumer,
            in_response_to=request_id,
            confirmation_ends=now + CONFIRMED_FOR,
            not_before=now - MARGIN,
            not_on_or_after=now + MARGIN,
            audiences=(requester, *(reader for reader in readers if reader != provider)),
            authn_instant=now,
            session_index=name_id,
            class_ref=assurance.uri_of(says.level),
            service_uuids=(service_uuid,),
            acting=acting,
            concerned_kvk=concerned,
        )


def _subjects(says: Says, keys: list[RecipientKey]) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Who is named: a person, or an employee and the organisation (AD-16)."""
    if says.employee is None:
        assert says.bsn is not None
        return (named(Identifier.of_bsn(says.bsn), keys),), ()
    pseudonym, organisation = says.employee
    employee = named(Identifier(PSEUDONYM, pseudonym), keys)
    return (employee,), (named(Identifier(ENTITY_CONCERNED_KVK, organisation.value), keys),)


def named(identifier: Identifier, keys: list[RecipientKey]) -> bytes:
    """As it stands in an assertion."""
    return serialised(encrypted_id(identifier, keys))


def changed(change: Callable[[etree._Element], object]) -> Callable[[bytes], bytes]:
    """Change a message after it was signed."""

    def carry_out(message: bytes) -> bytes:
        root = etree.fromstring(message)
        change(root)
        return etree.tostring(root)

    return carry_out


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler, bind_and_activate=False)
        self.service: AuthenticationService | None = None
        self.others: dict[str, AuthenticationService] = {}  # by entity id, which is the end of their address

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away, or shows no certificate, is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        """Hand in an artifact."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        service = self.server.others.get(self.path.removeprefix("/resolve/"), self.server.service)
        answer = b"" if service is None or service.down else service.resolve(body)
        self.send_response(200 if answer else 503)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the screen."""


def tls_context(folder: Path, oin: str) -> ssl.SSLContext:
    """A certificate of this organisation; clients of the pinned authority only."""
    issued = parties.issued(oin, Purpose.TLS_SERVER)
    chain, secret, anchors = (folder / name for name in ("chain.pem", "key.pem", "anchors.pem"))
    chain.write_bytes(issued.chain_pem)
    secret.write_bytes(private_key_pem(issued.own_key.private_key))
    anchors.write_bytes(pem_of(parties.hierarchy().root.certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, secret)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(anchors)
    return context


@cache
def back_channel() -> _Server:
    """Its back channel, from the first test that needs it until the process ends; `service` differs for each test."""
    plain = parties.ad_socket()
    server = _Server(("127.0.0.1", parties.ad_port()))
    server.socket.close()
    with tempfile.TemporaryDirectory() as folder:
        context = tls_context(Path(folder), parties.AD_OIN)
    server.socket = context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return server
