"""A stand-in for an entrance that calls the register over REST: asks, sends the browser on, fetches and judges answers.

Written with the protocols code only, as software of an authentication service would be. How a call travels is given to
it: over real mutual TLS, or through Django's test client with the certificate where the listener puts it.
"""

import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client

from tests.interfaces.saml import parties
from tests.interfaces.saml.asking import ShownCertificate
from tests.interfaces.saml.catalogue import World
from volmacht.catalogue.kinds import ChangeKind
from volmacht.pki import IssuedCertificate, Purpose, pem_of, private_key_pem
from volmacht.protocols.bvd_rest.answers import read_mandate
from volmacht.protocols.bvd_rest.problems import PROBLEM_JSON
from volmacht.protocols.bvd_rest.questions import JSON, ActingSubject, Question, write_question
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Bsn, Oin

SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"
RETURNS = {parties.AD: "https://inloggen.example/terug", parties.RD: "https://routering.example/terug"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the headers with small letters."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def fields(self) -> Any:
        """The JSON."""
        return json.loads(self.body)

    @property
    def problem(self) -> tuple[int, str]:
        """How it was refused: status and code, of a problem document that nobody keeps."""
        assert self.headers["content-type"] == PROBLEM_JSON
        assert self.headers["cache-control"] == "no-store"
        assert set(self.fields) == {"type", "title", "status"}
        assert self.fields["status"] == self.status
        return self.status, self.fields["type"].removeprefix("urn:volmacht:bvd-rest:")


Call = Callable[[str, str, bytes, str], Answer]  # method, path, body, content type


def in_process(shown: ShownCertificate | None, **environ: Any) -> Call:
    """Calls through Django's test client; `shown` is what the listener saw of the client."""

    def call(method: str, path: str, body: bytes, content_type: str) -> Answer:
        seen: dict[str, Any] = {"gunicorn.socket": shown} if shown else {}
        answer = Client(raise_request_exception=False).generic(
            method, path, body, content_type, **seen, **environ
        )
        headers = {name.lower(): value for name, value in answer.items()}
        return Answer(answer.status_code, headers, answer.content)

    return call


def over_tls(base: str, shown: IssuedCertificate | None, folder: Path, **headers: str) -> Call:
    """Calls over real mutual TLS to `https://localhost:PORT`. Raises what httpx raises."""
    context = ssl.create_default_context(cadata=pem_of(parties.hierarchy().root.certificate).decode())
    if shown is not None:
        file = folder / "entrance.pem"
        file.write_bytes(shown.chain_pem + private_key_pem(shown.own_key.private_key))
        context.load_cert_chain(file)

    def call(method: str, path: str, body: bytes, content_type: str) -> Answer:
        with httpx.Client(verify=context, trust_env=False, timeout=20) as client:
            sent = {"Content-Type": content_type, **headers}
            found = client.request(method, base + path, content=body, headers=sent)
        return Answer(found.status_code, dict(found.headers), found.content)

    return call


def question(acting: Bsn | ActingSubject, **changes: Any) -> Question:
    """A good question about the town's taxes."""
    subject = acting if isinstance(acting, ActingSubject) else ActingSubject(acting)
    asked = Question(subject, Oin(parties.TOWN_OIN), SUBSTANTIAL, UUID(parties.TAXES), uuid4())
    return replace(asked, **changes)


@dataclass
class Entrance:
    """One client; it remembers whom it sent in each transaction (BR-09)."""

    call: Call
    prefix: str = ""
    sent: dict[UUID, ActingSubject] = field(default_factory=dict)

    def post(self, body: bytes, *, content_type: str = JSON) -> Answer:
        """MP001 with any body."""
        return self.call("POST", f"{self.prefix}/bvd-proxy/initiate", body, content_type)

    def initiate(self, asked: Question) -> Answer:
        """MP001."""
        self.sent[asked.transaction] = asked.acting
        return self.post(write_question(asked))

    def begin(self, asked: Question) -> str:
        """MP001 that is accepted: where the browser goes."""
        answer = self.initiate(asked)
        assert answer.status == 200, answer.body
        assert answer.headers["content-type"] == JSON
        assert answer.headers["cache-control"] == "no-store"
        assert list(answer.fields) == ["redirectUrl"]
        address: str = answer.fields["redirectUrl"]
        return address

    def get(self, query: str) -> Answer:
        """MP004 with any query."""
        return self.call("GET", f"{self.prefix}/bvd-proxy/mandates/retrieve{query}", b"", "")

    def retrieve(self, asked: Question) -> Answer:
        """MP004."""
        return self.get(f"?transactionId={asked.transaction}")

    def represented(self, asked: Question) -> Bsn:
        """For whom the person acts, as far as this client believes it. Raises NotUsable."""
        answer = self.retrieve(asked)
        assert answer.status == 200, answer.body
        return read_mandate(answer.body, sent=self.sent[asked.transaction])


def fingerprint(own_id: str, number: int = 0) -> str:
    """Of the certificate that this party shows as a client."""
    key = parties.key(parties.oin_of(own_id), Purpose.TLS_CLIENT, number)
    return key.certificate.fingerprint(SHA256()).hex()


def register(world: World) -> None:
    """Two employees register both clients in production, and another in pre-production."""
    for own_id, return_url in RETURNS.items():
        world.ids[f"client {own_id}"] = world.building.change(
            ChangeKind.ADD_CLIENT,
            environment=Environment.PRODUCTION,
            entity_id=own_id,
            return_url=return_url,
            certificates=[fingerprint(own_id)],
        )
    world.building.change(
        ChangeKind.ADD_CLIENT,
        environment=Environment.PREPRODUCTION,
        entity_id=parties.AD_TEST,
        return_url="https://test.inloggen.example/terug",
        certificates=[fingerprint(parties.AD_TEST, 1)],
    )


def returned(address: str, client: str = parties.AD) -> tuple[UUID, str]:
    """With which transaction and status the browser comes back at this client, and with nothing else."""
    where, _, query = address.partition("?")
    assert where == RETURNS[client]
    assert urlsplit(address).fragment == ""
    found = parse_qs(query, strict_parsing=True)
    assert list(found) == ["transactionId", "status"]
    return UUID(found["transactionId"][0]), found["status"][0]
