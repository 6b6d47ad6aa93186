"""Connects a provider to a running installation as docs/providers/README.md says, with metadata of foreign software.

In place of the script of the guide maykin-python3-saml makes the document. pysaml2 cannot: it writes no KeyName beside
a certificate (MD-13).
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from onelogin.saml2.metadata import OneLogin_Saml2_Metadata as Metadata
from onelogin.saml2.xml_utils import OneLogin_Saml2_XML as Xml

from tests.cli.commands import eventually
from tests.foreign_clients import citizens
from tests.foreign_clients.citizens import accept, log_in
from tests.foreign_clients.web_browser import Browser
from tests.journeys.site import Site

OIN = "00000001234567890000"
ENTITY_ID = f"urn:nl-eid-gdi:1.0:DV:{OIN}:entities:0001"
ENTRANCE = "urn:nl-eid-gdi:1.0:TD:00000009000000001000:entities:0001"
BVD = "urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:0002"
SERVICE, SERVICE_NAME, SERVICE_INDEX = "4b6f1a52-0d1e-4c3b-9a57-3c2f6f0e8a01", "Mijn dienst", "1"
CONSUMER_INDEX = "1"  # the only one that maykin-python3-saml writes
MOTHER, DAUGHTER = "999900006", "999900018"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
ARTIFACT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
CATALOGUE = f"""
environments = ["production"]

[[provider]]
oin = "{OIN}"
name = "Mijn Organisatie"
[provider.connection]
entity_id = "{ENTITY_ID}"

