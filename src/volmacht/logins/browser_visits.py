"""Which visits to an authentication service a browser began for our own portal: kept in its session (SE-02, AD-06).

Several tabs are several visits. Whoever begins one (the log-in page, the page for trying out) keeps it here; who
comes back is matched with all of them, so that an answer that this browser did not ask for opens nothing.
"""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from volmacht.logins.portal_log_ins import PortalLogIn, finish_portal_visit
from volmacht.logins.visits import Failed, Sent
from volmacht.rules.refusals import Refused

KEY = "visits_for_portal"
MOST = 10


@dataclass(frozen=True, slots=True)
class CameBack:
    """How a visit of this browser ended, and where it goes on, in which language."""

    outcome: PortalLogIn | Refused | Failed
    continue_at: str
    language: str


def keep_visit(session: SessionBase, sent: Sent, *, continue_at: str, language: str) -> None:
    """This browser begins this visit; of many, the latest count."""
    visits: dict[str, list[str]] = session.get(KEY, {})
    latest = dict(list(visits.items())[-(MOST - 1) :])
    session[KEY] = {**latest, str(sent.visit): [continue_at, language]}


def finish_kept_visit(session: SessionBase, *, artifact: str, relay_state: str) -> CameBack | None:
    """Finish the visit that this answer is for, once; None when this browser waits for no such answer (ST-12)."""
    visits: dict[str, list[str]] = session.get(KEY, {})
    for visit, (continue_at, language) in visits.items():
        outcome = finish_portal_visit(UUID(visit), artifact=artifact, relay_state=relay_state)
        if outcome is not None:
            session[KEY] = {other: kept for other, kept in visits.items() if other != visit}
            return CameBack(outcome, continue_at, language)
    return None
