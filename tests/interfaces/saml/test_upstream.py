"""What an authentication service says is judged before anything of it is used (AD-06 to AD-11, LA-05, RS-09, RS-10)."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, request
from tests.interfaces.saml.authentication_service import changed
from tests.interfaces.saml.browsing import MANDATORY, Browser, recipients_of
from tests.protocols.wrapping import OF_ASSERTIONS
from volmacht.logins.models import Visit
from volmacht.protocols.saml import building
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.messages import Assertion, Response
from volmacht.protocols.saml.signing import new_id, sign
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml.names import SAML, SAMLP
from volmacht.rules.assurance import LevelOfAssurance

TECHNICAL = Outcome.AUTHENTICATION_SERVICE_ERROR.status()
MINUTES = timedelta(minutes=1)
END_OF_TIME = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
Changes = dict[str, Callable[[Assertion], Assertion]]


def told(browser: Browser, **changes: Any) -> Any:
    """What the provider hears when the authentication service changes what it says, on behalf."""
    says = replace(browser.daughter(), **changes)
    return browser.hand_in(browser.log_in(request(scoping=MANDATORY), says)).status


def encrypted_for(*readers: str, bsn: Any) -> bytes:
    """Somebody's number, for these readers."""
    keys = [key for reader in readers for key in recipients_of(reader)]
    return serialised(encrypted_id(Identifier.of_bsn(bsn), keys))


