"""Handing a message from the site to the desk, where it becomes a case (CN-23)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override

from volmacht.onboarding import operations


class Subject(StrEnum):
    """What a message is about."""

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


def take_in(message: Message) -> str:
    """The number of the case that the message became; the desk reads Dutch, whatever the page was in."""
    with override("nl"):
        subject = str(SUBJECTS[message.subject])
    return operations.ask_from_site(
        name=message.name,
        email=message.email,
        organisation=message.organisation,
        subject=subject,
        text=message.text,
    )
