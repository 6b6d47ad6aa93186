"""What Gemeente Voorbeeld has on file: its residents by BSN (its own copy of the register), its services by name."""

from dataclasses import dataclass
from functools import cache
from zlib import crc32

from volmacht.standins.population_register.people import load_people
from volmacht.standins.sample_provider.described import ServiceOnOffer, described

KINDS_OF_WASTE_TAX = (312, 388, 441)


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident's file: name and this year's waste tax in euros."""

    name: str
    waste_tax: int


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
    return next((offered for offered in described().services if offered.slug == slug), None)


def service_with(uuid: str) -> ServiceOnOffer:
    """The service with this ServiceUUID. Raises StopIteration for one that we do not have."""
    return next(offered for offered in described().services if offered.uuid == uuid)
