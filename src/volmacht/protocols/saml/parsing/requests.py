"""Reads AuthnRequest (AR), ArtifactResolve (AB-11 to AB-15) and LogoutRequest (LO-02 to LO-07). Pure.

The last in two shapes.
"""

from copy import deepcopy

from lxml import etree

from volmacht.protocols.saml.instants import read_instant
from volmacht.protocols.saml.messages import (
    ArtifactResolve,
    AuthnRequest,
    LogoutRequest,
    RequestedContext,
    Scoping,
)
from volmacht.protocols.saml.parsing import fields
from volmacht.protocols.xml.gate import text_of, value_of
from volmacht.protocols.xml.names import (
    FORMAT_ENTITY,
    IDP_ASSERTION,
    INTENDED_AUDIENCE,
    SAML,
    SAMLP,
    SERVICE_UUID,
)

QUALIFIERS = ("NameQualifier", "SPNameQualifier", "SPProvidedID")
IDENTIFIERS = (SAML + "NameID", SAML + "BaseID", SAML + "EncryptedID")


def authn_request(element: etree._Element) -> AuthnRequest:
    """Column A, B and C of 3.1 alike. Raises XmlRefused."""
    head = fields.head(element, SAMLP + "AuthnRequest")
    extensions = fields.optional(element, SAMLP + "Extensions")
    requested = fields.optional(element, SAMLP + "RequestedAuthnContext")
    scoping = fields.optional(element, SAMLP + "Scoping")
    assertions = (fields.sole(one, SAML + "Assertion") for one in _contents(extensions, IDP_ASSERTION))
    return AuthnRequest(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        destination=head.destination,
        issuer=head.issuer,
        issuer_qualified=_is_qualified(fields.only(element, SAML + "Issuer")),
        force_authn=fields.flag(element, "ForceAuthn"),
        is_passive=fields.flag(element, "IsPassive"),
        acs_index=fields.number(element, "AssertionConsumerServiceIndex"),
        acs_url=fields.attribute(element, "AssertionConsumerServiceURL"),
        protocol_binding=fields.attribute(element, "ProtocolBinding"),
        service_index=fields.number(element, "AttributeConsumingServiceIndex"),
        has_extensions=extensions is not None,
        audiences=tuple(map(fields.readable, _contents(extensions, INTENDED_AUDIENCE))),
        services=tuple(map(fields.readable, _contents(extensions, SERVICE_UUID))),
        idp_assertions=tuple(found or b"" for found in assertions),
        has_subject=fields.optional(element, SAML + "Subject") is not None,
        has_conditions=fields.optional(element, SAML + "Conditions") is not None,
        requested_context=None if requested is None else _requested_context(requested),
        scoping=None if scoping is None else _scoping(scoping),
    )


def artifact_resolve(element: etree._Element) -> ArtifactResolve:
    """Raises XmlRefused."""
    head = fields.head(element, SAMLP + "ArtifactResolve")
    artifact = text_of(fields.only(element, SAMLP + "Artifact")).strip(fields.WHITE_SPACE)
    return ArtifactResolve(head.id, head.version, head.issue_instant, head.destination, head.issuer, artifact)


def normalised_logout(element: etree._Element) -> etree._Element:
    """A copy of a LogoutRequest in the shape that the schema wants; the signature is on the original.

    saml:SessionIndex before NameID becomes samlp:SessionIndex after it (LO-07). Without any identifier an empty
    NameID is put in, so that the sender gets ST-84 and the user no page.
    """
    copy = deepcopy(element)
    misplaced = copy.findall(SAML + "SessionIndex")
    if not any(child.tag in IDENTIFIERS for child in copy):
        place = next((child for child in copy if child.tag in _AFTER_IDENTIFIER), None)
        missing = etree.SubElement(copy, SAML + "NameID")
        if place is not None:
            place.addprevious(missing)
    for index in misplaced:
        index.tag = SAMLP + "SessionIndex"
        copy.append(index)
    return copy


_AFTER_IDENTIFIER = (SAML + "SessionIndex", SAMLP + "SessionIndex")


def logout_request(element: etree._Element) -> LogoutRequest:
    """A LogoutRequest in the shape of the schema or of LO-07; an empty NameID counts as none. Raises XmlRefused."""
    element = normalised_logout(element)
    head = fields.head(element, SAMLP + "LogoutRequest")
    limit = fields.attribute(element, "NotOnOrAfter")
    name_id = fields.optional(element, SAML + "NameID")
    return LogoutRequest(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        destination=head.destination,
        issuer=head.issuer,
        not_on_or_after=None if limit is None else read_instant(limit),
        has_not_on_or_after=limit is not None,
        name_id=None if name_id is None else value_of(name_id) or None,
        session_indexes=fields.values(element, SAMLP + "SessionIndex"),
    )


def _is_qualified(issuer: etree._Element) -> bool:
    name_format = fields.attribute(issuer, "Format")
    return name_format not in (None, FORMAT_ENTITY) or any(name in issuer.attrib for name in QUALIFIERS)


def _contents(extensions: etree._Element | None, name: str) -> list[etree._Element]:
    """Every AttributeValue under this name, so that too many are seen (ST-24, ST-50)."""
    if extensions is None:
        return []
    attributes = (one for one in extensions.findall(SAML + "Attribute") if one.get("Name") == name)
    return [value for attribute in attributes for value in attribute.findall(SAML + "AttributeValue")]


def _requested_context(element: etree._Element) -> RequestedContext:
    return RequestedContext(
        comparison=fields.attribute(element, "Comparison") or "exact",
        class_refs=tuple(map(fields.readable, element.findall(SAML + "AuthnContextClassRef"))),
    )


def _scoping(element: etree._Element) -> Scoping:
    listed = fields.optional(element, SAMLP + "IDPList")
    return Scoping(
        idp_list=None
        if listed is None
        else tuple(fields.required(entry, "ProviderID") for entry in listed.findall(SAMLP + "IDPEntry")),
        requester_ids=tuple(map(fields.readable, element.findall(SAMLP + "RequesterID"))),
    )
