"""The demo catalogue, loaded with four eyes."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from tests.catalogue.building import Building

DEMO = Path(__file__).parents[2] / "src" / "volmacht" / "demo" / "catalogue.toml"
MUNICIPALITY = "urn:nl-eid-gdi:1.0:DV:00000001002220647000:entities:0001"
KEY = "sleutel-van-de-gemeente"


@pytest.fixture
def demo(two_staff: tuple[UUID, UUID]) -> tuple[UUID, UUID]:
    """The demo catalogue; gives the two employees who loaded it."""
    from volmacht.catalogue.operations import Loaded, load_catalogue

    proposer, approver = two_staff
    loaded = load_catalogue(
        DEMO, proposed_by=proposer, approved_by=approver, keys={(Environment.PRODUCTION, MUNICIPALITY): KEY}
    )
    assert isinstance(loaded, Loaded)
    return two_staff


@pytest.fixture
def building(two_staff: tuple[UUID, UUID]) -> "Building":
    """An empty catalogue and two employees who fill it."""
    from tests.catalogue.building import Building

    return Building(*two_staff)
