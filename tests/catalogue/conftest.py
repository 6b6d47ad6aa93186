"""The demo catalogue, loaded with four eyes."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from tests.catalogue.building import Building
    from tests.kept_rows import KeptRows

DEMO = Path(__file__).parents[2] / "src" / "volmacht" / "demo" / "catalogue.toml"
MUNICIPALITY = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"


@pytest.fixture(scope="session")
def kept_demo() -> "KeptRows":
    """Loads the demo catalogue into the database of a test."""
    from tests.kept_rows import KeptRows
    from volmacht.catalogue.operations import Loaded, load_catalogue
    from volmacht.parties.operations import create_staff_member

    def load() -> None:
        staff = [create_staff_member(name, f"{name.lower()}@volmacht.example") for name in ("Cora", "Daan")]
        loaded = load_catalogue(DEMO, proposed_by=staff[0], approved_by=staff[1])
        assert isinstance(loaded, Loaded)

    return KeptRows(load, apps_written=("parties", "catalogue", "audit"))


@pytest.fixture
def demo(db: None, kept_demo: "KeptRows", request: pytest.FixtureRequest) -> tuple[UUID, UUID]:
    """The demo catalogue; gives two employees."""
    kept_demo.provide()
    two_staff: tuple[UUID, UUID] = request.getfixturevalue("two_staff")  # after it: they are recorded too
    return two_staff


@pytest.fixture
def building(two_staff: tuple[UUID, UUID]) -> "Building":
    """An empty catalogue and two employees who fill it."""
    from tests.catalogue.building import Building

    return Building(*two_staff)
