"""The demo catalogue in a test's database, with a key for the direct door of Gemeente Voorbeeld."""

from dataclasses import dataclass

from tests.architecture.sources import PACKAGE
from tests.kept_rows import KeptRows

FILE = PACKAGE / "demo" / "catalogue.toml"
ENTITY_ID = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"


@dataclass(frozen=True, slots=True)
class DemoCatalogue:
    """What a test must know of it: Gemeente Voorbeeld's connection has a key for the direct door."""

    key: str = "production-key-of-gemeente-voorbeeld"
    preproduction_key: str = "preproduction-key-of-gemeente-voorbeeld"
    entity_id: str = ENTITY_ID


DEMO = DemoCatalogue()


def _load() -> None:
    from volmacht.catalogue import operations
    from volmacht.parties.operations import create_staff_member
    from volmacht.rules.environment import Environment

    staff = [create_staff_member(name, f"{name.lower()}@volmacht.example") for name in ("Cora", "Daan")]
    keys = {
        (Environment.PRODUCTION, ENTITY_ID): DEMO.key,
        (Environment.PREPRODUCTION, ENTITY_ID): DEMO.preproduction_key,
    }
    loaded = operations.load_catalogue(FILE, proposed_by=staff[0], approved_by=staff[1], keys=keys)
    assert isinstance(loaded, operations.Loaded), loaded


_KEPT = KeptRows(_load, apps_written=("parties", "catalogue", "audit"))


def provide() -> DemoCatalogue:
    """Put the demo catalogue in the database."""
    _KEPT.provide()
    return DEMO
