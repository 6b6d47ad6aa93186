"""Which status goes with which situation: each as a closed list (docs/interfaces/saml.md). Pure.

The value of a member begins with its id in the specification, so that a log line can name it.
"""

import unicodedata
from enum import Enum

from volmacht.protocols.saml.messages import (
    AUTHN_FAILED,
    CANCELLED_MESSAGE,
    NO_AUTHN_CONTEXT,
    NO_SUPPORTED_IDP,
    REQUEST_DENIED,
    REQUEST_UNSUPPORTED,
    REQUESTER,
    RESPONDER,
    STATUS,
    SUCCESS,
    Status,
)

LONGEST_MESSAGE = 200  # characters of a received text that are passed on (ST-45)


class _Situation(Enum):
    """A row of a table: id, top code, second code, message."""

    def __init__(self, rule: str, top: str, second: str | None, message: str | None) -> None:
        self.rule = rule
        self._status = Status(top, second, message)

    def status(self) -> Status:
        """What to put into the answer."""
        return self._status


class Outcome(_Situation):
    """How a log-in ends once the sender is verified and its consumer known (ST-20 to ST-53)."""

    VERSION = ("ST-20", REQUESTER, REQUEST_UNSUPPORTED, "Version not supported")
    EXPIRED = ("ST-21", REQUESTER, REQUEST_DENIED, "Request expired")
    ALREADY_USED = ("ST-22", REQUESTER, REQUEST_DENIED, "Request already used")
    SERVICE_REFERENCE = ("ST-23", REQUESTER, REQUEST_UNSUPPORTED, "Service reference invalid")
    AUDIENCE_OR_SERVICE = (
        "ST-24",
        REQUESTER,
        REQUEST_UNSUPPORTED,
        "IntendedAudience or ServiceUUID invalid",
    )
    NOT_REGISTERED = ("ST-25", REQUESTER, REQUEST_UNSUPPORTED, "Service not registered")
    NOT_ACTIVE = ("ST-26", REQUESTER, REQUEST_DENIED, "Registration not active")
    ELEMENT = ("ST-27", REQUESTER, REQUEST_UNSUPPORTED, "Element not supported")
    PASSIVE = ("ST-28", RESPONDER, REQUEST_UNSUPPORTED, "IsPassive not supported")
    LEVEL_UNKNOWN = ("ST-29", RESPONDER, REQUEST_UNSUPPORTED, "Level of assurance not supported")
    NO_AUTHENTICATION_SERVICE = ("ST-30", REQUESTER, NO_SUPPORTED_IDP, None)
    NO_REPRESENTATION_SERVICE = ("ST-31", REQUESTER, NO_SUPPORTED_IDP, None)
    REQUESTER_NOT_LISTED = ("ST-32", REQUESTER, NO_SUPPORTED_IDP, None)
    NOT_MANDATABLE = (
        "ST-33",
        RESPONDER,
        REQUEST_UNSUPPORTED,
        "Representation not available for this service",
    )
    NO_ENCRYPTION_CERTIFICATE = ("ST-35", REQUESTER, REQUEST_DENIED, "No valid encryption certificate")
    SUCCEEDED = ("ST-40", SUCCESS, None, None)
    CANCELLED = ("ST-41", RESPONDER, AUTHN_FAILED, CANCELLED_MESSAGE)
    NO_MANDATE = ("ST-42", RESPONDER, AUTHN_FAILED, CANCELLED_MESSAGE)  # nobody learns that there was none
    AUTHENTICATION_FAILED = ("ST-43", RESPONDER, AUTHN_FAILED, "Authentication failed")
    LEVEL_TOO_LOW = ("ST-44", RESPONDER, NO_AUTHN_CONTEXT, "Level of assurance too low")
    UNSUPPORTED_UPSTREAM = ("ST-45", RESPONDER, REQUEST_UNSUPPORTED, None)  # see `unsupported_upstream`
    AUTHENTICATION_SERVICE_ERROR = ("ST-46", RESPONDER, REQUEST_DENIED, "Technical error")
    REPRESENTATION_SERVICE_ERROR = ("ST-47", RESPONDER, REQUEST_DENIED, "Technical error")  # or our own
    NO_LONGER_VALID = ("ST-48", RESPONDER, REQUEST_DENIED, "Representation no longer valid")
    IDP_ASSERTION_MALFORMED = (
        "ST-50",
        REQUESTER,
        REQUEST_UNSUPPORTED,
        "IdpAssertion missing or malformed",
    )
    IDP_ASSERTION_REFUSED = ("ST-51", REQUESTER, REQUEST_DENIED, "IdpAssertion refused")
    IDP_ASSERTION_LEVEL = ("ST-52", RESPONDER, NO_AUTHN_CONTEXT, "Level of assurance too low")
    NOT_READABLE = ("ST-53", REQUESTER, REQUEST_DENIED, "ActingSubjectID not readable")


class ResolveOutcome(_Situation):
    """How an ArtifactResolve is answered when it is not answered with a fault (ST-65 to ST-69)."""

    SIGNATURE = ("ST-65", REQUESTER, REQUEST_DENIED, None)
    UNSUPPORTED = ("ST-66-form", REQUESTER, REQUEST_UNSUPPORTED, None)  # Version, Destination
    DENIED = ("ST-66-time", REQUESTER, REQUEST_DENIED, None)  # IssueInstant, replay
    NOTHING = ("ST-67", SUCCESS, None, None)  # whatever is wrong with the artifact: one answer (WK-19)
    DELIVERED = ("ST-68", SUCCESS, None, None)
    NOT_ACTIVE = ("ST-69", REQUESTER, REQUEST_DENIED, None)


class LogoutOutcome(_Situation):
    """How a LogoutRequest of a verified sender is answered (ST-81 to ST-85)."""

    DONE = ("ST-81", SUCCESS, None, None)
    UNKNOWN = ("ST-82", SUCCESS, None, None)
    DENIED = ("ST-83", REQUESTER, REQUEST_DENIED, None)  # time window, replay
    UNSUPPORTED = ("ST-84", REQUESTER, REQUEST_UNSUPPORTED, None)  # no NameID, or another SessionIndex
    NOT_CONFIRMED = ("ST-85", RESPONDER, REQUEST_DENIED, "Logout not confirmed")


def unsupported_upstream(received: str | None) -> Status:
    """ST-45: the text that an authentication or representation service gave, cleaned and at most 200 characters."""
    return Status(RESPONDER, REQUEST_UNSUPPORTED, cleaned(received or "") or None)


def cleaned(text: str) -> str:
    """A received text on one line, without control, format, private or unassigned characters."""
    harmless = "".join(one if not unicodedata.category(one).startswith("C") else " " for one in text)
    return " ".join(harmless.split())[:LONGEST_MESSAGE].rstrip()


def canonical_code(code: str) -> str:
    """A status code in the spelling of SAML; one source writes `saml` in lower case (CF-28)."""
    return STATUS + code[len(STATUS) :] if code.lower().startswith(STATUS.lower()) else code
