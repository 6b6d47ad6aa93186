"""Signature wrapping, XSW1 to XSW8, makes nobody read what was not signed (SG-08..SG-10, WK-20; TC-47 to TC-49)."""

import pytest
from lxml import etree

from tests.protocols.keyring import NOW, own_key
from tests.protocols.other_signers import xmlsec_agrees
from tests.protocols.samples import (
    AUTHN_REQUEST,
    RESPONSE,
    SIGNER,
    found,
    signed,
    signed_request,
    signed_response,
)
from tests.protocols.wrapping import (
    ASSERTION,
    FORGED,
    OF_ASSERTIONS,
    OF_MESSAGES,
    SIGNATURE,
    forged_copy,
    wrapped_in,
    xsw4,
    xsw7,
)
from volmacht.protocols.saml.verifying import SignatureFault, SignatureRefused, verified
from volmacht.protocols.xml import names
from volmacht.protocols.xml.gate import ARTIFACT_RESPONSE, XmlFault, XmlRefused, read

KEYS = [own_key(SIGNER).published()]
RESPONSE_SIGNED = signed(RESPONSE.format(assertion=""))
EXTENSIONS = names.SAMLP + "Extensions"
FAULTS = {
    "XSW1": SignatureFault.CONTENT,
    "XSW2": SignatureFault.MISPLACED,
    "XSW3": SignatureFault.MISSING,
    "XSW4": SignatureFault.MISSING,
    "XSW5": SignatureFault.REFERENCE,
    "XSW6": SignatureFault.CONTENT,
    "XSW7": SignatureFault.MISSING,
    "XSW8": SignatureFault.CONTENT,
}
MESSAGES = {"request": signed_request(), "response": RESPONSE_SIGNED}


def document(root: etree._Element) -> bytes:
    """As it would be sent."""
    return etree.tostring(root)


def fault_of(element: etree._Element) -> SignatureFault:
    """Why its signature does not count."""
    with pytest.raises(SignatureRefused) as refused:
        verified(element, KEYS, now=NOW)
    return refused.value.fault


def nothing_forged_is_verified(data: bytes) -> int:
    """Tries every element with an ID; returns how many hold a good signature, after a check that none is forged."""
    good = 0
    for element in read(data, ARTIFACT_RESPONSE).iter():
        if element.get("ID"):
            try:
                result = verified(element, KEYS, now=NOW)
            except SignatureRefused:
                continue
            assert FORGED.encode() not in result.data
            assert FORGED not in "".join(result.element.itertext())
            good += 1
    return good


