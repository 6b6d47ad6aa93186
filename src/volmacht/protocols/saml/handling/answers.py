"""What an authentication or representation service answered, judged by whoever asked (AD-07 to AD-11, BV-20, RS-11).

Used by the entrance, the portal and a provider's own web service. Three layers, each signed by its own issuer
(SG-13): ArtifactResponse, Response, Assertion. Whatever does not fit discards the whole message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from lxml import etree

from volmacht.protocols import soap
from volmacht.protocols.saml import assurance, parsing
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import can_be_passed_on, recipients
from volmacht.protocols.saml.instants import SKEW, within
from volmacht.protocols.saml.keys import PublishedKey
from volmacht.protocols.saml.messages import Assertion, Response, Status
from volmacht.protocols.saml.verifying import SignatureRefused, verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.gate import XmlRefused
from volmacht.protocols.xml.names import SAML, SAMLP
from volmacht.rules.assurance import LevelOfAssurance

VERSION = "2.0"


class AnswerFault(StrEnum):
    """Why an answer is discarded; for the log, never for a person."""

    MESSAGE = auto()  # no SOAP, no XML, not as the schema wants it
    SIGNATURE = auto()
    ISSUER = auto()
    IN_RESPONSE_TO = auto()
    STATUS = auto()
    NO_RESPONSE = auto()
    DESTINATION = auto()
    ASSERTIONS = auto()  # none, several or an encrypted one (RS-09, RS-10)
    TIME = auto()
    RECIPIENT = auto()
    AUDIENCE = auto()
    SERVICE = auto()
    LEVEL = auto()  # unknown, or there where none belongs (LA-05, AS-15)
    SUBJECT = auto()  # an acting or legal subject too many or too few
    FORBIDDEN = auto()  # RepresentationType, Advice, AuthenticatingAuthority (AD-10, RT-04, RT-05)
    TYPE_MISSING = auto()  # legal representation that does not say of which kind (RT-02)


class AnswerRefused(ValueError):
    """An answer that is discarded (ST-46, ST-47)."""

    def __init__(self, fault: AnswerFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Kind(StrEnum):
    """Who answers: what may stand in an assertion depends on it (AD-10, BV-20)."""

    AUTHENTICATION = auto()  # an AD
    REPRESENTATION = auto()  # a BVD
    ENTRANCE = auto()  # an entrance or RD, to a provider


@dataclass(frozen=True, slots=True)
class Expected:
    """What was asked, and of whom. `audiences` must all be named; `service_uuid` compares without case (AR-19).

    `representation_types` are those that may be stated (RT-04); a BVD for which there are any states legal
    representation, and says of which kind (RT-02). `readable_for`: who must have a key to read who acts (and for
    whom). `organisations`: whether somebody may log in for an organisation, as at our own portal only (AD-16).
    """

    kind: Kind
    issuer: str
    keys: Sequence[PublishedKey]
    resolve_id: str
    request_id: str
    consumer: str
    audiences: tuple[str, ...]
    service_uuid: str
    representation: bool = False
    representation_types: frozenset[str] = frozenset()
    readable_for: tuple[str, ...] = ()
    organisations: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A log-in. `evidence` is the signed assertion itself, for Advice (AS-30); `level` is None from a BVD."""

    assertion: Assertion
    evidence: bytes
    level: LevelOfAssurance | None


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The other side says no, in a message that is in order."""

    status: Status


def read_answer(data: bytes, *, expected: Expected, now: datetime) -> Answered | NotAnswered:
    """Judge the SOAP answer to our ArtifactResolve. Raises AnswerRefused."""
    try:
        return _read(data, expected, now)
    except (XmlRefused, soap.SoapFault) as refused:
        raise AnswerRefused(AnswerFault.MESSAGE) from refused
    except SignatureRefused as refused:
        raise AnswerRefused(AnswerFault.SIGNATURE) from refused


def _read(data: bytes, expected: Expected, now: datetime) -> Answered | NotAnswered:
    """Response and Assertion are verified where they stand in the message, at the places that the verified bytes have:
    canonical bytes of the whole leave out prefixes on which an inner signature may rely."""
    body = soap.body_of(gate.read(data, gate.ARTIFACT_RESPONSE))
    if body.tag != SAMLP + "ArtifactResponse":
        raise AnswerRefused(AnswerFault.MESSAGE)
    schemas.validate(body, schemas.Schema.PROTOCOL)
    signed = verified(body, expected.keys, now=now).element
    message = parsing.artifact_response(signed)
    _require(message.version == VERSION, AnswerFault.MESSAGE)
    _require(message.issuer == expected.issuer, AnswerFault.ISSUER)
    _require(message.in_response_to == expected.resolve_id, AnswerFault.IN_RESPONSE_TO)
    _require(_is_fresh(message.issue_instant, now), AnswerFault.TIME)
    _require(message.status.succeeded, AnswerFault.STATUS)
    inner = body.find(SAMLP + "Response")
    if message.response is None or inner is None:
        raise AnswerRefused(AnswerFault.NO_RESPONSE)
    response = message.response
    _check_response(response, inner, expected, now)
    if not response.status.succeeded:
        _require(not response.assertions, AnswerFault.ASSERTIONS)
        return NotAnswered(response.status)
    found = inner.findall(SAML + "Assertion")
    _require(len(found) == 1 and not response.has_encrypted_assertion, AnswerFault.ASSERTIONS)
    assertion = parsing.assertion(verified(found[0], expected.keys, now=now).element)
    return Answered(assertion, serialised(found[0]), check_assertion(assertion, expected=expected, now=now))


def _check_response(response: Response, element: etree._Element, expected: Expected, now: datetime) -> None:
    if response.signed:  # not needed beside the signature around it, but then it must be good (RS-05)
        verified(element, expected.keys, now=now)
    _require(response.version == VERSION, AnswerFault.MESSAGE)
    _require(response.issuer == expected.issuer, AnswerFault.ISSUER)
    _require(response.in_response_to == expected.request_id, AnswerFault.IN_RESPONSE_TO)
    _require(response.destination == expected.consumer, AnswerFault.DESTINATION)
    _require(_is_fresh(response.issue_instant, now), AnswerFault.TIME)


def check_assertion(assertion: Assertion, *, expected: Expected, now: datetime) -> LevelOfAssurance | None:
    """The rules on one verified assertion; its level of assurance. Raises AnswerRefused."""
    _require(assertion.version == VERSION, AnswerFault.MESSAGE)
    _require(assertion.issuer == expected.issuer, AnswerFault.ISSUER)
    _require(assertion.recipient == expected.consumer, AnswerFault.RECIPIENT)
    _require(assertion.in_response_to == expected.request_id, AnswerFault.IN_RESPONSE_TO)
    _require(assertion.confirmation_begins is None, AnswerFault.TIME)
    _require(within(now, None, assertion.confirmation_ends), AnswerFault.TIME)
    _require(within(now, assertion.not_before, assertion.not_on_or_after), AnswerFault.TIME)
    _require(set(expected.audiences) <= set(assertion.audiences), AnswerFault.AUDIENCE)
    services = tuple(uuid.lower() for uuid in assertion.service_uuids)
    _require(services == (expected.service_uuid.lower(),), AnswerFault.SERVICE)
    _check_subjects(assertion, expected)
    return _level(assertion, expected)


def _check_subjects(assertion: Assertion, expected: Expected) -> None:
    """Who acts, for whom, and nothing that this kind of service may not say (AD-10, BV-20, RT-02 to RT-05)."""
    _require(bool(assertion.acting), AnswerFault.SUBJECT)
    speaks_of_others = expected.kind is not Kind.AUTHENTICATION
    wanted = speaks_of_others and expected.representation
    _require(bool(assertion.legal) is wanted, AnswerFault.SUBJECT)
    for subject in (assertion.acting, assertion.legal if wanted else assertion.acting):
        encrypted = [gate.parsed(one) for one in subject]
        readers = {reader for one in encrypted for reader in recipients(one)}
        _require(set(expected.readable_for) <= readers, AnswerFault.SUBJECT)
        _require(all(can_be_passed_on(one) for one in encrypted), AnswerFault.SUBJECT)
    _require(expected.organisations or not assertion.concerned_kvk, AnswerFault.FORBIDDEN)
    types = set(assertion.representation_types)
    _require(types <= (expected.representation_types if wanted else frozenset()), AnswerFault.FORBIDDEN)
    must_have_type = expected.kind is Kind.REPRESENTATION and bool(expected.representation_types)
    _require(bool(types) or not must_have_type, AnswerFault.TYPE_MISSING)
    if expected.kind is not Kind.ENTRANCE:
        _require(not assertion.advice and not assertion.authorities, AnswerFault.FORBIDDEN)


def _level(assertion: Assertion, expected: Expected) -> LevelOfAssurance | None:
    if expected.kind is Kind.REPRESENTATION:
        _require(assertion.class_ref == assurance.UNSPECIFIED, AnswerFault.LEVEL)
        return None
    level = assurance.level_of(assertion.class_ref)
    _require(level is not None, AnswerFault.LEVEL)
    return level


def _is_fresh(issued: datetime | None, now: datetime) -> bool:
    """An answer is made when it is asked for: an instant ahead of us, or long past, is not of this exchange."""
    return issued is not None and abs(now - issued) <= 4 * SKEW


def _require(condition: bool, fault: AnswerFault) -> None:
    if not condition:
        raise AnswerRefused(fault)
