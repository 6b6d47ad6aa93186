"""The provider on pysaml2: asks, resolves over its own SOAP client, verifies, logs out.

It signs and verifies with xmlsec1, and knows Volmacht from a file with the metadata of the entrance.
"""

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lxml import etree
from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_POST, element_to_extension_element, saml, samlp, xmldsig
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.s_utils import sid

from tests.foreign_clients.connecting import BVD, CONSUMER_INDEX, ENTITY_ID, ENTRANCE, SERVICE, Connected

if TYPE_CHECKING:
    from saml2.response import AuthnResponse

REPRESENTATION = samlp.Scoping(requester_id=[samlp.RequesterID(text=BVD)])


@dataclass(frozen=True)
class Resolved:
    """What came for an artifact: the whole message, and what was asked to get it."""

    client: Saml2Client
    resolve_id: str
    raw: bytes

    @cached_property
    def tree(self) -> etree._Element:
        """The message in its envelope, as it came."""
        return etree.fromstring(self.raw)

    @cached_property
    def message(self) -> Any:
        """The ArtifactResponse, its signature verified. Raises SignatureError.

        `parse_artifact_resolve_response` cannot: it takes the message out of its envelope with other prefixes than it
        came with, and so refuses every signature. The bytes as they came it verifies well.
        """
        (found,) = self.tree.iter("{*}ArtifactResponse")
        verified = self.client.sec.correctly_signed_response(
            etree.tostring(found, encoding="unicode"), must=True
        )
        assert verified.in_response_to == self.resolve_id
        assert verified.issuer.text == ENTRANCE
        return verified

    @property
    def is_empty(self) -> bool:
        """Success, and nothing else (ST-67)."""
        return self.message.status.status_code.value == samlp.STATUS_SUCCESS and not self._responses

    @property
    def _responses(self) -> list[etree._Element]:
        return list(self.tree.iter("{*}Response"))

    def answer(self, request_id: str) -> "AuthnResponse":
        """The assertion, verified and judged as the answer to this question. Raises StatusError and others."""
        assert self.message
        (response,) = self._responses
        document = b64encode(etree.tostring(response)).decode()
        return self.client.parse_authn_request_response(
            document, BINDING_HTTP_ARTIFACT, outstanding={request_id: "/"}
        )


def client(
    connected: Connected, program: str, entity_id: str = ENTITY_ID, key: str = "signing"
) -> Saml2Client:
    """The library with our keys, or with another key or name than we have."""
    known = connected.folder / "entrance.xml"
    known.write_bytes(connected.metadata["entrance"])
    own = {
        "endpoints": {
            "assertion_consumer_service": [(connected.consumer, BINDING_HTTP_ARTIFACT)],
            "single_logout_service": [(connected.logout, BINDING_HTTP_POST)],
        },
        "signing_algorithm": xmldsig.SIG_RSA_SHA256,  # its own choice is SHA-1
        "digest_algorithm": xmldsig.DIGEST_SHA256,
        "authn_requests_signed": True,
        "want_assertions_signed": True,
        "want_response_signed": False,  # ArtifactResponse is signed, Response in it is not (RS-05)
        "allow_unsolicited": False,
    }
    config = SPConfig().load(
        {
            "entityid": entity_id,
            "xmlsec_binary": program,
            "key_file": str(connected.key(key)),
            "cert_file": str(connected.certificate_alone(key)),
            "verify_ssl_cert": True,
            "ca_certs": str(connected.authorities),
            "metadata": {"local": [str(known)]},
            "allow_unknown_attributes": True,
            "service": {"sp": own},
        }
    )
    made = Saml2Client(config)
    # Its HTTP client shows the signing certificate, unless somebody says otherwise.
    made.request_args["cert"] = (str(connected.certificate("tls-client")), str(connected.key("tls-client")))
    return made


def sign_on(client: Saml2Client) -> str:
    """Where questions go, by our metadata."""
    return str(client.metadata.single_sign_on_service(ENTRANCE, BINDING_HTTP_POST)[0]["location"])


def request(client: Saml2Client, **changes: Any) -> Any:
    """A good question that is not signed yet: for somebody else, with the service in Extensions."""
    stated = {"IntendedAudience": ENTITY_ID, "ServiceUUID": SERVICE}
    usual = {
        "destination": sign_on(client),
        "binding": None,  # or it names a binding beside the index (AR-10)
        "assertion_consumer_service_index": CONSUMER_INDEX,
        "scoping": REPRESENTATION,
        "extensions": samlp.Extensions(
            extension_elements=[_attribute(name, value) for name, value in stated.items()]
        ),
        "sign": False,
    }
    _, message = client.create_authn_request(**{**usual, **changes})
    return message


def _attribute(name: str, value: str) -> Any:
    content = saml.AttributeValue(text=value)
    attribute = saml.Attribute(name=f"urn:nl-eid-gdi:1.0:{name}", attribute_value=[content])
    return element_to_extension_element(attribute)


def page(client: Saml2Client, message: object, relay_state: str = "", address: str = "") -> str:
    """The page of the provider that posts a message, as the library writes it."""
    bound = client.apply_binding(BINDING_HTTP_POST, str(message), address or sign_on(client), relay_state)
    return str(bound["data"])


def resolve(client: Saml2Client, artifact: str, *, sign: bool = True) -> Resolved:
    """Hand in an artifact, over mutual TLS."""
    address = client.artifact2destination(artifact, "idpsso")
    resolve_id, message = client.create_artifact_resolve(artifact, address, sid(), sign=sign)
    return Resolved(client, resolve_id, client.send_using_soap(message, address).content)


def log_out(client: Saml2Client, answer: "AuthnResponse", *, sign: bool = True) -> tuple[str, str]:
    """The id of a LogoutRequest, and the page that posts it."""
    address = client.metadata.single_logout_service(ENTRANCE, BINDING_HTTP_POST, "idpsso")[0]["location"]
    index = answer.session_info()["session_index"]
    request_id, message = client.create_logout_request(
        address, ENTRANCE, name_id=answer.name_id, session_indexes=[index], sign=sign
    )
    return request_id, page(client, message, "uit", address)
