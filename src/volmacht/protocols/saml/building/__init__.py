"""Writes the messages of docs/interfaces/saml.md, signed, valid against the schema, children in its order. Pure.

It writes what the value says: whether that should be sent is decided by who makes the value. Only what Volmacht
never sends at all (an AuthnRequest with a Subject, a signed Response...) raises ValueError.
"""

from volmacht.protocols.saml.building.answers import artifact_response, logout_response, response
from volmacht.protocols.saml.building.assertions import assertion
from volmacht.protocols.saml.building.requests import artifact_resolve, authn_request, logout_request

__all__ = [
    "artifact_resolve",
    "artifact_response",
    "assertion",
    "authn_request",
    "logout_request",
    "logout_response",
    "response",
]