@pytest.mark.parametrize("original", MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize("name", OF_MESSAGES)
def test_a_wrapped_message_is_refused(name: str, original: bytes) -> None:
    root = OF_MESSAGES[name](read(original, ARTIFACT_RESPONSE), "_forged")
    data = document(root)
    assert fault_of(read(data, ARTIFACT_RESPONSE)) is FAULTS[name]
    assert nothing_forged_is_verified(data) == 0


@pytest.mark.parametrize("name", OF_ASSERTIONS)
def test_a_wrapped_assertion_is_refused_at_the_place_where_it_is_expected(name: str) -> None:
    data = document(OF_ASSERTIONS[name](read(signed_response(), ARTIFACT_RESPONSE), "_forged"))
    expected = found(read(data, ARTIFACT_RESPONSE), ASSERTION)  # the first one: where a careless reader looks
    assert fault_of(expected) is FAULTS[name]
    assert nothing_forged_is_verified(data) == (1 if name in {"XSW3", "XSW4", "XSW7"} else 0)


@pytest.mark.parametrize("name", [*OF_MESSAGES, *OF_ASSERTIONS])
def test_a_forged_copy_with_the_same_id_does_not_pass_the_gate(name: str) -> None:
    if name in OF_MESSAGES:
        root = OF_MESSAGES[name](read(RESPONSE_SIGNED, ARTIFACT_RESPONSE), "_response")
    else:
        root = OF_ASSERTIONS[name](read(signed_response(), ARTIFACT_RESPONSE), "_assertion")
    with pytest.raises(XmlRefused) as refused:
        read(document(root), ARTIFACT_RESPONSE)
    assert refused.value.fault is XmlFault.DUPLICATE_ID


def test_xmlsec_alone_is_taken_in_by_wrapping() -> None:
    """What this folder protects against is real: the library finds the original wherever it is, and says yes."""
    root = OF_MESSAGES["XSW2"](read(RESPONSE_SIGNED, ARTIFACT_RESPONSE), "_forged")
    assert xmlsec_agrees(document(root))
    assert xmlsec_agrees(
        document(OF_ASSERTIONS["XSW5"](read(signed_response(), ARTIFACT_RESPONSE), "_forged")), tag=ASSERTION
    )


def test_the_signed_request_in_the_extensions_of_a_forged_one_is_refused() -> None:
    root = read(signed_request(), ARTIFACT_RESPONSE)
    for with_signature in (False, True):
        forged = forged_copy(root, "_forged")
        forged.replace(found(forged, EXTENSIONS), etree.Element(EXTENSIONS))
        found(forged, EXTENSIONS).append(read(signed_request(), ARTIFACT_RESPONSE))
        if with_signature:
            forged.insert(1, read(signed_request(), ARTIFACT_RESPONSE)[1])
        data = document(forged)
        expected = SignatureFault.REFERENCE if with_signature else SignatureFault.MISSING
        assert fault_of(read(data, ARTIFACT_RESPONSE)) is expected
        assert nothing_forged_is_verified(data) == 1


def test_an_original_in_the_signature_of_a_forged_message_is_refused_in_every_corner() -> None:
    for corner in (
        "SignedInfo",
        "SignatureValue",
        "KeyInfo",
        "KeyName",
        "Reference",
        "Transform",
        "DigestMethod",
    ):
        original = read(signed_request(), ARTIFACT_RESPONSE)
        forged, signature = forged_copy(original, "_forged"), original[1]
        forged.insert(1, signature)
        wrapped_in(
            found(signature, names.DS + corner),
            names.DS + "Object",
            read(AUTHN_REQUEST.encode(), ARTIFACT_RESPONSE),
        )
        found(signature, names.DS + "Reference").set("URI", "#_forged")
        fault = fault_of(read(document(forged), ARTIFACT_RESPONSE))
        assert fault is (SignatureFault.TRANSFORM if corner == "Transform" else SignatureFault.CONTENT)


@pytest.mark.parametrize("attribute", ["Id", "id", "xml:id", "u:ID"])
def test_an_id_of_another_kind_cannot_stand_in_for_the_signed_one(attribute: str) -> None:
    forged = signed_request().replace(
        b"<samlp:Extensions>", f'<samlp:Extensions xmlns:u="urn:u" {attribute}="_request">'.encode()
    )
    with pytest.raises(XmlRefused) as refused:
        read(forged, ARTIFACT_RESPONSE)
    assert refused.value.fault is XmlFault.DUPLICATE_ID


def test_what_stands_around_the_signed_element_is_not_in_what_is_handed_over() -> None:
    for wrapping in (xsw4, xsw7):
        root = read(
            document(wrapping(read(signed_response(), ARTIFACT_RESPONSE), "_forged")), ARTIFACT_RESPONSE
        )
        signed_one = next(e for e in root.iter(ASSERTION) if e.get("ID") == "_assertion")
        result = verified(signed_one, KEYS, now=NOW)
        assert result.element.getparent() is None
        assert result.element.getroottree().getroot() is result.element
        assert [e.get("ID") for e in result.element.iter(ASSERTION)] == ["_assertion"]


def test_a_signature_taken_from_another_message_of_the_same_signer_is_refused() -> None:
    other = signed(AUTHN_REQUEST.replace("_request", "_other"))
    forged = read(signed_request(), ARTIFACT_RESPONSE)
    forged.replace(found(forged, SIGNATURE), read(other, ARTIFACT_RESPONSE)[1])
    assert fault_of(forged) is SignatureFault.REFERENCE
    same_id = signed(AUTHN_REQUEST.replace("f847dc11", "00000000"))
    forged.replace(found(forged, SIGNATURE), read(same_id, ARTIFACT_RESPONSE)[1])
    assert fault_of(forged) is SignatureFault.INVALID
