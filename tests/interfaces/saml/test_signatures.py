"""Signatures that count, and those that do not, at the real door (SG, 5.1, WK-07, WK-20, WK-25)."""

import base64
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import extended, request
from tests.interfaces.saml.browsing import Browser, text_of
from tests.protocols.other_signers import (
    HMAC_SHA256,
    RSA_SHA1,
    TWO_STEPS,
    XML_C14N,
    signed_by_xmlsec,
    template,
)
from tests.protocols.wrapping import OF_MESSAGES
from volmacht.logins.models import IssuedArtifact, Transaction
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import AuthnRequest
from volmacht.protocols.saml.signing import sign
from volmacht.protocols.xml import names
from volmacht.protocols.xml.names import DS, SAMLP

SHA256_NOT_OF_W3C = "http://www.w3.org/2001/04/xmldsig-more#sha256"
XSLT = (
    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"><xsl:stylesheet version="1.0" '
    'xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/></ds:Transform>'
)


def bare(value: AuthnRequest) -> etree._Element:
    """The question before it is signed."""
    root = etree.fromstring(asking.written(value))
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    return root


def otherwise_signed(value: AuthnRequest, *, key: OwnKey | None = None, **how: Any) -> bytes:
    """Signed by another library, as the test wants it."""
    key = key or parties.key(parties.oin_of(value.issuer))
    information = how.pop("key_info", f"<ds:KeyInfo><ds:KeyName>{key.name}</ds:KeyName></ds:KeyInfo>")
    reference = how.pop("reference", f"#{value.id}")
    form = template(reference, key_info=information, **how)
    return signed_by_xmlsec(etree.tostring(bare(value)).decode(), form, key=key)


def certificate_info(key: OwnKey) -> str:
    """KeyInfo with the certificate itself."""
    der = base64.b64encode(key.certificate.public_bytes(Encoding.DER)).decode()
    return (
        f"<ds:KeyInfo><ds:X509Data><ds:X509Certificate>{der}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>"
    )


def assert_accepted(browser: Browser, message: bytes) -> None:
    """The log-in begins."""
    assert browser.follow(browser.send(message)).status_code == 200
    assert Transaction.objects.count() == 1


def assert_page(browser: Browser, message: bytes, status: int = 400) -> None:
    """A page, no redirect, nothing begun."""
    answer = browser.send(message)
    assert answer.status_code == status
    assert "Location" not in answer.headers
    assert "Noem dan dit nummer" in text_of(answer)
    assert answer["X-Request-Id"] in text_of(answer)
    assert not Transaction.objects.exists()
    assert not IssuedArtifact.objects.exists()


def test_tc_19_longer_hashes_and_a_prefix_list_are_taken(browser: Browser) -> None:
    listed = (
        f'<ds:Transform Algorithm="{names.ENVELOPED}"/><ds:Transform Algorithm="{names.EXC_C14N}">'
        f'<ec:InclusiveNamespaces xmlns:ec="{names.EXC_C14N}" PrefixList="samlp saml"/></ds:Transform>'
    )
    message = otherwise_signed(request(), method=names.RSA_SHA512, digest=names.SHA512, transforms=listed)
    assert_accepted(browser, message)


def test_tc_20_a_certificate_in_key_info_that_is_listed_is_taken(browser: Browser) -> None:
    key = parties.key(parties.TOWN_OIN)
    assert_accepted(browser, otherwise_signed(request(), key_info=certificate_info(key)))


def test_tc_21_without_key_info_there_is_a_warning(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    assert_accepted(browser, otherwise_signed(request(), key_info=""))
    assert "request without KeyInfo" in caplog.text


def test_tc_33_the_second_listed_certificate_signs_as_well(browser: Browser) -> None:
    assert_accepted(browser, asking.written(request(), number=1))


def test_tc_44_without_a_signature_nothing_begins(browser: Browser) -> None:
    assert_page(browser, etree.tostring(bare(request())))


def test_tc_44_one_changed_byte_is_noticed(browser: Browser) -> None:
    message = asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES))
    assert parties.TAXES.encode() in message
    assert_page(browser, message.replace(parties.TAXES.encode(), parties.OWN_ONLY.encode()))


@pytest.mark.parametrize(
    "key",
    [
        pytest.param(lambda: parties.key(parties.TAX_OIN), id="another-party"),
        pytest.param(lambda: parties.key(parties.TOWN_OIN, number=5), id="not-in-metadata"),
        pytest.param(lambda: parties.decrypting(parties.TOWN)[0], id="for-encryption"),
    ],
)
def test_tc_44_a_key_that_is_not_listed_for_signing_does_not_count(
    browser: Browser, key: Callable[[], OwnKey]
) -> None:
    assert_page(browser, otherwise_signed(request(), key=key()))


def test_tc_45_a_certificate_that_only_the_message_brings_is_not_believed(browser: Browser) -> None:
    key = parties.key(parties.TOWN_OIN, number=5)
    assert_page(browser, otherwise_signed(request(), key=key, key_info=certificate_info(key)))


