"""A data folder of the test's own, in which no entity has keys yet."""

import dataclasses
from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VOLMACHT = dataclasses.replace(settings.VOLMACHT, data=tmp_path)
