"""SOAP 1.1 around one message: wrap it, unwrap it, and say what is wrong (AB-10, ST-63). Knows nothing of SAML."""

from enum import StrEnum
from typing import Final

from lxml import etree

from volmacht.protocols.xml.names import NAMESPACES, SOAP

# What a question goes with, over HTTP: the media type, and an action that nobody reads (AB-10).
HEADERS: Final = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '"http://www.oasis-open.org/committees/security"',
}
_BEGIN: Final = f'<soap:Envelope xmlns:soap="{NAMESPACES["soap"]}"><soap:Body>'.encode()
_END: Final = b"</soap:Body></soap:Envelope>"
_XML_SPACE: Final = " \t\r\n"


class FaultCode(StrEnum):
    """The codes of SOAP 1.1."""

    VERSION_MISMATCH = "VersionMismatch"
    MUST_UNDERSTAND = "MustUnderstand"
    CLIENT = "Client"
    SERVER = "Server"


_SENTENCES: Final = {
    FaultCode.VERSION_MISMATCH: "This is not a SOAP 1.1 envelope.",
    FaultCode.MUST_UNDERSTAND: "A header that must be understood is not understood.",
    FaultCode.CLIENT: "The message is not one that can be processed here.",
    FaultCode.SERVER: "The message could not be processed.",
}


class SoapFault(ValueError):
    """The input is no SOAP 1.1 message with one thing in its body."""

    def __init__(self, code: FaultCode) -> None:
        super().__init__(code.value)
        self.code = code


def envelope(body: bytes) -> bytes:
    """A serialised element in an envelope, in UTF-8: spliced in as it is, so that signatures in it stay valid."""
    return _BEGIN + body + _END


def body_of(root: etree._Element) -> etree._Element:
    """The only element in the body of an envelope that came through the gate. Raises SoapFault."""
    name = etree.QName(root)
    if root.tag != SOAP + "Envelope":
        another_version = name.localname == "Envelope"
        raise SoapFault(FaultCode.VERSION_MISMATCH if another_version else FaultCode.CLIENT)
    children = list(root)
    if children and children[0].tag == SOAP + "Header":
        _check_header(children.pop(0))
    if [child.tag for child in children] != [SOAP + "Body"]:
        raise SoapFault(FaultCode.CLIENT)
    body = children[0]
    if len(body) != 1 or _has_text(root) or _has_text(body):
        raise SoapFault(FaultCode.CLIENT)
    return body[0]


def _check_header(header: etree._Element) -> None:
    """Entries may stand there, but none is understood."""
    for entry in header:
        if entry.get(SOAP + "mustUnderstand", "0").strip(_XML_SPACE) != "0":
            raise SoapFault(FaultCode.MUST_UNDERSTAND)


def _has_text(element: etree._Element) -> bool:
    """Whether text stands between its children."""
    pieces = [element.text, *(child.tail for child in element)]
    return any((piece or "").strip(_XML_SPACE) for piece in pieces)


def fault(code: FaultCode) -> bytes:
    """A fault without detail, to be sent with HTTP status 500."""
    said = f"<faultcode>soap:{code}</faultcode><faultstring>{_SENTENCES[code]}</faultstring>"
    return _BEGIN + f"<soap:Fault>{said}</soap:Fault>".encode() + _END
