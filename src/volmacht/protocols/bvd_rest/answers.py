"""What is answered, written by the register and judged by its client (BR-01, BR-05, BR-07, BR-09). Pure.

A client must compare who acts in the answer with whom it sent: an answer about somebody else is dropped whole, so that
a mix-up anywhere between lets nobody act with another person's mandate (WK-13).
"""

import hmac
import json
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from volmacht.protocols.bvd_rest.questions import ActingSubject
from volmacht.rules.identifiers import Bsn, InvalidIdentifier

LARGEST_ANSWER: Final = 4096


class ReturnStatus(StrEnum):
    """How a choice ended, in the address with which the browser returns (BR-05)."""

    OK = "OK"
    CANCELLED = "CANCELLED"
    ERROR = "ERROR"


class NotUsable(Exception):
    """An answer that a client drops: malformed, or about another acting subject (BR-09). Holds no number."""


def redirect(address: str) -> bytes:
    """The answer to MP001."""
    return json.dumps({"redirectUrl": address}).encode()


def return_address(return_url: str, transaction: UUID, status: ReturnStatus) -> str:
    """Where the browser goes back to."""
    return f"{return_url}?{urlencode({'transactionId': str(transaction), 'status': status.value})}"


def mandate(acting: str, legal: Bsn) -> bytes:
    """The answer to MP004."""
    return json.dumps(
        {"actingSubject": {"actingSubjectId": acting}, "legalSubject": {"legalSubjectId": legal.value}}
    ).encode()


def read_mandate(body: bytes, *, sent: ActingSubject) -> Bsn:
    """For a client: who is represented by whom it sent. Raises NotUsable, also for another acting subject (BR-09)."""
    try:
        found = json.loads(body[:LARGEST_ANSWER])
        acting, legal = found["actingSubject"]["actingSubjectId"], found["legalSubject"]["legalSubjectId"]
        represented = Bsn(legal)
        same = hmac.compare_digest(acting.encode(), sent.id.encode())
    except (ValueError, TypeError, KeyError, AttributeError, InvalidIdentifier):
        raise NotUsable("malformed") from None
    if not same:
        raise NotUsable("another acting subject")
    return represented
