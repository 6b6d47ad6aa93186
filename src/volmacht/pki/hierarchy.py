"""The test authorities that ship with Volmacht: a root, and the intermediate that issues to organisations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from volmacht.pki.authority import BITS, Authority, make_authority

ROOT_NAME: Final = "Volmacht TEST Root CA"
INTERMEDIATE_NAME: Final = "Volmacht TEST Organisatie Services CA"
ROOT_YEARS: Final = 20
INTERMEDIATE_YEARS: Final = 10


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Pin the root; issue with the intermediate."""

    root: Authority
    intermediate: Authority


def make_hierarchy(*, now: datetime, bits: int = BITS) -> Hierarchy:
    """A new root and intermediate, valid from now for 20 and 10 years."""
    root = make_authority(ROOT_NAME, now=now, years=ROOT_YEARS, bits=bits)
    return Hierarchy(root, root.subordinate(INTERMEDIATE_NAME, now=now, years=INTERMEDIATE_YEARS, bits=bits))
