"""The catalogue of the conformance tests, really committed: for threads and other processes."""

from typing import TYPE_CHECKING

import pytest

from tests.interfaces.saml.conftest import ad, saml_data, saml_settings

if TYPE_CHECKING:
    from tests.interfaces.saml.authentication_service import AuthenticationService
    from tests.interfaces.saml.browsing import Browser
    from tests.interfaces.saml.catalogue import World

__all__ = ["ad", "committed_browser", "committed_world", "saml_data", "saml_settings"]


@pytest.fixture
def committed_world(saml_settings: None, committed_db: None) -> "World":
    """The catalogue; the database is restored afterwards."""
    from tests.interfaces.saml.catalogue import load

    return load()


@pytest.fixture
def committed_browser(
    committed_world: "World",
    ad: "AuthenticationService",
) -> "Browser":
    """A browser on a database in which commits are real."""
    from tests.interfaces.saml.browsing import Browser

    return Browser(committed_world, ad)
