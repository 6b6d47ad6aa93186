"""Signing and verifying messages, beside raw RSA and the libraries that others use. Touches no database.

The element is the assertion of a log-in on behalf of somebody; the request is one that a provider sends. RSA-2048.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import xmlsec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from bench.figures import Direction, Figure, compared
from bench.population import Population
from volmacht.pki import private_key_pem

TIMES = 40
SHA256_RSA = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256_DIGEST = "http://www.w3.org/2001/04/xmlenc#sha256"
EXC_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#"


def _unsigned_assertion() -> bytes:
    """What is signed, without its signature."""
    from tests.protocols.keyring import own_key
    from volmacht.protocols.saml.handling.composing import Addressee, representation_assertion
    from volmacht.protocols.saml.keys import RecipientKey
    from volmacht.protocols.xml.names import DS
    from volmacht.rules.identifiers import Bsn

    provider = "urn:nl-eid-gdi:1.0:DV:00000009999999999001:entities:0001"
    stated = representation_assertion(
        issuer="urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:0002",
        key=own_key("bench"),
        to=Addressee(provider, "https://provider.example/saml/acs", "_request"),
        service_uuid="f847dc11-ac24-47b2-84a8-a057440ce56d",
        acting=Bsn.parse("999990019"),
        represented=Bsn.parse("999991772"),
        recipients=(RecipientKey(provider, own_key("recipient").published()),),
        now=datetime.now(UTC),
    )
    root = etree.fromstring(stated.signed)
    for found in root.findall(DS + "Signature"):
        root.remove(found)
    return etree.tostring(root)


def _signers(data: bytes) -> Iterator[tuple[str, Callable[[], object], float]]:
    """Others that sign the same element: name, work, how many times faster we must be."""
    from tests.protocols.keyring import own_key

    key = own_key("bench")
    secret = private_key_pem(key.private_key)
    certificate = key.certificate.public_bytes(Encoding.PEM).decode()
    if shutil.which("xmlsec1"):
        yield "pysaml2", _pysaml2(data, secret), 10
    from onelogin.saml2.utils import OneLogin_Saml2_Utils

    yield (
        "python3-saml",
        lambda: OneLogin_Saml2_Utils.add_sign(
            data, secret.decode(), certificate, sign_algorithm=SHA256_RSA, digest_algorithm=SHA256_DIGEST
        ),
        2,
    )
    from signxml.algorithms import CanonicalizationMethod
    from signxml.signer import XMLSigner

    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.EXCLUSIVE_XML_CANONICALIZATION_1_0)
    reference = etree.fromstring(data).get("ID")
    yield (
        "signxml",
        lambda: etree.tostring(
            signer.sign(
                etree.fromstring(data), key=key.private_key, cert=[key.certificate], reference_uri=reference
            )
        ),
        1.2,
    )


def _pysaml2(data: bytes, secret: bytes) -> Callable[[], object]:
    """pysaml2 calls the xmlsec1 command."""
    import tempfile

    from saml2.saml import assertion_from_string
    from saml2.sigver import CryptoBackendXmlSec1, SecurityContext, pre_signature_part

    logging.getLogger("saml2").setLevel(logging.CRITICAL)
    file = tempfile.NamedTemporaryFile(suffix=".pem", delete=False)  # noqa: SIM115 - it is read later
    file.write(secret)
    file.close()
    context = SecurityContext(CryptoBackendXmlSec1(shutil.which("xmlsec1") or ""), key_file=file.name)
    identity = etree.fromstring(data).get("ID")

    def work() -> object:
        assertion = assertion_from_string(data)
        assertion.signature = pre_signature_part(identity, sign_alg=SHA256_RSA, digest_alg=SHA256_DIGEST)
        return context.sign_statement(
            str(assertion), "urn:oasis:names:tc:SAML:2.0:assertion:Assertion", node_id=identity
        )

    return work


def measure(_population: Population | None, database: str) -> Iterator[Figure]:
    """Yield the figures."""
    from tests.protocols.keyring import own_key
    from tests.protocols.samples import SIGNER, signed_request
    from volmacht.protocols.saml.signing import sign
    from volmacht.protocols.saml.verifying import verified
    from volmacht.protocols.xml import gate, schemas

    data, key, now = _unsigned_assertion(), own_key("bench"), datetime.now(UTC)

    def ours() -> object:
        root = etree.fromstring(data)
        sign(root, key)
        return etree.tostring(root)

    def raw() -> object:
        return key.private_key.sign(data[:300], PKCS1v15(), SHA256())

    own, rsa = compared(ours, raw, times=TIMES)
    yield Figure("signing an assertion", rsa / own, "x RSA", None, Direction.MIN, database)
    for name, work, goal in _signers(data):
        own, theirs = compared(ours, work, times=TIMES // (8 if name == "pysaml2" else 1))
        yield Figure(f"signing, beside {name}", theirs / own, "x", goal, Direction.MIN, database)

    message, provider = signed_request(), own_key(SIGNER)
    trusted = [provider.published()]
    pem = provider.certificate.public_bytes(Encoding.PEM)
    loaded = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatCertPem)

    def verify() -> object:
        root = gate.read(message, gate.AUTHN_REQUEST)
        schemas.validate(root, schemas.Schema.PROTOCOL)
        return verified(root, trusted, now=now)

    def bare() -> object:
        root = etree.fromstring(message)
        xmlsec.tree.add_ids(root, ["ID"])
        context = xmlsec.SignatureContext()
        context.key = loaded
        found = xmlsec.tree.find_node(root, xmlsec.constants.NodeSignature)
        if found is None:
            raise RuntimeError("the request is not signed")
        context.verify(found)
        return root

    own, theirs = compared(verify, bare, times=TIMES)
    yield Figure("verifying a request, gate included", theirs / own, "x xmlsec", 0.5, Direction.MIN, database)
