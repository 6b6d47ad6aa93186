"""Who may open a page or door: the closed list, and the decorator with which every view says so.

The gate that enforces it is `volmacht.portals.shared.audience.AudienceGate`. Whether something is *yours* is
for the operations to say.
"""

from collections.abc import Callable
from enum import StrEnum, auto
from typing import Any, TypeVar

from volmacht.rules.roles import Permission, Right

View = TypeVar("View", bound=Callable[..., Any])
DECLARED = "volmacht_audience"
PERMISSION, RIGHT = "volmacht_permission", "volmacht_right"


class Audience(StrEnum):
    """For whom a page or machine door is."""

    PUBLIC = auto()
    CITIZEN = auto()  # someone who is logged in, as represented person or as representative
    ACCOUNT = auto()  # an employee, or a member of an organisation: whoever logged in with an account
    MEMBER = auto()  # an account that acts for an organisation now
    STAFF = auto()  # an account of an employee of the operator, with at least one role
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


def needs(permission: Permission) -> Callable[[View], View]:
    """Declare a view for employees who may do this; others get the page that says that it is not allowed."""

    def declare(view: View) -> View:
        setattr(view, DECLARED, Audience.STAFF)
        setattr(view, PERMISSION, permission)
        return view

    return declare


def needs_right(right: Right) -> Callable[[View], View]:
    """Declare a view for members who may do this for the organisation that they act for now."""

    def declare(view: View) -> View:
        setattr(view, DECLARED, Audience.MEMBER)
        setattr(view, RIGHT, right)
        return view

    return declare


def permission_of(view: Callable[..., Any]) -> Permission | None:
    """What a view for employees needs, if anything more than a role."""
    found: Permission | None = getattr(view, PERMISSION, None)
    return found


def right_of(view: Callable[..., Any]) -> Right | None:
    """What a view for members needs, if anything more than being one."""
    found: Right | None = getattr(view, RIGHT, None)
    return found
