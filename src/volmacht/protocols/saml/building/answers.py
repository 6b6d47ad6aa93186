"""Writes Response (RS), ArtifactResponse (AB-20 to AB-27) and LogoutResponse (LO-12, LO-13). Pure."""

from volmacht.protocols.saml.building.canonical import Node, node, signed, unsigned
from volmacht.protocols.saml.building.head import head
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import ArtifactResponse, LogoutResponse, Response, Status


def response(value: Response) -> bytes:
    """A Response by itself, without a signature. Raises ValueError for what is never sent (RS-05, RS-10)."""
    return unsigned(_response(value))


def artifact_response(value: ArtifactResponse, key: OwnKey) -> bytes:
    """A signed ArtifactResponse with its Response, to be put into a SOAP envelope. Raises ValueError as `response`."""
    root = node(
        "samlp:ArtifactResponse",
        head(value.id, value.version, value.issue_instant, in_response_to=value.in_response_to),
        node("saml:Issuer", {}, value.issuer),
        _status(value.status),
        _response(value.response) if value.response else None,
    )
    return signed(root, key)


def logout_response(value: LogoutResponse, key: OwnKey) -> bytes:
    """A signed LogoutResponse."""
    attributes = head(
        value.id,
        value.version,
        value.issue_instant,
        destination=value.destination,
        in_response_to=value.in_response_to,
    )
    root = node(
        "samlp:LogoutResponse",
        attributes,
        node("saml:Issuer", {}, value.issuer),
        _status(value.status),
    )
    return signed(root, key)


def _response(value: Response) -> Node:
    if value.signed or value.has_encrypted_assertion:
        raise ValueError("never sent: a signed Response, an EncryptedAssertion")
    attributes = head(
        value.id,
        value.version,
        value.issue_instant,
        destination=value.destination,
        in_response_to=value.in_response_to,
    )
    return node(
        "samlp:Response",
        attributes,
        node("saml:Issuer", {}, value.issuer),
        _status(value.status),
        *value.assertions,
    )


def _status(value: Status) -> Node:
    second = node("samlp:StatusCode", {"Value": value.second}) if value.second else None
    return node(
        "samlp:Status",
        {},
        node("samlp:StatusCode", {"Value": value.top}, second),
        node("samlp:StatusMessage", {}, value.message) if value.message else None,
    )
