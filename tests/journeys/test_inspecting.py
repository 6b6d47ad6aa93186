"""The inspection of pages itself: it finds what it is for, at both widths, and each shape of page once."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.inspecting import WIDE, Inspection

pytestmark = pytest.mark.browser
TABLE = "<table style='inline-size: 40rem'><tr><th scope=row>a<td>b</table>"
PAGE = "<!doctype html><html lang=nl><title>Proef</title><main><h1>Kop</h1>{}</main>"


@pytest.fixture
def page(browser: Browser) -> Page:
    """An empty tab, as journeys have it."""
    return browser.new_context(viewport=WIDE).new_page()


@pytest.mark.parametrize(
    ("content", "sizes"),
    [
        ("<img src=x>", {320}),  # what no width changes is asked once
        ("<p style='color: #bbb; background: #fff'>bleek</p>", {320, 1280}),
        (
            "<div style='display: flex'>" + "<button style='inline-size: 9px'>a</button>" * 2 + "</div>",
            {320, 1280},
        ),
        ("<div style='inline-size: 40rem'>breed</div>", {320}),
        ("<div style='inline-size: 90rem'>breed</div>", {320, 1280}),
        (f"<div tabindex=0 style='overflow-x: auto'>{TABLE}</div>", {320}),
        (
            f"<div tabindex=0 style='overflow-x: auto; background: linear-gradient(red, blue)'>{TABLE}</div>",
            set(),
        ),
    ],
)
def test_barriers_and_what_is_too_wide_are_found_at_each_width(
    page: Page, tmp_path: Path, content: str, sizes: set[int]
) -> None:
    page.set_content(PAGE.format(content))
    found = Inspection(tmp_path).found(page, with_scripts=True)
    assert {size for size in (320, 1280) if any(f"at {size} px" in one for one in found)} == sizes


def test_a_page_without_faults_is_fine_and_looked_at_once(page: Page, tmp_path: Path) -> None:
    page.set_content(PAGE.format("<p>Goed</p>"))
    inspection = Inspection(tmp_path)
    assert inspection.found(page, with_scripts=True) == []
    assert len(list(tmp_path.iterdir())) == 1
    page.set_content(PAGE.format("<p>Ook goed</p>"))
    assert inspection.found(page, with_scripts=True) == []
    assert len(list(tmp_path.iterdir())) == 1
