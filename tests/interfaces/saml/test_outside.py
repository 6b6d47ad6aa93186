"""Representation that an outside service states, such as parental authority (AR-20, AR-32, BV-20, RT-01 to RT-05)."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, bsn_in, extended, request
from tests.interfaces.saml.authentication_service import named
from tests.interfaces.saml.browsing import Browser, own_keys, recipients_of
from tests.interfaces.saml.catalogue import take
from tests.interfaces.saml.representation_service import (
    BY_AUTHORITY,
    CHILD,
    RepresentationService,
    States,
    asked_of,
    back_from,
    stated,
)
from tests.interfaces.saml.test_upstream import assert_refused
from volmacht import clock
from volmacht.audit.kinds import EventKind
from volmacht.audit.models import Event
from volmacht.catalogue.kinds import ChangeKind, RunOutcome
from volmacht.logins.models import Transaction
from volmacht.mandates.models import Use
from volmacht.protocols.saml import assurance, building
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.encryption import Identifier
from volmacht.protocols.saml.messages import (
    AUTHN_FAILED,
    NO_AUTHN_CONTEXT,
    REQUEST_DENIED,
    REQUEST_UNSUPPORTED,
    REQUESTER,
    RESPONDER,
    Assertion,
    Response,
    Scoping,
    Status,
)
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml.names import SAML

TECHNICAL = Outcome.REPRESENTATION_SERVICE_ERROR.status()
MINUTES = timedelta(minutes=1)


def test_tc_39_a_parent_acts_for_a_child_by_what_the_outside_service_states(
    browser: Browser, og: RepresentationService
) -> None:
    answer = browser.hand_in(stated(og, browser))
    assert answer.status.succeeded
    assertion = answer.read(own_keys())
    assert bsn_in(assertion.acting, parties.TOWN) == browser.world.daughter.bsn.value
    assert bsn_in(assertion.legal, parties.TOWN) == CHILD.value
    assert assertion.representation_types == (parties.FULL_AUTHORITY,)
    assert assertion.authorities == (parties.AD, parties.OG)
    assert assertion.class_ref == assurance.uri_of(browser.daughter().level)
    assert assertion.audiences == (parties.TOWN,)


def test_tc_39_both_services_are_shown_to_have_said_so(browser: Browser, og: RepresentationService) -> None:
    answer = browser.hand_in(stated(og, browser))
    (advice,) = answer.assertion.findall(SAML + "Advice")
    of_ad, of_og = advice
    verified(of_ad, parties.ad_entity().signing, now=clock.wall_clock())
    verified(of_og, parties.og_entity().signing, now=clock.wall_clock())
    outer = etree.fromstring(etree.tostring(answer.assertion))
    outer.remove(outer.findall(SAML + "Advice")[0])
    assert {one.get("Recipient") for one in outer.iter("{*}EncryptedKey")} == {parties.TOWN}


def test_tc_39_every_kind_that_is_registered_is_copied(browser: Browser, og: RepresentationService) -> None:
    types = [parties.FULL_AUTHORITY, "urn:nl-eid-gdi:1.1:RT:Anders"]
    browser.world.switch(ChangeKind.CHANGE_PEER, parties.OG, representation_types=types)
    answer = browser.hand_in(stated(og, browser, States(types=tuple(types))))
    assert answer.read(own_keys()).representation_types == tuple(types)


def test_tc_39_a_service_without_registered_kinds_states_none(
    browser: Browser, og: RepresentationService
) -> None:
    browser.world.switch(ChangeKind.CHANGE_PEER, parties.OG, representation_types=[])
    assert browser.hand_in(stated(og, browser)).status == TECHNICAL
    answer = browser.hand_in(stated(og, browser, States(types=())))
    assert answer.read(own_keys()).representation_types == ()


def test_tc_39_the_log_in_is_for_the_outside_service_too_and_is_brought_as_it_was_signed(
    browser: Browser, og: RepresentationService
) -> None:
    at_ad = browser.to_ad(browser.begin(request(scoping=BY_AUTHORITY)))
    assert at_ad.request.scoping == BY_AUTHORITY
    page = browser.come_back(at_ad, browser.daughter())
    question = og.receive(browser.posted_away(page))
    asked = question.request
    assert (asked.audiences, asked.services) == ((parties.TOWN,), (parties.TAXES,))
    assert asked.destination == "https://gezag.example/saml/sso"
    assert asked.scoping is None
    assert asked.requested_context is None
    assert og.acting[asked.id].bsn == browser.world.daughter.bsn
    assert og.acting[asked.id].assertion.in_response_to == at_ad.request.id
    assert "form-action 'self' https://gezag.example https://stad.example" in page["Content-Security-Policy"]


def test_tc_39_a_supplier_asks_for_its_provider(browser: Browser, og: RepresentationService) -> None:
    value = extended(parties.LC, parties.WATER, parties.WATER_TAX, scoping=BY_AUTHORITY)
    back = back_from(og, browser, asked_of(og, browser, value), States())
    assertion = browser.hand_in(back, parties.LC).read(own_keys())
    assert assertion.audiences == (parties.WATER, parties.LC)
    assert bsn_in(assertion.legal, parties.WATER) == CHILD.value


def test_tc_39_it_is_no_use_of_a_mandate_but_the_chain_keeps_that_it_was_passed_on(
    browser: Browser, og: RepresentationService
) -> None:
    back = stated(og, browser)
    assert not Event.objects.filter(kind=EventKind.STATEMENT_PASSED_ON).exists()
    browser.hand_in(back)
    event = Event.objects.get(kind=EventKind.STATEMENT_PASSED_ON)
    assert (event.actor_id, event.object_id) == (
        browser.world.ids[parties.TOWN_OIN],
        browser.world.ids[parties.OG],
    )
    assert browser.world.ids[parties.TAXES].hex in event.data
    for person in (CHILD, browser.world.daughter.bsn):
        assert person.value not in event.data
    assert not Use.objects.exists()


def test_who_acts_is_taken_from_the_log_in_alone(browser: Browser, og: RepresentationService) -> None:
    """WK-13: both statements stand in Advice, where the provider can compare them; the entrance can read neither."""
    answer = browser.hand_in(stated(og, browser, States(bsn=browser.world.mother.bsn)))
    assert bsn_in(answer.read(own_keys()).acting, parties.TOWN) == browser.world.daughter.bsn.value


# --- what does not fit ---

LIES: dict[str, Callable[[Assertion], Assertion]] = {
    "audience": lambda one: replace(one, audiences=(parties.TOWN,)),
    "recipient": lambda one: replace(one, recipient="https://kwaad.example/acs"),
    "in-response-to": lambda one: replace(one, in_response_to=new_id()),
    "issuer": lambda one: replace(one, issuer=BVD),
    "confirmation-over": lambda one: replace(one, confirmation_ends=one.confirmation_ends - 10 * MINUTES),
    "conditions-over": lambda one: replace(one, not_on_or_after=one.not_on_or_after - 10 * MINUTES),
    "conditions-not-begun": lambda one: replace(one, not_before=one.not_before + 10 * MINUTES),
    "other-service": lambda one: replace(one, service_uuids=(parties.OWN_ONLY,)),
    "a-level": lambda one: replace(one, class_ref="http://eidas.europa.eu/LoA/substantial"),
    "no-acting-subject": lambda one: replace(one, acting=()),
    "no-legal-subject": lambda one: replace(one, legal=()),
    "no-kind": lambda one: replace(one, representation_types=()),
    "kind-not-registered": lambda one: replace(one, representation_types=("urn:nl-eid-gdi:1.1:RT:Iets",)),
    "one-kind-not-registered": lambda one: replace(
        one, representation_types=(parties.FULL_AUTHORITY, "urn:nl-eid-gdi:1.1:RT:Iets")
    ),
    "advice": lambda one: replace(
        one, advice=(building.assertion(replace(one, id=new_id()), parties.key(parties.OG_OIN)),)
    ),
    "authority": lambda one: replace(one, authorities=(parties.AD,)),
    "organisation": lambda one: replace(one, concerned_kvk=one.legal),
    "version": lambda one: replace(one, version="1.1"),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_tc_86_a_statement_that_does_not_fit_is_discarded(
    browser: Browser, og: RepresentationService, lie: Callable[[Assertion], Assertion]
) -> None:
    answer = browser.hand_in(stated(og, browser, States(change_assertion=lie)))
    assert answer.status == TECHNICAL
    assert answer.message.response is not None
    assert answer.message.response.assertions == ()


@pytest.mark.parametrize("part", ["acting", "legal"])
def test_tc_86_a_statement_that_the_provider_cannot_read_is_discarded(
    browser: Browser, og: RepresentationService, part: str
) -> None:
    unread = named(Identifier.of_bsn(CHILD), list(recipients_of(BVD)))
    lie: dict[str, Any] = {part: (unread,)}
    says = States(change_assertion=lambda one: replace(one, **lie))
    assert browser.hand_in(stated(og, browser, says)).status == TECHNICAL


@pytest.mark.parametrize("part", ["acting", "legal"])
def test_tc_86_a_number_that_cannot_be_passed_on_is_noticed_when_it_comes(
    browser: Browser, og: RepresentationService, part: str
) -> None:
    """EN-16: not only when the provider fetches the answer."""

    def weak(one: Assertion) -> Assertion:
        (good,) = getattr(one, part)
        bad = good.replace(b"xmlenc#aes256-cbc", b"xmlenc#aes128-cbc")
        changed: dict[str, Any] = {part: (bad,)}
        return replace(one, **changed)

    assert browser.hand_in(stated(og, browser, States(change_assertion=weak))).status == TECHNICAL


ANSWERS: dict[str, Callable[[Response], Response]] = {
    "issuer": lambda one: replace(one, issuer=parties.AD),
    "in-response-to": lambda one: replace(one, in_response_to=new_id()),
    "destination": lambda one: replace(one, destination="https://kwaad.example/acs"),
    "no-assertion": lambda one: replace(one, assertions=()),
    "two-assertions": lambda one: replace(one, assertions=one.assertions * 2),
}


@pytest.mark.parametrize("lie", ANSWERS.values(), ids=ANSWERS)
def test_tc_86_an_answer_that_does_not_fit_is_discarded(
    browser: Browser, og: RepresentationService, lie: Callable[[Response], Response]
) -> None:
    assert browser.hand_in(stated(og, browser, States(change_response=lie))).status == TECHNICAL


def test_tc_86_a_statement_signed_by_somebody_else_is_discarded(
    browser: Browser, og: RepresentationService
) -> None:
    says = States(key=parties.key(parties.AD_OIN))
    assert browser.hand_in(stated(og, browser, says)).status == TECHNICAL


def test_tc_86_a_statement_counts_once(browser: Browser, og: RepresentationService) -> None:
    fixed = new_id()
    says = States(change_assertion=lambda one: replace(one, id=fixed))
    assert browser.hand_in(stated(og, browser, says)).status.succeeded
    assert browser.hand_in(stated(og, browser, says)).status == TECHNICAL


# --- it fails, or says no ---


def test_tc_86_an_outside_service_that_is_down_ends_in_an_artifact(
    browser: Browser, og: RepresentationService
) -> None:
    question = asked_of(og, browser)
    og.down = True
    assert browser.hand_in(back_from(og, browser, question, States())).status == TECHNICAL


def test_tc_86_an_outside_service_that_talks_nonsense_ends_in_an_artifact(
    browser: Browser, og: RepresentationService
) -> None:
    says = States(change_answer=lambda _message: b"<html>busy</html>")
    assert browser.hand_in(stated(og, browser, says)).status == TECHNICAL


@pytest.mark.parametrize("how", ["switched-off", "metadata-over"])
def test_tc_86_nobody_logs_in_for_an_outside_service_that_cannot_be_asked(browser: Browser, how: str) -> None:
    if how == "metadata-over":
        assert take(parties.OG, parties.og_document(valid=timedelta(seconds=1))).is_good
        assert take(parties.OG, b"<nonsense/>").outcome is RunOutcome.REFUSED
    first = browser.begin(request(scoping=BY_AUTHORITY))
    if how == "switched-off":
        browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    else:
        time.sleep(1.05)
    assert browser.hand_in(browser.press(first)).status == TECHNICAL
    assert browser.ad.calls == []


def test_tc_86_an_outside_service_that_is_switched_off_during_the_log_in_is_not_asked(
    browser: Browser,
) -> None:
    question = browser.to_ad(browser.begin(request(scoping=BY_AUTHORITY)))
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    assert browser.hand_in(browser.come_back(question, browser.daughter())).status == TECHNICAL


def test_tc_86_what_is_stated_counts_for_nothing_once_the_service_is_switched_off(
    browser: Browser, og: RepresentationService
) -> None:
    question = asked_of(og, browser)
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    assert browser.hand_in(back_from(og, browser, question, States())).status == TECHNICAL


def test_stopping_at_the_outside_service_is_passed_on(browser: Browser, og: RepresentationService) -> None:
    """FL-07."""
    cancelled = Outcome.CANCELLED.status()
    assert browser.hand_in(stated(og, browser, States(status=cancelled))).status == cancelled


@pytest.mark.parametrize(
    "status",
    [
        Status(RESPONDER, AUTHN_FAILED, None),
        Status(RESPONDER, AUTHN_FAILED, "authentication cancelled"),
        Status(RESPONDER, NO_AUTHN_CONTEXT, None),
        Status(REQUESTER, REQUEST_DENIED, "IdpAssertion refused"),
    ],
)
def test_tc_86_any_other_no_of_the_outside_service_is_a_failure(
    browser: Browser, og: RepresentationService, status: Status
) -> None:
    assert browser.hand_in(stated(og, browser, States(status=status))).status == TECHNICAL


def test_what_the_outside_service_cannot_do_is_told_in_its_words(
    browser: Browser, og: RepresentationService
) -> None:
    """ST-45: the provider left no other."""
    says = States(status=Status(RESPONDER, REQUEST_UNSUPPORTED, "no\nsuch service"))
    answer = browser.hand_in(stated(og, browser, says))
    assert answer.status == Status(RESPONDER, REQUEST_UNSUPPORTED, "no such service")


# --- somebody who means harm ---


def test_a_service_that_nobody_registered_cannot_be_named(browser: Browser) -> None:
    """ST-31."""
    unknown = Scoping(None, (parties.OG[:-4] + "0007",))
    assert browser.refusal(request(scoping=unknown)) == Outcome.NO_REPRESENTATION_SERVICE.status()
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.OG, active=False)
    assert browser.refusal(request(scoping=BY_AUTHORITY)) == Outcome.NO_REPRESENTATION_SERVICE.status()


def test_a_service_without_representation_is_not_for_outside_services_either(browser: Browser) -> None:
    """AR-36."""
    value = request(service_index=1, scoping=BY_AUTHORITY)
    assert browser.refusal(value) == Outcome.NOT_MANDATABLE.status()


def test_another_browser_cannot_bring_what_was_stated(browser: Browser, og: RepresentationService) -> None:
    question = asked_of(og, browser)
    address = og.log_in(question, States())
    other = Browser(browser.world, browser.ad)
    assert_refused(other, other.get(address))
    asked_of(og, other)  # also not one that waits for a statement of its own
    assert_refused(other, other.get(address))
    assert browser.hand_in(browser.follow(browser.get(address))).status.succeeded


def test_a_statement_of_somebody_else_s_log_in_is_refused(
    browser: Browser, og: RepresentationService
) -> None:
    """The artifact of another transaction, with one's own RelayState: what it stands for answers another request."""
    victim = Browser(browser.world, browser.ad)
    theirs = asking.artifact_in(og.log_in(asked_of(og, victim), States()))
    mine = asked_of(og, browser)
    back = browser.follow(browser.get(og.address(theirs, mine)))
    assert browser.hand_in(back).status == TECHNICAL


