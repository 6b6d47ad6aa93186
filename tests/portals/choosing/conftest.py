"""Noon, the demo catalogue, a mother and the daughter whose browser comes from Gemeente Voorbeeld."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tests.mandates.scene import Someone
    from tests.portals.choosing.visit import Visit

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def at_noon(clock_at: Callable[[datetime], None], demo_catalogue: None) -> None:
    """Noon in Amsterdam on 23 November 2026, with the demo catalogue."""
    clock_at(NOON)


@pytest.fixture
def mother(at_noon: None) -> "Someone":
    """Gives mandates."""
    from tests.mandates.scene import main_character

    return main_character("mother")


@pytest.fixture
def daughter(at_noon: None) -> "Someone":
    """Acts."""
    from tests.mandates.scene import main_character

    return main_character("daughter")


@pytest.fixture
def visit(client: Client, at_noon: None) -> "Visit":
    """A browser that comes from the municipality."""
    from tests.portals.choosing.visit import Visit

    return Visit(client)
