"""Small messages of our own making, and their signatures, for the tests of the gate and of signatures."""

from collections.abc import Callable

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from lxml import etree

from tests.protocols.keyring import own_key
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.signing import sign
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, read

SIGNER = "provider"
DECLARATIONS = f'xmlns:samlp="{names.PROTOCOL}" xmlns:saml="{names.NAMESPACES["saml"]}"'
ISSUER = "<saml:Issuer>urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:0001</saml:Issuer>"
AUTHN_REQUEST = (
    f'<samlp:AuthnRequest {DECLARATIONS} ID="_request" Version="2.0" IssueInstant="2026-11-25T12:00:00.000Z"'
    f' Destination="https://entrance.example/request" AssertionConsumerServiceIndex="0">{ISSUER}'
    '<samlp:Extensions><saml:Attribute Name="urn:nl-eid-gdi:1.0:ServiceUUID">'
    "<saml:AttributeValue>f847dc11-ac24-47b2-84a8-a057440ce56d</saml:AttributeValue>"
    "</saml:Attribute></samlp:Extensions></samlp:AuthnRequest>"
)
ASSERTION = (
    f'<saml:Assertion {DECLARATIONS} ID="_assertion" Version="2.0" IssueInstant="2026-11-25T12:00:00.000Z">'
    f"{ISSUER}<saml:Subject><saml:NameID>honest</saml:NameID></saml:Subject></saml:Assertion>"
)
RESPONSE = (
    f'<samlp:Response {DECLARATIONS} ID="_response" Version="2.0" IssueInstant="2026-11-25T12:00:00.000Z">'
    f'{ISSUER}<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>'
    "</samlp:Status>{assertion}</samlp:Response>"
)
METADATA = (
    f'<md:EntityDescriptor xmlns:md="{names.NAMESPACES["md"]}" ID="_metadata"'
    ' entityID="urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:0001" validUntil="2027-11-25T12:00:00Z">'
    "<md:SPSSODescriptor protocolSupportEnumeration="
    '"urn:oasis:names:tc:SAML:2.0:protocol"><md:AssertionConsumerService index="0"'
    ' Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact" Location="https://dv.example/acs"/>'
    "</md:SPSSODescriptor></md:EntityDescriptor>"
)


def element_of(text: str) -> etree._Element:
    """A tree of its own."""
    return read(text.encode(), ARTIFACT_RESPONSE)


def signed(text: str, signer: str = SIGNER) -> bytes:
    """The document, its root signed by us."""
    root = element_of(text)
    sign(root, own_key(signer))
    return etree.tostring(root)


def signed_request() -> bytes:
    """An AuthnRequest of the provider."""
    return signed(AUTHN_REQUEST)


def signed_response() -> bytes:
    """A Response without a signature around an Assertion with one."""
    return RESPONSE.format(assertion=signed(ASSERTION).decode()).encode()


def changed(data: bytes, change: Callable[[etree._Element], object]) -> etree._Element:
    """The tree after something was done to it."""
    root = read(data, ARTIFACT_RESPONSE)
    change(root)
    return root


def found(root: etree._Element, tag: str) -> etree._Element:
    """The first element of this name, the root included."""
    element = next(root.iter(tag), None)
    assert element is not None
    return element


def private_pem(key: OwnKey) -> bytes:
    """For other libraries."""
    return key.private_key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def certificate_pem(key: OwnKey) -> bytes:
    """For other libraries."""
    return key.certificate.public_bytes(Encoding.PEM)
