"""Log-ins that end without an assertion: cancelled, no mandate, failure upstream, mandate ended (FL-06 to FL-09)."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, bsn_in, request
from tests.interfaces.saml.authentication_service import Says
from tests.interfaces.saml.browsing import BOTH, MANDATORY, Browser, own_keys, page_of, text_of
from tests.interfaces.saml.routing import asked_by_rd
from tests.mandates import scene
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.mandates.models import Mandate, Use
from volmacht.mandates.operations import end_mandate
from volmacht.protocols.saml.messages import (
    AUTHN_FAILED,
    NO_AUTHN_CONTEXT,
    REQUEST_DENIED,
    REQUEST_UNSUPPORTED,
    REQUESTER,
    RESPONDER,
    Status,
)
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment
from volmacht.rules.refusals import Refusal

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

CANCELLED = Status(RESPONDER, AUTHN_FAILED, "Authentication cancelled")
TECHNICAL = Status(RESPONDER, REQUEST_DENIED, "Technical error")
STOP = "/stoppen/"


def stopped(browser: Browser, page: "Answer", own_id: str = parties.TOWN, at: str = ENTRANCE) -> Status:
    """What the provider hears after the person stops on this page."""
    back = browser.press(page, action=STOP)
    assert back.status_code == 303
    answer = browser.hand_in(back, own_id, at=at)
    assert answer.message.response is not None
    assert answer.message.response.assertions == ()
    return answer.status


def test_tc_10_stopping_at_the_authentication_service_is_passed_on(browser: Browser) -> None:
    back = browser.log_in(request(), Says(status=CANCELLED))
    assert browser.hand_in(back).status == CANCELLED


def test_tc_11_stopping_on_our_first_page_is_told_to_the_provider(browser: Browser) -> None:
    assert stopped(browser, browser.begin(request())) == CANCELLED


def test_tc_11_stopping_on_the_page_with_the_choice_is_told(browser: Browser) -> None:
    assert stopped(browser, browser.begin(request(scoping=BOTH))) == CANCELLED


def test_tc_11_stopping_where_somebody_is_chosen_is_told(browser: Browser) -> None:
    assert stopped(browser, browser.log_in(request(scoping=MANDATORY))) == CANCELLED


def test_tc_11_stopping_at_the_bvd_is_told_to_the_routing_service(browser: Browser) -> None:
    page = browser.begin(asked_by_rd(browser))
    assert stopped(browser, page, parties.RD, BVD) == CANCELLED


def without_mandate(browser: Browser) -> "Answer":
    """The page for the mother, who represents nobody."""
    return browser.log_in(request(scoping=MANDATORY), Says(bsn=browser.world.mother.bsn))


def test_tc_12_without_a_mandate_a_page_says_what_can_be_done(browser: Browser) -> None:
    page = without_mandate(browser)
    assert parties.NAMES[parties.TAXES] in text_of(page)
    assert "gemachtigd" in text_of(page)
    assert not any(name == "persoon" for form in page_of(page).forms for name, _ in form.buttons)
    assert stopped(browser, page) == CANCELLED


def test_tc_12_a_code_that_is_entered_there_lets_the_log_in_go_on(browser: Browser) -> None:
    """FL-08 (c): the daughter gave a code; her mother enters it on her way to the town."""
    mother, daughter = browser.world.mother, browser.world.daughter
    made = scene.request(daughter, parties.NAMES[parties.TAXES])
    without = without_mandate(browser)
    address = next(link for link in page_of(without).links if "/inloggen/" in link and "/code/" in link)
    sent = browser.post(address, {"code": made.code.display, "bsn": daughter.bsn.value})
    check = browser.follow(sent)
    assert daughter.name in text_of(check)
    answer = browser.hand_in(browser.press(check, action=""))
    assertion = answer.read(own_keys())
    assert bsn_in(assertion.acting, parties.TOWN) == mother.bsn.value
    assert bsn_in(assertion.legal, parties.TOWN) == daughter.bsn.value
    assert Use.objects.get().mandate_id == Mandate.objects.get(representative_id=mother.id).id


@pytest.mark.parametrize(
    ("upstream", "told"),
    [
        (Status(RESPONDER, AUTHN_FAILED, None), Status(RESPONDER, AUTHN_FAILED, "Authentication failed")),
        (
            Status(RESPONDER, AUTHN_FAILED, "authentication cancelled"),
            Status(RESPONDER, AUTHN_FAILED, "Authentication failed"),
        ),
        (
            Status(RESPONDER, NO_AUTHN_CONTEXT, None),
            Status(RESPONDER, NO_AUTHN_CONTEXT, "Level of assurance too low"),
        ),
        (
            Status(RESPONDER, REQUEST_UNSUPPORTED, "too\nbad " + "x" * 300),
            Status(RESPONDER, REQUEST_UNSUPPORTED, ("too bad " + "x" * 300)[:200]),
        ),
        (Status(REQUESTER, REQUEST_DENIED, None), TECHNICAL),
        (Status(RESPONDER, None, None), TECHNICAL),
    ],
)
def test_what_the_authentication_service_says_is_passed_on_in_our_words(
    browser: Browser, upstream: Status, told: Status
) -> None:
    assert browser.hand_in(browser.log_in(request(), Says(status=upstream))).status == told


def test_tc_86_an_authentication_service_that_is_down_ends_in_an_artifact(browser: Browser) -> None:
    browser.ad.down = True
    assert browser.hand_in(browser.log_in(request())).status == TECHNICAL


def test_tc_86_an_authentication_service_that_talks_nonsense_ends_in_an_artifact(browser: Browser) -> None:
    says = replace(browser.daughter(), change_answer=lambda _message: b"<html>busy</html>")
    assert browser.hand_in(browser.log_in(request(), says)).status == TECHNICAL


def test_tc_86_without_usable_metadata_upstream_the_provider_hears_so(browser: Browser) -> None:
    first = browser.begin(request())
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.AD, active=False)
    assert browser.hand_in(browser.press(first)).status == TECHNICAL


def uses(browser: Browser) -> list[tuple[str, str]]:
    """Who was answered about the daughter, and how, in order."""
    names = {str(row): name for name, row in browser.world.ids.items()}
    return [
        (names[str(use.provider_id)], use.refusal or "allowed")
        for use in Use.objects.filter(representative_id=browser.world.daughter.id).order_by("moment")
    ]


def revoke(browser: Browser, service: str = parties.TAXES) -> None:
    """The mother ends her mandate."""
    mandate = Mandate.objects.get(
        represented_id=browser.world.mother.id, service_id=browser.world.ids[service]
    )
    end_mandate(mandate_id=mandate.id, by=browser.world.mother.id, environment=Environment.PRODUCTION)


def test_tc_84_a_mandate_that_ends_before_the_answer_is_fetched_gives_nothing(browser: Browser) -> None:
    back = browser.choose(browser.log_in(request(scoping=MANDATORY)))
    revoke(browser)
    answer = browser.hand_in(back)
    assert answer.status == Status(RESPONDER, REQUEST_DENIED, "Representation no longer valid")
    assert uses(browser) == [(parties.TOWN_OIN, Refusal.MANDATE_ENDED)]


def test_tc_84_the_bvd_decides_anew_for_a_routing_service_too(browser: Browser) -> None:
    back = browser.choose(browser.begin(asked_by_rd(browser)))
    revoke(browser)
    assert browser.hand_in(back, parties.RD, at=BVD).status.message == "Representation no longer valid"


def test_tc_84_what_is_allowed_and_what_is_refused_are_uses_of_the_provider(browser: Browser) -> None:
    browser.hand_in(browser.choose(browser.log_in(request(scoping=MANDATORY))))
    assert uses(browser) == [(parties.TOWN_OIN, "allowed")]
    value = asking.extended(parties.LC, parties.WATER, parties.WATER_TAX, scoping=MANDATORY)
    browser.hand_in(browser.choose(browser.log_in(value)), parties.LC)
    browser.hand_in(browser.choose(browser.begin(asked_by_rd(browser))), parties.RD, at=BVD)
    assert [who for who, _ in uses(browser)] == [parties.TOWN_OIN, parties.WATER_OIN, parties.TOWN_OIN]


def test_tc_84_a_mandate_that_ends_while_choosing_is_refused_on_the_page(browser: Browser) -> None:
    page = browser.log_in(request(scoping=MANDATORY))
    revoke(browser)
    assert browser.choose(page).status_code == 403
    assert uses(browser) == [(parties.TOWN_OIN, Refusal.MANDATE_ENDED)]


def unusable(browser: Browser, why: str) -> None:
    """Instead of the mandate for the town's taxes, one that cannot be used."""
    revoke(browser)
    today, world = clock.today(), browser.world
    name, days = parties.NAMES[parties.TAXES], timedelta(days=10)
    if why == "not-yet":
        scene.mandate(world.mother, world.daughter, name, first_day=today + days)
    elif why == "expired":
        mandate_id = scene.mandate(world.mother, world.daughter, name)
        Mandate.objects.filter(id=mandate_id).update(first_day=today - 2 * days, last_day=today - days)
    elif why == "of-another":
        scene.mandate(world.mother, scene.crowd(1)[0], name)


