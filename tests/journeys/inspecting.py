"""What every page a journey meets must be: free of barriers (axe, WCAG 2.2 AA) and as wide as the screen.

Each shape of page is inspected once for all workers of a run, at 1280 and at 320 pixels.
"""

import re
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 800}
VARIABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/bevestigen/)[^/]+|(?<=/)[\w-]{24,}")
# What the width can change; everything else is the same at 1280 pixels as at 320, where all of it is asked.
LAYOUT = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"]

SHAPE = """() => [document.title, document.documentElement.lang,
    [...new Set([...document.querySelectorAll('body *')].map(
    e => e.tagName + '.' + e.className + (e.disabled ? '!' : '')))].sort().join(' ')]"""
BARRIERS = """only => axe.run(document, {runOnly: only, resultTypes: ['violations']})
    .then(found => found.violations.map(barrier => barrier.id + ': ' + barrier.nodes[0].html))"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
    ['wider than the screen: ' + ([...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(e => e.outerHTML.slice(0, 200))[0] ?? 'no single element')]"""

# A table that is cut off at the side of the screen must show that it scrolls: see `.table-scroll`.
CUT_UNSEEN = """() => [...document.querySelectorAll('body *')].filter(e => e.querySelector(':scope > table')
    && /auto|scroll|hidden/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).backgroundImage === 'none')
    .map(e => 'a table is cut off without a sign: ' + e.outerHTML.slice(0, 200))"""


class Inspection:
    """Remembers in a folder which shapes were inspected; `found` says what is wrong with the page that is open.

    Without scripts axe cannot run: then the width alone is inspected.
    """

    def __init__(self, seen: Path) -> None:
        self._seen = seen

    def found(self, page: Page, *, with_scripts: bool) -> list[str]:
        """What is wrong with this page; nothing when its shape was inspected before."""
        if not self._is_new(page, with_scripts=with_scripts):
            return []
        if with_scripts:
            page.evaluate(AXE)
        problems = []
        for size, only in (
            (NARROW, {"type": "tag", "values": TAGS}),
            (WIDE, {"type": "rule", "values": LAYOUT}),
        ):
            page.set_viewport_size(size)
            wrong = page.evaluate(TOO_WIDE) + page.evaluate(CUT_UNSEEN)
            if with_scripts:
                wrong += page.evaluate(BARRIERS, only)
            problems += [f"{page.url} at {size['width']} px: {problem}" for problem in wrong]
        return problems

    def _is_new(self, page: Page, *, with_scripts: bool) -> bool:
        address = VARIABLE.sub("…", page.url.partition("?")[0].partition("://")[2].partition("/")[2])
        title, language, elements = page.evaluate(SHAPE)
        shape = f"{title.rpartition('–')[2]} {address} {language} {elements} {with_scripts}"  # of the title: which site
        try:
            (self._seen / sha256(shape.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True
