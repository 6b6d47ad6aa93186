"""Several services to choose from: why one acts for another, and where one logs in (AR-29, AR-44, ST-45)."""

from dataclasses import replace

import pytest

from tests.interfaces.saml import parties
from tests.interfaces.saml.asking import BVD, bsn_in, request
from tests.interfaces.saml.authentication_service import AuthenticationService, Says
from tests.interfaces.saml.browsing import Browser, own_keys, page_of, text_of
from tests.interfaces.saml.representation_service import CHILD, RepresentationService, States, back_from
from volmacht.catalogue.kinds import ChangeKind
from volmacht.protocols.saml.messages import REQUEST_UNSUPPORTED, RESPONDER, Scoping, Status
from volmacht.protocols.saml.status import Outcome

EITHER = Scoping(None, (BVD, parties.OG))
UNSUPPORTED = Status(RESPONDER, REQUEST_UNSUPPORTED, "not here")
WHY, WITH = "waarom", "inloggen-met"


def offered(answer: object, name: str) -> list[str]:
    """What the buttons with this name send."""
    forms = page_of(answer).forms  # type: ignore[arg-type]  # the answer of a test client
    return [value for form in forms for button, value in form.buttons if button == name]


# --- why one acts for another ---


def test_tc_40_with_two_representation_services_the_person_chooses(browser: Browser) -> None:
    page = browser.begin(request(scoping=EITHER))
    assert offered(page, WHY) == [BVD, parties.OG]
    said = text_of(page)
    assert "Iemand heeft mij gemachtigd" in said
    assert "Ouderlijk gezag" in said
    assert "Voor ouders van een kind dat jonger is dan 12 jaar." in said
    assert browser.press(page, action="/stoppen/").status_code == 303


def test_tc_40_the_page_speaks_english_too(browser: Browser) -> None:
    browser = Browser(browser.world, browser.ad, "en")
    said = text_of(browser.begin(request(scoping=EITHER)))
    assert "Somebody gave me a mandate" in said
    assert "Parental authority" in said
    assert "For parents of a child under 12." in said


def test_tc_40_who_has_a_mandate_chooses_for_whom(browser: Browser) -> None:
    first = browser.press(browser.begin(request(scoping=EITHER)), WHY, BVD)
    question = browser.to_ad(first)
    assert question.request.scoping == Scoping(None, (BVD,))
    back = browser.choose(browser.come_back(question, browser.daughter()))
    assertion = browser.hand_in(back).read(own_keys())
    assert assertion.authorities == (parties.AD, BVD)
    assert bsn_in(assertion.legal, parties.TOWN) == browser.world.mother.bsn.value


def test_tc_40_who_has_authority_goes_to_the_outside_service(
    browser: Browser, og: RepresentationService
) -> None:
    first = browser.press(browser.begin(request(scoping=EITHER)), WHY, parties.OG)
    assert "Daarna gaat u naar een andere website" in text_of(first)
    at_ad = browser.to_ad(first)
    assert at_ad.request.scoping == Scoping(None, (parties.OG,))
    question = og.receive(browser.posted_away(browser.come_back(at_ad, browser.daughter())))
    assertion = browser.hand_in(back_from(og, browser, question, States())).read(own_keys())
    assert assertion.authorities == (parties.AD, parties.OG)
    assert bsn_in(assertion.legal, parties.TOWN) == CHILD.value


def test_tc_40_for_whom_comes_before_why(browser: Browser) -> None:
    scoping = Scoping((parties.AD, BVD, parties.OG), ())
    first = browser.begin(request(scoping=scoping))
    assert offered(first, WHY) == []
    assert offered(browser.press(first, "voor", "iemand-anders"), WHY) == [BVD, parties.OG]
    again = browser.begin(request(scoping=scoping))
    own = browser.press(again, "voor", "mijzelf")
    assert browser.to_ad(own).request.scoping is None


@pytest.mark.parametrize("chosen", ["", "x", parties.AD, parties.OG[:-4] + "0007"])
def test_tc_40_what_is_not_offered_is_not_chosen(browser: Browser, chosen: str) -> None:
    page = browser.begin(request(scoping=EITHER))
    here = page.wsgi_request.path
    again = browser.follow(browser.post(here, {WHY: chosen}))
    assert again.status_code == 400
    assert "Kies waarom u dit voor iemand anders regelt" in text_of(again)
    assert offered(again, WHY) == [BVD, parties.OG]
    begin = here.removesuffix("waarom/")
    assert browser.post(begin, {})["Location"] == here  # nobody logs in before that is clear


