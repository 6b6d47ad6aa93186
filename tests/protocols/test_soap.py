"""SOAP 1.1: what an envelope may look like, and the fault that each other shape gets (AB-10, ST-63, TC-74)."""

import pytest
from lxml import etree

from tests.protocols.keyring import NOW, own_key
from volmacht.protocols.saml.signing import new_id, sign
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.soap import FaultCode, SoapFault, body_of, envelope, fault
from volmacht.protocols.xml.gate import RESOLVE, read

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"


def in_envelope(inside: str, namespace: str = SOAP_11) -> etree._Element:
    text = f'<s:Envelope xmlns:s="{namespace}" xmlns:o="urn:other">{inside}</s:Envelope>'
    return read(text.encode(), RESOLVE)


def fault_of(root: etree._Element) -> FaultCode:
    with pytest.raises(SoapFault) as caught:
        body_of(root)
    return caught.value.code


def test_what_is_put_in_an_envelope_comes_out_of_it() -> None:
    message = "<a xmlns='urn:a'><b>Zoë &amp; co</b></a>".encode()
    inside = body_of(read(envelope(message), RESOLVE))
    assert etree.tostring(inside, method="c14n", exclusive=True) == (
        etree.tostring(etree.fromstring(message), method="c14n", exclusive=True)
    )


def test_a_message_is_put_in_byte_for_byte() -> None:
    message = b"<a  x = '1'\n><b></b><c/></a >"
    assert message in envelope(message)


def test_a_signature_still_verifies_after_the_envelope() -> None:
    key = own_key("entrance")
    message = etree.fromstring(
        f'<samlp:ArtifactResolve xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="{new_id()}"/>'
    )
    sign(message, key)
    inside = body_of(read(envelope(etree.tostring(message)), RESOLVE))
    assert verified(inside, [key.published()], now=NOW).element.tag == message.tag


def test_white_space_and_a_header_that_may_be_ignored_are_fine() -> None:
    root = in_envelope(
        "\n <s:Header><o:x/><o:y s:mustUnderstand='0'/></s:Header>\n<s:Body>\n<o:z/>\n</s:Body> "
    )
    assert body_of(root).tag == "{urn:other}z"


@pytest.mark.parametrize("value", ["1", " 1 ", "true", "yes"])
def test_a_header_that_must_be_understood_is_not(value: str) -> None:
    root = in_envelope(f"<s:Header><o:x s:mustUnderstand='{value}'/></s:Header><s:Body><o:z/></s:Body>")
    assert fault_of(root) is FaultCode.MUST_UNDERSTAND


def test_an_envelope_of_another_version_is_a_version_mismatch() -> None:
    assert fault_of(in_envelope("<s:Body><o:z/></s:Body>", SOAP_12)) is FaultCode.VERSION_MISMATCH
    assert fault_of(read(b"<Envelope><Body><z/></Body></Envelope>", RESOLVE)) is FaultCode.VERSION_MISMATCH


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "<s:Header/>",
        "<s:Body/>",
        "<s:Body><o:z/><o:z/></s:Body>",
        "<s:Body>text<o:z/></s:Body>",
        "<s:Body><o:z/>text</s:Body>",
        "text<s:Body><o:z/></s:Body>",
        "<s:Body><o:z/></s:Body>text",
        "<s:Body><o:z/></s:Body><s:Body><o:z/></s:Body>",
        "<s:Body><o:z/></s:Body><s:Header/>",
        "<s:Header/><s:Header/><s:Body><o:z/></s:Body>",
        "<s:Body><o:z/></s:Body><o:more/>",
        "<o:more/><s:Body><o:z/></s:Body>",
        "<o:Body><o:z/></o:Body>",
    ],
)
def test_any_other_shape_is_a_fault_of_the_client(inside: str) -> None:
    assert fault_of(in_envelope(inside)) is FaultCode.CLIENT


def test_what_is_no_envelope_is_a_fault_of_the_client() -> None:
    assert fault_of(read(b"<o:z xmlns:o='urn:other'/>", RESOLVE)) is FaultCode.CLIENT


@pytest.mark.parametrize("code", FaultCode)
def test_a_fault_says_its_code_and_gives_no_detail(code: FaultCode) -> None:
    said = body_of(read(fault(code), RESOLVE))
    assert said.tag == f"{{{SOAP_11}}}Fault"
    assert [child.tag for child in said] == ["faultcode", "faultstring"]
    assert said.findtext("faultcode") == f"soap:{code.value}"
    assert said.nsmap["soap"] == SOAP_11
