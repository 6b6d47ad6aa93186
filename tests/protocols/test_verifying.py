"""Which signatures count, by which key, and what is handed over (SG-05..SG-08, MD-41, MD-43).

Of the conformance tests: TC-19 to TC-21, TC-33, TC-44, TC-45.
"""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocols.keyring import NOW, own_key
from tests.protocols.other_signers import TWO_STEPS, signed_by_xmlsec, template, xmlsec_agrees
from tests.protocols.samples import (
    ASSERTION,
    AUTHN_REQUEST,
    METADATA,
    RESPONSE,
    SIGNER,
    element_of,
    found,
    signed,
    signed_request,
)
from tests.protocols.verdicts import EXPIRED, EXPIRED_OWN, KEY, OTHER, accepted, after, fault_of
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.verifying import SignatureFault, SignatureRefused, verified
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, XmlRefused, read
from volmacht.protocols.xml.schemas import Schema, validate

DS = names.DS


def x509(*keys: PublishedKey) -> str:
    """X509Data with the certificates of these keys, broken into lines as most libraries do."""
    ders = (base64.encodebytes(key.certificate.public_bytes(Encoding.DER)).decode() for key in keys)
    listed = "".join(f"<ds:X509Certificate>\n{der}</ds:X509Certificate>" for der in ders)
    return f"<ds:X509Data>{listed}</ds:X509Data>"


def key_info(content: str) -> str:
    """ds:KeyInfo."""
    return f"<ds:KeyInfo>{content}</ds:KeyInfo>"


def inclusive(prefixes: str) -> str:
    """The two transforms with a PrefixList."""
    listed = f'<ec:InclusiveNamespaces xmlns:ec="{names.EXC_C14N}" PrefixList="{prefixes}"/>'
    return TWO_STEPS.removesuffix("/>") + f">{listed}</ds:Transform>"


# --- what is accepted ---


def test_a_good_signature_gives_the_signed_bytes_parsed_anew() -> None:
    root = read(signed_request(), ARTIFACT_RESPONSE)
    result = verified(root, [OTHER, KEY], now=NOW)
    assert result.data == etree.tostring(element_of(AUTHN_REQUEST), method="c14n", exclusive=True)
    assert result.element.getroottree().getroot() is result.element
    assert result.element is not root
    assert result.element.find(DS + "Signature") is None
    assert (result.key, result.key_named) == (KEY, True)
    validate(result.element, Schema.PROTOCOL)


def test_verifying_leaves_the_document_as_it_was() -> None:
    root = read(signed_request(), ARTIFACT_RESPONSE)
    validate(root, Schema.PROTOCOL)
    assert verified(root, [KEY], now=NOW).data == verified(root, [KEY], now=NOW).data
    assert etree.tostring(root) == signed_request()


def test_a_signature_of_metadata_is_verified_as_first_child() -> None:
    assert accepted(signed(METADATA)).element.tag == names.MD + "EntityDescriptor"


@pytest.mark.parametrize("method", [names.RSA_SHA256, names.RSA_SHA384, names.RSA_SHA512])
@pytest.mark.parametrize("digest", [names.SHA256, names.SHA384, names.SHA512])
@pytest.mark.parametrize("transforms", [TWO_STEPS, inclusive("ds saml samlp xs"), inclusive("#default saml")])
def test_every_listed_algorithm_is_accepted_with_and_without_prefix_list(
    method: str, digest: str, transforms: str
) -> None:
    form = template("#_request", method=method, digest=digest, transforms=transforms)
    data = signed_by_xmlsec(AUTHN_REQUEST, form)
    assert accepted(data).element.get("ID") == "_request"


@pytest.mark.parametrize("prefix", ["dsig", "saml2", "a"])
def test_prefixes_mean_nothing(prefix: str) -> None:
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request", prefix=prefix))
    assert accepted(data).element.tag == names.SAMLP + "AuthnRequest"


def test_a_signature_in_the_default_namespace_is_accepted() -> None:
    form = template("#_request").replace("ds:", "").replace("xmlns:ds=", "xmlns=")
    data = signed_by_xmlsec(AUTHN_REQUEST, form)
    assert b"<Signature " in data
    assert accepted(data).data == etree.tostring(element_of(AUTHN_REQUEST), method="c14n", exclusive=True)


def test_a_prefix_list_may_name_prefixes_of_elements_around() -> None:
    around = RESPONSE.replace("<samlp:Response ", '<samlp:Response xmlns:xs="urn:xs" xmlns:b="urn:b" ')
    response = around.format(assertion=ASSERTION.replace(">honest<", ' Format="xs:string">honest<'))
    form = template("#_assertion", transforms=inclusive("xs b samlp"))
    data = signed_by_xmlsec(response, form, inside=names.SAML + "Assertion")
    result = verified(found(read(data, ARTIFACT_RESPONSE), names.SAML + "Assertion"), [KEY], now=NOW)
    assert result.element.nsmap["xs"] == "urn:xs"


