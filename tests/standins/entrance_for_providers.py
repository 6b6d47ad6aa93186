"""What a service provider sees of Volmacht: metadata, the entrance's doors, and its back channel over mutual TLS.

Judges what it is asked with the same pure code as the real entrance; what it answers is what a test tells it to, so
that a test can send any lie with a good signature. The provider is known from its own metadata only.
"""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from uuid import UUID, uuid4
from wsgiref.types import StartResponse, WSGIEnvironment

import httpx
from cryptography import x509

from tests.cli.commands import free_port
from tests.standins.serving import served
from tests.standins.volmacht_for_logins import OWN_OIN, Volmacht, now, published
from volmacht.pki import Purpose
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.bindings import Field, artifact_address, post_fields, read_post
from volmacht.protocols.saml.entity_ids import ENTRANCE_ACCEPTS, Role
from volmacht.protocols.saml.handling.composing import (
    Addressee,
    Evidence,
    login_response,
    outer_assertion,
    representation_assertion,
    resolved,
)
from volmacht.protocols.saml.handling.doors import Door, Offer, Peer
from volmacht.protocols.saml.handling.logout import LogoutAsked, receive_logout
from volmacht.protocols.saml.handling.requests import Accepted, receive_request
from volmacht.protocols.saml.handling.resolving import HandIn, receive_resolve
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import Assertion, LogoutResponse, Response, Status
from volmacht.protocols.saml.metadata.model import Descriptor, Endpoint, Entity
from volmacht.protocols.saml.metadata.reading import Expected, Read, read_metadata
from volmacht.protocols.saml.metadata.trust import Trust
from volmacht.protocols.saml.metadata.writing import idp_metadata
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import LogoutOutcome, ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn
from volmacht.rules.services import LookUpStatus

SIGN_ON, LOGOUT = "/saml/entrance/request_authentication", "/saml/entrance/request_logout"
AD = "urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:0001"
FOREIGN_INDEX = 1  # of a resolution address with a server certificate that nobody believes
LOCAL = ("localhost",)


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True)
class Says:
    """What is answered next. Each `change_...` gets what an honest entrance would send."""

    acting: str = ""
    represented: str = ""
    level: LevelOfAssurance = LevelOfAssurance.SUBSTANTIAL
    status: Status | None = None
    key: OwnKey | None = None  # who signs, when it is somebody else
    index: int = 0
    http_status: int = 200
    change_assertion: Callable[[Assertion], Assertion] = _same
    change_response: Callable[[Response], Response | None] = _same
    change_answer: Callable[[bytes], bytes] = _same


