"""In which ways a log-in ends without anybody being logged in; each has words of its own in `not_logged_in.html`."""

from enum import StrEnum, auto

from volmacht.protocols.saml.messages import AUTHN_FAILED, NO_AUTHN_CONTEXT, Status
from volmacht.protocols.saml.status import Outcome


class Ending(StrEnum):
    """What the page says."""

    CANCELLED = auto()  # ST-41, ST-42
    REFUSED = auto()  # ST-48: the mandate ended while somebody logged in
    NOT_FOR_OTHERS = auto()  # ST-33
    NOT_RECOGNISED = auto()  # ST-43
    LEVEL_TOO_LOW = auto()  # ST-44, or our own look at the level
    UNKNOWN_PERSON = auto()  # somebody of whom we have no file
    NOT_ASKED = auto()  # an answer that this browser did not ask for, or that came too late or twice
    NOT_NOW = auto()  # Volmacht cannot be reached
    FAILED = auto()  # everything else


class NotLoggedIn(Exception):
    """Nobody is. The text is the reason, for the log; it holds nothing personal."""

    def __init__(self, ending: Ending, reason: str) -> None:
        super().__init__(reason)
        self.ending = ending


def ending_of(status: Status) -> Ending:
    """Which ending Volmacht's status stands for (ST-40 to ST-53)."""
    if status.cancelled:
        return Ending.CANCELLED
    if status == Outcome.NO_LONGER_VALID.status():
        return Ending.REFUSED
    if status == Outcome.NOT_MANDATABLE.status():
        return Ending.NOT_FOR_OTHERS
    if status.second == AUTHN_FAILED:
        return Ending.NOT_RECOGNISED
    return Ending.LEVEL_TOO_LOW if status.second == NO_AUTHN_CONTEXT else Ending.FAILED
