"""The browser of journeys and screenshots: which program it is, and starting it.

`VOLMACHT_CHROMIUM` names one. Otherwise chromium-headless-shell is taken before chromium: the same engine without
a user interface, which needs a third less time for a page.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium")


def chosen() -> tuple[str, ...]:
    """The names of programs that will do, best first."""
    named = os.environ.get("VOLMACHT_CHROMIUM")
    return (named,) if named else NAMES


def missing() -> str:
    """Why there is no browser; empty when there is one."""
    return "" if any(map(shutil.which, chosen())) else f"no {' or '.join(chosen())} on this machine"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser. Raises RuntimeError when there is none."""
    program = next(filter(None, map(shutil.which, chosen())), None)
    if program is None:
        raise RuntimeError(f"{missing()}: see tools/system.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield browser
        browser.close()
