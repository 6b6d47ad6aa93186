"""Handing a message from the site to the desk, where it becomes a case (CN-23). The only place that knows how."""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Subject(StrEnum):
    """What a message is about. Values are stored: never rename one."""

    BEGINNING = "beginning"
    TECHNOLOGY = "technology"
    CONDITIONS = "conditions"
    COSTS = "costs"
    OUTAGE = "outage"
    OTHER = "other"


SUBJECTS: Final[dict[Subject, Promise]] = {
    Subject.BEGINNING: gettext_lazy("Beginnen met aansluiten"),
    Subject.TECHNOLOGY: gettext_lazy("Techniek en metadata"),
    Subject.CONDITIONS: gettext_lazy("Voorwaarden en formulieren"),
    Subject.COSTS: gettext_lazy("Kosten en tarieven"),
    Subject.OUTAGE: gettext_lazy("Een storing"),
    Subject.OTHER: gettext_lazy("Iets anders"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody asks; `organisation` may be empty."""

    name: str
    email: str
    organisation: str
    subject: Subject
    text: str


def takes_messages() -> bool:
    """Whether cases are kept, so that a message has somewhere to go."""
    return _operation() is not None


def take_in(message: Message) -> str:
    """The number of the case that the message became. Raises RuntimeError where no cases are kept."""
    ask = _operation()
    if ask is None:
        raise RuntimeError("no cases are kept here")
    return ask(
        name=message.name,
        email=message.email,
        organisation=message.organisation,
        subject=message.subject.value,
        text=message.text,
    )


def _operation() -> Callable[..., str] | None:
    """Found by name, for as long as an installation without cases exists."""
    try:
        operations = importlib.import_module("volmacht.onboarding.operations")
    except ModuleNotFoundError:
        return None
    found: Callable[..., str] | None = getattr(operations, "ask_from_site", None)
    return found
