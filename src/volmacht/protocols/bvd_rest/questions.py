"""The body of MP001, read strictly: what is not in the interface is refused, not skipped (BR-02, BR-03). Pure.

An attacker would send what two readers read differently (a name twice, a number beyond any size, another encoding) or
what takes long to read; so size first, then UTF-8, then a reader that refuses, then exactly these fields.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar
from uuid import UUID

from volmacht.protocols.bvd_rest.problems import Problem
from volmacht.rules.identifiers import Bsn, InvalidIdentifier, KvkNumber, Oin

LARGEST_BODY: Final = 4096
JSON: Final = "application/json"
TYPE_BSN, TYPE_KVK = "BSN", "KVK"
LONGEST_LEVEL: Final = 200
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PSEUDONYM = re.compile(r"[!-~]{1,100}")
_VISIBLE = re.compile(rf"[!-~]{{1,{LONGEST_LEVEL}}}")
Value = TypeVar("Value")


class Refused(Exception):
    """Ends the judging of a call."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ActingSubject:
    """Who logged in at the client: a person, or an employee (a pseudonym) for an organisation (BR-02)."""

    number: Bsn | KvkNumber
    employee: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """As it stands in bodies, and nowhere else (BR-13)."""
        return self.number.value


@dataclass(frozen=True, slots=True)
class Question:
    """A choice that a client asks for; `level` is a URI, known or not."""

    acting: ActingSubject
    provider: Oin
    level: str
    service: UUID
    transaction: UUID


def read_question(body: bytes, *, content_type: str) -> Question:
    """Read a body. Raises Refused: MEDIA_TYPE, TOO_LARGE, MALFORMED."""
    if not _is_json(content_type):
        raise Refused(Problem.MEDIA_TYPE)
    if len(body) > LARGEST_BODY:
        raise Refused(Problem.TOO_LARGE)
    fields = _Fields(_parsed(body))
    question = Question(
        acting=_acting(_Fields(fields.mapping("actingSubject"))),
        provider=fields.read("serviceProviderId", Oin),
        level=fields.matching("levelOfAssurance", _VISIBLE),
        service=read_uuid(fields.text("serviceId")),
        transaction=read_uuid(fields.text("transactionId")),
    )
    fields.finish()
    return question


def read_uuid(text: str) -> UUID:
    """A UUID in its usual form, in capitals or not. Raises Refused: MALFORMED."""
    if not _UUID.fullmatch(text):
        raise Refused(Problem.MALFORMED)
    return UUID(text)


def write_question(question: Question) -> bytes:
    """The body that a client sends."""
    acting: dict[str, str] = {"actingSubjectId": question.acting.id, "actingSubjectIdType": TYPE_BSN}
    if isinstance(question.acting.number, KvkNumber):
        acting |= {"actingSubjectIdType": TYPE_KVK, "employeeId": question.acting.employee}
    return json.dumps(
        {
            "actingSubject": acting,
            "serviceProviderId": question.provider.value,
            "levelOfAssurance": question.level,
            "serviceId": str(question.service),
            "transactionId": str(question.transaction),
        }
    ).encode()


def _is_json(content_type: str) -> bool:
    media_type, _, parameter = content_type.partition(";")
    name, _, value = parameter.partition("=")
    if media_type.strip().lower() != JSON:
        return False
    return not parameter.strip() or (
        name.strip().lower() == "charset" and value.strip().strip('"').lower() == "utf-8"
    )


def _parsed(body: bytes) -> object:
    """Raises Refused: MALFORMED. Python's reader would take a name twice, NaN and any depth: none of it here."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_each_once, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Refused(Problem.MALFORMED) from error


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_constant(_name: str) -> object:
    raise ValueError("no JSON")


def _acting(fields: "_Fields") -> ActingSubject:
    kind = fields.text("actingSubjectIdType")
    if kind == TYPE_BSN:
        acting = ActingSubject(fields.read("actingSubjectId", Bsn))
    elif kind == TYPE_KVK:
        number = fields.read("actingSubjectId", KvkNumber)
        acting = ActingSubject(number, fields.matching("employeeId", _PSEUDONYM))
    else:
        raise Refused(Problem.MALFORMED)
    fields.finish()
    return acting


class _Fields:
    """The fields of one object; each method takes one away, `finish` refuses what is left."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, Mapping):
            raise Refused(Problem.MALFORMED)
        self._left = dict(value)

    def mapping(self, name: str) -> object:
        return self._left.pop(name, None)

    def text(self, name: str) -> str:
        value = self._left.pop(name, None)
        if not isinstance(value, str):
            raise Refused(Problem.MALFORMED)
        return value

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        value = self.text(name)
        if not pattern.fullmatch(value):
            raise Refused(Problem.MALFORMED)
        return value

    def read(self, name: str, as_: Callable[[str], Value]) -> Value:
        try:
            return as_(self.text(name))
        except InvalidIdentifier:
            raise Refused(Problem.MALFORMED) from None  # the cause holds no number, and none goes along

    def finish(self) -> None:
        if self._left:
            raise Refused(Problem.MALFORMED)
