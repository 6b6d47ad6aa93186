"""How a call is refused: one closed list, as problem documents (BR-12, RFC 9457). Pure.

A document says which kind of problem it is and nothing of what was sent (BR-13): no number, no value, no name that the
caller made up.
"""

import json
from enum import Enum
from typing import Final

PROBLEM_JSON: Final = "application/problem+json"
TYPES: Final = "urn:volmacht:bvd-rest:"


class Problem(Enum):
    """HTTP status, code and title."""

    MALFORMED = (400, "malformed", "The request is not as the interface describes it.")
    NO_CERTIFICATE = (401, "no-certificate", "A client certificate is needed.")
    NOT_A_CLIENT = (403, "not-a-client", "This certificate is not that of a registered client.")
    UNKNOWN = (404, "unknown", "You have no such transaction, or nothing is at this address.")
    METHOD = (405, "method", "This address does not know this method.")
    REUSED = (409, "transaction-reused", "This transactionId was used before.")
    OVER = (410, "over", "This transaction is over: expired, cancelled or failed.")
    NO_LONGER_VALID = (410, "no-longer-valid", "The representation is no longer valid.")
    TOO_LARGE = (413, "too-large", "The body is larger than a question can be.")
    MEDIA_TYPE = (415, "media-type", "The body must be application/json in UTF-8.")
    SERVICE_NOT_REGISTERED = (
        422,
        "service-not-registered",
        "This service provider is not registered for this service.",
    )
    SERVICE_NOT_ACTIVE = (422, "service-not-active", "The registration is not active.")
    SERVICE_NOT_MANDATABLE = (
        422,
        "service-not-mandatable",
        "Representation is not available for this service.",
    )
    KIND_NOT_ALLOWED = (
        422,
        "kind-not-allowed",
        "This service does not allow this kind of representative.",
    )
    LEVEL_UNKNOWN = (422, "level-unknown", "The level of assurance is not known.")
    LEVEL_TOO_LOW = (422, "level-too-low", "The level of assurance is too low for this service.")
    PERSON_UNKNOWN = (422, "person-unknown", "The acting person is not in the population register.")
    NO_CHOICE_YET = (425, "no-choice-yet", "The person has not chosen yet.")
    TOO_MANY = (429, "too-many", "Too many calls; try again later.")
    FAILED = (500, "failed", "Something went wrong here.")
    UNAVAILABLE = (503, "unavailable", "Not available now; try again later.")

    def __init__(self, http_status: int, code: str, title: str) -> None:
        self.http_status = http_status
        self.code = code
        self.title = title

    def document(self) -> bytes:
        """The body of the answer."""
        fields = {"type": TYPES + self.code, "title": self.title, "status": self.http_status}
        return json.dumps(fields).encode()


RETRY_AFTER_SECONDS: Final = {Problem.TOO_MANY: 60, Problem.UNAVAILABLE: 10, Problem.NO_CHOICE_YET: 5}
