"""The demo catalogue in a test's database."""

from tests.architecture.sources import PACKAGE
from tests.kept_rows import KeptRows

FILE = PACKAGE / "demo" / "catalogue.toml"
ENTITY_ID = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"  # of Gemeente Voorbeeld


def _load() -> None:
    from volmacht.catalogue import operations
    from volmacht.parties.operations import create_staff_member

    staff = [create_staff_member(name, f"{name.lower()}@volmacht.example") for name in ("Cora", "Daan")]
    loaded = operations.load_catalogue(FILE, proposed_by=staff[0], approved_by=staff[1])
    assert isinstance(loaded, operations.Loaded), loaded


_KEPT = KeptRows(_load, apps_written=("parties", "catalogue", "audit"))


def provide() -> None:
    """Put the demo catalogue in the database."""
    _KEPT.provide()
