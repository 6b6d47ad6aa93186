"""Log-ins that are going on, and the artifacts by which ended ones are fetched (AB-01 to AB-06, TM-03, TM-07).

An artifact is kept as its hash only, and handed in once, by whoever asked for the log-in, in the same environment.
"""

import hashlib
import secrets
from dataclasses import dataclass

from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.bindings import artifact_address
from volmacht.protocols.saml.handling.requests import Accepted, Sender
from volmacht.protocols.saml.messages import Status
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.standins.authentication_service.accounts import Account
from volmacht.standins.authentication_service.expiring import Expiring

LOG_IN_SECONDS = 20 * 60.0
ARTIFACT_SECONDS = 2 * 60.0


@dataclass(frozen=True, slots=True)
class LogIn:
    """A request that was accepted, until somebody chose who they are."""

    environment: Environment
    accepted: Accepted


@dataclass(frozen=True, slots=True)
class Statement:
    """What there is to say of who logged in. `bvd` is the representation service that may read it too, or empty."""

    account: Account
    level: LevelOfAssurance
    name_id: str
    provider: str
    service_uuid: str
    bvd: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a log-in ended, for whom: with a statement, or with a status why there is none."""

    environment: Environment
    sender: Sender
    outcome: Status | Statement


_log_ins: Expiring[LogIn] = Expiring(LOG_IN_SECONDS)
_claimed: Expiring[None] = Expiring(LOG_IN_SECONDS)
_endings: Expiring[Ending] = Expiring(ARTIFACT_SECONDS)


def begin(log_in: LogIn) -> str:
    """Remember a log-in; the value is its key, that the first browser to follow it keeps for itself (SE-02)."""
    key = secrets.token_urlsafe(24)
    _log_ins.put(key, log_in)
    return key


def claim(key: str) -> bool:
    """Whether this is a log-in that nobody claimed before."""
    return _log_ins.get(key) is not None and _claimed.put(key, None)


def going_on(environment: Environment, key: str) -> LogIn | None:
    """A log-in that was not ended yet."""
    found = _log_ins.get(key)
    return found if found and found.environment is environment else None


def end(key: str) -> bool:
    """Whether it was still going on; now it is over."""
    return _log_ins.take(key) is not None


def address_with(ending: Ending, issuer: str) -> str:
    """Where the browser goes with the artifact of this ending."""
    artifact = new_artifact(issuer)
    _endings.put(_hashed(artifact), ending)
    return artifact_address(ending.sender.consumer, artifact, ending.sender.relay_state)


def hand_in(environment: Environment, requester: str, artifact: str) -> Ending | None:
    """The ending behind an artifact, once; another party does not use it up (AB-06, AB-13)."""
    return _endings.take(
        _hashed(artifact),
        lambda ending: (ending.environment, ending.sender.entity_id) == (environment, requester),
    )


def _hashed(artifact: str) -> str:
    return hashlib.sha256(artifact.encode()).hexdigest()
