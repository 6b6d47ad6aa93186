"""Our signatures have the form of the specification, and foreign libraries accept them (SG-02, SG-03, SG-07, SG-16)."""

import base64
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils
from signxml.verifier import XMLVerifier

from tests.protocols.keyring import NOW, own_key
from tests.protocols.other_signers import signed_by_xmlsec, template, xmlsec_agrees
from tests.protocols.samples import (
    ASSERTION,
    AUTHN_REQUEST,
    METADATA,
    RESPONSE,
    SIGNER,
    certificate_pem,
    element_of,
    found,
    signed,
    signed_request,
    signed_response,
)
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.signing import new_id, sign
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, read
from volmacht.protocols.xml.schemas import Schema, validate

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    max_size=40,
)
DOCUMENTS = {"request": AUTHN_REQUEST, "assertion": ASSERTION, "metadata": METADATA}


def test_ids_are_new_each_time() -> None:
    ids = {new_id() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch("_[0-9a-f]{40}", each) for each in ids)


def test_a_signature_stands_right_after_the_issuer() -> None:
    root = read(signed_request(), ARTIFACT_RESPONSE)
    assert [child.tag for child in root][:2] == [names.SAML + "Issuer", names.DS + "Signature"]
    validate(root, Schema.PROTOCOL)


def test_a_signature_of_metadata_is_the_first_child() -> None:
    root = read(signed(METADATA), ARTIFACT_RESPONSE)
    assert root[0].tag == names.DS + "Signature"
    validate(root, Schema.METADATA)


def test_a_signature_has_exactly_the_form_of_the_specification() -> None:
    node = found(read(signed_request(), ARTIFACT_RESPONSE), names.DS + "Signature")
    form = re.sub(r"(DigestValue|SignatureValue)>[A-Za-z0-9+/=]+<", r"\1>…<", etree.tostring(node).decode())
    declared = "".join(f' xmlns:{p}="{names.NAMESPACES[p]}"' for p in ("ds",))
    assert re.sub(r' xmlns:samlp?="[^"]*"', "", form) == (
        f"<ds:Signature{declared}><ds:SignedInfo>"
        f'<ds:CanonicalizationMethod Algorithm="{names.EXC_C14N}"/><ds:SignatureMethod Algorithm="{names.RSA_SHA256}"/>'
        f'<ds:Reference URI="#_request"><ds:Transforms><ds:Transform Algorithm="{names.ENVELOPED}"/>'
        f'<ds:Transform Algorithm="{names.EXC_C14N}"/></ds:Transforms><ds:DigestMethod Algorithm="{names.SHA256}"/>'
        "<ds:DigestValue>…</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>…</ds:SignatureValue>"
        f"<ds:KeyInfo><ds:KeyName>{own_key(SIGNER).name}</ds:KeyName></ds:KeyInfo></ds:Signature>"
    )


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_xmlsec_accepts_our_signatures(text: str) -> None:
    assert xmlsec_agrees(signed(text))
    assert not xmlsec_agrees(signed(text), signer="another")


@pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)
def test_signxml_accepts_our_signatures(text: str) -> None:
    result = XMLVerifier().verify(
        signed(text),
        x509_cert=certificate_pem(own_key(SIGNER)).decode(),
        id_attribute="ID",
        require_x509=False,
    )
    only = result if not isinstance(result, list) else result[0]
    assert etree.tostring(element_of(text), method="c14n", exclusive=True) == only.signed_data


@pytest.mark.parametrize("text", [AUTHN_REQUEST, ASSERTION], ids=["request", "assertion"])
def test_python3_saml_accepts_our_signatures(text: str) -> None:
    data = signed(text) if text == AUTHN_REQUEST else signed_response()
    place = "/samlp:AuthnRequest/ds:Signature" if text == AUTHN_REQUEST else None
    certificate = certificate_pem(own_key(SIGNER)).decode()
    assert OneLogin_Saml2_Utils.validate_sign(
        data.decode(), cert=certificate, xpath=place, raise_exceptions=True
    )
    other = certificate_pem(own_key("another")).decode()
    assert not OneLogin_Saml2_Utils.validate_sign(data.decode(), cert=other, xpath=place)


