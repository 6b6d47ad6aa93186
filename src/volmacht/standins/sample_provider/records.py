"""What Gemeente Voorbeeld has on file: its services, and its residents by BSN (its own copy of the register)."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

from volmacht.rules.assurance import LevelOfAssurance
from volmacht.standins.population_register.people import load_people

KINDS_OF_WASTE_TAX = (312, 388, 441)


@dataclass(frozen=True, slots=True)
class ServiceOnOffer:
    """A service of the municipality, by its ServiceUUID in Volmacht. `names` are (language, name)."""

    uuid: str
    slug: str
    names: tuple[tuple[str, str], ...]
    minimum_level: LevelOfAssurance


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident's file: name and this year's waste tax in euros."""

    name: str
    waste_tax: int


SERVICES = (
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
)


@cache
def _residents() -> dict[str, Resident]:
    return {
        person.bsn.value: Resident(
            person.used_name, KINDS_OF_WASTE_TAX[crc32(person.bsn.value.encode()) % len(KINDS_OF_WASTE_TAX)]
        )
        for person in load_people()
    }


def resident(bsn: str) -> Resident | None:
    """The file of a resident; None for somebody from elsewhere."""
    return _residents().get(bsn)


def service(slug: str) -> ServiceOnOffer | None:
    """A service by the word in its address."""
    return next((offered for offered in SERVICES if offered.slug == slug), None)


def service_with(uuid: str) -> ServiceOnOffer:
    """The service with this ServiceUUID. Raises StopIteration for one that we do not have."""
    return next(offered for offered in SERVICES if offered.uuid == uuid)
