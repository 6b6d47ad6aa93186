"""What anybody does in a browser: open, follow, press, fill in, read. Every page that comes is inspected."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.journeys.inspecting import WIDE, Inspection

expect.set_options(timeout=10_000)
PAGE_REFUSED = "Failed to load resource: the server responded with a status of 4"  # the page says why


class Browsing:
    """One person's browser, with one tab."""

    def __init__(
        self, context: BrowserContext, inspection: Inspection | None, *, with_scripts: bool = True
    ) -> None:
        self.context = context
        self.page: Page = context.new_page()
        self._inspection = inspection
        self._with_scripts = with_scripts
        self.mistakes: list[str] = []
        self.secrets: list[str] = []
        context.on("weberror", lambda error: self.mistakes.append(str(error.error)))
        context.on("console", self._hear)

    def _hear(self, line: ConsoleMessage) -> None:
        if line.type == "error" and not line.text.startswith(PAGE_REFUSED):
            self.mistakes.append(f"{line.text} ({line.location})")

    @property
    def main(self) -> Locator:
        """The page without its frame."""
        return self.page.locator("main")

    def opens(self, address: str) -> None:
        """Type an address."""
        self.page.goto(address)
        self.arrives()

    def goes_back(self) -> None:
        """The browser's own button."""
        self.page.go_back()
        self.arrives()

    def follows(self, text: str, within: str = "main") -> None:
        """Click a link that says this."""
        with self.arriving():
            self.page.locator(within).get_by_role("link", name=text, exact=True).click()

    def presses(self, text: str, within: str = "main") -> None:
        """Press a button that says this."""
        with self.arriving():
            self.page.locator(within).get_by_role("button", name=text, exact=True).click()

    def clicks(self, selector: str) -> None:
        """Press or follow what has a stable id, whatever the language."""
        with self.arriving():
            self.page.locator(selector).click()

    def fills_in(self, label: str, text: str) -> None:
        """Type into the box with this label."""
        self.main.get_by_label(label).fill(text)

    def chooses(self, label: str | re.Pattern[str]) -> None:
        """Mark the choice with this label."""
        self.main.get_by_label(label).check()

    def unfolds(self, text: str) -> None:
        """Open what is folded under these words, unless it is open."""
        fold = self.main.locator("details").filter(has=self.page.locator("summary", has_text=text))
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()

    def downloads(self, text: str) -> Path:
        """Follow a link that gives a file."""
        with self.page.expect_download() as download:
            self.main.get_by_role("link", name=text, exact=True).click()
        return Path(download.value.path())

    def sees(self, *texts: str) -> None:
        """All of this stands on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """None of this stands on the page."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def is_at(self, heading: str) -> None:
        """The page with this heading is open."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    @contextmanager
    def arriving(self) -> Iterator[None]:
        """What is done in the block brings another page."""
        with self.page.expect_navigation():
            yield
        self._is_passed_on()
        self.arrives()

    def _is_passed_on(self) -> None:
        """A page between two sites posts itself; without scripts one presses its button."""
        between = self.page.locator("#verder-knop")
        if self._with_scripts:
            between.wait_for(state="detached")
            self.page.wait_for_load_state()
        elif between.count():
            with self.page.expect_navigation():
                between.click()

    def arrives(self) -> None:
        """Another page is open: it must be free of barriers, and its address and title give no number away."""
        for secret in self.secrets:
            assert secret not in self.page.url + self.page.title(), "a BSN stands in an address or a title"
        if self._inspection is not None:
            found = self._inspection.found(self.page, with_scripts=self._with_scripts)
            assert not found, "\n".join(found)


def open_browsing(
    browser: Browser, inspection: Inspection | None, *, with_scripts: bool = True, language: str = "nl"
) -> Browsing:
    """A browser window of one's own: nothing is shared with other windows."""
    context = browser.new_context(
        viewport=WIDE, locale={"nl": "nl-NL", "en": "en-GB"}[language], java_script_enabled=with_scripts
    )
    context.set_default_timeout(20_000)
    return Browsing(context, inspection, with_scripts=with_scripts)
