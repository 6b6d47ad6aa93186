"""What journeys ask for: `site` (one installation a worker), `come` (somebody at a computer), `crowd` (who is free).

`own_site` is an installation for one test only, whose clock may be moved and which may be stopped.
"""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser

from tests.journeys.browsing import Browsing, open_browsing
from tests.journeys.inspecting import Inspection
from tests.journeys.people import Crowd
from tests.journeys.site import Site, after_first_start, installed
from tests.journeys.vocabulary import Visitor
from tools.chromium import chromium, missing
from volmacht.standins.population_register.person import Person


class Come(Protocol):
    """`come()` is somebody of the crowd; `come(person)` is that person, in a window of their own."""

    def __call__(
        self,
        person: Person | None = None,
        *,
        language: str = "nl",
        with_scripts: bool = True,
        at: Site | None = None,
    ) -> Visitor:
        """Sit down at a computer."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Without it journeys say so, and under CI they fail.

    Not for longer than a module: playwright keeps an event loop running, in which no other test may use the database.
    """
    if missing():
        reason = f"{missing()}: see tools/system.sh"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, shared_folder: Path) -> Iterator[Site]:
    """One installation for all journeys of this worker; each uses people of its own."""
    with installed(tmp_path_factory.mktemp("site"), copied_from=after_first_start(shared_folder)) as site:
        yield site


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that fails tells what the installation wrote down: the page itself gives a reference only (SE-06)."""
    report = yield
    if report.failed:
        for value in getattr(item, "funcargs", {}).values():
            if isinstance(value, Site):
                report.sections.append(("Captured log of the installation", value.told()))
    return report


@pytest.fixture
def own_site(tmp_path: Path, shared_folder: Path) -> Iterator[Site]:
    """An installation of the test's own."""
    with installed(tmp_path, copied_from=after_first_start(shared_folder)) as site:
        yield site


@pytest.fixture(scope="session")
def crowd() -> Crowd:
    """People who are in no other journey."""
    return Crowd()


@pytest.fixture(scope="session")
def inspection(shared_folder: Path) -> Inspection:
    """Shapes of pages that were inspected, shared by the workers of this run."""
    seen = shared_folder / "inspected"
    seen.mkdir(exist_ok=True)
    return Inspection(seen)


@pytest.fixture
def open_window(browser: Browser, inspection: Inspection) -> Iterator[Callable[..., Browsing]]:
    """A window for somebody without a name; at the end no page may have had a mistake in its scripts."""
    windows: list[Browsing] = []

    def opened(*, with_scripts: bool = True, language: str = "nl") -> Browsing:
        windows.append(open_browsing(browser, inspection, with_scripts=with_scripts, language=language))
        return windows[-1]

    yield opened
    for window in windows:
        window.context.close()
    assert [mistake for window in windows for mistake in window.mistakes] == []


@pytest.fixture
def come(request: pytest.FixtureRequest, open_window: Callable[..., Browsing], crowd: Crowd) -> Come:
    """People come and sit down at a computer."""

    def somebody(
        person: Person | None = None,
        *,
        language: str = "nl",
        with_scripts: bool = True,
        at: Site | None = None,
    ) -> Visitor:
        where = at or request.getfixturevalue("site")
        window = open_window(with_scripts=with_scripts, language=language)
        return Visitor(person or crowd.somebody(), where, window, language)

    return somebody
