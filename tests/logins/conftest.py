"""A mother who mandated her daughter for her municipal taxes, and the connection of the municipality."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.mandates.scene import Someone

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


@pytest.fixture
def at_noon(clock_at: Callable[[datetime], None], demo_catalogue: None) -> None:
    """Noon in Amsterdam on 23 November 2026, with the demo catalogue."""
    clock_at(NOON)


@pytest.fixture
def mother(at_noon: None) -> "Someone":
    """Gave a mandate, or is about to."""
    from tests.mandates.scene import main_character

    return main_character("mother")


@pytest.fixture
def daughter(at_noon: None) -> "Someone":
    """Logs in."""
    from tests.mandates.scene import main_character

    return main_character("daughter")
