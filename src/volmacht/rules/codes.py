"""Authorisation codes: the secret with which a representative activates a request (DM-20 to DM-22).

12 symbols of an alphabet without look-alikes: 11 chosen at random (about 53 bits) and one check symbol
(Luhn mod N). The check symbol tells a typing error from a wrong code, so that a typing error costs no try.
It catches every single wrong symbol and every swap of two neighbours except B with 9 (first and last of the
alphabet, a limit of Luhn). A code prints itself masked. Randomness is handed in: this module has none of
its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Self

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ23456789"
_LENGTH = 12
_GROUP = 4
_LONGEST_INPUT = 100
_PLACE = {symbol: place for place, symbol in enumerate(ALPHABET)}
# Only ASCII letters get a capital: `str.upper` would turn a long s into S.
_CLEAN = str.maketrans(
    {letter: letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
    | dict.fromkeys(" \t\r\n\u00a0\u202f-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212", "")
)


class CodeFault(StrEnum):
    """What is wrong with a typed code."""

    EMPTY = auto()
    LENGTH = auto()
    SYMBOL = auto()
    CHECK_SYMBOL = auto()


class InvalidCode(ValueError):
    """The text is not an authorisation code: a typing error. Holds the fault, never the text."""

    def __init__(self, fault: CodeFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def _luhn_sum(symbols: str, first_factor: int) -> int:
    """Luhn mod N over the symbols from right to left; the factor alternates between 1 and 2."""
    total, factor = 0, first_factor
    for symbol in reversed(symbols):
        total += sum(divmod(_PLACE[symbol] * factor, len(ALPHABET)))
        factor = 3 - factor
    return total % len(ALPHABET)


@dataclass(frozen=True, slots=True, repr=False)
class AuthorisationCode:
    """A well-formed code. Whether it opens anything is for the register to say."""

    symbols: str

    def __post_init__(self) -> None:
        if not self.symbols:
            raise InvalidCode(CodeFault.EMPTY)
        if len(self.symbols) != _LENGTH:
            raise InvalidCode(CodeFault.LENGTH)
        if not _PLACE.keys() >= set(self.symbols):
            raise InvalidCode(CodeFault.SYMBOL)
        if _luhn_sum(self.symbols, first_factor=1) != 0:
            raise InvalidCode(CodeFault.CHECK_SYMBOL)

    @classmethod
    def generate(cls, choose: Callable[[Sequence[str]], str]) -> Self:
        """Make a new code; `choose` picks one symbol and must be `secrets.choice` outside tests (DM-20)."""
        body = "".join(choose(ALPHABET) for _ in range(_LENGTH - 1))
        return cls(body + ALPHABET[-_luhn_sum(body, first_factor=2) % len(ALPHABET)])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read typed text in any case, with or without hyphens and spaces. Raises `InvalidCode`."""
        if len(text) > _LONGEST_INPUT:
            raise InvalidCode(CodeFault.LENGTH)
        return cls(text.translate(_CLEAN))

    @property
    def display(self) -> str:
        """The code as people see it: `XXXX-XXXX-XXXX`."""
        return "-".join(self.symbols[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))

    def __repr__(self) -> str:
        return "AuthorisationCode(••••-••••-••••)"

    __str__ = __repr__
