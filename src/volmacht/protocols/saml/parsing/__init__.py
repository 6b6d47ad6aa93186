"""Reads the messages of docs/interfaces/saml.md from an element whose signature was verified before (SG-08). Pure.

Never decides and never trusts: it tells what is there. Raises XmlRefused (SCHEMA) for a message of another shape,
also where the schema would be content with more than that page allows and leaving it out would change the meaning.
Optional things that it does not know are ignored.
"""

from volmacht.protocols.saml.parsing.answers import artifact_response, logout_response, response
from volmacht.protocols.saml.parsing.assertions import assertion
from volmacht.protocols.saml.parsing.requests import (
    artifact_resolve,
    authn_request,
    logout_request,
    normalised_logout,
)

__all__ = [
    "artifact_resolve",
    "artifact_response",
    "assertion",
    "authn_request",
    "logout_request",
    "logout_response",
    "normalised_logout",
    "response",
]
