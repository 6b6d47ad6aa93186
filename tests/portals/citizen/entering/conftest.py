"""The catalogue of the conformance tests, authentication services that answer over TLS, and a browser of a person."""

from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from tests.interfaces.saml.conftest import loaded, saml_data, saml_settings, world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.interfaces.saml.authentication_service import AuthenticationService
    from tests.interfaces.saml.catalogue import World
    from tests.portals.citizen.entering.visiting import Visitor

__all__ = ["loaded", "saml_data", "saml_settings", "world"]


@pytest.fixture
def digid(world: "World") -> "Iterator[AuthenticationService]":
    """The service at which people log in."""
    from tests.portals.citizen.entering.visiting import answering

    with answering() as service:
        yield service


@pytest.fixture
def eherkenning(world: "World", settings: Settings) -> "Iterator[AuthenticationService]":
    """The service at which employees log in, beside the other."""
    from tests.interfaces.saml import parties
    from tests.portals.citizen.entering.visiting import answering, pin_eherkenning

    pin_eherkenning(world, settings)
    with answering(parties.EHERKENNING) as service:
        yield service


@pytest.fixture
def visitor(digid: "AuthenticationService") -> "Visitor":
    """Somebody with a browser."""
    from tests.portals.citizen.entering.visiting import Visitor

    return Visitor(digid)


@pytest.fixture
def colleague(eherkenning: "AuthenticationService") -> "Visitor":
    """An employee with a browser."""
    from tests.portals.citizen.entering.visiting import Visitor

    return Visitor(eherkenning)
