"""Whose document is awaited: what was registered before anything was read (MD-22, RO-01 to RO-07)."""

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from volmacht.protocols.saml.entity_ids import (
    FIRST_TEST_INDEX,
    EntityId,
    InvalidEntityId,
    Role,
    allowed_in,
)
from volmacht.protocols.saml.metadata.findings import FindingCode
from volmacht.protocols.saml.metadata.model import Descriptor
from volmacht.protocols.saml.metadata.profiles import Profile, profile_of, usual_descriptor
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

_INDEX: Final = re.compile(r".*:entities:(?P<index>[0-9]{4})", re.DOTALL)


class Stopped(Exception):
    """The first error before a document is believed: nothing after it is worth a look."""

    def __init__(self, rule: str, code: FindingCode, line: int | None = None) -> None:
        super().__init__(f"{rule}: {code}")
        self.rule = rule
        self.code = code
        self.line = line


@dataclass(frozen=True, slots=True)
class Expected:
    """The publisher as it is registered.

    `registered` are the entity ids of the DVs under an LC or RD: others are skipped (MD-28); None takes them all.
    `services` are the ServiceUUIDs that the catalogue has for a DV (MD-35); None does not ask.
    `descriptor` is given for an RD or TD at which we log in, rather than one that logs in at us (MD-20).
    `oin` is that of the certificates of an AD whose entity id is malformed, as an administrator allowed (RO-05).
    """

    entity_id: str
    role: Role
    environment: Environment
    registered: frozenset[str] | None = None
    services: frozenset[UUID] | None = None
    descriptor: Descriptor | None = None
    oin: Oin | None = None

    @property
    def profile(self) -> Profile:
        """What its document must hold. Raises ValueError for a descriptor that this role never has."""
        return profile_of(self.role, self.descriptor or usual_descriptor(self.role))

    def certificate_oin(self) -> Oin:
        """The OIN that its certificates must have (MD-24). Raises Stopped when the registration is not allowed."""
        try:
            EntityId.parse(self.entity_id)
        except InvalidEntityId:
            return self._excepted_oin()
        return oin_in(self.entity_id, self.role, self.environment)

    def _excepted_oin(self) -> Oin:
        """For a malformed id. The range of its index is still looked at, as far as it has one (RO-03)."""
        if self.role is not Role.AD or self.oin is None:
            raise Stopped("RO-01", FindingCode.ENTITY_ID_MALFORMED)
        index = _INDEX.fullmatch(self.entity_id)
        if index and int(index["index"]) >= FIRST_TEST_INDEX and self.environment is Environment.PRODUCTION:
            raise Stopped("RO-03", FindingCode.WRONG_INDEX_RANGE)
        return self.oin


def oin_in(text: str, role: Role, environment: Environment) -> Oin:
    """The OIN in an entity id that must have this role. Raises Stopped (RO-01, RO-03, RO-07)."""
    try:
        entity_id = EntityId.parse(text)
    except InvalidEntityId:
        raise Stopped("RO-01", FindingCode.ENTITY_ID_MALFORMED) from None
    if entity_id.role is not role:
        raise Stopped("RO-07", FindingCode.WRONG_ROLE)
    if not allowed_in(entity_id, environment):
        raise Stopped("RO-03", FindingCode.WRONG_INDEX_RANGE)
    return entity_id.oin