[[service]]
uuid = "{SERVICE}"
providers = ["{OIN}"]
name = "{SERVICE_NAME}"
minimum_level = 20
representative_kind = "burger"
representation_without_scoping = true  # maykin-python3-saml writes no Scoping
description = "Waar de dienst voor is, in een paar woorden."
permission_question = "Mag uw gemachtigde dit voor u regelen?"
"""


@dataclass(frozen=True)
class Connected:
    """A provider that is connected: its keys, its addresses, and what Volmacht publishes."""

    site: Site
    folder: Path

    @property
    def own_site(self) -> str:
        """The web site of the provider; nobody listens there."""
        return f"http://localhost:{self.site.port + 8}"

    @property
    def consumer(self) -> str:
        """Where people come back."""
        return f"{self.own_site}/saml/acs"

    @property
    def logout(self) -> str:
        """Where answers to a log-out come."""
        return f"{self.own_site}/saml/logout"

    def key(self, purpose: str) -> Path:
        """The key for signing, encryption or tls-client."""
        return self.folder / f"{purpose}.key"

    def certificate(self, purpose: str) -> Path:
        """Its certificate, and after that the one of who issued it."""
        return self.folder / f"{purpose}.crt"

    def certificate_alone(self, purpose: str) -> Path:
        """Only its certificate: these libraries take the whole file for one certificate."""
        alone = self.folder / f"{purpose}-alone.crt"
        if not alone.exists():
            found = load_pem_x509_certificates(self.certificate(purpose).read_bytes())[0]
            alone.write_bytes(found.public_bytes(Encoding.PEM))
        return alone

    def certificate_of_volmacht(self) -> tuple[str, str]:
        """A client certificate of a believed authority, and its key, which are not of this provider."""
        (certificate,) = (self.site.data / "keys" / "saml" / "production" / "entrance").glob("tls-*.crt")
        return str(certificate), str(certificate.with_suffix(".key"))

    @cached_property
    def metadata(self) -> dict[str, bytes]:
        """All documents that Volmacht and the stand-in for DigiD publish."""
        names = ("entrance", "entrance-sp", "bvd", "portal")
        documents = {name: f"{self.site.address}/saml/metadata/{name}" for name in names}
        with httpx.Client(trust_env=False) as client:
            return {
                name: client.get(address).raise_for_status().content for name, address in documents.items()
            }

    @cached_property
    def authorities(self) -> Path:
        """The authorities that are believed, in one file."""
        (anchors,) = (self.site.data / "pki" / "production" / "anchors").glob("*.pem")
        return anchors

    def rule_of(self, browser: Browser) -> str:
        """Why the page that is open refuses: the number on it leads to a line in the log."""
        number, log = browser.text_of("reference").split()[-1], self.site.data / "log" / "web.log"

        def found() -> list[str]:
            lines = [json.loads(line) for line in log.read_text().splitlines() if number in line]
            return [line["rule"] for line in lines if "rule" in line]

        assert eventually(lambda: bool(found())), number
        return found()[0]

    def browser(self, person: str = "") -> Browser:
        """The browser of somebody who logs in as this person."""
        return Browser(person, stops=self.own_site)


def own_metadata(connected: Connected) -> bytes:
    """The metadata of the provider, made and signed by maykin-python3-saml.

    `OneLogin_Saml2_Settings.get_sp_metadata` cannot: it knows one certificate, without `use` when it also encrypts.
    The same builder called in steps can; only the encryption key needs one of its functions that is not public.
    """
    service = {
        "index": SERVICE_INDEX,
        "serviceName": SERVICE_NAME,
        "language": "nl",
        "requestedAttributes": [{"name": "urn:nl-eid-gdi:1.0:ServiceUUID", "attributeValue": [SERVICE]}],
    }
    described = {
        "entityId": ENTITY_ID,
        "NameIDFormat": TRANSIENT,
        "assertionConsumerService": {"url": connected.consumer, "binding": ARTIFACT},
        "singleLogoutService": {"url": connected.logout, "binding": POST},
        "attributeConsumingServices": [service],
    }
    until = datetime.now(UTC) + timedelta(days=90)
    document = Metadata.builder(described, authnsign=True, wsign=True, valid_until=until, cache_duration="")
    root = Xml.to_etree(document)
    descriptor = next(root.iterfind("{*}SPSSODescriptor"))
    for purpose, use in (("encryption", "encryption"), ("tls-client", "signing"), ("signing", "signing")):
        text = connected.certificate_alone(purpose).read_text()
        Metadata._add_x509_key_descriptors(descriptor, text, use=use)
    key, certificate = connected.key("signing"), connected.certificate_alone("signing")
    signed: bytes = Metadata.sign_metadata(Xml.to_string(root), key.read_text(), certificate.read_text())
    return signed


def connect(site: Site, folder: Path) -> Connected:
    """Keys, metadata, catalogue; two employees of the demo do what must be done by two."""
    connected = Connected(site, folder)
    catalogue, document = folder / "catalogue.toml", folder / "metadata.xml"
    purposes = "signing,encryption,tls-client"
    _done(site, "pki", "issue", "Mijn Organisatie", OIN, "--environment", "production", "--for", purposes,
          "--out", str(folder))  # fmt: skip
    document.write_bytes(own_metadata(connected))
    catalogue.write_text(CATALOGUE)
    by = ("--proposed-by", "ruben@volmacht.example", "--approved-by", "aicha@volmacht.example")
    _done(site, "catalogue", "load", str(catalogue), *by)
    whose = ("--environment", "production", "--entity-id", ENTITY_ID, "--by", "ruben@volmacht.example")
    said = _done(site, "metadata", "import", str(document), *whose)
    assert said.startswith("Taken in: accepted, valid until"), said  # without a finding
    return connected


def _done(site: Site, *words: str) -> str:
    done = site.volmacht(*words)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def mandate(connected: Connected) -> None:
    """The mother lets her daughter use the service, for a year, through the pages of Volmacht."""
    volmacht = connected.site.address
    with connected.browser(MOTHER) as mother, connected.browser(DAUGHTER) as daughter:
        log_in(mother, volmacht)
        log_in(daughter, volmacht)
        accept(daughter, volmacht, citizens.mandate(mother, volmacht, SERVICE_NAME, "maximum"), MOTHER)
