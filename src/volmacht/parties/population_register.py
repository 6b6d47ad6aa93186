"""The population register (BRP) as Volmacht sees it: one question, one answer, one way to fail.

A port: the adapter that asks the real register stands in `parties.adapters.haal_centraal`. Asked live when a
mandate is granted or activated (DM-04), and for the address of a letter (DM-11, DM-18). No Django, no HTTP.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from typing import Protocol

from volmacht.rules.identifiers import Bsn


class UnavailableCause(StrEnum):
    """Why the register gave no usable answer; for logs and the staff desk, never for citizens."""

    UNREACHABLE = auto()  # no connection, or broken off
    TOO_SLOW = auto()  # no answer within the time-out
    OUT_OF_ORDER = auto()  # the register says so itself: 5xx or 429
    ACCESS_DENIED = auto()  # our key or our authorisation is refused: somebody must act
    QUESTION_REJECTED = auto()  # the register finds our question wrong: a fault of ours
    ANSWER_UNREADABLE = auto()  # an answer that does not follow the published interface


class RegisterUnavailable(Exception):
    """The population register gave no usable answer. Trying again later may help. Holds no personal data."""

    def __init__(self, cause: UnavailableCause, detail: str = "") -> None:
        super().__init__(f"{cause.value}: {detail}" if detail else cause.value)
        self.cause = cause


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where post reaches somebody in the Netherlands: lines composed by the register for an envelope."""

    street_line: str
    place_line: str

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the envelope under the name, without empty ones."""
        return tuple(line for line in (self.street_line, self.place_line) if line)

    def __repr__(self) -> str:
        return "Address(…)"


@dataclass(frozen=True, slots=True, repr=False)
class RegisteredPerson:
    """What the register says of somebody today. Prints itself without personal data.

    Absent names are empty strings: people exist without given names, and without family name. `full_name`
    is the person's own name; `addressee` is how the person wants to be addressed on an envelope (initials,
    and a partner's name where used). `birth_date` is None when the register does not know the whole date;
    `birth_year` may then still be known. `deceased` can be true while `died_on` is None: death is certain,
    the day is not. `address` is None for who lives abroad, and for who has no known address at all. A
    secret address (`address_secret`) is still filled in: it may be used for post, never shown to anyone
    (DM-18).
    """

    bsn: Bsn
    given_names: str
    prefix: str
    family_name: str
    full_name: str
    addressee: str
    birth_date: date | None
    birth_year: int | None
    deceased: bool
    died_on: date | None
    under_guardianship: bool
    address_secret: bool
    lives_abroad: bool
    address: Address | None

    @property
    def used_name(self) -> str:
        """The name as the person uses it: given names, and the family name as on an envelope."""
        words = self.addressee.split()
        family = [word for word in words if not word.endswith(".")]
        if not self.given_names or len(family) == len(words):
            return self.full_name
        return " ".join([self.given_names, *family])

    def __repr__(self) -> str:
        return f"RegisteredPerson({self.bsn!r})"


class PopulationRegister(Protocol):
    """The register as the rest of Volmacht uses it."""

    def look_up(self, bsn: Bsn) -> RegisteredPerson | None:
        """What the register knows of this person today; None when nobody has this BSN.

        Raises RegisterUnavailable.
        """
        ...
