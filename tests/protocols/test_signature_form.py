"""The form that a signature must have: algorithms, transforms, reference, place, content (SG-02..SG-04, SG-11, MD-34).

Everything else is refused with its fault, also what python-xmlsec by itself accepts. Conformance tests TC-46, TC-50.
"""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.protocols.other_signers import (
    HMAC_SHA256,
    RSA_SHA1,
    TWO_STEPS,
    XML_C14N,
    signed_by_xmlsec,
    template,
    xmlsec_agrees,
)
from tests.protocols.samples import AUTHN_REQUEST, RESPONSE, element_of, found
from tests.protocols.verdicts import after, fault_of
from volmacht.protocols.saml.verifying import SignatureFault
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, read

DS, EC = names.DS, names.EC
DS_URI = names.NAMESPACES["ds"]


def step(algorithm: str, content: str = "") -> str:
    """One transform."""
    return f'<ds:Transform Algorithm="{algorithm}">{content}</ds:Transform>'


# --- algorithms and transforms ---


@pytest.mark.parametrize(
    ("canonicalization", "method", "digest"),
    [
        (names.EXC_C14N, RSA_SHA1, names.SHA256),
        (names.EXC_C14N, HMAC_SHA256, names.SHA256),
        (names.EXC_C14N, names.RSA_SHA256, names.SHA1),
        (XML_C14N, names.RSA_SHA256, names.SHA256),
        (XML_C14N + "#WithComments", names.RSA_SHA256, names.SHA256),
        (names.EXC_C14N + "WithComments", names.RSA_SHA256, names.SHA256),
    ],
)
def test_other_algorithms_are_refused_though_xmlsec_can_do_them(
    canonicalization: str, method: str, digest: str
) -> None:
    form = template("#_request", canonicalization=canonicalization, method=method, digest=digest)
    data = signed_by_xmlsec(AUTHN_REQUEST, form)
    assert method == HMAC_SHA256 or xmlsec_agrees(data)
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.ALGORITHM


@pytest.mark.parametrize("tag", ["CanonicalizationMethod", "SignatureMethod", "DigestMethod"])
@pytest.mark.parametrize(
    "algorithm",
    [
        "",
        "http://www.w3.org/2001/04/xmldsig-more#sha256",
        "http://www.w3.org/2001/04/xmlenc#sha384",
        "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        names.RSA_SHA256 + " ",
        names.RSA_SHA256.upper(),
    ],
)
def test_algorithms_that_do_not_exist_are_refused(tag: str, algorithm: str) -> None:
    assert after(lambda root: found(root, DS + tag).set("Algorithm", algorithm)) is SignatureFault.ALGORITHM


@pytest.mark.parametrize("tag", ["CanonicalizationMethod", "SignatureMethod", "DigestMethod"])
def test_a_missing_algorithm_is_refused(tag: str) -> None:
    assert after(lambda root: found(root, DS + tag).attrib.clear()) is SignatureFault.ALGORITHM


XPATH = f'<ds:XPath xmlns:ds="{DS_URI}">not(ancestor-or-self::ds:Signature)</ds:XPath>'
XSLT = (
    '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">'
    '<xsl:template match="/"><same/></xsl:template></xsl:stylesheet>'
)


@pytest.mark.parametrize(
    "transforms",
    [
        step(names.ENVELOPED),
        step(names.EXC_C14N),
        TWO_STEPS + step(names.EXC_C14N),
        step(names.ENVELOPED) + step(XML_C14N),
        step(names.ENVELOPED) + step(names.EXC_C14N + "WithComments"),
        step("http://www.w3.org/TR/1999/REC-xpath-19991116", XPATH) + step(names.EXC_C14N),
        step(names.ENVELOPED) + step("http://www.w3.org/TR/1999/REC-xslt-19991116", XSLT),
    ],
)
def test_other_transforms_are_refused_though_xmlsec_can_do_them(transforms: str) -> None:
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request", transforms=transforms))
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.TRANSFORM


@pytest.mark.parametrize(
    "change",
    [
        lambda steps: steps.clear(),
        lambda steps: steps.append(steps[0]),
        lambda steps: etree.SubElement(steps, DS + "Transform", Algorithm=DS_URI + "base64"),
        lambda steps: etree.SubElement(steps[0], DS + "XPath"),
        lambda steps: etree.SubElement(steps[1], DS + "XPath"),
        lambda steps: etree.SubElement(etree.SubElement(steps[1], EC + "InclusiveNamespaces"), "x"),
        lambda steps: [etree.SubElement(steps[1], EC + "InclusiveNamespaces") for _ in range(2)],
        lambda steps: etree.SubElement(steps[1], DS + "InclusiveNamespaces"),
        lambda steps: etree.SubElement(steps[1], EC + "InclusiveNamespaces", PrefixList="p " * 33),
        lambda steps: setattr(steps[0], "tag", "{urn:x}Transform"),
    ],
)
def test_transforms_in_another_order_or_with_more_in_them_are_refused(
    change: Callable[[etree._Element], object],
) -> None:
    assert after(lambda root: change(found(root, DS + "Transforms"))) is SignatureFault.TRANSFORM


# --- the reference ---


@pytest.mark.parametrize(
    "uri",
    [
        "",
        "#",
        "_request",
        "#_other",
        "#_request ",
        "#%5Frequest",
        "#xpointer(/)",
        "#xpointer(id('_request'))",
        "file:///etc/passwd",
        "http://127.0.0.1:9/",
        "cid:x",
    ],
)
def test_a_reference_to_anything_else_is_refused(uri: str) -> None:
    assert after(lambda root: found(root, DS + "Reference").set("URI", uri)) is SignatureFault.REFERENCE


