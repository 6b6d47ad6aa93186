"""A "no" of the one decision during a log-in, in words: as it is now, only asked, for it was recorded when answered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from volmacht.logins.queries import LoginInProgress
from volmacht.mandates.queries import Asked, decide_for
from volmacht.notifications.kinds import Side
from volmacht.portals.shared.fitting_words import fitting_words
from volmacht.portals.shared.parts import Text
from volmacht.portals.shared.wording import Words, end_words
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.representation import Denied


@dataclass(frozen=True, slots=True)
class DeniedWords:
    """A "no" of the one decision in words, with the day or the reason that goes with it."""

    words: Words
    begins: date | None
    ended_because: Text | None


def in_words(denied: Denied | None, level: LevelOfAssurance) -> DeniedWords | None:
    """For the representative; `level` is what the service asks."""
    if denied is None:
        return None
    ended = end_words(denied.end_reason, Side.REPRESENTATIVE) if denied.end_reason else None
    words = fitting_words(denied.refusal, reader=Side.REPRESENTATIVE, level=level)
    return DeniedWords(words, denied.valid_from, ended)


def denied_now(login: LoginInProgress, represented: UUID) -> Denied | None:
    """Why the person of this log-in may not act for somebody; None when they may."""
    if login.person is None or login.level is None:
        return None
    asked = Asked(
        representative=login.person,
        represented=represented,
        service_id=login.service.id,
        connection_id=login.connection.id,
        level=login.level,
        dv_entity_id=login.provider_entity_id,
    )
    decision = decide_for(asked)
    return decision if isinstance(decision, Denied) else None