WEAK: dict[str, dict[str, str]] = {
    "rsa-sha1": {"method": RSA_SHA1},
    "digest-sha1": {"digest": names.SHA1},
    "hmac": {"method": HMAC_SHA256, "key_info": ""},
    "inclusive": {"canonicalization": XML_C14N},
    "with-comments": {"canonicalization": names.EXC_C14N + "WithComments"},
}


@pytest.mark.parametrize("how", WEAK.values(), ids=WEAK)
def test_tc_46_weak_algorithms_are_refused(browser: Browser, how: dict[str, Any]) -> None:
    if how.get("method") == HMAC_SHA256:
        message = otherwise_signed(request(), method=names.RSA_SHA256)
        message = message.replace(names.RSA_SHA256.encode(), HMAC_SHA256.encode())
    else:
        message = otherwise_signed(request(), **how)
    assert_page(browser, message)


def test_tc_46_an_algorithm_that_does_not_exist_is_refused(browser: Browser) -> None:
    message = otherwise_signed(request())
    assert_page(browser, message.replace(names.SHA256.encode(), SHA256_NOT_OF_W3C.encode()))


@pytest.mark.parametrize("wrap", OF_MESSAGES.values(), ids=OF_MESSAGES)
def test_tc_47_a_signed_original_inside_a_forgery_is_refused(browser: Browser, wrap: Any) -> None:
    root = etree.fromstring(asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES)))
    assert_page(browser, etree.tostring(wrap(root, "_forged")))


def test_tc_47_a_signed_original_moved_into_extensions_is_refused(browser: Browser) -> None:
    original = etree.fromstring(asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES)))
    forged = deepcopy(original)
    forged.set("ID", "_forged")
    extensions = forged.find(SAMLP + "Extensions")
    assert extensions is not None
    extensions.append(original)
    assert_page(browser, etree.tostring(forged))


def test_tc_48_two_elements_with_one_id_are_refused(browser: Browser) -> None:
    value = extended(parties.TOWN, parties.TOWN, parties.TAXES)

    def twice(root: etree._Element) -> None:
        extensions = root.find(SAMLP + "Extensions")
        assert extensions is not None
        etree.SubElement(extensions, "{urn:example}thing", ID=value.id)

    assert_page(browser, asking.written(value, change=twice))


def second_reference(root: etree._Element) -> None:
    info = root.find(f"{DS}Signature/{DS}SignedInfo")
    assert info is not None
    info.append(deepcopy(info[-1]))


def an_object(root: etree._Element) -> None:
    signature = root.find(DS + "Signature")
    assert signature is not None
    etree.SubElement(signature, DS + "Object")


def moved_to_the_end(root: etree._Element) -> None:
    signature = root.find(DS + "Signature")
    assert signature is not None
    root.append(signature)


def doubled(root: etree._Element) -> None:
    signature = root.find(DS + "Signature")
    assert signature is not None
    root.insert(2, deepcopy(signature))


@pytest.mark.parametrize("change", [second_reference, an_object, moved_to_the_end, doubled])
def test_tc_50_a_signature_of_another_shape_is_refused(
    browser: Browser, change: Callable[[etree._Element], None]
) -> None:
    root = etree.fromstring(asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES)))
    change(root)
    assert_page(browser, etree.tostring(root))


def test_tc_50_an_empty_reference_is_refused(browser: Browser) -> None:
    assert_page(browser, otherwise_signed(request(), reference=""))


@pytest.mark.parametrize(
    "transforms",
    [
        TWO_STEPS + f'<ds:Transform Algorithm="{names.EXC_C14N}"/>',
        f'<ds:Transform Algorithm="{names.ENVELOPED}"/>',
        f'<ds:Transform Algorithm="{names.ENVELOPED}"/><ds:Transform Algorithm="{XML_C14N}"/>',
    ],
    ids=["three", "one", "inclusive"],
)
def test_tc_50_other_transforms_are_refused(browser: Browser, transforms: str) -> None:
    assert_page(browser, otherwise_signed(request(), transforms=transforms))


def test_tc_50_a_style_sheet_is_refused(browser: Browser) -> None:
    root = etree.fromstring(asking.written(request()))
    transforms = root.find(f"{DS}Signature/{DS}SignedInfo/{DS}Reference/{DS}Transforms")
    assert transforms is not None
    transforms.append(
        etree.fromstring(XSLT.replace("<ds:Transform ", f'<ds:Transform xmlns:ds="{DS[1:-1]}" '))
    )
    assert_page(browser, etree.tostring(root))


def test_a_signature_of_ours_is_made_of_what_is_checked_here(browser: Browser) -> None:
    root = bare(request())
    sign(root, parties.key(parties.TOWN_OIN))
    assert_accepted(browser, etree.tostring(root))
