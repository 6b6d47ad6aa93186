"""A small catalogue, our own keys, an authentication service that answers over TLS, and a browser.

`world` is rolled back after each test; what is loaded is shared by the tests of this folder, as loading takes a second.
Nothing here is committed: tests that need that are in `tests/interfaces/saml_listener`.
"""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import DjangoDbBlocker

if TYPE_CHECKING:
    from tests.interfaces.saml.authentication_service import AuthenticationService
    from tests.interfaces.saml.browsing import Browser
    from tests.interfaces.saml.catalogue import World
    from tests.interfaces.saml.representation_service import RepresentationService

URLS = "tests.interfaces.saml.both_channels"


@pytest.fixture(scope="session")
def saml_data(tmp_path_factory: pytest.TempPathFactory, django_test_environment: None) -> Path:
    """A data folder with our own keys and the authorities that we believe."""
    from django.conf import settings
    from django.test import override_settings

    from tests.interfaces.saml.catalogue import install_keys

    data = tmp_path_factory.mktemp("saml")
    with override_settings(VOLMACHT=dataclasses.replace(settings.VOLMACHT, data=data)):
        install_keys(data)
    return data


@pytest.fixture(scope="package")
def saml_settings(saml_data: Path) -> Iterator[None]:
    """Settings with that folder, and the addresses of both channels."""
    from django.conf import settings
    from django.test import override_settings

    own = dataclasses.replace(settings.VOLMACHT, data=saml_data)
    with override_settings(VOLMACHT=own, ROOT_URLCONF=URLS, PREPRODUCTION_URLCONF=URLS):
        yield


@pytest.fixture(scope="package")
def loaded(
    saml_settings: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> "Iterator[World]":
    """The catalogue, in a transaction that is never committed."""
    from django.db import transaction

    from tests.interfaces.saml.catalogue import load

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        setattr(whole, "_from_testcase", True)  # noqa: B010 - Django's own test cases set it; its stubs hide it
        with whole:
            yield load()
            transaction.set_rollback(True)


@pytest.fixture
def world(loaded: "World") -> "Iterator[World]":
    """The catalogue; what the test does with it is undone."""
    from django.db import transaction

    from volmacht.catalogue.snapshot import CATALOGUE

    part = transaction.atomic()
    setattr(part, "_from_testcase", True)  # noqa: B010 - as above
    with part:
        yield loaded
        transaction.set_rollback(True)
    CATALOGUE.forget()


@pytest.fixture
def ad() -> "Iterator[AuthenticationService]":
    """The authentication service of this test."""
    from tests.interfaces.saml.authentication_service import AuthenticationService, back_channel
    from tests.interfaces.saml.browsing import own_keys, recipients_of

    service = AuthenticationService(own_keys, recipients_of)
    back_channel().service = service
    yield service
    back_channel().service = None


@pytest.fixture
def og() -> "Iterator[RepresentationService]":
    """The outside representation service of this test."""
    from tests.interfaces.saml import parties
    from tests.interfaces.saml.authentication_service import back_channel
    from tests.interfaces.saml.browsing import own_keys, recipients_of
    from tests.interfaces.saml.representation_service import RepresentationService

    service = RepresentationService(own_keys, recipients_of, entity_id=parties.OG)
    back_channel().others[parties.OG] = service
    yield service
    del back_channel().others[parties.OG]


@pytest.fixture
def second_ad(world: "World") -> "Iterator[AuthenticationService]":
    """Another service at which people can log in, pinned for this test."""
    from tests.interfaces.saml import parties
    from tests.interfaces.saml.authentication_service import AuthenticationService, back_channel
    from tests.interfaces.saml.browsing import own_keys, recipients_of
    from tests.interfaces.saml.catalogue import pin_second_ad

    pin_second_ad(world)
    service = AuthenticationService(own_keys, recipients_of, entity_id=parties.SECOND_AD)
    back_channel().others[parties.SECOND_AD] = service
    yield service
    del back_channel().others[parties.SECOND_AD]


@pytest.fixture
def browser(world: "World", ad: "AuthenticationService") -> "Browser":
    """A browser."""
    from tests.interfaces.saml.browsing import Browser

    return Browser(world, ad)
