"""Messages and metadata are held against the schemas of OASIS and W3C, offline and from any thread (XM-06)."""

import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree

from tests.protocols.samples import (
    ASSERTION,
    AUTHN_REQUEST,
    ISSUER,
    METADATA,
    RESPONSE,
    element_of,
    signed,
    signed_request,
    signed_response,
)
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import XmlFault, XmlRefused
from volmacht.protocols.xml.schemas import Schema, validate

ENCRYPTED = (
    f'<saml:EncryptedID><xenc:EncryptedData xmlns:xenc="{names.NAMESPACES["xenc"]}">'
    "<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData>"
    "</xenc:EncryptedData></saml:EncryptedID>"
)
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def refused_at(text: str, schema: Schema = Schema.PROTOCOL) -> int | None:
    """The line of the first fault."""
    with pytest.raises(XmlRefused) as refused:
        validate(element_of(text), schema)
    assert refused.value.fault is XmlFault.SCHEMA
    return refused.value.line


def with_value(value: str) -> str:
    """An AuthnRequest with something else as attribute value."""
    return AUTHN_REQUEST.replace("f847dc11-ac24-47b2-84a8-a057440ce56d", value)


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        (AUTHN_REQUEST, Schema.PROTOCOL),
        (signed_request().decode(), Schema.PROTOCOL),
        (signed_response().decode(), Schema.PROTOCOL),
        (ASSERTION, Schema.PROTOCOL),
        (with_value(ENCRYPTED), Schema.PROTOCOL),
        (with_value('<x:any xmlns:x="urn:x"/>'), Schema.PROTOCOL),
        (METADATA, Schema.METADATA),
        (signed(METADATA).decode(), Schema.METADATA),
    ],
)
def test_good_documents_are_valid(text: str, schema: Schema) -> None:
    element = element_of(text)
    before = etree.tostring(element)
    validate(element, schema)
    assert etree.tostring(element) == before


@pytest.mark.parametrize(
    "text",
    [
        AUTHN_REQUEST.replace(' Version="2.0"', ""),
        AUTHN_REQUEST.replace('"_request"', '"1"'),
        AUTHN_REQUEST.replace(ISSUER, "").replace("</samlp:Extensions>", f"</samlp:Extensions>{ISSUER}"),
        AUTHN_REQUEST.replace("saml:Issuer", "saml:Sender"),
        AUTHN_REQUEST.replace('Index="0"', 'Index="-1"'),
        signed_request().decode().replace("ds:KeyName", "ds:KeyNames"),
        signed_response().decode().replace("saml:NameID", "saml:BaseID"),
        RESPONSE.format(assertion="").replace("samlp:StatusCode", "samlp:Code"),
        with_value(ENCRYPTED.replace("CipherValue", "Cipher")),
        with_value("<saml:Conditions><saml:Unknown/></saml:Conditions>"),
        METADATA,
    ],
)
def test_other_documents_are_no_messages(text: str) -> None:
    assert refused_at(text) == 1


def test_a_message_is_no_metadata() -> None:
    assert refused_at(AUTHN_REQUEST, Schema.METADATA) == 1
    assert refused_at(METADATA.replace("Location=", "Place="), Schema.METADATA) == 1


def test_the_line_of_the_first_fault_is_told() -> None:
    text = AUTHN_REQUEST.replace("<saml:Issuer", "\n<saml:Issuer")
    assert refused_at(text.replace("<samlp:Ext", "\n<samlp:Wrong/>\n<samlp:Wrong/><samlp:Ext")) == 3


def test_an_element_inside_another_tree_can_be_validated_alone() -> None:
    outer = element_of(f'<x:outer xmlns:x="urn:x">{signed_request().decode()}<x:more/></x:outer>')
    validate(outer[0], Schema.PROTOCOL)
    with pytest.raises(XmlRefused):
        validate(outer, Schema.PROTOCOL)


def test_schemas_named_by_the_document_are_not_read(tmp_path: Path) -> None:
    nothing_allowed = tmp_path / "own.xsd"
    nothing_allowed.write_text(
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x">'
        '<xs:element name="any" type="xs:date"/></xs:schema>'
    )
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    with listener:
        for place in (nothing_allowed.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/own.xsd"):
            value = f'<x:any xmlns:x="urn:x" {XSI} xsi:schemaLocation="urn:x {place}">no date</x:any>'
            validate(element_of(with_value(value)), Schema.PROTOCOL)
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_threads_do_not_see_the_faults_of_each_other() -> None:
    good = [AUTHN_REQUEST, signed_response().decode()]
    bad = {
        line: "\n" * (line - 1) + AUTHN_REQUEST.replace("saml:Issuer", "saml:Sender") for line in (2, 5, 9)
    }

    def outcomes(number: int) -> list[int | None]:
        found: list[int | None] = []
        for _ in range(60):
            validate(element_of(good[number % 2]), Schema.PROTOCOL)
            line = (2, 5, 9)[number % 3]
            found.append(refused_at(bad[line]))
        return found

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(outcomes, range(6)))
    assert told == [[(2, 5, 9)[number % 3]] * 60 for number in range(6)]


def test_the_package_with_the_schemas_is_not_run() -> None:
    validate(element_of(AUTHN_REQUEST), Schema.PROTOCOL)
    source = sys.modules["volmacht.protocols.xml.schemas"]
    assert not [name for name in vars(source) if name.startswith(("onelogin", "saml2"))]