@pytest.mark.parametrize("why", ["other-service", "not-yet", "expired", "of-another"])
def test_tc_85_a_mandate_that_cannot_be_used_is_not_in_the_list(browser: Browser, why: str) -> None:
    unusable(browser, why)
    page = browser.log_in(request(scoping=MANDATORY))
    assert page.status_code == 200
    assert not any(name == "persoon" for form in page_of(page).forms for name, _ in form.buttons)


def key_in(page: "Answer") -> str:
    """What the only button of the list sends."""
    (key,) = (value for form in page_of(page).forms for name, value in form.buttons if name == "persoon")
    return key


@pytest.mark.parametrize("made_up", ["id", "bsn", "changed", "of-another-log-in", "empty"])
def test_tc_85_a_made_up_key_of_the_list_is_refused(browser: Browser, made_up: str) -> None:
    page = browser.log_in(request(scoping=MANDATORY))
    key, here = key_in(page), browser.seen[-1].wsgi_request.path
    other = key_in(Browser(browser.world, browser.ad).log_in(request(scoping=MANDATORY)))
    mother = browser.world.mother
    keys = {
        "id": str(mother.id),
        "bsn": mother.bsn.value,
        "changed": key[:-4] + ("AAA=" if key[-4:] != "AAA=" else "BBB="),
        "of-another-log-in": other,
        "empty": "",
    }
    assert str(mother.id) not in key
    answer = browser.follow(browser.post(here, {"persoon": keys[made_up]}))
    assert answer.status_code == 400  # the page again
    assert "Kies voor wie u dit doet" in text_of(answer)
    assert browser.post(here, {"persoon": key}).status_code == 303


