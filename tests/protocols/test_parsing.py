"""Messages as others write them: what is read, what is trimmed, what counts as malformed, what is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree

from tests.protocols.foreign_assertions import foreign_assertion
from tests.protocols.keyring import own_key
from tests.protocols.message_values import (
    ARTIFACT_RESPONSE,
    AUTHENTICATION,
    AUTHN_REQUEST,
    DELIVERED,
    LOGOUT_REQUEST,
    PROVIDER,
    REPRESENTATION,
    RESOLVE,
    RESPONSE,
    SERVICE,
    encrypted_id,
)
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.messages import NO_SUPPORTED_IDP, REQUESTER, RequestedContext, Scoping, Status
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.gate import XmlFault, XmlRefused
from volmacht.protocols.xml.names import NAMESPACES, SAML, SAMLP
from volmacht.protocols.xml.schemas import Schema, validate

KEY = own_key("provider")
NAMESPACE_DECLARATIONS = f'xmlns:p="{NAMESPACES["samlp"]}" xmlns:a="{NAMESPACES["saml"]}"'


def request(inside: str = "", attributes: str = "") -> etree._Element:
    """A request of somebody who writes by hand, with white space everywhere."""
    return read(
        f"""<p:AuthnRequest {NAMESPACE_DECLARATIONS} ID=" _1 " Version="2.0" IssueInstant=" 2026-11-25T12:00:00Z "
              {attributes}>
            <a:Issuer>
              {PROVIDER}
            </a:Issuer>
            {inside}
        </p:AuthnRequest>"""
    )


def read(text: str) -> etree._Element:
    return gate.read(text.encode(), gate.ARTIFACT_RESPONSE)


def extensions(name: str, *values: str) -> str:
    listed = "".join(f"<a:AttributeValue>{value}</a:AttributeValue>" for value in values)
    return f'<p:Extensions><a:Attribute Name="{name}">{listed}</a:Attribute></p:Extensions>'


def changed(message: bytes, old: str, new: str) -> etree._Element:
    """A message of ours with one thing replaced."""
    text = message.decode()
    assert old in text
    return read(text.replace(old, new, 1))


def assert_refused(element: etree._Element, fault: XmlFault = XmlFault.SCHEMA) -> None:
    with pytest.raises(XmlRefused) as refused:
        parsing.assertion(element)
    assert refused.value.fault is fault


# --- AuthnRequest ---


def test_white_space_around_values_is_trimmed() -> None:
    value = parsing.authn_request(
        request(
            extensions("urn:nl-eid-gdi:1.0:IntendedAudience", f"\n {PROVIDER}\t"), 'Destination=" https://e "'
        )
    )

    assert (value.id, value.issuer, value.destination) == ("_1", PROVIDER, "https://e")
    assert value.issue_instant == datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert value.audiences == (PROVIDER,)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [("", False), ('ForceAuthn="false"', False), ('ForceAuthn="0"', False), ('ForceAuthn=" 1 "', True)],
)
def test_forced_login_is_a_boolean_of_xml(attributes: str, expected: bool) -> None:
    assert parsing.authn_request(request(attributes=attributes)).force_authn is expected


@pytest.mark.parametrize(
    "attributes",
    [
        'ForceAuthn="yes"',
        'AssertionConsumerServiceIndex="-1"',
        'AssertionConsumerServiceIndex="65536"',
        'AssertionConsumerServiceIndex="000001"',
        'AttributeConsumingServiceIndex="²"',
        'AttributeConsumingServiceIndex=""',
    ],
)
def test_an_attribute_of_another_type_is_refused(attributes: str) -> None:
    with pytest.raises(XmlRefused, match="schema"):
        parsing.authn_request(request(attributes=attributes))


@pytest.mark.parametrize(
    ("issuer", "qualified"),
    [
        ("<a:Issuer>", False),
        ('<a:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">', False),
        ('<a:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">', True),
        ('<a:Issuer NameQualifier="x">', True),
        ('<a:Issuer SPNameQualifier="x">', True),
        ('<a:Issuer SPProvidedID="">', True),
    ],
)
def test_a_qualified_issuer_is_noticed(issuer: str, qualified: bool) -> None:
    element = changed(etree.tostring(request()), "<a:Issuer>", issuer)

    assert parsing.authn_request(element).issuer_qualified is qualified


def test_an_instant_with_another_zone_is_no_instant() -> None:
    element = changed(etree.tostring(request()), "12:00:00Z", "12:00:00+01:00")

    assert parsing.authn_request(element).issue_instant is None


@pytest.mark.parametrize(
    ("values", "services"),
    [
        ([SERVICE], (SERVICE,)),
        ([SERVICE, SERVICE], (SERVICE, SERVICE)),
        (["two words"], ("",)),
        (["<a:Issuer/>"], ("",)),
        ([""], ("",)),
        ([], ()),
    ],
)
def test_every_value_of_the_service_is_seen_and_an_unreadable_one_is_empty(
    values: list[str], services: tuple[str, ...]
) -> None:
    value = parsing.authn_request(request(extensions("urn:nl-eid-gdi:1.0:ServiceUUID", *values)))

    assert value.has_extensions
    assert value.services == services


@pytest.mark.parametrize(
    ("content", "count"),
    [("{one}", 1), ("\n{one}\n", 1), ("text {one}", 0), ("{one}{one}", 0), ("text", 0), ("<a:Advice/>", 0)],
)
def test_an_idp_assertion_is_exactly_one_assertion(content: str, count: int) -> None:
    one = '<a:Assertion Version="2.0"/>'
    found = parsing.authn_request(
        request(extensions("urn:nl-eid-gdi:1.0:IdpAssertion", content.replace("{one}", one)))
    ).idp_assertions

    assert len(found) == 1
    assert found[0].count(b":Assertion ") == count


def test_unknown_extensions_are_ignored() -> None:
    value = parsing.authn_request(request('<p:Extensions><x xmlns="urn:example:x"/></p:Extensions>'))

    assert (value.has_extensions, value.audiences, value.services) == (True, (), ())


def test_subject_and_conditions_are_noticed() -> None:
    value = parsing.authn_request(request("<a:Subject/><a:Conditions/>"))

    assert (value.has_subject, value.has_conditions) == (True, True)


def test_the_comparison_is_exact_when_it_is_left_out() -> None:
    asked = "<a:AuthnContextClassRef> urn:x </a:AuthnContextClassRef>"
    element = request(f"<p:RequestedAuthnContext>{asked}</p:RequestedAuthnContext>")

    assert parsing.authn_request(element).requested_context == RequestedContext("exact", ("urn:x",))


@pytest.mark.parametrize(
    ("inside", "scoping"),
    [
        (f"<p:RequesterID>\n{REPRESENTATION} </p:RequesterID>", Scoping(None, (REPRESENTATION,))),
        (
            f'<p:IDPList><p:IDPEntry ProviderID=" {AUTHENTICATION}"/><p:GetComplete>urn:x</p:GetComplete></p:IDPList>',
            Scoping((AUTHENTICATION,), ()),
        ),
        ("", Scoping(None, ())),
    ],
)
def test_scoping_is_read_in_all_its_forms(inside: str, scoping: Scoping) -> None:
    assert parsing.authn_request(request(f"<p:Scoping>{inside}</p:Scoping>")).scoping == scoping


@pytest.mark.parametrize(
    "missing", [' ID=" _1 "', ' Version="2.0"', ' IssueInstant=" 2026-11-25T12:00:00Z "']
)
def test_a_message_without_its_head_is_refused(missing: str) -> None:
    with pytest.raises(XmlRefused, match="schema"):
        parsing.authn_request(changed(etree.tostring(request()), missing, ""))


@pytest.mark.parametrize("issuers", ["", "<a:Issuer>x</a:Issuer><a:Issuer>x</a:Issuer>"])
def test_a_message_without_exactly_one_issuer_is_refused(issuers: str) -> None:
    root = f'<p:ArtifactResolve {NAMESPACE_DECLARATIONS} ID="_1" Version="2.0" IssueInstant="2026-11-25T12:00:00Z">'
    element = read(f"{root}{issuers}<p:Artifact>x</p:Artifact></p:ArtifactResolve>")

    with pytest.raises(XmlRefused, match="schema"):
        parsing.artifact_resolve(element)


def test_a_message_is_not_read_as_another() -> None:
    with pytest.raises(XmlRefused, match="schema"):
        parsing.logout_request(read(building.authn_request(AUTHN_REQUEST, KEY).decode()))


def test_white_space_inside_an_artifact_stays_and_around_it_goes() -> None:
    element = changed(building.artifact_resolve(RESOLVE, KEY), "AAQAAA==", "\n AAQA AA==\n")

    assert parsing.artifact_resolve(element).artifact == "AAQA AA=="


# --- answers ---


def test_a_status_is_read_to_its_second_level_in_canonical_spelling() -> None:
    written = replace(
        RESPONSE, status=Status(REQUESTER, "urn:oasis:names:tc:saml:2.0:status:NoSupportedIDP", " x y ")
    )

    assert parsing.response(read(building.response(written).decode())).status == Status(
        REQUESTER, NO_SUPPORTED_IDP, "x y"
    )


def test_a_signature_and_an_encrypted_assertion_in_a_response_are_noticed() -> None:
    end = "</samlp:Response>"
    more = f'<ds:Signature xmlns:ds="{NAMESPACES["ds"]}"/><saml:EncryptedAssertion xmlns:saml="{NAMESPACES["saml"]}"/>'
    value = parsing.response(changed(building.response(RESPONSE), end, more + end))

    assert (value.signed, value.has_encrypted_assertion) == (True, True)


def test_two_assertions_in_a_response_are_both_seen() -> None:
    one = '<a:Assertion xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion"/>'
    value = parsing.response(
        changed(building.response(RESPONSE), "</samlp:Response>", f"{one}{one}</samlp:Response>")
    )

    assert len(value.assertions) == 2


@pytest.mark.parametrize("more", ['<x xmlns="urn:example:x"/>', "<samlp:Response/>"])
def test_an_artifact_response_holds_a_response_and_nothing_else(more: str) -> None:
    end = "</samlp:ArtifactResponse>"
    with pytest.raises(XmlRefused, match="schema"):
        parsing.artifact_response(
            changed(building.artifact_response(ARTIFACT_RESPONSE, KEY), end, more + end)
        )


# --- assertions ---


@pytest.mark.parametrize("prefix", ["saml2", ""])
def test_a_pretty_printed_assertion_is_read(prefix: str) -> None:
    value = parsing.assertion(gate.parsed(foreign_assertion(KEY, prefix=prefix, number=700)))

    assert (value.issuer, value.name_id, value.audiences) == (AUTHENTICATION, "name", ("one",))
    assert (value.class_ref, value.session_index) == ("http://eidas.europa.eu/LoA/low", None)
    assert (value.service_uuids, value.acting, value.advice) == (("service",), (encrypted_id(701),), ())


ONE_VALUE = "<saml:AttributeValue>x</saml:AttributeValue>"
CHANGES = {
    "two subjects": ("</saml:Subject>", "</saml:Subject><saml:Subject/>"),
    "another way of confirming": ("cm:bearer", "cm:holder-of-key"),
    "two confirmations": ("</saml:Subject>", "<saml:SubjectConfirmation/></saml:Subject>"),
    "no end of the confirmation": (
        "<saml:SubjectConfirmationData InResponseTo",
        "<saml:SubjectConfirmationData No",
    ),
    "no recipient": (" Recipient=", " Other="),
    "a confirmation end without Z": ('12:02:00.000Z" Recipient', '12:02:00.000" Recipient'),
    "a beginning that is no instant": (" NotOnOrAfter=", ' NotBefore="soon" NotOnOrAfter='),
    "a second audience restriction": ("</saml:Conditions>", "<saml:AudienceRestriction/></saml:Conditions>"),
    "a condition that is not understood": ("</saml:Conditions>", "<saml:OneTimeUse/></saml:Conditions>"),
    "empty Advice": ("<saml:AuthnStatement ", "<saml:Advice/><saml:AuthnStatement "),
    "other Advice": (
        "<saml:AuthnStatement ",
        "<saml:Advice><saml:AssertionIDRef>_1</saml:AssertionIDRef></saml:Advice><saml:AuthnStatement ",
    ),
    "a decision": ("<saml:AuthnStatement ", "<saml:AuthzDecisionStatement/><saml:AuthnStatement "),
    "two authentications": ("<saml:AttributeStatement>", "<saml:AuthnStatement/><saml:AttributeStatement>"),
    "two attribute statements": (
        "<saml:AttributeStatement>",
        "<saml:AttributeStatement/><saml:AttributeStatement>",
    ),
    "an encrypted attribute": ("<saml:Attribute ", "<saml:EncryptedAttribute/><saml:Attribute "),
    "an attribute twice": (
        "</saml:AttributeStatement>",
        f'<saml:Attribute Name="urn:nl-eid-gdi:1.0:ServiceUUID">{ONE_VALUE}</saml:Attribute></saml:AttributeStatement>',
    ),
    "an attribute without a value": (
        "</saml:AttributeStatement>",
        '<saml:Attribute Name="urn:nl-eid-gdi:1.1:RepresentationType"/></saml:AttributeStatement>',
    ),
    "an id that is not encrypted": (
        'ActingSubjectID"><saml:AttributeValue>',
        'ActingSubjectID"><saml:AttributeValue><saml:NameID>999992545</saml:NameID>',
    ),
    "text beside an encrypted id": (
        'ActingSubjectID"><saml:AttributeValue>',
        'ActingSubjectID"><saml:AttributeValue>999992545',
    ),
}


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_an_assertion_of_another_shape_is_refused(change: str) -> None:
    assert_refused(changed(building.assertion(DELIVERED, KEY), *CHANGES[change]))


@pytest.mark.parametrize(
    "name",
    [
        "Issuer",
        "Subject",
        "NameID",
        "SubjectConfirmation",
        "SubjectConfirmationData",
        "Conditions",
        "AudienceRestriction",
        "AuthnStatement",
        "AuthnContext",
        "AuthnContextClassRef",
        "AttributeStatement",
    ],
)
def test_an_assertion_without_one_of_its_elements_is_refused(name: str) -> None:
    root = gate.parsed(building.assertion(DELIVERED, KEY))
    element = next(root.iter(SAML + name))
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)

    assert_refused(root)


def test_white_space_inside_an_audience_is_refused() -> None:
    element = changed(building.assertion(DELIVERED, KEY), PROVIDER, f"{PROVIDER} {PROVIDER}")

    assert_refused(element, XmlFault.INNER_WHITE_SPACE)


def test_an_attribute_that_nobody_knows_is_ignored() -> None:
    end = "</saml:AttributeStatement>"
    more = f'<saml:Attribute Name="urn:example:more">{ONE_VALUE}</saml:Attribute>'

    assert parsing.assertion(changed(building.assertion(DELIVERED, KEY), end, more + end)) == DELIVERED


# --- log-out (LO-06, LO-07) ---


def logout(inside: str) -> etree._Element:
    root = f'<p:LogoutRequest {NAMESPACE_DECLARATIONS} ID="_1" Version="2.0" IssueInstant="2026-11-25T12:00:00Z">'
    return read(f"{root}<a:Issuer>{PROVIDER}</a:Issuer>\n{inside}\n</p:LogoutRequest>")


@pytest.mark.parametrize(
    ("inside", "name_id", "session_indexes"),
    [
        ("<a:SessionIndex>\n s </a:SessionIndex>\n<a:NameID> n </a:NameID>", "n", ("s",)),
        ("<a:NameID>n</a:NameID><p:SessionIndex>s</p:SessionIndex>", "n", ("s",)),
        ("<a:NameID>n</a:NameID>", "n", ()),
        ("<a:SessionIndex>s</a:SessionIndex>", None, ("s",)),
        ("<p:SessionIndex>s</p:SessionIndex>", None, ("s",)),
        ("", None, ()),
        ("<a:NameID/><p:SessionIndex>s</p:SessionIndex>", None, ("s",)),
        (
            "<a:SessionIndex>1</a:SessionIndex><a:NameID>n</a:NameID><p:SessionIndex>2</p:SessionIndex>",
            "n",
            ("2", "1"),
        ),
    ],
)
def test_a_logout_request_of_either_shape_is_valid_once_it_is_normalised(
    inside: str, name_id: str | None, session_indexes: tuple[str, ...]
) -> None:
    original = logout(inside)
    before = etree.tostring(original)

    validate(parsing.normalised_logout(original), Schema.PROTOCOL)
    value = parsing.logout_request(original)

    assert (value.name_id, value.session_indexes) == (name_id, session_indexes)
    assert etree.tostring(original) == before


def test_what_else_is_wrong_with_a_logout_request_stays_wrong() -> None:
    with pytest.raises(XmlRefused, match="schema"):
        validate(parsing.normalised_logout(logout("<a:NameID>n</a:NameID><a:Subject/>")), Schema.PROTOCOL)


def test_the_end_of_a_logout_request_that_is_no_instant_is_noticed() -> None:
    element = changed(
        building.logout_request(LOGOUT_REQUEST, KEY), " Version=", ' NotOnOrAfter="2026-11-25" Version='
    )

    value = parsing.logout_request(element)

    assert (value.has_not_on_or_after, value.not_on_or_after) == (True, None)


def test_names_are_compared_by_namespace() -> None:
    element = request()
    assert element.tag == SAMLP + "AuthnRequest"
    assert element.prefix == "p"

    with pytest.raises(XmlRefused, match="schema"):
        parsing.authn_request(changed(etree.tostring(element), NAMESPACES["saml"], "urn:example:saml"))
    assert element.find(SAML + "Issuer") is not None
