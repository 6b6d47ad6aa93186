"""What becomes of a mandate: given again without a code, made shorter, longer, given up, or not right at all."""

from datetime import date

import pytest

from tests.journeys.conftest import Come
from tests.journeys.vocabulary import BOTH_TAXES, Visitor
from volmacht.portals.shared.dates import written_date
from volmacht.rules.periods import add_months

pytestmark = pytest.mark.browser
PARKING = "Parkeervergunning"


def knowing_one_another(come: Come) -> tuple[Visitor, Visitor]:
    """Somebody, and who helps them with parking."""
    helped, helper = come(), come()
    helped.has_logged_in()
    helper.has_logged_in()
    helper.has_activated(helped.has_mandated(PARKING), helped)
    return helped, helper


def test_who_helped_before_is_mandated_without_a_code_and_may_give_it_up(come: Come) -> None:
    helped, helper = knowing_one_another(come)

    helped.looks_at("Gemeentelijke belastingen")
    helped.browser.presses("Kies deze dienst")
    helped.sees("Dan is er geen code nodig.")
    helped.browser.chooses(helper.name)
    helped.browser.presses("Verder")
    helped.says_how_long(months="month")
    helped.browser.presses("Verder zonder e-mail")
    helped.browser.is_at("Kijk alles na")
    helped.sees(helper.name)
    helped.browser.chooses("Ja, dat mag")
    helped.browser.presses("Geef de machtiging")
    helped.browser.is_at("De machtiging is gegeven")
    helped.sees(f"{helper.name} mag u vanaf nu helpen.")

    helper.logs_in_at_the_municipality()
    helper.acts_for(helped)
    helper.sees(f"U regelt dit voor {helped.name}")

    helper.opens_the_mandate("Gemeentelijke belastingen", received=True)
    helper.browser.follows("Stoppen met deze machtiging")
    helper.browser.presses("Ja, ik stop ermee")
    helper.sees("De machtiging is gestopt", f"U kunt niets meer regelen voor {helped.name}")

    helped.goes_to("/mijn/machtigingen/?toon=gestopt")
    helped.sees("gestopt door de gemachtigde")


def test_a_mandate_is_made_shorter_and_smaller_by_either_and_longer_only_by_who_gave_it(come: Come) -> None:
    helped, helper = knowing_one_another(come)
    helped.mandates(BOTH_TAXES, somebody=helper, months="maximum")

    # The helper wants less work, and ends the part about the water board.
    helper.opens_the_mandate(BOTH_TAXES, received=True)
    helper.sees("Gemeentelijke belastingen", "Waterschapsbelasting")
    helper.browser.follows("Korter of kleiner maken")
    helper.browser.main.get_by_label("Waterschapsbelasting").uncheck()
    helper.browser.presses("Pas de machtiging aan")
    helper.sees("De machtiging is aangepast", "Weggehaald, en dus niet meer:")
    helper.browser.does_not_see("Verlengen")

    # Whom it is about makes it shorter, and then longer again.
    soon = add_months(date.today(), 2)  # noqa: DTZ011 - a day in a form, far from midnight's edge
    helped.opens_the_mandate(BOTH_TAXES)
    helped.browser.follows("Korter maken")
    for part, number in (("Dag", soon.day), ("Maand", soon.month), ("Jaar", soon.year)):
        helped.browser.fills_in(part, str(number))
    helped.browser.presses("Pas de machtiging aan")
    helped.sees("De machtiging is aangepast", written_date(soon))

    helped.browser.follows("Verlengen")
    helped.browser.chooses("Zo lang mogelijk")
    helped.browser.presses("Verleng de machtiging")
    helped.sees("De machtiging is verlengd")
    helped.browser.does_not_see(written_date(soon) + ".")


def ends_soon(helped: Visitor, helper: Visitor, *services: str) -> None:
    """Mandates of a month, to somebody known: their end is near enough to ask for more."""
    for service in services:
        helped.mandates(service, somebody=helper, months="month")


