"""xmlsec1 accepts every signature in everything that Volmacht sends, and none after one byte changed.

By hand the same:

    xmlsec1 --verify --pubkey-cert-pem:KEYNAME key.pem --id-attr:ID NAMESPACE:ELEMENT --node-id ID message.xml

Not here: the ArtifactResolve of entrance and portal. It goes straight to the authentication service over TLS, where
nobody else sees it; that service verifies it, or nobody could log in. Response itself is not signed (RS-05).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import httpx
import pytest
from lxml import etree
from saml2.client import Saml2Client

from tests.foreign_clients import pysaml
from tests.foreign_clients.connecting import BVD, DAUGHTER, ENTRANCE, Connected
from tests.foreign_clients.web_browser import Browser, Passed
from tests.foreign_clients.xmlsec1 import DS, Xmlsec1, published_certificates

DIGID = "urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:0001"
PORTAL = "urn:nl-eid-gdi:1.0:DV:00000009000000001000:entities:0003"
MOMENT = re.compile(rb'(?:IssueInstant|validUntil)="[^"]*(\d)(?:\.\d+)?Z"')


@dataclass(frozen=True)
class Signed:
    """A signed element, and the whole document as it was sent."""

    signer: str
    kind: str
    document: bytes
    element: etree._Element

    def changed(self) -> Iterator[bytes]:
        """The document with one byte changed: in what was signed, and in the signature."""
        begins = self.document.index(b'ID="%s"' % self.element.attrib["ID"].encode())
        begins = self.document.rindex(b"<", 0, begins)
        moment = MOMENT.search(self.document, begins)
        assert moment
        at = moment.start(1)
        yield self.document[:at] + b"%d" % (9 - int(moment[1])) + self.document[at + 1 :]
        at = self.document.index(b"SignatureValue>", begins) + len(b"SignatureValue>")
        other = b"B" if self.document[at : at + 1] == b"A" else b"A"
        yield self.document[:at] + other + self.document[at + 1 :]


def signed_in(document: bytes, signer: str = "") -> list[Signed]:
    """Everything in a document that has a signature."""
    return [
        Signed(signer or element.findtext("{*}Issuer", ""), etree.QName(element).localname, document, element)
        for element in etree.fromstring(document).iter(etree.Element)
        if element.find(f"{DS}Signature") is not None
    ]


@pytest.fixture(scope="module")
def sent(connected: Connected, pysaml2: Saml2Client) -> list[Signed]:
    """A log-in for somebody else and a log-out, at a provider; one of each at Volmacht itself; what is published."""
    with connected.browser(DAUGHTER) as browser:
        resolved = logs_in_and_out(pysaml2, browser)
        browser.opens(f"{connected.site.address}/inloggen/")
        browser.presses("inloggen-met-digid")
        browser.presses("uitloggen")
    ours = [one.document for one in browser.passed if is_ours(one)]
    published = connected.metadata
    own = {"entrance": ENTRANCE, "entrance-sp": ENTRANCE, "bvd": BVD, "portal": PORTAL}
    return [
        *(found for name, signer in own.items() for found in signed_in(published[name], signer)),
        *(found for document in [*ours, resolved.raw] for found in signed_in(document)),
    ]


def logs_in_and_out(client: Saml2Client, browser: Browser) -> pysaml.Resolved:
    """At the provider; what it was answered."""
    request = pysaml.request(client)
    browser.shows(pysaml.page(client, client.sign(request)))
    browser.presses("inloggen-met-digid")
    browser.presses("persoon-1")
    resolved = pysaml.resolve(client, browser.brought["SAMLart"])
    _, page = pysaml.log_out(client, resolved.answer(request.id))
    browser.shows(page)
    return resolved


def is_ours(passed: Passed) -> bool:
    """Whether Volmacht sent it: not the provider, and not the authentication service."""
    return etree.fromstring(passed.document).findtext("{*}Issuer") in {ENTRANCE, PORTAL}


@pytest.fixture(scope="module")
def certificates(connected: Connected, sent: list[Signed]) -> dict[str, dict[str, bytes]]:
    """With which keys everybody signs, by their metadata."""
    (there,) = {
        one.element.attrib["Destination"]
        for one in sent
        if one.kind == "AuthnRequest" and one.signer == PORTAL
    }
    digid = httpx.get(urljoin(there, "/saml/metadata/idp"), trust_env=False).content
    documents = {
        ENTRANCE: connected.metadata["entrance"],
        BVD: connected.metadata["bvd"],
        PORTAL: connected.metadata["portal"],
        DIGID: digid,
    }
    return {signer: published_certificates(document) for signer, document in documents.items()}


def test_every_kind_of_signature_is_looked_at(sent: list[Signed]) -> None:
    assert sorted((one.kind, one.signer.split(":")[3]) for one in sent) == [
        ("ArtifactResponse", "TD"),
        ("Assertion", "AD"),
        ("Assertion", "BVD"),
        ("Assertion", "TD"),
        ("AuthnRequest", "DV"),
        ("AuthnRequest", "TD"),
        ("EntitiesDescriptor", "TD"),
        ("EntityDescriptor", "BVD"),
        ("EntityDescriptor", "DV"),
        ("EntityDescriptor", "TD"),
        ("LogoutRequest", "DV"),
        ("LogoutRequest", "TD"),
        ("LogoutResponse", "TD"),
    ]


def test_it_accepts_every_signature(
    sent: list[Signed], certificates: dict[str, dict[str, bytes]], xmlsec1: Xmlsec1
) -> None:
    refused = [
        f"{one.kind} of {one.signer}"
        for one in sent
        if not xmlsec1.verifies(one.document, one.element, certificates[one.signer])
    ]
    assert refused == []


def test_it_refuses_every_document_in_which_one_byte_changed(
    sent: list[Signed], certificates: dict[str, dict[str, bytes]], xmlsec1: Xmlsec1
) -> None:
    accepted = [
        f"{one.kind} of {one.signer}"
        for one in sent
        for changed in one.changed()
        if xmlsec1.verifies(changed, one.element, certificates[one.signer])
    ]
    assert accepted == []


def test_it_refuses_the_key_of_another_entity(
    sent: list[Signed], certificates: dict[str, dict[str, bytes]], xmlsec1: Xmlsec1
) -> None:
    others = {signer: next(other for other in certificates if other != signer) for signer in certificates}
    accepted = [
        f"{one.kind} of {one.signer}"
        for one in sent
        if xmlsec1.verifies(one.document, one.element, certificates[others[one.signer]])
    ]
    assert accepted == []
