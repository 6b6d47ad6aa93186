"""Entity ids `urn:nl-eid-gdi:1.0:ROLE:OIN:entities:INDEX`: form, role and environment (RO-01 to RO-03, RO-07)."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

FIRST_TEST_INDEX: Final = 9000
LAST_INDEX: Final = 9999
_FORM = re.compile(
    r"urn:nl-eid-gdi:1\.0:(?P<role>AD|BVD|DV|LC|RD|TD):(?P<oin>[0-9]{20}):entities:(?P<index>[0-9]{4})"
)


class Role(StrEnum):
    """What part an entity plays."""

    AD = "AD"
    BVD = "BVD"
    DV = "DV"
    LC = "LC"
    RD = "RD"
    TD = "TD"


ENTRANCE_ACCEPTS: Final = frozenset({Role.DV, Role.LC})
BVD_ACCEPTS: Final = frozenset({Role.RD, Role.TD})
LOGIN_ACCEPTS: Final = frozenset({Role.RD, Role.TD, Role.DV})
"""Whose requests each endpoint takes (RO-07)."""


class InvalidEntityId(ValueError):
    """The text is not an entity id (RO-01). Does not repeat it."""


@dataclass(frozen=True, slots=True)
class EntityId:
    """An entity id that is well formed. As text it is compared with case."""

    role: Role
    oin: Oin
    index: int

    def __post_init__(self) -> None:
        if not 0 <= self.index <= LAST_INDEX:
            raise InvalidEntityId("the index has four digits")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one that was trimmed. Raises InvalidEntityId."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise InvalidEntityId("not an entity id")
        return cls(Role(found["role"]), Oin(found["oin"]), int(found["index"]))

    @property
    def for_test(self) -> bool:
        """Whether it names a test system: index 9000 or above (RO-02)."""
        return self.index >= FIRST_TEST_INDEX

    def __str__(self) -> str:
        return f"urn:nl-eid-gdi:1.0:{self.role}:{self.oin}:entities:{self.index:04}"


def allowed_in(entity: EntityId, environment: Environment) -> bool:
    """Whether a peer may have this id: in pre-production any, in production no test system (RO-03)."""
    return environment is Environment.PREPRODUCTION or not entity.for_test
