"""A mother, her daughter and a neighbour, with the demo catalogue, at a quiet moment in November 2026."""

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
    """Gives mandates."""
    from tests.mandates.scene import main_character

    return main_character("mother")


@pytest.fixture
def daughter(at_noon: None) -> "Someone":
    """Gets mandates."""
    from tests.mandates.scene import main_character

    return main_character("daughter")


@pytest.fixture
def neighbour(at_noon: None) -> "Someone":
    """Somebody else."""
    from tests.mandates.scene import main_character

    return main_character("neighbour")
