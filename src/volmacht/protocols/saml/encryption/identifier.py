"""What is encrypted: a number with its kind. And the one error for everything that cannot be read (EN-12, EN-18)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from volmacht.protocols.xml.names import LEGACY_BSN
from volmacht.rules.identifiers import Bsn


@dataclass(frozen=True, slots=True, repr=False)
class Identifier:
    """A persistent NameID: its qualifier says what kind of number the value is. Prints without the value."""

    qualifier: str
    value: str

    @classmethod
    def of_bsn(cls, bsn: Bsn) -> Self:
        """A BSN as the messages carry it: nine digits (EN-12)."""
        return cls(LEGACY_BSN, bsn.value)

    def __repr__(self) -> str:
        return f"Identifier({self.qualifier}, •••)"

    __str__ = __repr__


class Cause(StrEnum):
    """Why an EncryptedID cannot be read: for our own log. What only the key can tell is one cause (EN-18)."""

    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    NOT_FOR_US = "not-for-us"
    CONTENT = "content"


class NotReadable(ValueError):
    """An EncryptedID that cannot be read. As text always the same; a sender is never told the cause (EN-18)."""

    def __init__(self, cause: Cause) -> None:
        super().__init__("not readable")
        self.cause_code = cause
