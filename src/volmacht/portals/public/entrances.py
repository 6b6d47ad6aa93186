"""The three entrances for who wants to connect or is connected, and the way from a plan into an application (CN-17).

They lead to the portal for organisations, which this portal knows by names of addresses only.
"""

from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

START: Final = "organisation:start"


@dataclass(frozen=True, slots=True)
class Entrance:
    """A door with its address."""

    address: str
    name: Promise
    about: Promise


_ENTRANCES: Final = (
    (
        START,
        gettext_lazy("Start uw aanvraag"),
        gettext_lazy("Uw organisatie wil aansluiten. U kunt stoppen en later verdergaan."),
    ),
    (
        "organisation:new-service",
        gettext_lazy("Vraag een nieuwe dienst aan"),
        gettext_lazy("Uw organisatie is al aangesloten en wil een dienst toevoegen."),
    ),
    (
        "organisation:change",
        gettext_lazy("Geef een wijziging door"),
        gettext_lazy("Er verandert iets aan uw aansluiting, uw dienst of uw organisatie."),
    ),
)


def entrances() -> list[Entrance]:
    """In the order in which people need them."""
    return [Entrance(reverse(name), text, about) for name, text, about in _ENTRANCES]


def application_with(query: str) -> str:
    """Where an application starts with the answers of a plan."""
    return f"{reverse(START)}?{query}"