@dataclass(repr=False)
class Entrance:
    """The entrance in production. `requests`, `logouts` and `calls` are what came, judged to be in order."""

    volmacht: Volmacht
    back_port: int
    provider_metadata: str = ""
    says: Says = field(default_factory=Says)
    logout_outcome: LogoutOutcome = LogoutOutcome.DONE
    logout_key: OwnKey | None = None
    requests: list[Accepted] = field(default_factory=list)
    logouts: list[LogoutAsked] = field(default_factory=list)
    calls: list[HandIn] = field(default_factory=list)
    name_ids: list[str] = field(default_factory=list)
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _waiting: dict[str, Accepted] = field(default_factory=dict)
    _read: Read | None = None

    def __post_init__(self) -> None:
        hierarchy = self.volmacht.hierarchy
        self.trust = Trust(
            (hierarchy.root.certificate, hierarchy.intermediate.certificate), http_allowed=True
        )
        self.signing = self.volmacht.key(Purpose.SIGNING, "entrance to providers")
        self.entity_id = self.volmacht.entrance.entity_id
        self.door = Door(
            entity_id=self.entity_id,
            environment=Environment.PRODUCTION,
            accepts=ENTRANCE_ACCEPTS,
            sign_on=f"{self.volmacht.base}{SIGN_ON}",
            resolution=f"https://localhost:{self.back_port}/saml/entrance/resolve_artifact",
            logout=f"{self.volmacht.base}{LOGOUT}",
            authentication_services=(AD,),
            representation_services=(self.volmacht.bvd_id,),
        )
        self.volmacht.documents["/saml/metadata/entrance"] = self.metadata(self.signing)

    def metadata(self, key: OwnKey) -> bytes:
        """What it publishes towards providers."""
        foreign = self.door.resolution.replace(str(self.back_port), str(self.back_port + 1))
        entity = Entity(
            entity_id=self.entity_id,
            role=Role.TD,
            descriptor=Descriptor.IDENTITY_PROVIDER,
            oin=OWN_OIN,
            signing=published(key),
            artifact_resolution=(Endpoint(0, self.door.resolution), Endpoint(FOREIGN_INDEX, foreign)),
            single_sign_on=(Endpoint(None, self.door.sign_on),),
            single_logout=(Endpoint(None, self.door.logout),),
        )
        return idp_metadata(entity, key=key, valid_until=now().replace(year=now().year + 1))

    # --- look-ups of the door ---

    def read_provider(self) -> Read:
        """The metadata of the provider, fetched and judged as Volmacht does."""
        data = httpx.get(self.provider_metadata, trust_env=False).content
        entity_id = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"
        expected = Expected(entity_id, Role.DV, Environment.PRODUCTION)
        return read_metadata(data, expected=expected, trust=self.trust, now=now())

    def knows(self, entity_id: str) -> bool:
        """As `peer`."""
        return self.peer(entity_id) is not None

    def peer(self, entity_id: str) -> Peer | None:
        """The one provider that there is."""
        self._read = self._read or self.read_provider()
        assert self._read.document is not None, self._read.findings
        found = self._read.document
        is_theirs = entity_id == found.root_entity_id
        return Peer(found.publisher, Role.DV, found.valid_until) if is_theirs else None

    def is_new(self, issuer: str, message_id: str) -> bool:
        """Once (TM-09)."""
        known = (issuer, message_id) in self._seen
        self._seen.add((issuer, message_id))
        return not known

    def offer(self, connection: str, provider: str, service_uuid: UUID) -> Offer | None:
        """Every service of this provider may be represented for."""
        assert connection == provider
        return Offer(uuid4(), uuid4(), service_uuid, LookUpStatus.STATUS_OK, LevelOfAssurance.MIDDLE, True)

    # --- the doors ---

    def application(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Documents, and the two addresses to which a browser posts."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] == "POST":
            fields = parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode())
            return (self._log_in if path == SIGN_ON else self._log_out)(fields, start_response)
        content = self.volmacht.documents.get(path)
        start_response("404 Not Found" if content is None else "200 OK", [("Content-Type", "text/plain")])
        return [content or b"nothing here"]

    def _log_in(self, fields: dict[str, list[str]], start_response: StartResponse) -> list[bytes]:
        """Somebody logs in at once, and goes back."""
        message, relay_state = read_post(fields)
        received = receive_request(message, relay_state=relay_state, door=self.door, look_ups=self, now=now())
        assert isinstance(received, Accepted), received
        self.requests.append(received)
        artifact = new_artifact(self.entity_id, self.says.index)
        self._waiting[artifact] = received
        sender = received.sender
        address = artifact_address(sender.consumer, artifact, sender.relay_state)
        start_response("303 See Other", [("Location", address)])
        return []

    def _log_out(self, fields: dict[str, list[str]], start_response: StartResponse) -> list[bytes]:
        """A page that posts the answer."""
        message, relay_state = read_post(fields)
        asked = receive_logout(message, door=self.door, look_ups=self, now=now())
        assert isinstance(asked, LogoutAsked), asked
        assert asked.outcome is None
        self.logouts.append(asked)
        inputs = "".join(
            f'<input type="hidden" name="{name}" value="{escape(value)}">'
            for name, value in self.logout_answer(asked, relay_state).items()
        )
        page = f'<form method="post" action="{asked.answer_to}">{inputs}<button>Verder</button></form>'
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [page.encode()]

    def logout_answer(self, asked: LogoutAsked, relay_state: str | None) -> dict[str, str]:
        """The fields of the form with our LogoutResponse."""
        answer = LogoutResponse(
            id=new_id(),
            version="2.0",
            issue_instant=now(),
            destination=asked.answer_to,
            in_response_to=asked.request_id,
            issuer=self.entity_id,
            status=self.logout_outcome.status(),
        )
        message = building.logout_response(answer, self.logout_key or self.signing)
        return post_fields(message, relay_state, field=Field.RESPONSE)

    # --- the back channel ---

    def resolve(self, body: bytes, content_type: str, certificate: x509.Certificate) -> tuple[int, bytes]:
        """Answer an ArtifactResolve."""
        received = receive_resolve(
            body,
            content_type=content_type,
            certificate=certificate,
            door=self.door,
            look_ups=self,
            now=now(),
            trust=self.trust,
        )
        assert isinstance(received, HandIn), received
        self.calls.append(received)
        accepted = self._waiting.pop(received.artifact, None)
        response = self.says.change_response(self._response(accepted)) if accepted else None
        answer = resolved(
            issuer=self.entity_id,
            key=self.says.key or self.signing,
            in_response_to=received.in_response_to,
            response=response,
            outcome=ResolveOutcome.DELIVERED if response else ResolveOutcome.NOTHING,
            now=now(),
        )
        return self.says.http_status, self.says.change_answer(answer)

    def _response(self, accepted: Accepted) -> Response:
        to = Addressee(accepted.sender.entity_id, accepted.sender.consumer, accepted.sender.request_id)
        signed = None
        if self.says.status is None:
            honest = parsing.assertion(gate.parsed(self._honest(accepted, to)))
            signed = building.assertion(self.says.change_assertion(honest), self.says.key or self.signing)
        return login_response(
            issuer=self.entity_id, to=to, status=self.says.status, assertion=signed, now=now()
        )

    def _honest(self, accepted: Accepted, to: Addressee) -> bytes:
        """The outer assertion, with evidence of who acts and, when asked, for whom."""
        says, moment = self.says, now()
        name_id = str(uuid4())
        self.name_ids.append(name_id)
        own = Addressee(self.entity_id, f"{self.volmacht.base}/saml/entrance/acs", new_id())
        stated = self._stated(accepted, own, moment) if says.represented else None
        return outer_assertion(
            issuer=self.entity_id,
            key=self.signing,
            to=to,
            provider=accepted.provider,
            service_uuid=accepted.service_uuid,
            name_id=name_id,
            level=says.level,
            authentication=self._authentication(accepted, own, moment),
            representation=stated,
            now=moment,
        )

    def _stated(
        self, accepted: Accepted, own: Addressee, moment: datetime, issuer: str = "", represented: str = ""
    ) -> Evidence:
        """Who may act for whom, as the BVD says it, or another issuer."""
        peer = self.peer(accepted.provider)
        assert peer is not None
        return representation_assertion(
            issuer=issuer or self.volmacht.bvd_id,
            key=self.volmacht.bvd_signing,
            to=own,
            service_uuid=accepted.service_uuid,
            acting=Bsn(self.says.acting),
            represented=Bsn(represented or self.says.represented),
            recipients=peer.recipient_keys(accepted.provider, moment),
            now=moment,
        )

    def _authentication(self, accepted: Accepted, own: Addressee, moment: datetime) -> Evidence:
        """Who logged in, as an authentication service says it. A provider does not verify it (AS-31)."""
        about = self._stated(accepted, own, moment, issuer=AD, represented=self.says.acting)
        alone = replace(about.assertion, legal=())
        return Evidence(alone, building.assertion(alone, self.volmacht.bvd_signing))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    entrance: Entrance | None = None

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not believe us, or whom we do not believe, is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    connection: ssl.SSLSocket

    def do_POST(self) -> None:
        """Hand in an artifact."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        certificate = x509.load_der_x509_certificate(self.connection.getpeercert(binary_form=True) or b"")
        assert self.server.entrance is not None
        content_type = self.headers["Content-Type"].partition(";")[0]
        status, answer = self.server.entrance.resolve(body, content_type, certificate)
        self.send_response(status)
        self.send_header("Content-Type", "text/xml; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing on the screen."""


