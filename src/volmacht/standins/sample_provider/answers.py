"""What an answer of Volmacht says: who acts, and for whom.

The numbers of people (BSN) live in these values only: they are looked up in our records, and then forgotten.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from volmacht.protocols.saml.encryption import NotReadable, decrypted, recipients
from volmacht.protocols.saml.handling.answers import Answered, NotAnswered
from volmacht.protocols.xml import gate
from volmacht.protocols.xml.names import LEGACY_BSN
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.sample_provider import own_entity
from volmacht.standins.sample_provider.endings import Ending, NotLoggedIn, ending_of


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """Who acts, and for whom: None for themselves. `name_id` and `session_index` are for log-out (LO-06, LO-07)."""

    acting: str = field(repr=False)
    represented: str | None = field(repr=False)
    name_id: str
    session_index: str | None


def logged_in(answer: Answered | NotAnswered, *, minimum: LevelOfAssurance) -> LoggedIn:
    """Read both persons with our encryption key, from the outer assertion only (AS-32). Raises NotLoggedIn."""
    if isinstance(answer, NotAnswered):
        raise NotLoggedIn(ending_of(answer.status), f"Volmacht says {answer.status.second}")
    if (
        answer.level is None or answer.level < minimum
    ):  # Volmacht looks at it too; who needs the level must (RS-11)
        raise NotLoggedIn(Ending.LEVEL_TOO_LOW, "the level is too low for this service")
    assertion = answer.assertion
    return LoggedIn(
        acting=_bsn(assertion.acting),
        represented=_bsn(assertion.legal) if assertion.legal else None,
        name_id=assertion.name_id,
        session_index=assertion.session_index,
    )


def _bsn(encrypted: Sequence[bytes]) -> str:
    """The number in the first value that is encrypted for us (AS-19). Raises NotLoggedIn."""
    for element in map(gate.parsed, encrypted):
        if own_entity.ENTITY_ID in recipients(element):
            try:
                found = decrypted(element, own=own_entity.ENTITY_ID, keys=(own_entity.keys().encryption,))
            except NotReadable as problem:
                raise NotLoggedIn(Ending.FAILED, "a number that we cannot read") from problem
            if found.qualifier == LEGACY_BSN:
                return found.value
    raise NotLoggedIn(Ending.FAILED, "a person without a citizen service number for us")
