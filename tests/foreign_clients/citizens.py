"""What people do at the pages of Volmacht in a browser without a screen: log in, mandate somebody, accept a code.

For what has to be there before a test begins; journeys do the same in a real browser.
"""

from http import HTTPStatus

from tests.foreign_clients.web_browser import Browser


def log_in(browser: Browser, volmacht: str) -> None:
    """As the person of this browser, at the highest level they have; `volmacht` is its address."""
    browser.opens(f"{volmacht}/inloggen/")
    browser.presses("inloggen-met-digid")


def mandate(browser: Browser, volmacht: str, service: str, months: str) -> str:
    """Let somebody new use a service (by its Dutch name) from today; returns the code.

    `months` is month, year or maximum.
    """
    browser.opens(f"{volmacht}/machtigen/dienst/?zoek={service}")
    browser.follows(service)
    browser.presses("kiezen")
    browser.presses("verder", gemachtigde="nieuw")
    browser.presses("verder", einde=months)
    if browser.has("overslaan"):
        browser.presses("overslaan")
    browser.presses("geven", toestemming="on")
    return browser.text_of("code-display__code")


def accept(browser: Browser, volmacht: str, code: str, bsn: str) -> None:
    """Enter a code with the BSN of who is helped, and accept what it brings."""
    browser.opens(f"{volmacht}/code/")
    browser.presses("verder", code=code, bsn=bsn)
    browser.presses("ja")
    assert browser.status == HTTPStatus.OK, browser.answer.url
