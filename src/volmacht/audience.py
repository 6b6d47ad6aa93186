"""Who may open a page or door: the closed list, and the decorator with which every view says so.

The gate that enforces it is `volmacht.portals.shared.audience.AudienceGate`. Whether something is *yours* is
for the operations to say.
"""

from collections.abc import Callable
from enum import StrEnum, auto
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
DECLARED = "volmacht_audience"


class Audience(StrEnum):
    """For whom a page or machine door is."""

    PUBLIC = auto()
    CITIZEN = auto()  # someone who is logged in, as represented person or as representative
    LOG_IN = auto()  # a browser in the middle of a log-in: the page checks that this log-in is its own
    DEMO = auto()  # profile demo only
    PROVIDER = auto()  # a machine of a provider: the door checks itself who is there
    OPERATIONS = auto()  # from this machine, or with the metrics token


def audience(who: Audience) -> Callable[[View], View]:
    """Declare for whom a view is. Works on functions, and on classes through `method_decorator`."""

    def declare(view: View) -> View:
        setattr(view, DECLARED, who)
        return view

    return declare


def audience_of(view: Callable[..., Any]) -> Audience | None:
    """What a view declares; None when it declares nothing."""
    found: Audience | None = getattr(view, DECLARED, None)
    return found
