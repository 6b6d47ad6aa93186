"""The example site instead of the real one, a client that stays logged in, and log lines as they are written."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from structlog.stdlib import ProcessorFormatter

from volmacht import clock

Age = Callable[..., None]


@pytest.fixture(autouse=True)
def _example_site(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.portals.shared.example_site"
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [Path(__file__).parent / "templates"]}]


@pytest.fixture
def anna(client: Client, db: None) -> Client:
    """The browser of Anna, who is logged in."""
    from tests.portals.shared.example_site import ANNA

    client.get(f"/inloggen/?als={ANNA.int}")
    return client


@pytest.fixture
def let_pass(anna: Client) -> Age:
    """Let time pass for Anna's log-in: her session says it was used, or begun, longer ago."""

    def age(*, idle: timedelta = timedelta(), since: timedelta | None = None) -> None:
        session = anna.session
        login = session["login"]
        login["last_seen"] = (clock.wall_clock() - idle).isoformat()
        if since is not None:
            login["since"] = (clock.wall_clock() - since).isoformat()
        session["login"] = login
        session.save()

    return age


@pytest.fixture
def written(caplog: pytest.LogCaptureFixture) -> Callable[[], list[str]]:
    """The lines of the log, exactly as the real handler writes them."""
    caplog.set_level(logging.INFO)
    formatters = [handler.formatter for handler in logging.getLogger().handlers]
    real = next(formatter for formatter in formatters if isinstance(formatter, ProcessorFormatter))
    return lambda: [real.format(record) for record in caplog.records]
