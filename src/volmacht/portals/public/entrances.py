"""The three entrances for who wants to connect or is connected, and the way from a plan into an application (CN-17).

They lead to the portal for organisations, which this portal does not know; each is shown when its address exists.
"""

from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
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
    """Those that exist."""
    found = [(_address(name), text, about) for name, text, about in _ENTRANCES]
    return [Entrance(address, text, about) for address, text, about in found if address]


def application_with(query: str) -> str:
    """Where an application starts with the answers of a plan; nothing when applications cannot be started."""
    address = _address(START)
    return f"{address}?{query}" if address else ""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
