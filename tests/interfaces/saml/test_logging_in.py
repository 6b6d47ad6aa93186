"""Log-ins that succeed: own behalf, on behalf, over a cluster connection and a routing service (FL-01 to FL-05)."""

from dataclasses import replace
from urllib.parse import quote, unquote

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, Answered, bsn_in, extended, request
from tests.interfaces.saml.browsing import BOTH, MANDATORY, Browser, own_keys, page_of, text_of
from tests.interfaces.saml.routing import asked_by_rd
from volmacht.catalogue.kinds import ChangeKind
from volmacht.protocols.saml import assurance
from volmacht.protocols.saml.messages import Assertion, RequestedContext, Scoping
from volmacht.protocols.xml.names import SAML
from volmacht.rules.assurance import LevelOfAssurance

OWN, OTHER = "mijzelf", "iemand-anders"


def said(answer: Answered) -> Assertion:
    """The verified assertion of the entrance."""
    assert answer.status.succeeded, answer.status
    return answer.read(own_keys(ENTRANCE))


def assert_on_behalf(browser: Browser, assertion: Assertion, own_id: str = parties.TOWN) -> None:
    """It says that the daughter acts for her mother."""
    assert bsn_in(assertion.acting, own_id) == browser.world.daughter.bsn.value
    assert bsn_in(assertion.legal, own_id) == browser.world.mother.bsn.value
    assert assertion.authorities == (parties.AD, BVD)
    assert len(assertion.advice) == 2


def test_tc_01_own_behalf_gives_an_assertion_with_the_evidence(browser: Browser) -> None:
    assertion = said(browser.hand_in(browser.log_in(request())))
    assert len(assertion.advice) == 1
    assert assertion.legal == ()
    assert assertion.audiences == (parties.TOWN,)
    assert assertion.authorities == (parties.AD,)
    assert assertion.service_uuids == (parties.TAXES,)
    assert assertion.recipient == parties.CONSUMERS[parties.TOWN][0]
    assert bsn_in(assertion.acting, parties.TOWN) == browser.world.daughter.bsn.value


def test_tc_02_a_service_in_extensions_is_as_good_as_an_index(browser: Browser) -> None:
    service = parties.OWN_ONLY.upper()
    assertion = said(browser.hand_in(browser.log_in(extended(parties.TOWN, parties.TOWN, service))))
    assert assertion.service_uuids == (service,)


def test_tc_03_representation_that_is_required_gives_both_persons(browser: Browser) -> None:
    choosing = browser.log_in(request(scoping=MANDATORY))
    assert "Gemeente Stad" in text_of(choosing)
    assert_on_behalf(browser, said(browser.hand_in(browser.choose(choosing))))


def test_tc_04_who_chooses_own_behalf_is_not_made_known_to_the_bvd(browser: Browser) -> None:
    first = browser.begin(request(scoping=BOTH))
    question = browser.to_ad(browser.press(first, "voor", OWN))
    assert question.request.scoping is None
    assertion = said(browser.hand_in(browser.come_back(question, browser.daughter())))
    assert assertion.legal == ()


def test_tc_05_who_chooses_somebody_else_acts_for_them(browser: Browser) -> None:
    first = browser.begin(request(scoping=BOTH))
    question = browser.to_ad(browser.press(first, "voor", OTHER))
    assert question.request.scoping == Scoping(None, (BVD,))
    choosing = browser.come_back(question, browser.daughter())
    assert_on_behalf(browser, said(browser.hand_in(browser.choose(choosing))))


def test_tc_06_with_authentication_services_only_nobody_is_represented(browser: Browser) -> None:
    first = browser.begin(request(scoping=Scoping((parties.AD,), ())))
    assert not any(name == "voor" for form in page_of(first).forms for name, _ in form.buttons)
    assert said(browser.hand_in(browser.come_back(browser.to_ad(first), browser.daughter()))).legal == ()


@pytest.mark.parametrize("index", [1, 3], ids=["not-mandatable", "for-organisations-only"])
def test_tc_07_a_service_without_representation_offers_no_choice(browser: Browser, index: int) -> None:
    first = browser.begin(request(scoping=BOTH, service_index=index))
    assert "voor-mijzelf" not in page_of(first).ids
    assert said(browser.hand_in(browser.come_back(browser.to_ad(first), browser.daughter()))).legal == ()


def test_tc_07_a_service_may_offer_the_choice_without_being_asked(browser: Browser) -> None:
    first = browser.begin(request(service_index=4))
    assert "voor-mijzelf" in page_of(first).ids


def test_tc_08_over_a_cluster_connection_only_the_provider_can_read(browser: Browser) -> None:
    value = extended(parties.LC, parties.WATER, parties.WATER_TAX, scoping=MANDATORY)
    choosing = browser.log_in(value)
    assert "Waterschap" in text_of(choosing)
    assert "Leverancier" not in text_of(choosing)
    answer = browser.hand_in(browser.choose(choosing), parties.LC)
    assertion = said(answer)
    assert assertion.audiences == (parties.WATER, parties.LC)
    assert_on_behalf(browser, assertion, parties.WATER)
    outer = etree.fromstring(etree.tostring(answer.assertion))
    for advice in outer.findall(SAML + "Advice"):
        outer.remove(advice)
    assert {one.get("Recipient") for one in outer.iter("{*}EncryptedKey")} == {parties.WATER}


