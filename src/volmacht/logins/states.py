"""The closed vocabularies of a log-in for a provider."""

from enum import StrEnum, auto


class Representation(StrEnum):
    """Whether the provider wants somebody to act for another person."""

    NONE = auto()
    OPTIONAL = auto()
    MANDATORY = auto()


class State(StrEnum):
    """Where a log-in is. ANSWERED and CANCELLED have an artifact that can be resolved once.

    REFUSED: over REST, the decision said no when the answer was fetched (BR-08).
    """

    STARTED = auto()
    AUTHENTICATED = auto()
    ANSWERED = auto()
    CANCELLED = auto()
    DELIVERED = auto()
    REFUSED = auto()


# In the address of the page after logging out: the authentication service did not confirm that it ended its log-in.
NOT_CONFIRMED = "bevestigd=nee"


def not_confirmed(page: str) -> str:
    """The address of that page then."""
    return f"{page}?{NOT_CONFIRMED}"