@pytest.mark.parametrize("what", ["source", "relay-state", "of-the-log-in", "twice"])
def test_an_artifact_that_does_not_belong_to_the_statement_is_refused(
    browser: Browser, og: RepresentationService, what: str
) -> None:
    at_ad = browser.to_ad(browser.begin(request(scoping=BY_AUTHORITY)))
    log_in = browser.ad.log_in(at_ad, browser.daughter())
    question = og.receive(browser.posted_away(browser.follow(browser.get(log_in))))
    good = og.log_in(question, States())
    addresses = {
        "source": og.address(new_artifact(parties.AD), question),
        "relay-state": good[:-4] + "AAAA",
        "of-the-log-in": log_in,
        "twice": good,
    }
    if what == "twice":
        browser.get(good)
    assert_refused(browser, browser.get(addresses[what]))


def test_what_the_log_in_waits_for_cannot_be_skipped(browser: Browser, og: RepresentationService) -> None:
    """Without a statement nobody is represented, and nobody gets an answer for themselves."""
    question = asked_of(og, browser)
    base = f"/inloggen/voor/{Transaction.objects.get().id}/"
    for page in ("", "kiezen/", "wie/", "waarom/"):
        fields = {"voor": "mijzelf", "persoon": "x", "waarom": BVD}
        assert browser.follow(browser.post(base + page, fields)).status_code == 400
    assert browser.hand_in(back_from(og, browser, question, States())).status.succeeded


def test_an_outside_service_that_is_not_named_is_not_offered(browser: Browser) -> None:
    """AR-31: without Scoping a provider did not say that it knows what to do with such a statement."""
    first = browser.press(browser.begin(request(service_index=4)), "voor", "iemand-anders")
    assert browser.to_ad(first).request.scoping == Scoping(None, (BVD,))
