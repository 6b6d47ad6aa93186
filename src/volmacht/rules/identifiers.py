"""BSN, OIN and KvK number as values that are always well formed (DM-05).

`parse` takes what a person typed (spaces, dots and hyphens are forgiven) and raises `InvalidIdentifier`
with a fault that can be worded. A value of these types cannot be malformed. A BSN prints itself masked;
error texts never repeat what was typed.
"""

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import ClassVar, Self

from stdnum.nl import bsn as eleven_test

_LONGEST_INPUT = 64
_SEPARATORS = str.maketrans("", "", " .-\t\r\n\u00a0\u2010\u2011\u2013")


class IdentifierFault(StrEnum):
    """What is wrong with a typed identifier."""

    EMPTY = auto()
    NOT_DIGITS = auto()
    LENGTH = auto()
    CHECK_DIGIT = auto()


class InvalidIdentifier(ValueError):
    """The text is not such an identifier. Holds the fault, never the text."""

    def __init__(self, fault: IdentifierFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class _Digits:
    """A fixed number of ASCII digits."""

    value: str
    digits: ClassVar[int]

    def __post_init__(self) -> None:
        if not self.value:
            raise InvalidIdentifier(IdentifierFault.EMPTY)
        if not (self.value.isascii() and self.value.isdigit()):
            raise InvalidIdentifier(IdentifierFault.NOT_DIGITS)
        if len(self.value) != self.digits:
            raise InvalidIdentifier(IdentifierFault.LENGTH)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read typed text, forgiving spaces, dots and hyphens. Raises `InvalidIdentifier`."""
        if len(text) > _LONGEST_INPUT:
            raise InvalidIdentifier(IdentifierFault.LENGTH)
        return cls(text.translate(_SEPARATORS))

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, repr=False)
class Bsn(_Digits):
    """Citizen service number: 9 digits that satisfy the 11-test, not all zero (DM-05). Prints masked."""

    digits: ClassVar[int] = 9

    def __post_init__(self) -> None:
        _Digits.__post_init__(self)  # super() does not work in a dataclass with slots
        if not eleven_test.is_valid(self.value):
            raise InvalidIdentifier(IdentifierFault.CHECK_DIGIT)

    @property
    def masked(self) -> str:
        """The last three digits, the rest hidden: fit to print and to log."""
        return "•" * 6 + self.value[-3:]

    def __repr__(self) -> str:
        return f"Bsn({self.masked})"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Oin(_Digits):
    """Organisation identification number of the Dutch government: 20 digits. Public."""

    digits: ClassVar[int] = 20


@dataclass(frozen=True, slots=True)
class KvkNumber(_Digits):
    """Number in the trade register: 8 digits. Public."""

    digits: ClassVar[int] = 8
