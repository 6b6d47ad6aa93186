"""The same journey for who has no JavaScript, no mouse, or no Dutch."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Come
from tests.journeys.vocabulary import Visitor

pytestmark = pytest.mark.browser
MOST_TABS = 60
OUTLINES = """() => [null, '::after'].map(
    part => getComputedStyle(document.activeElement, part).outlineStyle)"""


def test_a_mandate_is_given_and_used_without_javascript(come: Come) -> None:
    mother, daughter = come(with_scripts=False), come(with_scripts=False)

    mother.logs_in()
    code = mother.mandates("Gemeentelijke belastingen")
    mother.sees("Wat doet u nu?")

    daughter.logs_in()
    daughter.activates(code, mother)
    daughter.browser.is_at("U bent gemachtigd")
    daughter.logs_in_at_the_municipality()
    daughter.acts_for(mother)
    daughter.sees(f"U regelt dit voor {mother.name}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus, and see that the focus shows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate(OUTLINES) != ["none", "none"], (
                f"nobody can see that {selector} has the focus"
            )
            return
    pytest.fail(f"Tab never comes at {selector}")


def enter(visitor: Visitor, selector: str) -> None:
    """Follow or press it with the keyboard."""
    tab_to(visitor.browser.page, selector)
    with visitor.browser.arriving():
        visitor.browser.page.keyboard.press("Enter")


def test_a_mandate_is_given_with_the_keyboard_only(come: Come) -> None:
    mother = come()
    mother.goes_to("/")
    keyboard = mother.browser.page.keyboard

    keyboard.press("Tab")
    keyboard.press("Enter")  # go to the content
    enter(mother, "#machtigen")
    enter(mother, "#inloggen-met-digid")
    tab_to(mother.browser.page, "#zoek")
    keyboard.type(mother.name)
    with mother.browser.arriving():
        keyboard.press("Enter")
    tab_to(mother.browser.page, "input[name=persoon]")
    keyboard.press("Space")
    enter(mother, "#inloggen")

    tab_to(mother.browser.page, "#zoek")
    keyboard.type("afval")
    with mother.browser.arriving():
        keyboard.press("Enter")
    enter(mother, "main .services a")
    enter(mother, "#kiezen")
    enter(mother, "#verder")
    tab_to(mother.browser.page, "input[name=einde]")
    keyboard.press("Space")
    enter(mother, "#verder")
    enter(mother, "#overslaan")
    tab_to(mother.browser.page, "#id_toestemming")
    keyboard.press("Space")
    enter(mother, "#geven")

    mother.browser.is_at("Uw machtigingscode")
    assert mother.code_on_the_page()


def test_who_forgets_something_is_led_to_it_with_the_keyboard(come: Come) -> None:
    daughter = come()
    daughter.logs_in()
    daughter.goes_to("/code/")
    page = daughter.browser.page

    enter(daughter, "#verder")
    daughter.sees("Vul de machtigingscode in.", "Vul het burgerservicenummer (BSN) in.")
    assert page.title().startswith("Fout:")
    enter_link = page.locator("main a[href='#id_code']")
    enter_link.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("BCDF")

    assert page.locator("#id_code").input_value() == "BCDF"


def test_everything_can_be_done_in_english(come: Come) -> None:
    mother, daughter = come(language="en"), come(language="en")

    mother.goes_to("/")
    mother.browser.is_at("Let somebody help you with the government")
    mother.logs_in()
    mother.browser.is_at("My mandates")
    code = mother.mandates("Municipal taxes")
    mother.browser.is_at("Your authorisation code")

    daughter.logs_in()
    daughter.enters(code, mother.bsn)
    daughter.sees("Your representative may view and pay your tax bills.")
    daughter.browser.clicks("#ja")
    daughter.sees(mother.name)

    daughter.browser.opens(f"{daughter.site.provider_address}/")
    if daughter.browser.page.locator("button[value=en]").count():
        daughter.browser.presses("English", within="header")
    daughter.browser.clicks("#belastingen-iemand-anders")
    daughter.browser.follows("English", within="header")
    daughter.browser.presses("Log in with DigiD")
    daughter.says_who_they_are()
    daughter.acts_for(mother)
    daughter.sees(f"You are {daughter.name}.", mother.name)

    mother.opens_the_mandate("Municipal taxes")
    mother.browser.follows("Revoke")
    mother.browser.clicks("#ja")
    mother.sees("The mandate has ended")
