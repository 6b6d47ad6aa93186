"""Writes a signed assertion (AS) around evidence and encrypted ids that stay as they are (AS-30). Pure."""

from volmacht.protocols.saml.building.canonical import Node, attribute, node, signed
from volmacht.protocols.saml.building.head import head
from volmacht.protocols.saml.instants import written
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.xml.names import (
    ACTING_SUBJECT_ID,
    BEARER,
    ENTITY_CONCERNED_KVK,
    LEGAL_SUBJECT_ID,
    REPRESENTATION_TYPE,
    SERVICE_UUID,
)


def assertion(value: Assertion, key: OwnKey) -> bytes:
    """A signed assertion, for a Response, an IdpAssertion or Advice."""
    root = node(
        "saml:Assertion",
        head(value.id, value.version, value.issue_instant),
        node("saml:Issuer", {}, value.issuer),
        _subject(value),
        _conditions(value),
        node("saml:Advice", {}, *value.advice) if value.advice else None,
        _authentication(value),
        node(
            "saml:AttributeStatement",
            {},
            attribute(SERVICE_UUID, value.service_uuids),
            attribute(REPRESENTATION_TYPE, value.representation_types),
            attribute(ACTING_SUBJECT_ID, value.acting),
            attribute(LEGAL_SUBJECT_ID, value.legal),
            attribute(ENTITY_CONCERNED_KVK, value.concerned_kvk),
        ),
    )
    return signed(root, key)


def _subject(value: Assertion) -> Node:
    begins = value.confirmation_begins
    data = {
        "InResponseTo": value.in_response_to,
        "NotBefore": written(begins) if begins else None,
        "NotOnOrAfter": written(value.confirmation_ends),
        "Recipient": value.recipient,
    }
    confirmation = node(
        "saml:SubjectConfirmation", {"Method": BEARER}, node("saml:SubjectConfirmationData", data)
    )
    name_id = node("saml:NameID", {"Format": value.name_id_format}, value.name_id)
    return node("saml:Subject", {}, name_id, confirmation)


def _conditions(value: Assertion) -> Node:
    audiences = (node("saml:Audience", {}, one) for one in value.audiences)
    return node(
        "saml:Conditions",
        {"NotBefore": written(value.not_before), "NotOnOrAfter": written(value.not_on_or_after)},
        node("saml:AudienceRestriction", {}, *audiences),
    )


def _authentication(value: Assertion) -> Node:
    context = node(
        "saml:AuthnContext",
        {},
        node("saml:AuthnContextClassRef", {}, value.class_ref),
        *(node("saml:AuthenticatingAuthority", {}, one) for one in value.authorities),
    )
    attributes = {"AuthnInstant": written(value.authn_instant), "SessionIndex": value.session_index}
    return node("saml:AuthnStatement", attributes, context)
