"""The browser's own back and forward buttons work at each step, also after something was filled in wrong."""

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import Crowd
from tests.journeys.vocabulary import Visitor
from volmacht.rules.assurance import LevelOfAssurance

pytestmark = pytest.mark.browser
WHO, HOW_LONG, EMAIL, CHECK = (
    "Wie mag u helpen?",
    "Hoe lang mag iemand u helpen?",
    "Wilt u e-mail van ons krijgen?",
    "Kijk alles na",
)
WRONG = "Er is iets niet goed ingevuld"


def comes_back(visitor: Visitor, heading: str) -> None:
    """After an error: back to the page as it was, and forward to what was typed and what is wrong with it."""
    visitor.browser.sees(WRONG)
    visitor.browser.goes_back()
    visitor.browser.is_at(heading)
    visitor.browser.does_not_see(WRONG)
    visitor.browser.page.go_forward()
    visitor.browser.arrives()
    visitor.browser.sees(WRONG)
    visitor.browser.page.reload()
    visitor.browser.sees(WRONG)


@pytest.mark.parametrize("with_scripts", [True, False])
def test_back_works_after_an_error_at_each_step_of_giving_a_mandate(come: Come, with_scripts: bool) -> None:
    mother = come(with_scripts=with_scripts)
    mother.has_logged_in()
    mother.looks_at("Gemeentelijke belastingen")
    mother.browser.clicks("#kiezen")
    mother.browser.is_at(WHO)
    mother.browser.clicks("#verder")

    mother.browser.page.locator("#id_begin_day").fill("32")
    mother.browser.clicks("#verder")
    comes_back(mother, HOW_LONG)
    assert mother.browser.page.locator("#id_begin_day").input_value() == "32"
    mother.browser.goes_back()
    mother.says_how_long()

    mother.browser.fills_in("E-mailadres", "moeder")
    mother.browser.clicks("#bewaren")
    comes_back(mother, EMAIL)
    assert mother.browser.page.locator("#id_email").input_value() == "moeder"
    mother.browser.clicks("#overslaan")

    mother.browser.clicks("#geven")
    comes_back(mother, CHECK)

    headings = []
    for _ in range(6):
        mother.browser.goes_back()
        headings.append(mother.browser.page.get_by_role("heading", level=1).inner_text())
    assert set(headings) >= {CHECK, EMAIL, HOW_LONG, WHO}


def test_back_works_after_a_typing_error_in_a_code(come: Come) -> None:
    daughter = come()
    daughter.has_logged_in()

    daughter.enters("BCDF", "12")

    comes_back(daughter, "Code invoeren")
    assert daughter.browser.page.locator("#id_code").input_value() == "BCDF"
    assert daughter.browser.page.locator("#id_bsn").input_value() == "12"


def test_back_works_after_a_no_at_a_log_in_for_a_provider(come: Come, crowd: Crowd) -> None:
    mother, daughter = come(), come(crowd.somebody(LevelOfAssurance.SUBSTANTIAL))
    mother.has_logged_in()
    daughter.has_logged_in()
    daughter.has_activated(mother.has_mandated("Gemeentelijke belastingen"), mother)
    daughter.logs_in_at_the_municipality()
    mother.opens_the_mandate("Gemeentelijke belastingen")
    mother.browser.presses("Dit klopt niet")

    daughter.acts_for(mother)

    daughter.browser.sees("gestopt omdat iemand zei dat het niet klopt")
    assert daughter.browser.page.get_by_role("alert").count() == 1
    daughter.browser.goes_back()
    daughter.browser.is_at("Voor wie doet u dit?")
    assert daughter.browser.page.get_by_role("alert").count() == 0
    daughter.browser.page.go_forward()
    daughter.browser.arrives()
    assert daughter.browser.page.get_by_role("alert").count() == 1