def test_tc_40_another_choice_can_be_made_until_the_log_in(browser: Browser) -> None:
    page = browser.begin(request(scoping=EITHER))
    browser.press(page, WHY, parties.OG)
    here = page.wsgi_request.path
    first = browser.follow(browser.post(here, {WHY: BVD}))
    assert browser.to_ad(first).request.scoping == Scoping(None, (BVD,))


def test_tc_40_the_log_in_counts_for_the_service_it_was_for(
    browser: Browser, og: RepresentationService
) -> None:
    """Who goes back and chooses otherwise in another window ends where the log-in that comes first was meant for."""
    page = browser.begin(request(scoping=EITHER))
    at_ad = browser.to_ad(browser.press(page, WHY, parties.OG))
    browser.post(page.wsgi_request.path, {WHY: BVD})
    question = og.receive(browser.posted_away(browser.come_back(at_ad, browser.daughter())))
    answer = browser.hand_in(back_from(og, browser, question, States()))
    assert answer.read(own_keys()).authorities == (parties.AD, parties.OG)


def test_a_service_that_cannot_be_used_is_not_offered(browser: Browser) -> None:
    """AR-29, AR-44: with one left there is nothing to choose."""
    first = browser.begin(request(scoping=EITHER))
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    begin = browser.follow(browser.get(first.wsgi_request.path.removesuffix("waarom/")))
    assert offered(begin, WHY) == []
    assert browser.to_ad(begin).request.scoping == Scoping(None, (BVD,))


def test_what_was_chosen_and_then_cannot_be_used_is_chosen_anew(browser: Browser) -> None:
    first = browser.press(browser.begin(request(scoping=EITHER)), WHY, parties.OG)
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    page = browser.press(first, action="")
    assert offered(page, WHY) == [BVD]
    assert browser.to_ad(browser.press(page, WHY, BVD)).request.scoping == Scoping(None, (BVD,))


def test_who_cannot_be_helped_by_the_outside_service_chooses_another_way(
    browser: Browser, og: RepresentationService
) -> None:
    """ST-45: the person logs in anew, for the service that is left."""
    at_ad = browser.to_ad(browser.press(browser.begin(request(scoping=EITHER)), WHY, parties.OG))
    question = og.receive(browser.posted_away(browser.come_back(at_ad, browser.daughter())))
    page = back_from(og, browser, question, States(status=UNSUPPORTED))
    assert page.status_code == 200
    assert "Op deze manier gaat het hier niet" in text_of(page)
    assert offered(page, WHY) == [BVD]
    anew = browser.to_ad(browser.press(page, WHY, BVD))
    assert anew.request.scoping == Scoping(None, (BVD,))
    back = browser.choose(browser.come_back(anew, browser.daughter()))
    assertion = browser.hand_in(back).read(own_keys())
    assert assertion.authorities == (parties.AD, BVD)
    assert bsn_in(assertion.legal, parties.TOWN) == browser.world.mother.bsn.value


def test_a_way_that_was_refused_is_not_offered_again(browser: Browser, og: RepresentationService) -> None:
    at_ad = browser.to_ad(browser.press(browser.begin(request(scoping=EITHER)), WHY, parties.OG))
    question = og.receive(browser.posted_away(browser.come_back(at_ad, browser.daughter())))
    page = back_from(og, browser, question, States(status=UNSUPPORTED))
    here = page.wsgi_request.path
    assert browser.follow(browser.post(here, {WHY: parties.OG})).status_code == 400
    assert browser.hand_in(browser.press(page, action="/stoppen/")).status == Outcome.CANCELLED.status()


# --- where one logs in ---


def test_with_one_authentication_service_there_is_nothing_to_choose(browser: Browser) -> None:
    page = browser.begin(request())
    assert offered(page, WITH) == []
    assert "Inloggen met DigiD" in text_of(page)


