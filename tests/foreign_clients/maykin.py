"""The provider on maykin-python3-saml, as a Dutch supplier would set it up for DigiD: asks, resolves, reads.

Settings come from our published metadata, read by the library's own parser.
"""

import re
from base64 import b64encode
from urllib.parse import urlsplit

from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.authn_request import OneLogin_Saml2_Authn_Request
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

from tests.foreign_clients.connecting import (
    ARTIFACT,
    CONSUMER_INDEX,
    ENTITY_ID,
    POST,
    SERVICE_INDEX,
    TRANSIENT,
    Connected,
)

ADDRESS = re.compile(r'ProtocolBinding="[^"]*"\s+AssertionConsumerServiceURL="[^"]*"')
PERSON = {
    "Format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    "NameQualifier": "urn:nl-eid-gdi:1.0:id:legacy-BSN",
}


class RequestByIndex(OneLogin_Saml2_Authn_Request):  # type: ignore[misc]  # the library ships no types
    """Names the consumer by its index: the library itself always writes an address, which is refused (AR-09)."""

    def get_request(self, deflate: bool = True, base64_encode: bool = True) -> str:
        """The question without its address."""
        assert not deflate
        assert not base64_encode
        text: str = super().get_request(deflate=False, base64_encode=False)
        return ADDRESS.sub(f'AssertionConsumerServiceIndex="{CONSUMER_INDEX}"', text)


class AuthByIndex(OneLogin_Saml2_Auth):  # type: ignore[misc]  # the library ships no types
    """Uses that question; `authn_request_class` alone does nothing in this library."""

    def _create_authn_request(self, **more: object) -> OneLogin_Saml2_Authn_Request:
        request = RequestByIndex(self._settings, **more)
        self._last_request_id = request.get_id()
        return request


def settings(connected: Connected, purpose: str = "signing") -> OneLogin_Saml2_Settings:
    """Everything in strict mode. The library knows one key for all purposes, so there are two sets of settings."""
    entrance = OneLogin_Saml2_IdPMetadataParser.parse(
        connected.metadata["entrance"], required_sso_binding=POST, required_slo_binding=POST
    )
    own = {
        "entityId": ENTITY_ID,
        "NameIDFormat": TRANSIENT,
        "assertionConsumerService": {"url": connected.consumer, "binding": ARTIFACT},
        "x509cert": connected.certificate_alone(purpose).read_text(),
        "privateKey": connected.key(purpose).read_text(),
    }
    security = {
        "allowSingleLabelDomains": True,  # localhost
        "authnRequestsSigned": True,
        "wantAssertionsSigned": True,
        "rejectDeprecatedAlgorithm": True,
        "requestedAuthnContext": False,
        "soapClientCert": str(connected.certificate("tls-client")),
        "soapClientKey": str(connected.key("tls-client")),
        # Or it refuses the assertions in Advice. Maykin made it for eHerkenning, whose answers have them too.
        "disableSignatureWrappingProtection": True,
    }
    return OneLogin_Saml2_Settings({"strict": True, "idp": entrance["idp"], "sp": own, "security": security})


def auth(connected: Connected, *, by_index: bool = True) -> OneLogin_Saml2_Auth:
    """The library, on the page to which people come back."""
    kind = AuthByIndex if by_index else OneLogin_Saml2_Auth
    return kind(_visited(connected), settings(connected))


def ask(library: OneLogin_Saml2_Auth, relay_state: str) -> tuple[str, dict[str, str]]:
    """Where the browser posts which fields."""
    address, fields = library.login_post(relay_state, attr_consuming_service_index=SERVICE_INDEX)
    return address, fields


def read(resolved: OneLogin_Saml2_Response, connected: Connected, request_id: str) -> OneLogin_Saml2_Response:
    """The same answer for who holds the encryption key; judged again, and now as the answer to this very question."""
    reader = OneLogin_Saml2_Response(settings(connected, "encryption"), b64encode(resolved.response))
    reader.is_valid(_visited(connected), request_id, raise_exceptions=True)
    return reader


def person(bsn: str) -> list[dict[str, dict[str, str]]]:
    """How the library gives an identifier that it decrypted."""
    return [{"NameID": {**PERSON, "value": bsn}}]


def _visited(connected: Connected) -> dict[str, object]:
    parts = urlsplit(connected.consumer)
    return {"http_host": parts.netloc, "script_name": parts.path, "https": "off"}
