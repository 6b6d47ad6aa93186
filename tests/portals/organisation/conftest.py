"""A municipality whose signatory is logged in, in an installation with a test authority."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client
from pytest_django import Settings

if TYPE_CHECKING:
    from tests.accounts import Somebody


@pytest.fixture
def signatory(db: None) -> "Somebody":
    """Signs for the municipality."""
    from tests.accounts import make_account

    return make_account("teken@testdam.example", "Tess Tekent")


@pytest.fixture
def organisation(signatory: "Somebody") -> UUID:
    """A municipality that is proven."""
    from tests.accounts import make_organisation

    return make_organisation(signatory)


@pytest.fixture
def authority(settings: Settings, tmp_path: Path) -> Path:
    """A data folder with a test authority for both environments."""
    from volmacht import clock
    from volmacht.cli.authority_files import make_authority_files
    from volmacht.config.options import Profile
    from volmacht.rules.environment import Environment

    settings.VOLMACHT = replace(settings.VOLMACHT, data=tmp_path, profile=Profile.DEMO)
    for environment in Environment:
        make_authority_files(settings.VOLMACHT, environment, clock.wall_clock())
    return tmp_path


@pytest.fixture
def member(client: Client, signatory: "Somebody", organisation: UUID) -> Client:
    """The signatory, logged in."""
    from tests.accounts import log_in

    log_in(client, signatory)
    return client