def test_an_assertion_can_be_signed_inside_its_response() -> None:
    root = element_of(RESPONSE.format(assertion=ASSERTION))
    assertion = found(root, names.SAML + "Assertion")
    sign(assertion, own_key(SIGNER))
    data = etree.tostring(root)
    assert xmlsec_agrees(data, tag=names.SAML + "Assertion")
    taken_out = etree.tostring(found(read(data, ARTIFACT_RESPONSE), names.SAML + "Assertion"))
    assert verified(read(taken_out, ARTIFACT_RESPONSE), [own_key(SIGNER).published()], now=NOW).key_named


def test_white_space_between_elements_may_be_there() -> None:
    text = AUTHN_REQUEST.replace("><", ">\n  <")
    data = signed(text)
    assert xmlsec_agrees(data)
    assert verified(
        read(data, ARTIFACT_RESPONSE), [own_key(SIGNER).published()], now=NOW
    ).data == etree.tostring(element_of(text), method="c14n", exclusive=True)


def test_a_key_may_have_any_name() -> None:
    own = own_key(SIGNER)
    key = OwnKey(own.private_key, own.certificate, 'a <b> & "c"')
    root = element_of(AUTHN_REQUEST)
    sign(root, key)
    again = verified(read(etree.tostring(root), ARTIFACT_RESPONSE), [key.published()], now=NOW)
    assert again.key.name == 'a <b> & "c"'


@pytest.mark.parametrize("wrong", ["", 'ID="" ', 'ID="a b" ', 'ID="&quot;x" ', 'ID="1" ', 'id="_request" '])
def test_an_element_without_a_plain_id_is_not_signed(wrong: str) -> None:
    root = element_of(AUTHN_REQUEST.replace('ID="_request" ', wrong))
    before = etree.tostring(root)
    with pytest.raises(ValueError, match="no ID"):
        sign(root, own_key(SIGNER))
    assert etree.tostring(root) == before


def test_an_element_is_not_signed_twice() -> None:
    with pytest.raises(ValueError, match="already"):
        sign(read(signed_request(), ARTIFACT_RESPONSE), own_key(SIGNER))


@pytest.mark.parametrize("declared", ["xmlns:dsig", "xmlns"])
def test_a_foreign_prefix_for_signatures_is_noticed(declared: str) -> None:
    text = AUTHN_REQUEST.replace(
        "<samlp:AuthnRequest ", f'<samlp:AuthnRequest {declared}="{names.NAMESPACES["ds"]}" '
    )
    root = element_of(text)
    with pytest.raises(ValueError, match="prefix"):
        sign(root, own_key(SIGNER))
    assert etree.tostring(root) == etree.tostring(element_of(text))


@settings(max_examples=40)
@given(destination=TEXT, value=TEXT, inner=TEXT)
def test_what_is_signed_comes_back_as_the_same_bytes(destination: str, value: str, inner: str) -> None:
    root = element_of(AUTHN_REQUEST)
    root.set("Destination", destination)
    attribute = found(root, names.SAML + "AttributeValue")
    attribute.text = value
    etree.SubElement(attribute, "{urn:x}inner", {"{urn:y}attribute": inner}).tail = inner
    canonical = etree.tostring(root, method="c14n", exclusive=True)
    sign(root, own_key(SIGNER))
    again = verified(read(etree.tostring(root), ARTIFACT_RESPONSE), [own_key(SIGNER).published()], now=NOW)
    assert again.data == canonical
    assert etree.tostring(again.element, method="c14n", exclusive=True) == canonical


def test_our_signature_is_that_of_xmlsec_byte_for_byte() -> None:
    """RSA with PKCS#1 v1.5 has one signature for one text: an equal value means an equal SignedInfo."""
    theirs = read(signed_by_xmlsec(AUTHN_REQUEST, template("#_request")), ARTIFACT_RESPONSE)
    ours = read(signed_request(), ARTIFACT_RESPONSE)
    values = [
        base64.b64decode(found(root, names.DS + "SignatureValue").text or "") for root in (ours, theirs)
    ]
    assert values[0] == values[1]