LIES: Changes = {
    "audience": lambda one: replace(one, audiences=(BVD,)),
    "audience-without-the-bvd": lambda one: replace(one, audiences=one.audiences[:1]),
    "recipient": lambda one: replace(one, recipient="https://kwaad.example/acs"),
    "in-response-to": lambda one: replace(one, in_response_to=new_id()),
    "issuer": lambda one: replace(one, issuer=parties.AD_TEST),
    "confirmation-over": lambda one: replace(one, confirmation_ends=one.confirmation_ends - 10 * MINUTES),
    "conditions-over": lambda one: replace(one, not_on_or_after=one.not_on_or_after - 10 * MINUTES),
    "conditions-not-begun": lambda one: replace(one, not_before=one.not_before + 10 * MINUTES),
    "other-service": lambda one: replace(one, service_uuids=(parties.OWN_ONLY,)),
    "two-services": lambda one: replace(one, service_uuids=one.service_uuids * 2),
    "no-service": lambda one: replace(one, service_uuids=()),
    "version": lambda one: replace(one, version="1.1"),
    "nobody": lambda one: replace(one, acting=()),
    "level-unknown": lambda one: replace(one, class_ref="urn:example:level"),
    "ends-at-the-end-of-time": lambda one: replace(
        one, confirmation_ends=END_OF_TIME, not_on_or_after=END_OF_TIME, not_before=END_OF_TIME
    ),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_tc_75_an_assertion_that_does_not_fit_is_discarded(
    browser: Browser, lie: Callable[[Assertion], Assertion]
) -> None:
    assert told(browser, change_assertion=lie) == TECHNICAL


def test_tc_75_a_confirmation_that_has_a_beginning_is_discarded(browser: Browser) -> None:
    def begins(signed: bytes) -> bytes:
        root = etree.fromstring(signed)
        for signature in root.findall("{*}Signature"):
            root.remove(signature)
        data = next(root.iter(SAML + "SubjectConfirmationData"))
        data.set("NotBefore", "2026-01-01T00:00:00Z")
        sign(root, parties.key(parties.AD_OIN))
        return etree.tostring(root)

    assert told(browser, change_signed=begins) == TECHNICAL


def test_tc_75_an_assertion_without_a_key_for_the_bvd_is_discarded(browser: Browser) -> None:
    bsn = browser.world.daughter.bsn
    only_town = encrypted_for(parties.TOWN, bsn=bsn)
    assert told(browser, change_assertion=lambda one: replace(one, acting=(only_town,))) == TECHNICAL


def test_tc_75_an_assertion_without_a_key_for_the_provider_is_discarded(browser: Browser) -> None:
    only_bvd = encrypted_for(BVD, bsn=browser.world.daughter.bsn)
    assert told(browser, change_assertion=lambda one: replace(one, acting=(only_bvd,))) == TECHNICAL


def test_tc_75_an_assertion_counts_once(browser: Browser) -> None:
    fixed = new_id()
    says = replace(browser.daughter(), change_assertion=lambda one: replace(one, id=fixed))
    assert browser.hand_in(browser.log_in(request(), says)).status.succeeded
    assert browser.hand_in(browser.log_in(request(), says)).status == TECHNICAL


FORBIDDEN: dict[str, Callable[[Browser], Callable[[Assertion], Assertion]]] = {
    "legal-subject": lambda browser: (
        lambda one: replace(one, legal=(encrypted_for(parties.TOWN, BVD, bsn=browser.world.mother.bsn),))
    ),
    "representation-type": lambda _browser: (
        lambda one: replace(one, representation_types=("urn:nl-eid-gdi:1.1:RT:Zorg_Volledig_Gezag_Kind",))
    ),
    "advice": lambda _browser: (
        lambda one: replace(
            one, advice=(building.assertion(replace(one, id=new_id()), parties.key(parties.AD_OIN)),)
        )
    ),
    "authority": lambda _browser: lambda one: replace(one, authorities=(parties.AD_TEST,)),
    "organisation": lambda browser: (
        lambda one: replace(one, concerned_kvk=(encrypted_for(parties.TOWN, bsn=browser.world.mother.bsn),))
    ),
}


@pytest.mark.parametrize("lie", FORBIDDEN.values(), ids=FORBIDDEN)
def test_tc_76_an_authentication_service_speaks_of_one_person_only(browser: Browser, lie: Any) -> None:
    assert told(browser, change_assertion=lie(browser)) == TECHNICAL


def test_tc_77_a_level_that_is_too_low_is_told(browser: Browser) -> None:
    assert told(browser, level=LevelOfAssurance.BASIC) == Outcome.LEVEL_TOO_LOW.status()


def test_tc_77_unspecified_is_no_level(browser: Browser) -> None:
    unspecified = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"
    assert told(browser, change_assertion=lambda one: replace(one, class_ref=unspecified)) == TECHNICAL


@pytest.mark.parametrize("wrap", OF_ASSERTIONS.values(), ids=OF_ASSERTIONS)
def test_tc_49_a_forged_assertion_beside_the_signed_one_is_refused(browser: Browser, wrap: Any) -> None:
    """The service signs the whole, as a thief of one assertion cannot; what is inside must hold by itself."""

    def wrapped(message: bytes) -> bytes:
        root = etree.fromstring(message)
        whole = root[0][0]
        response = whole.find(SAMLP + "Response")
        assert response is not None
        wrap(response, new_id())
        for signature in whole.findall("{*}Signature"):
            whole.remove(signature)
        sign(whole, parties.key(parties.AD_OIN))
        return etree.tostring(root)

    assert told(browser, change_answer=wrapped) == TECHNICAL


def test_tc_49_an_answer_changed_on_the_way_is_refused(browser: Browser) -> None:
    def second(root: etree._Element) -> None:
        response = root[0][0].find(SAMLP + "Response")
        assert response is not None
        response.append(deepcopy(response[-1]))

    assert told(browser, change_answer=changed(second)) == TECHNICAL


ANSWERS: dict[str, Callable[[Response], Response]] = {
    "issuer": lambda one: replace(one, issuer=parties.AD_TEST),
    "in-response-to": lambda one: replace(one, in_response_to=new_id()),
    "destination": lambda one: replace(one, destination="https://kwaad.example/acs"),
    "version": lambda one: replace(one, version="1.1"),
    "no-assertion": lambda one: replace(one, assertions=()),
    "late": lambda one: replace(one, issue_instant=one.issue_instant and one.issue_instant - 10 * MINUTES),
    "success-and-failure": lambda one: replace(one, status=Outcome.CANCELLED.status()),
}


@pytest.mark.parametrize("lie", ANSWERS.values(), ids=ANSWERS)
def test_tc_75_a_response_that_does_not_fit_is_discarded(
    browser: Browser, lie: Callable[[Response], Response]
) -> None:
    assert told(browser, change_response=lie) == TECHNICAL


def test_tc_79_an_encrypted_assertion_is_refused(browser: Browser) -> None:
    def encrypted(message: bytes) -> bytes:
        root = etree.fromstring(message)
        whole = root[0][0]
        response = whole.find(SAMLP + "Response")
        assert response is not None
        assertion = response[-1]
        box = etree.SubElement(response, SAML + "EncryptedAssertion")
        box.append(deepcopy(next(assertion.iter("{*}EncryptedData"))))
        box[0].set("Id", new_id())
        for signature in whole.findall("{*}Signature"):
            whole.remove(signature)
        sign(whole, parties.key(parties.AD_OIN))
        return etree.tostring(root)

    assert told(browser, change_answer=encrypted) == TECHNICAL


def test_tc_75_an_assertion_signed_by_somebody_else_is_refused(browser: Browser) -> None:
    assert told(browser, key=parties.key(parties.TOWN_OIN)) == TECHNICAL


def assert_refused(browser: Browser, answer: Any) -> None:
    """The page of ST-12: no redirect, with a number."""
    assert answer.status_code == 400
    assert answer["X-Request-Id"] in answer.content.decode()
    assert browser.seen


def test_tc_78_an_artifact_that_nobody_waits_for_is_refused(browser: Browser) -> None:
    address = f"/saml/entrance/acs?SAMLart={new_artifact(parties.AD)}&RelayState=x".replace("+", "%2B")
    assert_refused(browser, browser.get(address))
    assert browser.ad.calls == []


def test_tc_78_another_browser_cannot_bring_the_artifact(browser: Browser) -> None:
    question = browser.to_ad(browser.begin(request()))
    address = browser.ad.log_in(question, browser.daughter())
    other = Browser(browser.world, browser.ad)
    assert_refused(other, other.get(address))
    assert browser.hand_in(browser.follow(browser.get(address))).status.succeeded


@pytest.mark.parametrize("what", ["source", "relay-state", "nothing", "twice"])
def test_tc_78_an_artifact_that_does_not_belong_here_is_refused(browser: Browser, what: str) -> None:
    question = browser.to_ad(browser.begin(request()))
    good = browser.ad.log_in(question, browser.daughter())
    addresses = {
        "source": browser.ad.address(new_artifact(parties.AD_TEST), question),
        "relay-state": good[:-4] + "AAAA",
        "nothing": "http://localhost:8000/saml/entrance/acs",
        "twice": good,
    }
    if what == "twice":
        browser.get(good)
    assert_refused(browser, browser.get(addresses[what]))


def test_tc_78_a_visit_that_took_too_long_is_over(browser: Browser) -> None:
    question = browser.to_ad(browser.begin(request()))
    for row in Visit.objects.all():
        row.expires_at -= 21 * MINUTES
        row.save()
    assert_refused(browser, browser.get(browser.ad.log_in(question, browser.daughter())))


def test_a_handle_opens_a_log_in_once(browser: Browser) -> None:
    handle = browser.send(asking.written(request()))["Location"]
    other = Browser(browser.world, browser.ad)
    begin = browser.get(handle)["Location"]
    assert_refused(other, other.get(handle))
    assert_refused(other, other.get(begin))
    assert browser.get(begin).status_code == 200
