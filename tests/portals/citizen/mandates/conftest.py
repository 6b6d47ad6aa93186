"""The people of the register's tests, each with a browser in which they are logged in; the clock stands at noon."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.utils import translation

from tests.mandates.conftest import at_noon, daughter, mother, neighbour

if TYPE_CHECKING:
    from django.test import Client

    from tests.mandates.scene import Someone

__all__ = ["at_noon", "daughter", "mother", "neighbour"]


@pytest.fixture(autouse=True)
def _nothing_counted_yet() -> Iterator[None]:
    """Some counts are remembered for minutes."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    """A page that was asked for in English leaves its language behind, for addresses that a test looks up."""
    with translation.override("nl"):
        yield


@pytest.fixture
def browser_of(at_noon: None) -> "Callable[[Someone], Client]":
    """A new browser in which somebody is logged in."""
    from tests.portals.citizen.mandates.browsing import logged_in_browser

    return logged_in_browser


@pytest.fixture
def mothers(mother: "Someone", browser_of: "Callable[[Someone], Client]") -> "Client":
    """The mother's browser."""
    return browser_of(mother)


@pytest.fixture
def daughters(daughter: "Someone", browser_of: "Callable[[Someone], Client]") -> "Client":
    """The daughter's browser."""
    return browser_of(daughter)
