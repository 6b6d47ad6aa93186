"""Whose service this is: Gemeente Voorbeeld, or the organisation that a file describes, for who connects and tries it.

The file is TOML, as the portal of organisations gives it to download: `name`, `entity_id`, `environment`, `volmacht`
(its address), and a `[[service]]` for each with `uuid`, `name`, `name_en` and `level` (10, 20, 25 or 30). Read once.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from volmacht.protocols.saml.entity_ids import EntityId, InvalidEntityId, Role
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin
from volmacht.standins.sample_provider import settings


class BadDescription(RuntimeError):
    """The file cannot be used; the message is for who started us."""


@dataclass(frozen=True, slots=True)
class ServiceOnOffer:
    """A service, by its ServiceUUID in Volmacht. `names` are (language, name)."""

    uuid: str
    slug: str
    names: tuple[tuple[str, str], ...]
    minimum_level: LevelOfAssurance

    @property
    def name(self) -> str:
        """In the language of the page."""
        names = dict(self.names)
        return names.get(get_language() or "nl", names["nl"])


@dataclass(frozen=True, slots=True)
class Described:
    """The organisation as it is known at Volmacht."""

    name: str
    oin: Oin
    entity_id: str
    environment: Environment
    services: tuple[ServiceOnOffer, ...]


_TOWN_OIN = Oin("00000001002220647000")
_TOWN = Described(
    "Gemeente Voorbeeld",
    _TOWN_OIN,
    str(EntityId(Role.DV, _TOWN_OIN, 1)),
    Environment.PRODUCTION,
    (
        ServiceOnOffer(
            "9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e01",
            "belastingen",
            (("nl", "Gemeentelijke belastingen"), ("en", "Municipal taxes")),
            LevelOfAssurance.MIDDLE,
        ),
        ServiceOnOffer(
            "9d3c5f0e-6b1a-4c57-8f2e-0a1b2c3d4e02",
            "hulp-thuis",
            (("nl", "Hulp thuis"), ("en", "Help at home")),
            LevelOfAssurance.SUBSTANTIAL,
        ),
    ),
)


@cache
def described() -> Described:
    """Whose service this is. Raises BadDescription."""
    if settings.VOORBEELD_DESCRIPTION is None:
        environment = Environment(settings.VOORBEELD_ENVIRONMENT)
        return Described(_TOWN.name, _TOWN.oin, _TOWN.entity_id, environment, _TOWN.services)
    return read_description(settings.VOORBEELD_DESCRIPTION)


def read_description(path: Path) -> Described:
    """A file. Raises BadDescription."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        entity_id = EntityId.parse(str(content["entity_id"]))
        services = tuple(_service(number, table) for number, table in enumerate(content["service"], start=1))
        return Described(
            str(content["name"]),
            entity_id.oin,
            str(entity_id),
            Environment(content["environment"]),
            services,
        )
    except KeyError as problem:
        raise BadDescription(f"{path} does not say {problem}") from problem
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, InvalidEntityId, ValueError) as problem:
        raise BadDescription(f"{path} cannot be used: {problem}") from problem


def volmacht_of(path: Path) -> str:
    """The address of Volmacht that a file names; empty when it names none. Raises BadDescription."""
    try:
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("volmacht", ""))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise BadDescription(f"{path} cannot be used: {problem}") from problem


def _service(number: int, table: dict[str, Any]) -> ServiceOnOffer:
    name = str(table["name"])
    return ServiceOnOffer(
        str(table["uuid"]),
        f"{_in_address(name)}-{number}",
        (("nl", name), ("en", str(table.get("name_en") or name))),
        LevelOfAssurance(int(table["level"])),
    )


def _in_address(name: str) -> str:
    """A word for addresses: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "dienst"
