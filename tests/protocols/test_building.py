"""What Volmacht writes: canonical, signed in its place, and faithful to what it carries for others (AS-30, TC-28)."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from tests.protocols.foreign_assertions import foreign_assertion
from tests.protocols.keyring import NOW, own_key
from tests.protocols.message_values import (
    ARTIFACT_RESPONSE,
    AUTHN_REQUEST,
    DELIVERED,
    FROM_AUTHENTICATION,
    FROM_REPRESENTATION,
    LOGOUT_REQUEST,
    LOGOUT_RESPONSE,
    RESOLVE,
    RESPONSE,
    SERVICE,
    an_id,
    encrypted_id,
)
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import DS, NAMESPACES, SAML

ENTRANCE_KEY = own_key("entrance")
AUTHENTICATION_KEY = own_key("authentication")
REPRESENTATION_KEY = own_key("representation")
KEYS = [key.published() for key in (ENTRANCE_KEY, AUTHENTICATION_KEY, REPRESENTATION_KEY)]

LISTED = "ds saml samlp xs"
FOREIGN: dict[str, dict[str, Any]] = {
    "saml2": {"prefix": "saml2"},
    "our own prefix": {"prefix": "saml"},
    "default namespace": {"prefix": ""},
    "prefixes listed that are ours, but not in scope": {"prefix": "saml2", "prefix_list": LISTED},
    "prefixes listed, one in scope": {"prefix": "saml", "prefix_list": LISTED},
    "default namespace listed": {"prefix": "", "prefix_list": "#default"},
    "signature namespace in scope": {
        "prefix": "saml2",
        "prefix_list": LISTED,
        "declared": f'xmlns:ds="{NAMESPACES["ds"]}" xmlns:samlp="{NAMESPACES["samlp"]}"',
    },
    "our prefix for something else": {"prefix": "saml2", "declared": 'xmlns:saml="urn:example:other"'},
}


def read(data: bytes) -> etree._Element:
    return gate.read(data, gate.ARTIFACT_RESPONSE)


def canonical(data: bytes) -> bytes:
    return etree.tostring(read(data), method="c14n", exclusive=True)


def delivered_with(value: Assertion) -> bytes:
    """The ArtifactResponse around this assertion of the entrance."""
    inner = replace(RESPONSE, assertions=(building.assertion(value, ENTRANCE_KEY),))
    return building.artifact_response(replace(ARTIFACT_RESPONSE, response=inner), ENTRANCE_KEY)


def signers(data: bytes) -> list[str]:
    """By whom each signed element in the document was signed, verified where it stands, in document order."""
    found = [parent for node in read(data).iter(DS + "Signature") if (parent := node.getparent()) is not None]
    return [verified(parent, KEYS, now=NOW).key.name for parent in found]


def extracted(data: bytes) -> Assertion:
    """The outer assertion, verified layer by layer as a receiver should."""
    whole = verified(read(data), KEYS, now=NOW).element
    response = parsing.artifact_response(whole).response
    assert response is not None
    return parsing.assertion(verified(read(response.assertions[0]), KEYS, now=NOW).element)


@pytest.mark.parametrize("form", FOREIGN, ids=str)
def test_the_evidence_of_others_keeps_its_signature_in_the_delivered_document(form: str) -> None:
    theirs = serialised(read(foreign_assertion(AUTHENTICATION_KEY, **FOREIGN[form])))
    ours = building.assertion(FROM_REPRESENTATION, REPRESENTATION_KEY)

    data = delivered_with(replace(DELIVERED, advice=(theirs, ours)))

    assert signers(data) == [
        ENTRANCE_KEY.name,
        ENTRANCE_KEY.name,
        AUTHENTICATION_KEY.name,
        REPRESENTATION_KEY.name,
    ]


@pytest.mark.parametrize("form", ["saml2", "our own prefix", "default namespace"])
def test_evidence_can_be_taken_out_again_and_still_verifies(form: str) -> None:
    theirs = serialised(read(foreign_assertion(AUTHENTICATION_KEY, **FOREIGN[form])))
    ours = building.assertion(FROM_REPRESENTATION, REPRESENTATION_KEY)

    advice = extracted(delivered_with(replace(DELIVERED, advice=(theirs, ours)))).advice

    assert [canonical(one) for one in advice] == [canonical(theirs), ours]
    assert [signers(one) for one in advice] == [[AUTHENTICATION_KEY.name], [REPRESENTATION_KEY.name]]


def test_evidence_taken_out_of_a_foreign_response_verifies_by_itself() -> None:
    inherited = 'xmlns:other="urn:example:other"'
    inner = foreign_assertion(
        AUTHENTICATION_KEY, prefix="saml2", prefix_list="other", declared=inherited
    ).decode()
    assert inner.count(inherited) == 1
    whole = read(
        f"<a:Response xmlns:a='urn:a' {inherited}>\n{inner.replace(inherited, '')}\n</a:Response>".encode()
    )

    taken = serialised(next(whole.iter(SAML + "Assertion")))

    assert signers(taken) == [AUTHENTICATION_KEY.name]
    assert signers(delivered_with(replace(DELIVERED, advice=(taken,))))[2:] == [AUTHENTICATION_KEY.name]


def test_an_idp_assertion_keeps_its_signature_inside_a_request() -> None:
    theirs = serialised(read(foreign_assertion(AUTHENTICATION_KEY, prefix="saml2")))
    data = building.authn_request(replace(AUTHN_REQUEST, idp_assertions=(theirs,)), ENTRANCE_KEY)

    request = parsing.authn_request(verified(read(data), KEYS, now=NOW).element)

    assert [canonical(one) for one in request.idp_assertions] == [canonical(theirs)]
    assert signers(request.idp_assertions[0]) == [AUTHENTICATION_KEY.name]
    assert signers(data) == [ENTRANCE_KEY.name, AUTHENTICATION_KEY.name]


def test_an_embedded_element_that_is_not_canonical_gives_a_valid_signature_all_the_same() -> None:
    plain = etree.tostring(gate.parsed(encrypted_id(900)))
    assert b"/>" in plain

    data = delivered_with(replace(DELIVERED, acting=(plain,)))

    assert signers(data) == [ENTRANCE_KEY.name, ENTRANCE_KEY.name]


def test_our_own_prefixes_are_the_usual_ones() -> None:
    data = delivered_with(
        replace(DELIVERED, advice=(building.assertion(FROM_AUTHENTICATION, AUTHENTICATION_KEY),))
    )

    assert {element.prefix for element in read(data).iter()} == {"samlp", "saml", "ds", "xenc"}


@pytest.mark.parametrize(
    "message",
    [
        building.authn_request(AUTHN_REQUEST, ENTRANCE_KEY),
        building.artifact_resolve(RESOLVE, ENTRANCE_KEY),
        building.assertion(DELIVERED, ENTRANCE_KEY),
        building.artifact_response(ARTIFACT_RESPONSE, ENTRANCE_KEY),
        building.logout_request(LOGOUT_REQUEST, ENTRANCE_KEY),
        building.logout_response(LOGOUT_RESPONSE, ENTRANCE_KEY),
    ],
    ids=[
        "AuthnRequest",
        "ArtifactResolve",
        "Assertion",
        "ArtifactResponse",
        "LogoutRequest",
        "LogoutResponse",
    ],
)
def test_each_message_is_canonical_and_signed_right_after_its_issuer(message: bytes) -> None:
    root = read(message)

    assert [child.tag for child in root][:2] == [SAML + "Issuer", DS + "Signature"]
    assert root.findtext(f"{DS}Signature/{DS}KeyInfo/{DS}KeyName") == ENTRANCE_KEY.name
    assert signers(message) == [ENTRANCE_KEY.name]
    assert serialised(root) == message


def test_a_response_by_itself_is_not_signed() -> None:
    assert b"Signature" not in building.response(RESPONSE)


def test_a_value_cannot_become_markup() -> None:
    value = '"/><saml:Audience>&amp;<![CDATA[>\r\n\t'
    written = replace(
        DELIVERED, session_index=f"-{value}-", recipient=f"-{value}-", audiences=(value.strip(),)
    )

    assert parsing.assertion(read(building.assertion(written, ENTRANCE_KEY))) == written


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_that_xml_cannot_hold_is_not_written(character: str) -> None:
    with pytest.raises(ValueError, match="XML cannot hold"):
        building.assertion(replace(DELIVERED, service_uuids=(SERVICE + character,)), ENTRANCE_KEY)


@pytest.mark.parametrize(
    "change",
    [
        {"has_subject": True},
        {"has_conditions": True},
        {"issuer_qualified": True},
        {"has_extensions": False},
        {"issue_instant": None},
    ],
    ids=str,
)
def test_what_is_never_requested_cannot_be_built(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"never sent|Extensions hold"):
        building.authn_request(replace(AUTHN_REQUEST, **change), ENTRANCE_KEY)


@pytest.mark.parametrize("change", [{"signed": True}, {"has_encrypted_assertion": True}], ids=str)
def test_what_is_never_answered_cannot_be_built(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="never sent"):
        building.response(replace(RESPONSE, **change))


def test_a_logout_request_without_a_name_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="NameID"):
        building.logout_request(replace(LOGOUT_REQUEST, name_id=None), ENTRANCE_KEY)


def test_forced_login_is_written_and_its_opposite_left_out() -> None:
    forced = building.authn_request(replace(AUTHN_REQUEST, force_authn=True, id=an_id(11)), ENTRANCE_KEY)

    assert read(forced).get("ForceAuthn") == "true"
    assert "ForceAuthn" not in read(building.authn_request(AUTHN_REQUEST, ENTRANCE_KEY)).attrib