def test_two_log_ins_in_two_tabs_do_not_disturb_each_other(browser: Browser) -> None:
    first, second = browser.begin(request()), browser.begin(request(scoping=MANDATORY))
    ask_first = browser.ad.receive(browser.posted_away(_post(browser, first)))
    ask_second = browser.ad.receive(browser.posted_away(_post(browser, second)))
    choosing = browser.come_back(ask_second, browser.daughter())
    back = browser.come_back(ask_first, browser.daughter())
    assert browser.hand_in(back).read(own_keys()).legal == ()
    chosen = browser.post(choosing.wsgi_request.path, {"persoon": key_in(choosing)})
    assert len(browser.hand_in(chosen).read(own_keys()).legal) == 1


@pytest.mark.parametrize("second", ["another-person", "stopped"])
def test_of_two_windows_of_one_log_in_the_first_that_comes_back_counts(browser: Browser, second: str) -> None:
    first = browser.begin(request(scoping=MANDATORY))
    one, other = (browser.ad.receive(browser.posted_away(_post(browser, first))) for _ in range(2))
    page = browser.come_back(one, browser.daughter())
    says = Says(status=CANCELLED) if second == "stopped" else Says(bsn=browser.world.mother.bsn)
    assert browser.come_back(other, says).status_code == 400
    chosen = browser.post(page.wsgi_request.path, {"persoon": key_in(page)})
    assertion = browser.hand_in(chosen).read(own_keys())
    assert asking.bsn_in(assertion.acting, parties.TOWN) == browser.world.daughter.bsn.value


def _post(browser: Browser, page: "Answer") -> "Answer":
    return browser.follow(browser.post(page.wsgi_request.path, {}))


def test_a_session_gets_another_key_at_log_in_and_at_choosing(browser: Browser) -> None:
    first = browser.begin(request(scoping=MANDATORY))
    keys = [browser.client.cookies["__Host-volmacht"].value]
    page = browser.come_back(browser.to_ad(first), browser.daughter())
    keys.append(browser.client.cookies["__Host-volmacht"].value)
    browser.choose(page)
    keys.append(browser.client.cookies["__Host-volmacht"].value)
    assert len(set(keys)) == 3


def test_tc_77_a_level_below_the_service_is_told_to_the_provider(browser: Browser) -> None:
    says = browser.daughter(level=LevelOfAssurance.BASIC)
    assert browser.hand_in(browser.log_in(request(), says)).status == Status(
        RESPONDER, NO_AUTHN_CONTEXT, "Level of assurance too low"
    )