def test_white_space_in_values_and_between_elements_is_accepted() -> None:
    form = template("#_request", key_info=key_info(f"<ds:KeyName>\n {KEY.name} \n</ds:KeyName>"))
    data = signed_by_xmlsec(AUTHN_REQUEST.replace("><", ">\n\t<"), form.replace("><", ">\n <"))
    root = read(data, ARTIFACT_RESPONSE)
    value = found(root, DS + "SignatureValue")
    text = value.text or ""
    value.text = "\n  " + " \r\n".join(text[at : at + 40] for at in range(0, len(text), 40)) + "\t"
    assert verified(root, [KEY], now=NOW).key_named


@pytest.mark.parametrize(
    "content",
    [
        f"<ds:KeyName>{KEY.name}</ds:KeyName>",
        x509(KEY),
        x509(OTHER, KEY),
        f"<ds:KeyName>{KEY.name}</ds:KeyName>{x509(KEY)}",
    ],
    ids=["name", "certificate", "several-certificates", "both"],
)
def test_key_info_selects_among_known_keys(content: str) -> None:
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request", key_info=key_info(content)))
    result = accepted(data, OTHER, KEY)
    assert (result.key, result.key_named) == (KEY, True)


def test_without_key_info_the_known_keys_are_tried_and_it_is_told() -> None:
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request"))
    result = accepted(data, OTHER, EXPIRED, KEY)
    assert (result.key, result.key_named) == (KEY, False)


def test_without_key_info_at_most_four_keys_are_tried() -> None:
    root = read(signed_by_xmlsec(AUTHN_REQUEST, template("#_request")), ARTIFACT_RESPONSE)
    assert verified(root, [OTHER, OTHER, OTHER, KEY], now=NOW).key == KEY
    assert fault_of(root, [OTHER, OTHER, OTHER, OTHER, KEY]) is SignatureFault.INVALID


# --- the key ---


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<ds:KeyName/>",
        "<ds:KeyName>unknown</ds:KeyName>",
        f"<ds:KeyName>{KEY.name[:-1]}</ds:KeyName>",
        f"<ds:KeyName>{KEY.name.upper()}</ds:KeyName>",
        "<ds:X509Data/>",
        "<ds:X509Data><ds:X509Certificate>no base64!</ds:X509Certificate></ds:X509Data>",
        "<ds:X509Data><ds:X509Certificate>é</ds:X509Certificate></ds:X509Data>",
        x509(own_key("attacker").published()),
        f"<ds:KeyName>{KEY.name}</ds:KeyName>{x509(own_key('attacker').published())}",
        f"<ds:KeyName>unknown</ds:KeyName>{x509(KEY)}",
    ],
    ids=[
        "nothing", "no-name", "unknown", "too-short", "capitals", "no-certificate", "no-base64", "no-ascii",
        "stranger", "stranger-under-our-name", "our-certificate-under-another-name",
    ],
)  # fmt: skip
def test_key_info_that_matches_no_known_key_is_refused(content: str) -> None:
    for signer in (SIGNER, "attacker"):
        form = template("#_request", key_info=key_info(content))
        data = signed_by_xmlsec(AUTHN_REQUEST, form, signer=signer)
        assert fault_of(read(data, ARTIFACT_RESPONSE), [KEY, OTHER]) is SignatureFault.KEY_UNKNOWN


def test_a_certificate_in_the_message_is_never_trusted() -> None:
    attacker = own_key("attacker").published()
    form = template("#_request", key_info=key_info(x509(attacker)))
    data = signed_by_xmlsec(AUTHN_REQUEST, form, signer="attacker")
    assert xmlsec_agrees(data, signer="attacker")
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.KEY_UNKNOWN


@pytest.mark.parametrize(
    "content",
    ["", f"<ds:KeyName>{KEY.name}</ds:KeyName>", x509(KEY)],
    ids=["nothing", "name", "certificate"],
)
def test_a_signature_by_another_key_is_invalid_whatever_it_says(content: str) -> None:
    form = template("#_request", key_info=key_info(content) if content else "")
    data = signed_by_xmlsec(AUTHN_REQUEST, form, signer="attacker")
    assert fault_of(read(data, ARTIFACT_RESPONSE), [KEY, OTHER]) is SignatureFault.INVALID


def test_a_key_name_of_another_known_key_does_not_fit() -> None:
    form = template("#_request", key_info=key_info(f"<ds:KeyName>{OTHER.name}</ds:KeyName>"))
    data = signed_by_xmlsec(AUTHN_REQUEST, form)
    assert fault_of(read(data, ARTIFACT_RESPONSE), [KEY, OTHER]) is SignatureFault.INVALID


def test_two_keys_of_one_name_are_both_tried() -> None:
    assert accepted(signed_request(), replace(OTHER, name=KEY.name), KEY).key == KEY


