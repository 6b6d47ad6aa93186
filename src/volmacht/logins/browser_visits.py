"""Which visits to services upstream a browser began: kept in its session (SE-02, AD-06).

Several tabs are several visits. Whoever begins one keeps it here, under a key for what it is for; who comes back is
matched with all of them, so that an answer that this browser did not ask for opens nothing. Used through `operations`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from volmacht.logins.visits import Sent

MOST = 10
Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class KeptVisits:
    """The visits of one purpose; of many, the latest ten count."""

    key: str

    def keep(self, session: SessionBase, sent: Sent, *, belongs_to: str, language: str) -> None:
        """This browser begins this visit; `belongs_to` is what its answer is for, in the language of its pages."""
        visits: dict[str, list[str]] = session.get(self.key, {})
        earlier = list(visits.items())[-(MOST - 1) :]
        session[self.key] = {**dict(earlier), str(sent.visit): [belongs_to, language]}

    def kept(self, session: SessionBase) -> dict[UUID, str]:
        """Those that this browser waits for, with the language of the pages at which each began."""
        visits: dict[str, list[str]] = session.get(self.key, {})
        return {UUID(visit): language for visit, (_belongs_to, language) in visits.items()}

    def finish(
        self, session: SessionBase, finish: Callable[[UUID], Outcome | None]
    ) -> tuple[Outcome, str, str] | None:
        """Finish the visit that an answer is for, once: what came, what it is for, in which language.

        `finish` gives None for a visit that does not wait for this answer; so does this when none does (ST-12).
        """
        visits: dict[str, list[str]] = session.get(self.key, {})
        for visit, (belongs_to, language) in visits.items():
            outcome = finish(UUID(visit))
            if outcome is not None:
                session[self.key] = {other: kept for other, kept in visits.items() if other != visit}
                return outcome, belongs_to, language
        return None