def test_tc_09_a_routing_service_gets_a_statement_of_the_bvd(browser: Browser) -> None:
    choosing = browser.begin(asked_by_rd(browser))
    answer = browser.hand_in(browser.choose(choosing), parties.RD, at=BVD)
    assertion = answer.read(own_keys(BVD))
    assert answer.status.succeeded
    assert (assertion.issuer, assertion.audiences) == (BVD, (parties.RD,))
    assert assertion.class_ref == assurance.UNSPECIFIED
    assert (assertion.advice, assertion.authorities) == ((), ())
    assert bsn_in(assertion.acting, parties.TOWN) == browser.world.daughter.bsn.value
    assert bsn_in(assertion.legal, parties.TOWN, number=1) == browser.world.mother.bsn.value


def test_tc_13_a_higher_level_than_needed_is_told(browser: Browser) -> None:
    says = browser.daughter(level=LevelOfAssurance.HIGH)
    assert said(browser.hand_in(browser.log_in(request(), says))).class_ref == assurance.uri_of(says.level)


def test_tc_14_the_consumer_with_the_index_gets_the_answer(browser: Browser) -> None:
    back = browser.log_in(request(acs_index=1))
    assert back["Location"].startswith(parties.CONSUMERS[parties.TOWN][1] + "&SAMLart=")
    assert said(browser.hand_in(back)).recipient == parties.CONSUMERS[parties.TOWN][1]


@pytest.mark.parametrize("own_id", [parties.TOWN, parties.TAX], ids=["default", "only-one"])
def test_tc_15_without_an_index_the_default_consumer_gets_the_answer(browser: Browser, own_id: str) -> None:
    back = browser.log_in(request(own_id, acs_index=None))
    assert back["Location"].startswith(parties.CONSUMERS[own_id][0] + "?SAMLart=")


def test_tc_16_relay_state_of_eighty_bytes_comes_back_unchanged(browser: Browser) -> None:
    relay_state = "é+/ &=#" * 9
    relay_state += "x" * (80 - len(relay_state.encode()))
    back = browser.log_in(request(), relay_state=relay_state)
    address = back["Location"]
    assert len(relay_state.encode()) == 80
    assert address.endswith("&RelayState=" + quote(relay_state, safe=""))
    assert unquote(address.partition("&RelayState=")[2]) == relay_state


def test_tc_17_a_request_can_raise_the_level(browser: Browser) -> None:
    raised = RequestedContext("minimum", (assurance.uri_of(LevelOfAssurance.HIGH),))
    says = browser.daughter(level=LevelOfAssurance.HIGH)
    assert said(browser.hand_in(browser.log_in(request(requested_context=raised), says)))


def test_tc_18_white_space_and_a_format_do_no_harm_to_an_issuer(browser: Browser) -> None:
    def pretty(root: etree._Element) -> None:
        issuer = root[0]
        issuer.text = f"\n    {issuer.text}\n  "
        issuer.set("Format", "urn:oasis:names:tc:SAML:2.0:nameid-format:entity")

    value = request()
    first = browser.follow(browser.send(asking.written(value, change=pretty)))
    assert said(browser.hand_in(browser.come_back(browser.to_ad(first), browser.daughter())))


def single_sign_on(browser: Browser, own_id: str, **changes: object) -> bool:
    """Whether the authentication service is told to ask for a log-in again."""
    question = browser.to_ad(browser.begin(extended(own_id, own_id, parties.TAXES, **changes)))
    return question.request.force_authn


def test_tc_37_within_one_sso_domain_an_earlier_log_in_will_do(browser: Browser) -> None:
    assert single_sign_on(browser, parties.TOWN)
    browser.hand_in(browser.log_in(request()))
    assert not single_sign_on(browser, parties.TOWN_SHOP)
    stranger = Browser(browser.world, browser.ad)
    assert single_sign_on(stranger, parties.TOWN_SHOP)


@pytest.mark.parametrize("why", ["level", "asked", "other-domain", "level-too-low"])
def test_tc_38_a_log_in_is_asked_anew(browser: Browser, why: str) -> None:
    level = LevelOfAssurance.MIDDLE if why == "level-too-low" else LevelOfAssurance.HIGH
    browser.hand_in(browser.log_in(request(), browser.daughter(level=level)))
    values = {
        "level": extended(parties.TOWN_SHOP, parties.TOWN_SHOP, parties.HIGH_LEVEL),
        "asked": extended(parties.TOWN_SHOP, parties.TOWN_SHOP, parties.TAXES, force_authn=True),
        "other-domain": request(parties.TAX),
        "level-too-low": extended(
            parties.TOWN_SHOP,
            parties.TOWN_SHOP,
            parties.TAXES,
            requested_context=RequestedContext("exact", (assurance.uri_of(LevelOfAssurance.SUBSTANTIAL),)),
        ),
    }
    assert browser.to_ad(browser.begin(values[why])).request.force_authn


def test_tc_42_basis_in_small_letters_is_read_and_written_as_the_standard_has_it(browser: Browser) -> None:
    browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.OWN_ONLY, minimum_level=10)
    says = browser.daughter(level=LevelOfAssurance.BASIC)
    small = replace(
        says,
        change_assertion=lambda one: replace(one, class_ref="http://eid.logius.nl/LoA/basic"),
    )
    assertion = said(browser.hand_in(browser.log_in(request(service_index=1), small)))
    assert assertion.class_ref == "http://eID.logius.nl/LoA/basic"