def test_expired_future_and_missing_keys_do_not_count() -> None:
    root = read(signed(AUTHN_REQUEST), ARTIFACT_RESPONSE)
    assert fault_of(root, []) is SignatureFault.KEY_UNKNOWN
    for moment in (KEY.certificate.not_valid_before_utc, KEY.certificate.not_valid_after_utc):
        assert verified(root, [KEY], now=moment).key == KEY
    for moment in (NOW - timedelta(days=2), NOW + timedelta(days=366)):
        with pytest.raises(SignatureRefused) as refused:
            verified(root, [KEY], now=moment)
        assert refused.value.fault is SignatureFault.KEY_UNKNOWN
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request"), key=EXPIRED_OWN)
    assert fault_of(read(data, ARTIFACT_RESPONSE), [EXPIRED]) is SignatureFault.KEY_UNKNOWN


@pytest.mark.parametrize("tag", ["X509SubjectName", "X509IssuerSerial", "X509CRL", "X509SKI"])
def test_x509_data_may_hold_certificates_only(tag: str) -> None:
    content = x509(KEY).replace("</ds:X509Data>", f"<ds:{tag}>x</ds:{tag}></ds:X509Data>")
    data = signed_by_xmlsec(AUTHN_REQUEST, template("#_request", key_info=key_info(content)))
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is SignatureFault.CONTENT


# --- values ---


@pytest.mark.parametrize("tag", ["DigestValue", "SignatureValue"])
@pytest.mark.parametrize("keep", [0, 1, 4, 24, -4])
def test_a_value_cut_short_is_invalid(tag: str, keep: int) -> None:
    def cut(root: etree._Element) -> None:
        node = found(root, DS + tag)
        node.text = (node.text or "")[:keep]

    assert after(cut) is SignatureFault.INVALID


@pytest.mark.parametrize("tag", ["DigestValue", "SignatureValue"])
@pytest.mark.parametrize("text", ["====", "é", "AAA", "A!AA", base64.b64encode(bytes(32)).decode()])
def test_a_value_of_something_else_is_invalid(tag: str, text: str) -> None:
    assert after(lambda root: setattr(found(root, DS + tag), "text", text)) is SignatureFault.INVALID


def test_a_digest_of_another_document_is_invalid_though_its_signature_is_good() -> None:
    other = read(signed(AUTHN_REQUEST.replace('Version="2.0"', 'Version="2.1"')), ARTIFACT_RESPONSE)
    assert after(lambda root: root.replace(root[1], other[1])) is SignatureFault.INVALID


def test_a_namespace_without_canonical_form_is_invalid() -> None:
    assert after(lambda root: etree.SubElement(root, "{relative}x")) is SignatureFault.INVALID


def test_markup_in_the_name_of_a_namespace_does_not_reach_the_canonical_bytes() -> None:
    """libxml2 would write it there as it is, and something else could be cut out than the signature."""
    for name in (
        "urn:&lt;ds:Signature&gt;&lt;/ds:Signature&gt;",
        "urn:&lt;",
        "urn:&quot;x",
        "urn:&amp;&apos;&lt;",
    ):
        data = signed_request().replace(b" Version", f' xmlns:x="{name}" x:x="" Version'.encode())
        with pytest.raises(XmlRefused):
            accepted(data)
    for value in ("&lt;ds:Signature&gt;&lt;/ds:Signature&gt;", "<![CDATA[<ds:Signature></ds:Signature>]]>"):
        text = AUTHN_REQUEST.replace("f847dc11-ac24-47b2-84a8-a057440ce56d", value)
        assert "<ds:Signature></ds:Signature>" in "".join(accepted(signed(text)).element.itertext())


@settings(max_examples=300)
@given(data=st.data())
def test_one_changed_byte_changes_nothing_or_is_refused(data: st.DataObject) -> None:
    good = signed_request()
    place = data.draw(st.integers(0, len(good) - 1))
    changed_byte = data.draw(
        st.sampled_from([*b"ax1 \n<>&\"'/=:#;\t\0", 0xC3, good[place] ^ 0x20, good[place] ^ 1])
    )
    document = good[:place] + bytes([changed_byte]) + good[place + 1 :]
    try:
        result = accepted(document)
    except (XmlRefused, SignatureRefused):
        return
    assert result.data == accepted(good).data
    assert xmlsec_agrees(document)


@given(place=st.integers(0, 10_000), letter=st.sampled_from("bcxyz019_-."))
def test_one_changed_letter_of_a_value_is_refused(place: int, letter: str) -> None:
    start = AUTHN_REQUEST.index("https://entrance")
    at = start + place % len("https://entrance.example/request")
    if AUTHN_REQUEST[at] != letter:
        text = signed_request().decode()
        assert text[:start] == AUTHN_REQUEST[:start]
        forged = text[:at] + letter + text[at + 1 :]
        assert fault_of(read(forged.encode(), ARTIFACT_RESPONSE)) is SignatureFault.INVALID


def test_a_refusal_says_nothing_but_its_fault() -> None:
    with pytest.raises(SignatureRefused) as refused:
        accepted(signed_request().replace(b"Version", b"Vision"))
    assert str(refused.value) == "invalid"
