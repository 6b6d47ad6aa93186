"""One call judged: bytes and look-ups in, an accepted question or a problem out (BR-03, BR-12). Pure.

Whether the transactionId is new is noted where the question is kept, in one transaction: a call that failed for
another reason may come again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from volmacht.protocols.bvd_rest.problems import Problem
from volmacht.protocols.bvd_rest.questions import ActingSubject, Question, Refused, read_question, read_uuid
from volmacht.protocols.saml.assurance import level_requested
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import PartyKind, RepresentativeKind, allows
from volmacht.rules.services import LookUpStatus


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as its provider offers it; `status` is the first obstacle of DM-62, `level` counts today."""

    connection: UUID
    provider: UUID
    service: UUID
    status: LookUpStatus
    level: LevelOfAssurance
    kind: RepresentativeKind


class Offers(Protocol):
    """Finds what the catalogue offers."""

    def __call__(self, provider_oin: str, service_uuid: UUID) -> Offered | None:
        """None when the provider with this OIN does not offer the service."""
        ...


@dataclass(frozen=True, slots=True)
class Accepted:
    """A question that may become a choice."""

    acting: ActingSubject
    level: LevelOfAssurance
    offered: Offered
    transaction: UUID


def receive_initiate(body: bytes, *, content_type: str, offers: Offers) -> Accepted | Problem:
    """Judge MP001."""
    try:
        question = read_question(body, content_type=content_type)
        offered = offers(question.provider.value, question.service)
        level = _level(question.level)
        return _accepted(question, offered, level)
    except Refused as refused:
        return refused.problem


def receive_retrieve(parameters: Sequence[tuple[str, str]]) -> UUID | Problem:
    """Judge the query of MP004: one `transactionId`, and nothing else (BR-07)."""
    if len(parameters) != 1 or parameters[0][0] != "transactionId":
        return Problem.MALFORMED
    try:
        return read_uuid(parameters[0][1])
    except Refused as refused:
        return refused.problem


def _level(uri: str) -> LevelOfAssurance:
    level = level_requested(uri)  # LA-03: the classes of DigiD 3.x count too
    if level is None:
        raise Refused(Problem.LEVEL_UNKNOWN)
    return level


def _accepted(question: Question, offered: Offered | None, level: LevelOfAssurance) -> Accepted:
    if offered is None:
        raise Refused(Problem.SERVICE_NOT_REGISTERED)
    if offered.status is LookUpStatus.SERVICE_NOT_MANDATABLE:
        raise Refused(Problem.SERVICE_NOT_MANDATABLE)
    if offered.status is not LookUpStatus.STATUS_OK:
        raise Refused(Problem.SERVICE_NOT_ACTIVE)
    kind = PartyKind.PERSON if isinstance(question.acting.number, Bsn) else PartyKind.ORGANISATION
    if not allows(offered.kind, kind):
        raise Refused(Problem.KIND_NOT_ALLOWED)
    if level < offered.level:
        raise Refused(Problem.LEVEL_TOO_LOW)
    return Accepted(question.acting, level, offered, question.transaction)
