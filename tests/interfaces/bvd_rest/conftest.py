"""The catalogue, keys and browser of the SAML tests, with two clients that ask over REST."""

from typing import TYPE_CHECKING

import pytest

from tests.interfaces.saml.conftest import ad, browser, loaded, saml_data, saml_settings, world

if TYPE_CHECKING:
    from tests.interfaces.bvd_rest.entrance import Entrance
    from tests.interfaces.saml.catalogue import World

__all__ = [
    "ad",
    "browser",
    "client_ids",
    "entrance",
    "loaded",
    "other",
    "saml_data",
    "saml_settings",
    "world",
]


@pytest.fixture
def client_ids(world: "World") -> None:
    """An authentication service and a routing service are registered, as employees do."""
    from tests.interfaces.bvd_rest.entrance import register

    register(world)


@pytest.fixture
def entrance(client_ids: None) -> "Entrance":
    """The authentication service."""
    from tests.interfaces.bvd_rest.entrance import Entrance, in_process
    from tests.interfaces.saml import parties
    from tests.interfaces.saml.asking import certificate_of

    return Entrance(in_process(certificate_of(parties.AD)))


@pytest.fixture
def other(client_ids: None) -> "Entrance":
    """The routing service, another client."""
    from tests.interfaces.bvd_rest.entrance import Entrance, in_process
    from tests.interfaces.saml import parties
    from tests.interfaces.saml.asking import certificate_of

    return Entrance(in_process(certificate_of(parties.RD)))
