"""Who is logged in here, in which browser: single sign-on, and its end by log-out (FL-12, LO-08, TM-08).

Kept for 15 minutes after it was last used. To a requester a session is known by a NameID that is the same as long as
the session lasts, and that no other requester gets (AS-04, AS-14): that is how a log-out names it.
"""

import secrets
from dataclasses import dataclass, field
from uuid import uuid4

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.accounts import Account
from volmacht.standins.authentication_service.expiring import Expiring

IDLE_SECONDS = 15 * 60.0
LONGEST_SECONDS = 12 * 60 * 60.0  # a NameID can be logged out for so long


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody in a browser. `key` stands in its cookie session; `names`: the NameID of each requester that came."""

    key: str = field(repr=False)
    environment: Environment
    account: Account
    level: LevelOfAssurance
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Name:
    environment: Environment
    requester: str
    session: str


_sessions: Expiring[SignedIn] = Expiring(IDLE_SECONDS)
_by_name: Expiring[_Name] = Expiring(LONGEST_SECONDS)


def sign_in(environment: Environment, account: Account, level: LevelOfAssurance) -> SignedIn:
    """Begin a session."""
    session = SignedIn(secrets.token_urlsafe(24), environment, account, level)
    _sessions.put(session.key, session)
    return session


def signed_in(environment: Environment, key: str) -> SignedIn | None:
    """Who is there; None when that is over, or of the other environment."""
    found = _sessions.get(key, prolong=True)
    return found if found and found.environment is environment else None


def name_for(session: SignedIn, requester: str) -> str:
    """The NameID by which this requester knows the session."""
    fresh = str(uuid4())
    name = session.names.setdefault(requester, fresh)
    if name == fresh:
        _by_name.put(name, _Name(session.environment, requester, session.key))
    return name


def sign_out(environment: Environment, requester: str, name_id: str) -> bool:
    """End the session that this requester knows by this NameID; False when there is none (ST-82)."""
    name = _by_name.take(name_id, lambda one: (one.environment, one.requester) == (environment, requester))
    return name is not None and _sessions.take(name.session) is not None