def test_the_only_authentication_service_is_called_by_its_name(browser: Browser) -> None:
    browser.world.switch(ChangeKind.CHANGE_PEER, parties.AD, name="Proefpas", name_en="Test pass")
    assert "Inloggen met Proefpas" in text_of(browser.begin(request()))
    english = Browser(browser.world, browser.ad, "en")
    assert "Log in with Test pass" in text_of(english.begin(request()))


def test_with_several_authentication_services_the_person_chooses(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    """AR-44."""
    page = browser.begin(request())
    assert offered(page, WITH) == [parties.AD, parties.SECOND_AD]
    assert "Inloggen met Reispas" in text_of(page)
    assert "Inloggen met inloggen.example" in text_of(page)  # that one was given no name
    assert "Voor mensen uit een ander land" in text_of(page)
    browser.press(page, WITH, parties.SECOND_AD)
    question = second_ad.receive(browser.posted_away(browser.seen[-1]))
    back = browser.follow(browser.get(second_ad.log_in(question, browser.daughter())))
    assert browser.hand_in(back).read(own_keys()).authorities == (parties.SECOND_AD,)


def test_only_authentication_services_that_the_provider_listed_are_offered(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    page = browser.begin(request(scoping=Scoping((parties.SECOND_AD,), ())))
    assert offered(page, WITH) == []
    assert "Inloggen met Reispas" in text_of(page)
    question = second_ad.receive(browser.posted_away(browser.press(page)))
    back = browser.follow(browser.get(second_ad.log_in(question, browser.daughter())))
    assert browser.hand_in(back).status.succeeded


def test_an_authentication_service_that_cannot_be_used_is_not_offered(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    first = browser.begin(request())
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.SECOND_AD, active=False)
    page = browser.get(first.wsgi_request.path)
    assert offered(page, WITH) == []
    assert browser.hand_in(browser.come_back(browser.to_ad(page), browser.daughter())).status.succeeded


@pytest.mark.parametrize("chosen", ["", "x", parties.OG, parties.EHERKENNING])
def test_an_authentication_service_that_is_not_offered_is_not_chosen(
    browser: Browser, second_ad: AuthenticationService, chosen: str
) -> None:
    page = browser.begin(request())
    again = browser.follow(browser.post(page.wsgi_request.path, {WITH: chosen}))
    assert again.status_code == 400
    assert "Kies hoe u wilt inloggen" in text_of(again)
    assert offered(again, WITH) == [parties.AD, parties.SECOND_AD]


def test_who_cannot_log_in_in_one_way_chooses_another(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    """ST-45."""
    browser.press(browser.begin(request(), "toestand"), WITH, parties.SECOND_AD)
    question = second_ad.receive(browser.posted_away(browser.seen[-1]))
    page = browser.follow(browser.get(second_ad.log_in(question, Says(status=UNSUPPORTED))))
    assert page.status_code == 200
    assert "Zo kunt u hier niet inloggen" in text_of(page)
    assert offered(page, WITH) == []  # one is left
    back = browser.come_back(browser.to_ad(page), browser.daughter())
    assert back["Location"].endswith("&RelayState=toestand")
    assert browser.hand_in(back).read(own_keys()).authorities == (parties.AD,)


def test_when_no_way_is_left_the_provider_hears_it_in_the_words_of_the_last(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    browser.press(browser.begin(request()), WITH, parties.SECOND_AD)
    question = second_ad.receive(browser.posted_away(browser.seen[-1]))
    page = browser.follow(browser.get(second_ad.log_in(question, Says(status=UNSUPPORTED))))
    last = Says(status=replace(UNSUPPORTED, message="nor here"))
    answer = browser.hand_in(browser.come_back(browser.to_ad(page), last))
    assert answer.status == replace(UNSUPPORTED, message="nor here")


def test_an_authentication_service_that_the_provider_chose_is_not_chosen_anew(
    browser: Browser, second_ad: AuthenticationService
) -> None:
    """ST-45: a list of one is a preselection."""
    page = browser.begin(request(scoping=Scoping((parties.SECOND_AD,), ())))
    question = second_ad.receive(browser.posted_away(browser.press(page)))
    back = browser.follow(browser.get(second_ad.log_in(question, Says(status=UNSUPPORTED))))
    assert browser.hand_in(back).status == UNSUPPORTED
