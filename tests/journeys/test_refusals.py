"""Every "no" that people can meet says what is wrong, and what they can do."""

from datetime import date, timedelta

import pytest

from tests.journeys.conftest import Come
from tests.journeys.people import Crowd, character, in_case, somebody_of_fifteen
from tests.journeys.site import Site
from tests.journeys.vocabulary import HELP_AT_HOME, Visitor
from volmacht.portals.shared.dates import written_date
from volmacht.rules.assurance import LevelOfAssurance

pytestmark = pytest.mark.browser
SERVICE = "Gemeentelijke belastingen"


def a_pair(come: Come, crowd: Crowd, site: Site | None = None) -> tuple[Visitor, Visitor]:
    """Somebody who is logged in, and a helper who can log in at the level of every service."""
    helped = come(at=site)
    helped.has_logged_in()
    helper = come(crowd.somebody(LevelOfAssurance.SUBSTANTIAL), at=site)
    helper.has_logged_in()
    return helped, helper


def test_a_mandate_for_one_service_opens_no_other(come: Come, crowd: Crowd) -> None:
    helped, helper = a_pair(come, crowd)
    helper.has_activated(helped.has_mandated(SERVICE), helped)

    helper.logs_in_at_the_municipality(HELP_AT_HOME)

    helper.must_be_told("Niemand heeft u nu gemachtigd voor Hulp thuis (Wmo).", "Wat kunt u doen?")
    assert helper.browser.main.get_by_role("button", name=helped.name).count() == 0


def test_a_password_alone_is_not_enough(come: Come, crowd: Crowd) -> None:
    helped, helper = a_pair(come, crowd)
    helper.has_activated(helped.has_mandated(SERVICE), helped)

    helper.logs_in_at_the_municipality(level=LevelOfAssurance.BASIC)

    helper.browser.is_at("Inloggen met DigiD (nagemaakt)")  # the log-in service asks for more itself
    helper.must_be_told("Dit niveau is te laag voor deze dienst.")
    helper.browser.clicks("#annuleren")
    helper.sees("U bent gestopt met inloggen.")


def test_who_logs_in_with_a_password_alone_cannot_mandate_for_what_needs_more(come: Come) -> None:
    helped = come()
    helped.logs_in(LevelOfAssurance.BASIC)

    helped.looks_at(SERVICE)

    helped.must_be_told("U moet op een veiligere manier inloggen")
    assert helped.browser.page.locator("#kiezen").count() == 0


def test_a_mandate_begins_on_its_first_day_and_ends_after_its_last(
    come: Come, crowd: Crowd, own_site: Site
) -> None:
    begin = date.today() + timedelta(days=60)  # noqa: DTZ011 - a day far from now
    helped, helper = a_pair(come, crowd, own_site)
    helper.activates(helped.mandates(SERVICE, first=begin), helped)
    helper.sees(f"U mag dit straks regelen voor {helped.name}", written_date(begin))
    other = come(at=own_site)
    other.has_logged_in()
    helper.has_activated(other.has_mandated(SERVICE, "month"), other)

    helper.logs_in_at_the_municipality()
    helper.browser.unfolds("Staat iemand er niet bij?")
    helper.must_be_told(f"{helped.name}: De machtiging is nog niet begonnen", written_date(begin))
    helper.acts_for(other)

    helper.goes_to("/proef/")
    helper.browser.presses("90 dagen verder")
    helper.sees("De klok is verzet.")
    helper.logs_in_at_the_municipality()
    helper.browser.unfolds("Staat iemand er niet bij?")
    helper.must_be_told(f"{other.name}: De machtiging is gestopt", "de laatste dag is voorbij")
    helper.acts_for(helped)
    helper.sees(f"U regelt dit voor {helped.name}")


def test_who_died_can_no_longer_be_represented(come: Come, crowd: Crowd, site: Site) -> None:
    helped, helper = a_pair(come, crowd)
    code = helped.has_mandated(SERVICE)
    site.somebody_dies(helped.bsn, (date.today() - timedelta(days=1)).isoformat())  # noqa: DTZ011 - about now

    helper.enters(code, helped.bsn)

    helper.must_be_told("Deze persoon is overleden", "Bent u nabestaande?")


def test_the_widow_reads_why_she_cannot_act_for_her_late_husband(come: Come) -> None:
    widow, husband = come(character("widow")), character("deceased")

    widow.logs_in_at_the_municipality()

    widow.browser.unfolds("Staat iemand er niet bij?")
    widow.must_be_told(f"{husband.used_name}: Deze persoon is overleden", "Bent u nabestaande?")


def test_who_is_under_guardianship_reads_that_the_guardian_decides(come: Come) -> None:
    peter = come(in_case("under_guardianship"))
    peter.has_logged_in()

    peter.goes_to("/machtigen/dienst/")

    peter.must_be_told("U staat onder curatele", "Neem contact op met uw curator.")


def test_the_neighbour_reads_why_he_cannot_act_for_who_is_under_guardianship(come: Come) -> None:
    neighbour, peter = come(character("neighbour")), character("under-guardianship")

    neighbour.logs_in_at_the_municipality()

    neighbour.browser.unfolds("Staat iemand er niet bij?")
    neighbour.must_be_told(f"{peter.used_name}: Deze persoon staat onder curatele")
    assert neighbour.browser.main.get_by_role("button", name=peter.used_name).count() == 0


def test_nobody_mandates_themselves(come: Come) -> None:
    mother = come()
    mother.has_logged_in()
    code = mother.has_mandated(SERVICE)

    mother.enters(code, mother.bsn)

    mother.must_be_told("U vulde uw eigen BSN in", "Vul het BSN in van degene van wie u de code kreeg.")


def test_a_child_cannot_mandate_yet(come: Come) -> None:
    child = come(somebody_of_fifteen())
    child.has_logged_in()

    child.goes_to("/machtigen/dienst/")

    child.must_be_told("U bent nog te jong", "Een ouder of voogd kan uw zaken regelen.")