def test_who_helps_asks_for_many_renewals_at_once_and_each_gets_its_own_answer(come: Come) -> None:
    helped, helper = knowing_one_another(come)
    ends_soon(helped, helper, "AOW-pensioen", "Toeslagen", "Kinderbijslag")

    # By keyboard: everything on the page is ticked, and one is taken away again.
    helper.goes_to("/mijn/machtigingen/?kant=ontvangen")
    helper.browser.follows("Vraag om verlenging")
    helper.sees("AOW-pensioen", "Toeslagen", "Kinderbijslag")
    helper.browser.does_not_see(PARKING)
    with helper.browser.arriving():
        helper.browser.page.locator("#alles-aan").press("Enter")
    helper.browser.main.get_by_label("Kinderbijslag").press("Space")
    with helper.browser.arriving():
        helper.browser.page.locator("#vraag").press("Enter")
    helper.browser.is_at("Uw vraag om verlenging")
    helper.sees("U hebt gevraagd om 2 machtigingen te verlengen", "AOW-pensioen", "Toeslagen")
    helper.browser.does_not_see("Kinderbijslag")

    # Whom it is about sees both questions, renews one and says no to the other.
    helped.goes_to("/mijn/machtigingen/")
    helped.sees("Wacht op uw antwoord (2)", f"{helper.name} vraagt of u de machtiging wilt verlengen.")
    helped.browser.follows(f"Ja, verlengen (AOW-pensioen, {helper.name})")
    helped.browser.chooses("Zo lang mogelijk")
    helped.browser.presses("Verleng de machtiging")
    helped.sees("De machtiging is verlengd")
    helped.goes_to("/mijn/machtigingen/")
    helped.sees("Wacht op uw antwoord (1)")
    helped.browser.presses(f"Nee, niet verlengen (Toeslagen, {helper.name})")
    helped.sees("U hebt nee gezegd", "Op de vraag om te verlengen is nee gezegd (u)")

    helper.opens_the_mandate("Toeslagen", received=True)
    helper.sees("Op uw vraag is nee gezegd.")


@pytest.mark.parametrize("with_scripts", [True, False])
def test_asking_and_answering_work_in_english_with_and_without_scripts(
    come: Come, with_scripts: bool
) -> None:
    helped, helper = knowing_one_another(come)
    ends_soon(helped, helper, "AOW-pensioen", "Toeslagen")
    asks = come(helper.person, language="en", with_scripts=with_scripts)
    answers = come(helped.person, language="en", with_scripts=with_scripts)
    asks.has_logged_in()
    answers.has_logged_in()

    asks.goes_to("/mijn/machtigingen/verlenging-vragen/")
    asks.browser.clicks("#vraag")
    asks.must_be_told("Tick at least one mandate.")
    asks.browser.clicks("#alles-aan")
    asks.browser.clicks("#vraag")
    asks.sees("You asked to renew 2 mandates")

    answers.goes_to("/mijn/machtigingen/")
    answers.sees("Waiting for your answer (2)")
    answers.browser.presses(f"No, do not renew (State pension (AOW), {helper.name})")
    answers.sees("You said no")


def test_one_click_stops_what_is_not_right(come: Come) -> None:
    helped, helper = knowing_one_another(come)

    helped.opens_the_mandate(PARKING)
    helped.browser.presses("Dit klopt niet")

    helped.sees("Goed dat u het zegt. De machtiging is gestopt", "Wat u nu het beste kunt doen")
    helper.goes_to("/mijn/machtigingen/?kant=ontvangen&toon=gestopt")
    helper.sees(PARKING, "gestopt omdat iemand zei dat het niet klopt")


def test_a_request_that_is_not_right_is_stopped_in_one_click_too(come: Come) -> None:
    helped, helper = come(), come()
    helped.has_logged_in()
    code = helped.mandates(PARKING)

    helped.goes_to("/mijn/machtigingen/")
    helped.browser.follows(PARKING)
    helped.browser.presses("Dit klopt niet")
    helped.sees("Wij hebben de aanvraag gestopt")

    helper.has_logged_in()
    helper.enters(code, helped.bsn)
    helper.must_be_told("Deze aanvraag is ingetrokken")
