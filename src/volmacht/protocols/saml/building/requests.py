"""Writes AuthnRequest (AR), ArtifactResolve (AB-11 to AB-15) and LogoutRequest (LO-02 to LO-07). Pure."""

from volmacht.protocols.saml.building.canonical import Node, attribute, node, signed
from volmacht.protocols.saml.building.head import head
from volmacht.protocols.saml.instants import written
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import (
    ArtifactResolve,
    AuthnRequest,
    LogoutRequest,
    RequestedContext,
    Scoping,
)
from volmacht.protocols.xml.names import IDP_ASSERTION, INTENDED_AUDIENCE, SERVICE_UUID


def authn_request(value: AuthnRequest, key: OwnKey) -> bytes:
    """A signed AuthnRequest.

    Raises ValueError for Subject, Conditions or qualifiers of the Issuer (AR-16, AR-22), and when `has_extensions`
    contradicts what there is to put into Extensions.
    """
    if value.has_subject or value.has_conditions or value.issuer_qualified:
        raise ValueError("never sent: Subject, Conditions, qualified Issuer")
    if value.has_extensions is not bool(value.audiences or value.services or value.idp_assertions):
        raise ValueError("Extensions hold IntendedAudience, ServiceUUID or IdpAssertion")
    attributes = head(value.id, value.version, value.issue_instant, destination=value.destination) | {
        "ForceAuthn": "true" if value.force_authn else None,
        "IsPassive": "true" if value.is_passive else None,
        "ProtocolBinding": value.protocol_binding,
        "AssertionConsumerServiceIndex": _number(value.acs_index),
        "AssertionConsumerServiceURL": value.acs_url,
        "AttributeConsumingServiceIndex": _number(value.service_index),
    }
    children = (
        node("saml:Issuer", {}, value.issuer),
        _extensions(value) if value.has_extensions else None,
        _requested_context(value.requested_context) if value.requested_context else None,
        _scoping(value.scoping) if value.scoping else None,
    )
    return signed(node("samlp:AuthnRequest", attributes, *children), key)


def artifact_resolve(value: ArtifactResolve, key: OwnKey) -> bytes:
    """A signed ArtifactResolve, to be put into a SOAP envelope."""
    root = node(
        "samlp:ArtifactResolve",
        head(value.id, value.version, value.issue_instant, destination=value.destination),
        node("saml:Issuer", {}, value.issuer),
        node("samlp:Artifact", {}, value.artifact),
    )
    return signed(root, key)


def logout_request(value: LogoutRequest, key: OwnKey) -> bytes:
    """A signed LogoutRequest, SessionIndex after NameID (LO-07). Raises ValueError without a NameID (LO-06)."""
    if value.name_id is None:
        raise ValueError("a LogoutRequest has a NameID")
    attributes = head(value.id, value.version, value.issue_instant, destination=value.destination)
    if value.not_on_or_after:
        attributes["NotOnOrAfter"] = written(value.not_on_or_after)
    root = node(
        "samlp:LogoutRequest",
        attributes,
        node("saml:Issuer", {}, value.issuer),
        node("saml:NameID", {}, value.name_id),
        *(node("samlp:SessionIndex", {}, index) for index in value.session_indexes),
    )
    return signed(root, key)


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _extensions(value: AuthnRequest) -> Node:
    return node(
        "samlp:Extensions",
        {},
        attribute(INTENDED_AUDIENCE, value.audiences),
        attribute(SERVICE_UUID, value.services),
        attribute(IDP_ASSERTION, value.idp_assertions),
    )


def _requested_context(value: RequestedContext) -> Node:
    return node(
        "samlp:RequestedAuthnContext",
        {"Comparison": value.comparison},
        *(node("saml:AuthnContextClassRef", {}, one) for one in value.class_refs),
    )


def _scoping(value: Scoping) -> Node:
    entries = (node("samlp:IDPEntry", {"ProviderID": one}) for one in value.idp_list or ())
    return node(
        "samlp:Scoping",
        {},
        None if value.idp_list is None else node("samlp:IDPList", {}, *entries),
        *(node("samlp:RequesterID", {}, one) for one in value.requester_ids),
    )
