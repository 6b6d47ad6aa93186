"""The messages as plain frozen values (docs/interfaces/saml.md): `building` writes, `parsing` reads them. Pure.

Instants are aware UTC with milliseconds. `issue_instant` is None only after parsing, for an instant that is not
UTC with `Z` (TM-11); the caller words that. Assertions and encrypted ids are `bytes`: one element each, in exclusive
canonical form, as `embedding.serialised` makes them, so that signatures in them stay valid (AS-30).
"""

from dataclasses import dataclass, field
from datetime import datetime

from volmacht.protocols.xml.names import FORMAT_TRANSIENT

STATUS = "urn:oasis:names:tc:SAML:2.0:status:"
SUCCESS = STATUS + "Success"
REQUESTER = STATUS + "Requester"
RESPONDER = STATUS + "Responder"
AUTHN_FAILED = STATUS + "AuthnFailed"
NO_AUTHN_CONTEXT = STATUS + "NoAuthnContext"
REQUEST_UNSUPPORTED = STATUS + "RequestUnsupported"
REQUEST_DENIED = STATUS + "RequestDenied"
NO_SUPPORTED_IDP = STATUS + "NoSupportedIDP"
SECOND_CODES = frozenset(
    {AUTHN_FAILED, NO_AUTHN_CONTEXT, REQUEST_UNSUPPORTED, REQUEST_DENIED, NO_SUPPORTED_IDP}
)
CANCELLED_MESSAGE = "Authentication cancelled"


@dataclass(frozen=True, slots=True)
class Status:
    """Top code, nested code and message of a samlp:Status; codes are whole URIs (RS-06 to RS-08)."""

    top: str
    second: str | None = None
    message: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the other side did what was asked."""
        return self.top == SUCCESS

    @property
    def cancelled(self) -> bool:
        """Whether the user stopped: exactly the status of ST-41 (RS-08)."""
        return self == Status(RESPONDER, AUTHN_FAILED, CANCELLED_MESSAGE)


@dataclass(frozen=True, slots=True)
class RequestedContext:
    """AR-23. `comparison` is "exact" when it was left out; an empty class is one that cannot be read."""

    comparison: str
    class_refs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scoping:
    """AR-24 to AR-30. `idp_list` is None without an IDPList."""

    idp_list: tuple[str, ...] | None
    requester_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuthnRequest:
    """AR-02 to AR-29.

    `audiences` and `services` hold every AttributeValue in Extensions, "" for one that cannot be read;
    `idp_assertions` likewise, b"" for one that does not hold exactly one assertion (ST-24, ST-50).
    """

    id: str
    version: str
    issue_instant: datetime | None
    destination: str | None
    issuer: str
    issuer_qualified: bool = False
    force_authn: bool = False
    is_passive: bool = False
    acs_index: int | None = None
    acs_url: str | None = None
    protocol_binding: str | None = None
    service_index: int | None = None
    has_extensions: bool = False
    audiences: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    idp_assertions: tuple[bytes, ...] = field(default=(), repr=False)
    has_subject: bool = False
    has_conditions: bool = False
    requested_context: RequestedContext | None = None
    scoping: Scoping | None = None


@dataclass(frozen=True, slots=True)
class ArtifactResolve:
    """AB-11 to AB-15. White space inside `artifact` is kept: such an artifact is unknown."""

    id: str
    version: str
    issue_instant: datetime | None
    destination: str | None
    issuer: str
    artifact: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """AS-01 to AS-22, confirmed as bearer. `confirmation_begins` is only ever read, to be refused (AS-06).

    `acting`, `legal` and `concerned_kvk` are EncryptedIDs, one for each AttributeValue; `advice` are assertions.
    """

    id: str
    version: str
    issue_instant: datetime | None
    issuer: str
    name_id: str
    name_id_format: str | None = FORMAT_TRANSIENT
    recipient: str
    in_response_to: str
    confirmation_ends: datetime
    confirmation_begins: datetime | None = None
    not_before: datetime
    not_on_or_after: datetime
    audiences: tuple[str, ...]
    advice: tuple[bytes, ...] = field(default=(), repr=False)
    authn_instant: datetime
    session_index: str | None = None
    class_ref: str
    authorities: tuple[str, ...] = ()
    service_uuids: tuple[str, ...]
    acting: tuple[bytes, ...] = field(repr=False)
    legal: tuple[bytes, ...] = field(default=(), repr=False)
    concerned_kvk: tuple[bytes, ...] = field(default=(), repr=False)
    representation_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """RS-01 to RS-10. `signed` tells whether this element has a ds:Signature of its own, not whether that is valid."""

    id: str
    version: str
    issue_instant: datetime | None
    in_response_to: str | None
    destination: str | None
    issuer: str
    status: Status
    signed: bool = False
    assertions: tuple[bytes, ...] = field(default=(), repr=False)
    has_encrypted_assertion: bool = False


@dataclass(frozen=True, slots=True)
class ArtifactResponse:
    """AB-20 to AB-26."""

    id: str
    version: str
    issue_instant: datetime | None
    in_response_to: str | None
    issuer: str
    status: Status
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class LogoutRequest:
    """LO-02 to LO-07. `not_on_or_after` is None also when it is there but not UTC with `Z`."""

    id: str
    version: str
    issue_instant: datetime | None
    destination: str | None
    issuer: str
    not_on_or_after: datetime | None = None
    has_not_on_or_after: bool = False
    name_id: str | None = None
    session_indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LogoutResponse:
    """LO-12, LO-13."""

    id: str
    version: str
    issue_instant: datetime | None
    destination: str | None
    in_response_to: str | None
    issuer: str
    status: Status
