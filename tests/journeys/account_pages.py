"""The pages of who has an account, found by their links: one of each shape, for looking at them and for axe.

Used by the journeys and by `tools.screenshots`. Everybody is become in one click, on /proef/.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tests.journeys.browsing import Browsing

VARIABLE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=/)[A-Z]-[0-9]{4}-[0-9]+")
LINKS = "main a[href], nav a[href]"
WITHIN = ("/account/", "/organisatie/", "/bureau/")
FILES = (".csv", ".pdf", ".txt", ".toml", "/bestand/")
# By name on /proef/, with the organisation where they sign for several.
HOLDERS = (
    ("Floor van Rijn", ""),
    ("Marit Dekker", ""),
    ("Wieke Adema", "Gemeente Lindenhaven"),
    ("Jurre Bosman", "Gemeente Hazelaarschot"),
    ("Bente Aarts", ""),
)
EMPLOYEES = (("Nadia Vermeer", ""), ("Joost Brinkman", ""), ("Henk de Boer", ""), ("Lieke Santos", ""))


def become(
    window: Browsing, address: str, name: str, organisation: str = "", *, language: str = "nl"
) -> None:
    """Be somebody with an account, for one of their organisations."""
    before = "/en" if language == "en" else ""
    window.opens(f"{address}{before}/proef/")
    window.clicks(f".people__person:has(h3:text-is('{name}')) button")
    if organisation:
        window.opens(f"{address}{before}/account/kiezen/")
        window.clicks(f"main form button:text-is('{organisation}')")


def pages_by_links(window: Browsing, most: int = 40) -> Iterator[str]:
    """Every page within the portals that can be reached from the open one; each is open when it is given.

    Of pages that differ only in which thing they are about, the first.
    """
    begin = window.page.url
    waiting, seen = [begin], {_shape(begin)}
    while waiting and most:
        address = waiting.pop(0)
        window.opens(address)
        most -= 1
        yield name_of(address)
        for link in window.page.locator(LINKS).evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        ):
            found = urljoin(address, str(link)).partition("#")[0]
            same_language = _is_english(found) is _is_english(begin)
            if same_language and _is_page(found) and _shape(found) not in seen:
                seen.add(_shape(found))
                waiting.append(found)


def name_of(address: str) -> str:
    """A file name for a page."""
    return re.sub(r"[^a-z0-9]+", "-", _shape(address).removeprefix("/en").lower()).strip("-")


def _is_english(address: str) -> bool:
    return urlsplit(address).path.startswith("/en/")


def _shape(address: str) -> str:
    return VARIABLE.sub("x", urlsplit(address).path)


def _is_page(address: str) -> bool:
    path = urlsplit(address).path.removeprefix("/en")
    return path.startswith(WITHIN) and not any(part in path for part in FILES)