@pytest.mark.parametrize("uri", ["", "#_status"])
def test_a_valid_signature_over_something_else_is_refused(uri: str) -> None:
    text = RESPONSE.format(assertion="").replace("<samlp:Status>", '<samlp:Status ID="_status">')
    data = signed_by_xmlsec(text, template(uri))
    assert xmlsec_agrees(data)
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.REFERENCE


def test_a_missing_or_second_reference_is_refused() -> None:
    def double(root: etree._Element) -> None:
        reference = found(root, DS + "Reference")
        reference.addnext(element_of(etree.tostring(reference).decode()))

    assert after(lambda root: found(root, DS + "SignedInfo").remove(found(root, DS + "Reference"))) is (
        SignatureFault.REFERENCE
    )
    assert after(double) is SignatureFault.REFERENCE
    assert after(lambda root: found(root, DS + "Reference").attrib.clear()) is SignatureFault.REFERENCE


@pytest.mark.parametrize("own", ["", "_other", "a') | //*[('", "1"])
def test_the_element_must_carry_the_id_that_is_referred_to(own: str) -> None:
    def both(root: etree._Element) -> None:
        root.set("ID", own)
        found(root, DS + "Reference").set("URI", "#" + ("_request" if own == "_other" else own))

    assert after(both) is SignatureFault.REFERENCE


@pytest.mark.parametrize("name", ["Id", "id", "{http://www.w3.org/XML/1998/namespace}id", "{urn:x}ID"])
def test_an_id_under_another_name_is_none(name: str) -> None:
    def renamed(root: etree._Element) -> None:
        del root.attrib["ID"]
        root.set(name, "_request")

    assert after(renamed) is SignatureFault.REFERENCE


# --- place and content ---


def test_a_missing_or_nested_signature_is_none() -> None:
    def nest(root: etree._Element) -> None:
        found(root, names.SAMLP + "Extensions").append(found(root, DS + "Signature"))

    assert after(lambda root: root.remove(found(root, DS + "Signature"))) is SignatureFault.MISSING
    assert after(nest) is SignatureFault.MISSING


@pytest.mark.parametrize(
    "namespace",
    ["{urn:x}", "{https://www.w3.org/2000/09/xmldsig#}", "{HTTP://www.w3.org/2000/09/xmldsig#}", ""],
)
def test_a_signature_by_name_only_is_none(namespace: str) -> None:
    assert (
        after(lambda root: setattr(found(root, DS + "Signature"), "tag", namespace + "Signature"))
        is SignatureFault.MISSING
    )


@pytest.mark.parametrize("place", [0, 2, 3])
def test_a_second_signature_is_refused(place: int) -> None:
    def add(root: etree._Element) -> None:
        root.insert(place, element_of(etree.tostring(found(root, DS + "Signature")).decode()))

    assert after(add) is SignatureFault.SEVERAL


def test_a_signature_in_another_place_is_refused_though_it_verifies() -> None:
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request"), place=2)
    assert xmlsec_agrees(data)
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.MISPLACED
    issuer_with_child = AUTHN_REQUEST.replace("<saml:Issuer>", "<saml:Issuer><saml:NameID/>")
    data = signed_by_xmlsec(issuer_with_child, template("#_request"))
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.MISPLACED
    data = signed_by_xmlsec(AUTHN_REQUEST.replace("saml:Issuer", "saml:Subject"), template("#_request"))
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.MISPLACED


@pytest.mark.parametrize(
    ("parent", "child"),
    [
        ("Signature", "Object"),
        ("Signature", "Manifest"),
        ("Signature", "KeyInfo"),
        ("Signature", "SignatureValue"),
        ("Signature", "Signature"),
        ("SignedInfo", "Object"),
        ("SignatureMethod", "HMACOutputLength"),
        ("CanonicalizationMethod", "XPath"),
        ("DigestMethod", "Parameter"),
        ("Reference", "DigestValue"),
        ("DigestValue", "x"),
        ("SignatureValue", "x"),
        ("KeyInfo", "RetrievalMethod"),
        ("KeyInfo", "KeyValue"),
        ("KeyInfo", "KeyInfo"),
        ("KeyInfo", "KeyName"),
        ("KeyInfo", "MgmtData"),
        ("KeyInfo", "PGPData"),
        ("KeyName", "x"),
    ],
)
@pytest.mark.parametrize("namespace", [DS_URI, "urn:x"])
def test_content_that_is_not_expected_is_refused(parent: str, child: str, namespace: str) -> None:
    def add(root: etree._Element) -> None:
        etree.SubElement(found(root, DS + parent), f"{{{namespace}}}{child}")

    assert after(add) is SignatureFault.CONTENT


@pytest.mark.parametrize(
    "tag",
    [
        *("SignedInfo", "SignatureValue", "CanonicalizationMethod", "SignatureMethod"),
        *("Transforms", "DigestMethod", "DigestValue"),
    ],
)
def test_missing_and_moved_parts_are_refused(tag: str) -> None:
    def remove(root: etree._Element) -> None:
        node = found(root, DS + tag)
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)

    def move(root: etree._Element) -> None:
        node = found(root, DS + tag)
        parent = node.getparent()
        assert parent is not None
        parent.append(node) if node is not parent[-1] else parent.insert(0, node)

    assert after(remove) is SignatureFault.CONTENT
    assert after(move) is SignatureFault.CONTENT
    foreign = f"{{urn:x}}{tag}"
    assert after(lambda root: setattr(found(root, DS + tag), "tag", foreign)) is SignatureFault.CONTENT


@pytest.mark.parametrize("kind", ["Object", "Manifest"])
def test_a_reference_that_says_what_it_refers_to_is_refused(kind: str) -> None:
    assert (
        after(lambda root: found(root, DS + "Reference").set("Type", DS_URI + kind)) is SignatureFault.CONTENT
    )
