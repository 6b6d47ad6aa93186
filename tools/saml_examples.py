"""The messages of the provider's guide, written by Volmacht's own code: `python -m tools.saml_examples` renews them.

To be read, not to be sent: indented, long values left out as "…". Writes docs/providers/examples; touches nothing else.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from lxml import etree

from volmacht.pki import Organisation, Purpose, make_hierarchy
from volmacht.protocols import soap
from volmacht.protocols.saml import assurance, building
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.handling.composing import (
    Addressee,
    Evidence,
    login_response,
    outer_assertion,
    representation_assertion,
    resolved,
)
from volmacht.protocols.saml.keys import OwnKey, RecipientKey
from volmacht.protocols.saml.messages import ArtifactResolve, Assertion, AuthnRequest, Scoping
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import DS, LEGACY_BSN, SAML, XENC
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn, Oin

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "providers" / "examples"
NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ENTRANCE = "urn:nl-eid-gdi:1.0:TD:00000009000000001000:entities:0001"
BVD = "urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:0002"
DIGID = "urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:0001"
PROVIDER = "urn:nl-eid-gdi:1.0:DV:00000001234567890000:entities:0001"
SERVICE = "4b6f1a52-0d1e-4c3b-9a57-3c2f6f0e8a01"
CONSUMER = Addressee(PROVIDER, "http://localhost:9000/saml/acs", "_your-request")
MOTHER, DAUGHTER = Bsn("999900006"), Bsn("999900018")
LONG = {DS + "SignatureValue", DS + "DigestValue", DS + "KeyName", XENC + "CipherValue"}
COPIED = " as the service upstream signed it "


def examples() -> dict[str, str]:
    """Each message as it is shown, by the name of its file."""
    authority = make_hierarchy(now=NOW - timedelta(days=1), bits=2048).intermediate

    def key(oin: str, purpose: Purpose = Purpose.SIGNING) -> OwnKey:
        owner = Organisation("Voorbeeld", Oin(oin))
        return authority.issue(owner, purpose, common_name="voorbeeld", now=NOW, days=30, bits=2048).own_key

    own, volmacht = key("00000001234567890000"), key("00000009000000001000")
    reader = RecipientKey(PROVIDER, key("00000001234567890000", Purpose.ENCRYPTION).published())
    written = {
        "authn-request.xml": building.authn_request(_question(), own),
        "artifact-resolve.xml": soap.envelope(building.artifact_resolve(_resolve(), own)),
        "artifact-response.xml": _answer(volmacht, reader),
    }
    return {name: _shown(message) for name, message in written.items()}


def _question() -> AuthnRequest:
    return AuthnRequest(
        id="_your-request",
        version="2.0",
        issue_instant=NOW,
        destination="http://localhost:8000/saml/entrance/request_authentication",
        issuer=PROVIDER,
        acs_index=0,
        has_extensions=True,
        audiences=(PROVIDER,),
        services=(SERVICE,),
        scoping=Scoping(None, (BVD,)),
    )


def _resolve() -> ArtifactResolve:
    address = "https://localhost:8003/saml/entrance/resolve_artifact"
    return ArtifactResolve("_your-resolve", "2.0", NOW, address, PROVIDER, "AAQAAA…")


def _answer(key: OwnKey, reader: RecipientKey) -> bytes:
    stated = representation_assertion(
        issuer=BVD,
        key=key,
        to=Addressee(ENTRANCE, "http://localhost:8000/saml/entrance/acs", CONSUMER.request_id),
        service_uuid=SERVICE,
        acting=DAUGHTER,
        represented=MOTHER,
        recipients=(reader,),
        now=NOW,
    )
    assertion = outer_assertion(
        issuer=ENTRANCE,
        key=key,
        to=CONSUMER,
        provider=PROVIDER,
        service_uuid=SERVICE,
        name_id="a5a3c2f4-6c0f-4f7e-8a44-2f1d6b1c9e55",
        level=LevelOfAssurance.SUBSTANTIAL,
        authentication=_log_in(key, reader),
        representation=stated,
        now=NOW,
    )
    return resolved(
        issuer=ENTRANCE,
        key=key,
        in_response_to="_your-resolve",
        response=login_response(issuer=ENTRANCE, to=CONSUMER, assertion=assertion, now=NOW),
        outcome=ResolveOutcome.DELIVERED,
        now=NOW,
    )


def _log_in(key: OwnKey, reader: RecipientKey) -> Evidence:
    """What the authentication service says of who logged in."""
    assertion = Assertion(
        id="_log-in",
        version="2.0",
        issue_instant=NOW,
        issuer=DIGID,
        name_id="who-logged-in",
        recipient="http://localhost:8000/saml/entrance/acs",
        in_response_to="_request-of-the-entrance",
        confirmation_ends=NOW,
        not_before=NOW,
        not_on_or_after=NOW,
        audiences=(ENTRANCE,),
        authn_instant=NOW,
        class_ref=assurance.uri_of(LevelOfAssurance.SUBSTANTIAL),
        service_uuids=(SERVICE,),
        acting=(serialised(encrypted_id(Identifier(LEGACY_BSN, DAUGHTER.value), (reader,))),),
    )
    return Evidence(assertion, building.assertion(assertion, key))


def _shown(message: bytes) -> str:
    """Indented, without what says nothing to a reader; ids that differ each time are numbered."""
    root = gate.parsed(message)
    for advice in root.iter(SAML + "Advice"):
        for assertion in advice:
            issuer = assertion.find(SAML + "Issuer")
            assertion[:] = [issuer, etree.Comment(COPIED)] if issuer is not None else []
    for element in root.iter(*LONG):
        element.text = "…"
    etree.indent(root, "  ")
    text = etree.tostring(root, encoding="unicode")
    for number, one in enumerate(dict.fromkeys(re.findall(r'"#?(_[0-9a-f-]{20,})"', text)), 1):
        text = text.replace(one, f"_id-{number}")
    return f"{text}\n"


def main() -> None:
    """Write them."""
    for name, text in examples().items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()
