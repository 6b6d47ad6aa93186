"""What is refused before anything is believed: transport, XML, size (AR-01, XM, ST-01 to ST-04, ST-10)."""

import base64
import zlib
from urllib.parse import urlencode

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import SIGN_ON, extended, request
from tests.interfaces.saml.browsing import Browser, text_of
from tests.interfaces.saml.test_signatures import assert_accepted, assert_page
from volmacht.protocols.xml.names import SAMLP

DOORS = [
    "/saml/entrance/request_authentication",
    "/saml/bvd/request_authentication",
    "/saml/entrance/request_logout",
    "/preprod/saml/entrance/request_authentication",
]


@pytest.mark.parametrize("door", DOORS)
def test_tc_43_only_post_is_taken(browser: Browser, door: str) -> None:
    answer = browser.get(door)
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert answer["X-Request-Id"] in text_of(answer)


ENTITIES = {
    "external": '<!DOCTYPE samlp:AuthnRequest [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "laughs": '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
    "parameter": '<!DOCTYPE r [<!ENTITY % p SYSTEM "http://192.0.2.1/x.dtd"> %p;]>',
    "bare": "<!DOCTYPE samlp:AuthnRequest>",
    "instruction": '<?xml-stylesheet href="x"?>',
}


@pytest.mark.parametrize("prologue", ENTITIES.values(), ids=ENTITIES)
def test_tc_51_nothing_but_elements_is_read(browser: Browser, prologue: str) -> None:
    message = asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES))
    assert_page(browser, prologue.encode() + message)


def padded(size: int) -> bytes:
    """A good question of this many bytes."""

    def fill(root: etree._Element) -> None:
        extensions = root.find(SAMLP + "Extensions")
        assert extensions is not None
        for _ in range(size // 4000):
            etree.SubElement(extensions, "{urn:example}fill", x="x" * 3900)

    return asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES), change=fill)


def test_tc_52_what_is_too_large_is_refused(browser: Browser) -> None:
    message = padded(310_000)
    assert len(message) > 300_000
    assert_page(browser, message, status=413)


def test_tc_52_far_too_large_is_refused_before_it_is_read(browser: Browser) -> None:
    assert_page(browser, b"<" * 1_000_000, status=413)


def test_tc_52_what_is_just_small_enough_is_taken(browser: Browser) -> None:
    message = padded(252_000)
    assert 240_000 < len(message) <= 256 * 1024
    assert_accepted(browser, message)


def test_tc_52_what_is_too_deep_is_refused(browser: Browser) -> None:
    def deep(root: etree._Element) -> None:
        inner = root.find(SAMLP + "Extensions")
        assert inner is not None
        for _ in range(63):
            inner = etree.SubElement(inner, "{urn:example}deep")

    assert_page(browser, asking.written(extended(parties.TOWN, parties.TOWN, parties.TAXES), change=deep))


def test_tc_52_only_utf_8_is_read(browser: Browser) -> None:
    root = etree.fromstring(asking.written(request()))
    assert_page(browser, b"<" + etree.tostring(root, encoding="UTF-16")[1:])


def test_tc_53_a_comment_in_an_issuer_is_refused(browser: Browser) -> None:
    message = asking.written(request())
    assert_page(browser, message.replace(b":entities:", b":entit<!-- x -->ies:", 1))


BROKEN_FORMS = {
    "nothing": "x=1",
    "empty": "SAMLRequest=",
    "twice": "SAMLRequest=PGE%2BPC9hPg%3D%3D&SAMLRequest=PGE%2BPC9hPg%3D%3D",
    "no-base64": "SAMLRequest=%3Ca%2F%3E",
    "deflated": urlencode(
        {"SAMLRequest": base64.b64encode(zlib.compress(b"<samlp:AuthnRequest/>")[2:-4]).decode()}
    ),
    "many-fields": "&".join(f"x{n}=1" for n in range(100)),
    "not-ascii": "SAMLRequest=é",
    "other-root": urlencode({"SAMLRequest": base64.b64encode(b"<a/>").decode()}),
    "a-response": urlencode({"SAMLResponse": base64.b64encode(b"<a/>").decode()}),
}


@pytest.mark.parametrize("body", BROKEN_FORMS.values(), ids=BROKEN_FORMS)
def test_a_form_that_holds_no_message_is_refused(browser: Browser, body: str) -> None:
    assert browser.post_form(next(iter(SIGN_ON.values())), body).status_code == 400


def test_another_media_type_is_refused(browser: Browser) -> None:
    answer = browser.client.post(DOORS[0], {"SAMLRequest": "x"})  # multipart
    assert answer.status_code == 415


def test_tc_58_relay_state_of_eighty_one_bytes_is_refused(browser: Browser) -> None:
    answer = browser.send(asking.written(request()), "é" * 40 + "x")
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_relay_state_that_comes_twice_is_refused(browser: Browser) -> None:
    message = base64.b64encode(asking.written(request())).decode()
    body = urlencode([("SAMLRequest", message), ("RelayState", "a"), ("RelayState", "a")])
    assert browser.post_form(SIGN_ON[asking.ENTRANCE], body).status_code == 400
