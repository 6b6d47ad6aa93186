"""Which authentication service is stood in for, and what differs between the two (AD-14, AD-16). Values only."""

from enum import StrEnum

from volmacht.protocols.saml.entity_ids import LOGIN_ACCEPTS, EntityId, Role
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

_TEST_INDEX, _INDEX = 9001, 1  # RO-03: a test index in pre-production, and only there
PREFIXES = {Environment.PREPRODUCTION: "preprod/saml", Environment.PRODUCTION: "saml"}


class Kind(StrEnum):
    """The service; the value is what the command line calls it."""

    DIGID = "digid"
    EHERKENNING = "eherkenning"

    @property
    def oin(self) -> Oin:
        """The invented OIN in its entity ids and certificates."""
        return Oin("00000009000000002000" if self is Kind.DIGID else "00000009000000003000")

    @property
    def accepts(self) -> frozenset[Role]:
        """Whose requests it takes: eHerkenning those of the portal only (RO-07, AD-16)."""
        return LOGIN_ACCEPTS if self is Kind.DIGID else frozenset({Role.DV})

    @property
    def label(self) -> str:
        """The name of what it stands in for."""
        return "DigiD" if self is Kind.DIGID else "eHerkenning"

    def entity_id(self, environment: Environment) -> str:
        """Its entity id in an environment."""
        index = _TEST_INDEX if environment is Environment.PREPRODUCTION else _INDEX
        return str(EntityId(Role.AD, self.oin, index))