@contextmanager
def _back_channel(port: int, volmacht: Volmacht, tls: tuple[Path, Path]) -> Iterator[_Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*tls)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=volmacht.hierarchy.root.certificates_pem.decode())
    server = _Server(("127.0.0.1", port), _Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def entrance_in(folder: Path) -> Iterator[Entrance]:
    """An entrance that answers, with a second back channel that shows a certificate of another authority."""
    documents: dict[str, bytes] = {}
    made: list[Entrance] = []

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        return made[0].application(environ, start_response)

    with served(application) as address:
        base = address.replace("127.0.0.1", "localhost")
        volmacht = Volmacht(Environment.PRODUCTION, base, folder, documents)
        stranger = Volmacht(Environment.PRODUCTION, base, folder / "stranger", {})
        port = free_port()
        with (
            _back_channel(port, volmacht, _server_files(volmacht)) as back,
            _back_channel(port + 1, volmacht, _server_files(stranger)) as foreign,
        ):
            entrance = Entrance(volmacht, port)
            made.append(entrance)
            back.entrance = foreign.entrance = entrance
            yield entrance


def _server_files(volmacht: Volmacht) -> tuple[Path, Path]:
    key = volmacht.key(Purpose.TLS_SERVER, "entrance server", hosts=LOCAL)
    return volmacht.files(key, volmacht.folder / "server.crt.pem", volmacht.folder / "server.key.pem")
