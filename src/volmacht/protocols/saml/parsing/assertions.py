"""Reads an assertion (AS): one subject, one restriction of the audience, one of each statement. Pure."""

from lxml import etree

from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.messages import Assertion
from volmacht.protocols.saml.parsing import fields
from volmacht.protocols.xml.gate import value_of
from volmacht.protocols.xml.names import (
    ACTING_SUBJECT_ID,
    BEARER,
    DS,
    ENTITY_CONCERNED_KVK,
    LEGAL_SUBJECT_ID,
    REPRESENTATION_TYPE,
    SAML,
    SERVICE_UUID,
)

KNOWN_ATTRIBUTES = frozenset(
    (SERVICE_UUID, ACTING_SUBJECT_ID, LEGAL_SUBJECT_ID, REPRESENTATION_TYPE, ENTITY_CONCERNED_KVK)
)


def assertion(element: etree._Element) -> Assertion:
    """Raises XmlRefused for an assertion of another shape than 3.5; unknown attributes are ignored (AS-22)."""
    head = fields.head(element, SAML + "Assertion")
    _check_children(element)
    subject = fields.only(element, SAML + "Subject")
    name_id = fields.only(subject, SAML + "NameID")
    confirmation = _confirmation(subject)
    conditions = fields.only(element, SAML + "Conditions")
    statement = fields.only(element, SAML + "AuthnStatement")
    context = fields.only(statement, SAML + "AuthnContext")
    attributes = _attributes(fields.only(element, SAML + "AttributeStatement"))
    return Assertion(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        issuer=head.issuer,
        name_id=value_of(name_id),
        name_id_format=fields.attribute(name_id, "Format"),
        recipient=fields.required(confirmation, "Recipient"),
        in_response_to=fields.required(confirmation, "InResponseTo"),
        confirmation_ends=fields.instant(confirmation, "NotOnOrAfter"),
        confirmation_begins=fields.instant(confirmation, "NotBefore")
        if "NotBefore" in confirmation.attrib
        else None,
        not_before=fields.instant(conditions, "NotBefore"),
        not_on_or_after=fields.instant(conditions, "NotOnOrAfter"),
        audiences=_audiences(conditions),
        advice=_advice(element),
        authn_instant=fields.instant(statement, "AuthnInstant"),
        session_index=fields.attribute(statement, "SessionIndex"),
        class_ref=value_of(fields.only(context, SAML + "AuthnContextClassRef")),
        authorities=fields.values(context, SAML + "AuthenticatingAuthority"),
        service_uuids=_texts(attributes, SERVICE_UUID),
        acting=_encrypted(attributes, ACTING_SUBJECT_ID),
        legal=_encrypted(attributes, LEGAL_SUBJECT_ID),
        concerned_kvk=_encrypted(attributes, ENTITY_CONCERNED_KVK),
        representation_types=_texts(attributes, REPRESENTATION_TYPE),
    )


def _check_children(element: etree._Element) -> None:
    """No other statement than those of 3.5: one that is not understood could say anything."""
    fields.holds_only(
        element,
        SAML + "Issuer",
        DS + "Signature",
        SAML + "Subject",
        SAML + "Conditions",
        SAML + "Advice",
        SAML + "AuthnStatement",
        SAML + "AttributeStatement",
    )


def _confirmation(subject: etree._Element) -> etree._Element:
    """The SubjectConfirmationData of the one bearer (AS-05 to AS-08)."""
    fields.holds_only(subject, SAML + "NameID", SAML + "SubjectConfirmation")
    confirmation = fields.only(subject, SAML + "SubjectConfirmation")
    fields.holds_only(confirmation, SAML + "SubjectConfirmationData")
    if fields.required(confirmation, "Method") != BEARER:
        raise fields.refused(confirmation)
    return fields.only(confirmation, SAML + "SubjectConfirmationData")


def _audiences(conditions: etree._Element) -> tuple[str, ...]:
    """Of the one restriction (AS-10). A condition beside it must not be ignored (SAML core 2.5.1)."""
    fields.holds_only(conditions, SAML + "AudienceRestriction")
    return fields.values(fields.only(conditions, SAML + "AudienceRestriction"), SAML + "Audience")


def _advice(element: etree._Element) -> tuple[bytes, ...]:
    """The assertions in Advice. Refuses Advice with anything else or nothing, which would look like no Advice."""
    advice = fields.optional(element, SAML + "Advice")
    if advice is None:
        return ()
    fields.holds_only(advice, SAML + "Assertion")
    if len(advice) == 0:
        raise fields.refused(advice)
    return tuple(serialised(one) for one in advice)


def _attributes(statement: etree._Element) -> dict[str, list[etree._Element]]:
    """The values of each known attribute; one that is there twice or without a value is refused (AS-18 to AS-21)."""
    fields.holds_only(statement, SAML + "Attribute")
    found: dict[str, list[etree._Element]] = {}
    for attribute in statement:
        name = fields.required(attribute, "Name")
        if name not in KNOWN_ATTRIBUTES:
            continue
        if name in found or len(attribute) == 0:
            raise fields.refused(attribute)
        fields.holds_only(attribute, SAML + "AttributeValue")
        found[name] = list(attribute)
    return found


def _texts(attributes: dict[str, list[etree._Element]], name: str) -> tuple[str, ...]:
    return tuple(map(value_of, attributes.get(name, [])))


def _encrypted(attributes: dict[str, list[etree._Element]], name: str) -> tuple[bytes, ...]:
    """Each AttributeValue holds exactly one EncryptedID (AS-19)."""
    return tuple(_encrypted_id(value) for value in attributes.get(name, []))


def _encrypted_id(value: etree._Element) -> bytes:
    found = fields.sole(value, SAML + "EncryptedID")
    if found is None:
        raise fields.refused(value)
    return found
