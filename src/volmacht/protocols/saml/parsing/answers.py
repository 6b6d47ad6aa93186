"""Reads Response (RS), ArtifactResponse (AB-20 to AB-27) and LogoutResponse (LO-12, LO-13). Pure."""

from lxml import etree

from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.messages import ArtifactResponse, LogoutResponse, Response, Status
from volmacht.protocols.saml.parsing import fields
from volmacht.protocols.saml.status import canonical_code
from volmacht.protocols.xml.gate import text_of
from volmacht.protocols.xml.names import DS, SAML, SAMLP


def response(element: etree._Element) -> Response:
    """Raises XmlRefused. Signatures, its own and those of the assertions, are for the caller to verify."""
    head = fields.head(element, SAMLP + "Response")
    return Response(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        in_response_to=head.in_response_to,
        destination=head.destination,
        issuer=head.issuer,
        status=_status(element),
        signed=element.find(DS + "Signature") is not None,
        assertions=tuple(serialised(one) for one in element.findall(SAML + "Assertion")),
        has_encrypted_assertion=element.find(SAML + "EncryptedAssertion") is not None,
    )


def artifact_response(element: etree._Element) -> ArtifactResponse:
    """Raises XmlRefused, also when it carries another message than a Response."""
    head = fields.head(element, SAMLP + "ArtifactResponse")
    fields.holds_only(
        element,
        SAML + "Issuer",
        DS + "Signature",
        SAMLP + "Extensions",
        SAMLP + "Status",
        SAMLP + "Response",
    )
    inner = fields.optional(element, SAMLP + "Response")
    return ArtifactResponse(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        in_response_to=head.in_response_to,
        issuer=head.issuer,
        status=_status(element),
        response=None if inner is None else response(inner),
    )


def logout_response(element: etree._Element) -> LogoutResponse:
    """Raises XmlRefused."""
    head = fields.head(element, SAMLP + "LogoutResponse")
    return LogoutResponse(
        id=head.id,
        version=head.version,
        issue_instant=head.issue_instant,
        destination=head.destination,
        in_response_to=head.in_response_to,
        issuer=head.issuer,
        status=_status(element),
    )


def _status(element: etree._Element) -> Status:
    """Two levels of codes; what is nested deeper, and StatusDetail, say nothing to us."""
    status = fields.only(element, SAMLP + "Status")
    top = fields.only(status, SAMLP + "StatusCode")
    second = fields.optional(top, SAMLP + "StatusCode")
    message = fields.optional(status, SAMLP + "StatusMessage")
    return Status(
        top=canonical_code(fields.required(top, "Value")),
        second=None if second is None else canonical_code(fields.required(second, "Value")),
        message=None if message is None else text_of(message).strip(fields.WHITE_SPACE) or None,
    )
