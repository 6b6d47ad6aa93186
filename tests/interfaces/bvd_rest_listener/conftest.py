"""The catalogue and both clients, really committed: for threads and other processes."""

from typing import TYPE_CHECKING

import pytest

from tests.interfaces.saml.conftest import ad, saml_data, saml_settings
from tests.interfaces.saml_listener.conftest import committed_browser, committed_world

if TYPE_CHECKING:
    from tests.interfaces.saml.browsing import Browser

__all__ = ["ad", "browser_with_clients", "committed_browser", "committed_world", "saml_data", "saml_settings"]


@pytest.fixture
def browser_with_clients(committed_browser: "Browser") -> "Browser":
    """A browser; the clients are registered."""
    from tests.interfaces.bvd_rest.entrance import register

    register(committed_browser.world)
    return committed_browser
