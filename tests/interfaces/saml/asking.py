"""A provider, cluster connection or routing service: asks, hands in artifacts, reads answers, logs out.

Written with the protocols code only, as software of a supplier would be; messages can be changed before and after
they are signed. The back channel is called through Django's test client, with the certificate where gunicorn puts it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from lxml import etree

from tests.interfaces.saml import parties
from volmacht import clock
from volmacht.pki import Purpose
from volmacht.protocols import soap
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.encryption import decrypted
from volmacht.protocols.saml.keys import OwnKey, PublishedKey
from volmacht.protocols.saml.messages import (
    ArtifactResolve,
    ArtifactResponse,
    Assertion,
    AuthnRequest,
    Status,
)
from volmacht.protocols.saml.signing import new_id, sign
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.names import DS, SAML, SAMLP

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

ENTRANCE = "urn:nl-eid-gdi:1.0:TD:00000009000000001000:entities:0001"
BVD = "urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:0002"
SIGN_ON = {
    ENTRANCE: "http://localhost:8000/saml/entrance/request_authentication",
    BVD: "http://localhost:8000/saml/bvd/request_authentication",
}
RESOLUTION = {
    ENTRANCE: "https://localhost:8003/saml/entrance/resolve_artifact",
    BVD: "https://localhost:8003/saml/bvd/resolve_artifact",
}
Change = Callable[[etree._Element], object]


def request(own_id: str = parties.TOWN, *, at: str = ENTRANCE, **changes: Any) -> AuthnRequest:
    """A good question: for the first service by index, own behalf."""
    fields: dict[str, Any] = {
        "id": new_id(),
        "version": "2.0",
        "issue_instant": clock.wall_clock(),
        "destination": SIGN_ON[at],
        "issuer": own_id,
        "acs_index": 0,
        "service_index": None if "audiences" in changes or "services" in changes else 0,
    }
    if "audiences" in changes or "services" in changes or "idp_assertions" in changes:
        fields["has_extensions"] = True
    return AuthnRequest(**{**fields, **changes})


def extended(own_id: str, provider: str, service: str, **changes: Any) -> AuthnRequest:
    """A question with Extensions."""
    return request(own_id, audiences=(provider,), services=(service,), **changes)


def signed_again(message: bytes, change: Change, key: OwnKey) -> bytes:
    """A message that its sender changed and signed."""
    root = etree.fromstring(message)
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    change(root)
    sign(root, key)
    return etree.tostring(root)


def written(value: AuthnRequest, *, change: Change | None = None, number: int = 0) -> bytes:
    """A signed question; `change` before it is signed; `number` says with which key."""
    key = parties.key(parties.oin_of(value.issuer), number=number)
    message = building.authn_request(value, key)
    return message if change is None else signed_again(message, change, key)


@dataclass(frozen=True)
class ShownCertificate:
    """The socket as gunicorn gives it: knows which certificate the client showed."""

    der: bytes | None

    def getpeercert(self, binary_form: bool = False) -> bytes | None:
        """As `ssl.SSLSocket` has it."""
        assert binary_form
        return self.der


def certificate_of(own_id: str, purpose: Purpose = Purpose.TLS_CLIENT) -> ShownCertificate:
    """What this party shows."""
    certificate = parties.key(parties.oin_of(own_id), purpose).certificate
    return ShownCertificate(certificate.public_bytes(Encoding.DER))


def resolve_value(own_id: str, artifact: str, *, at: str = ENTRANCE, **changes: Any) -> ArtifactResolve:
    """An ArtifactResolve."""
    made = ArtifactResolve(new_id(), "2.0", clock.wall_clock(), RESOLUTION[at], own_id, artifact)
    return replace(made, **changes)


def resolve_message(value: ArtifactResolve, change: Change | None = None) -> bytes:
    """In its envelope, signed; `change` before it is signed."""
    key = parties.key(parties.oin_of(value.issuer))
    message = building.artifact_resolve(value, key)
    return soap.envelope(message if change is None else signed_again(message, change, key))


def call(
    body: bytes,
    shown: ShownCertificate | None,
    *,
    at: str = ENTRANCE,
    content_type: str = "text/xml; charset=utf-8",
    **more: Any,
) -> "Answer":
    """POST to the back channel, which is another host than the pages are on."""
    path = urlsplit(RESOLUTION[at]).path
    environ: dict[str, Any] = {"gunicorn.socket": shown} if shown else {}
    client = Client(raise_request_exception=False)
    return client.post(path, body, content_type=content_type, **environ, **more)


@dataclass(frozen=True)
class Answered:
    """What came for an artifact. `message` is verified; `raw` is the whole SOAP message."""

    message: ArtifactResponse
    raw: bytes
    element: etree._Element

    @property
    def status(self) -> Status:
        """How the log-in ended."""
        assert self.message.response is not None
        return self.message.response.status

    @property
    def is_empty(self) -> bool:
        """ST-67."""
        return self.message.status.succeeded and self.message.response is None

    @property
    def assertion(self) -> etree._Element:
        """The assertion, in the message as it came."""
        found = self.element.findall(f"{SAMLP}Response/{SAML}Assertion")
        assert len(found) == 1
        return found[0]

    def read(self, keys: tuple[PublishedKey, ...]) -> Assertion:
        """The assertion, verified."""
        return parsing.assertion(verified(self.assertion, keys, now=clock.wall_clock()).element)


def read_answer(raw: bytes, keys: tuple[PublishedKey, ...]) -> Answered:
    """Verify what the back channel said."""
    element = soap.body_of(gate.read(raw, gate.ARTIFACT_RESPONSE))
    schemas.validate(element, schemas.Schema.PROTOCOL)
    found = verified(element, keys, now=clock.wall_clock())
    assert found.key_named
    return Answered(parsing.artifact_response(found.element), raw, element)


def artifact_in(address: str) -> str:
    """The artifact in the address to which the browser is sent."""
    return parse_qs(urlsplit(address).query)["SAMLart"][0]


def bsn_in(encrypted: tuple[bytes, ...], own_id: str, number: int = 0) -> str:
    """What a DV reads in an EncryptedID, with one of its keys alone."""
    key = parties.decrypting(own_id)[number]
    (one,) = encrypted
    return decrypted(gate.parsed(one), own=own_id, keys=(key,)).value
