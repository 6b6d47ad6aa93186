"""The log says why: one line with the rule, the environment and whose it was, for whatever comes to nothing (FL-09)."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import ENTRANCE, request
from tests.interfaces.saml.authentication_service import Says
from tests.interfaces.saml.browsing import MANDATORY, Browser
from tests.interfaces.saml.catalogue import take
from tests.interfaces.saml.test_logout import logout_request, message_of, post, unsigned
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.catalogue.snapshot import CATALOGUE
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import IssuedArtifact, SamlLogin, Transaction
from volmacht.mandates.models import Mandate
from volmacht.mandates.operations import end_mandate
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.messages import NO_AUTHN_CONTEXT, RESPONDER, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

Line = dict[str, Any]
OF_TOWN = {"environment": "production", "sender": parties.TOWN}


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> Callable[[], list[Line]]:
    """The lines about log-ins since the last time, without their moment and level."""
    caplog.set_level(logging.INFO, logger="volmacht.saml")

    def found() -> list[Line]:
        told = [record.msg for record in caplog.records if record.name == "volmacht.saml"]
        caplog.clear()
        beside = {"timestamp", "level", "logger", "request_id"}
        return [{name: one[name] for name in one if name not in beside} for one in told]  # type: ignore[index]  # structlog's

    return found


Lines = Callable[[], list[Line]]


def ended(rule: str) -> Line:
    """How a log-in for the town ends in the log."""
    return {"event": "log-in ended", "rule": rule, **OF_TOWN}


def failed(rule: str, why: str) -> Line:
    """What is said of the authentication service."""
    upstream = {"peer": parties.AD, "provider": parties.TOWN, "environment": "production"}
    return {"event": "authentication service failed", "rule": rule, "why": why, **upstream}


# --- upstream ---


@pytest.mark.parametrize(
    ("status", "rule", "why"),
    [
        (Outcome.CANCELLED.status(), "ST-41", "the person stopped there"),
        (Outcome.AUTHENTICATION_FAILED.status(), "ST-43", "AuthnFailed"),
        (Status(RESPONDER, NO_AUTHN_CONTEXT), "ST-44", "NoAuthnContext"),
        (Outcome.UNSUPPORTED_UPSTREAM.status(), "ST-45", "RequestUnsupported"),
        (Outcome.NO_LONGER_VALID.status(), "ST-46", "RequestDenied"),
        (Status(RESPONDER, "urn:example:999992545"), "ST-46", "another status"),
    ],
)
def test_a_no_from_upstream_is_in_the_log_with_its_rule(
    browser: Browser, lines: Lines, status: Status, rule: str, why: str
) -> None:
    browser.log_in(request(), Says(status=status))
    assert lines() == [failed(rule, why), ended(rule)]


def test_an_authentication_service_that_is_down_is_in_the_log(browser: Browser, lines: Lines) -> None:
    browser.ad.down = True
    browser.log_in(request())
    first, last = lines()
    assert (first["rule"], first["peer"], last) == ("ST-46", parties.AD, ended("ST-46"))


def test_without_usable_metadata_upstream_the_log_says_so(browser: Browser, lines: Lines) -> None:
    first = browser.begin(request())
    browser.world.switch(ChangeKind.SWITCH_PEER, parties.AD, active=False)
    browser.press(first)
    (nothing, last) = lines()
    assert (nothing["rule"], nothing["why"], last) == ("ST-46", "no usable metadata", ended("ST-46"))


def test_a_level_that_was_not_reached_is_in_the_log(browser: Browser, lines: Lines) -> None:
    browser.log_in(request(), browser.daughter(level=LevelOfAssurance.BASIC))
    assert lines() == [failed("ST-44", "lower than was asked"), ended("ST-44")]


def test_an_assertion_that_came_before_is_in_the_log(browser: Browser, lines: Lines) -> None:
    fixed = new_id()
    says = replace(browser.daughter(), change_assertion=lambda one: replace(one, id=fixed))
    browser.log_in(request(), says)
    lines()
    browser.log_in(request(), says)
    assert lines() == [failed("AD-11", "an assertion that came before"), ended("ST-46")]


def test_a_log_in_that_our_own_bvd_cannot_read_says_why_it_ended(browser: Browser, lines: Lines) -> None:
    question = browser.to_ad(browser.begin(request(scoping=MANDATORY)))
    SamlLogin.objects.update(
        level_needed=30
    )  # what the BVD asks; the visit remembers what was asked upstream
    browser.come_back(question, browser.daughter())
    why = {"event": "log-in cannot go on", "rule": "ST-47", "why": "handed over to our own BVD: ST-52"}
    assert lines() == [{**why, **OF_TOWN}, ended("ST-47")]


# --- the pages ---


def test_stopping_is_in_the_log_as_nothing_to_look_into(
    browser: Browser, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    browser.press(browser.begin(request()), action="/stoppen/")
    assert {record.levelname for record in caplog.records if record.name == "volmacht.saml"} == {"INFO"}
    assert lines() == [ended("ST-41")]


def test_a_log_in_that_is_over_is_in_the_log_with_its_number(
    browser: Browser, lines: Lines, caplog: pytest.LogCaptureFixture
) -> None:
    over, here = {"event": "log-in is over"}, browser.begin(request()).wsgi_request.path
    stranger = Browser(browser.world, browser.ad)
    page = stranger.get(here)
    assert page["X-Request-Id"] in caplog.text
    assert lines() == [{**over, "rule": "ST-12"}]
    browser.get("/inloggen/voor/begin/onbekend/")
    browser.get("/preprod/saml/entrance/acs?SAMLart=x&RelayState=y")
    assert lines() == [
        {**over, "rule": "ST-12"},
        {**over, "rule": "ST-12", "environment": "preproduction"},
    ]
    browser.get(here + "code/")
    assert lines() == [{**over, "rule": "ST-13", **OF_TOWN}]
    Transaction.objects.all().delete()
    browser.get(here)
    assert lines() == [{**over, "rule": "ST-13"}]


# --- the back channel ---


def refused(rule: str, **more: Any) -> list[Line]:
    """What is said of an artifact that is not answered."""
    return [{"event": "resolve refused", "rule": rule, "environment": "production", **more}]


def artifact(browser: Browser, lines: Lines) -> str:
    """Of a refusal, for the town; the line about that is left out."""
    found = asking.artifact_in(browser.send(asking.written(request(version="1.1")))["Location"])
    lines()
    return found


def test_an_artifact_that_is_handed_in_twice_is_in_the_log(browser: Browser, lines: Lines) -> None:
    found = artifact(browser, lines)
    browser.resolve(found)
    assert lines() == []
    browser.resolve(found)
    assert lines() == refused("ST-67", sender=parties.TOWN, why="used")


def test_an_artifact_of_another_is_in_the_log_with_who_brought_it(browser: Browser, lines: Lines) -> None:
    browser.resolve(artifact(browser, lines), parties.TAX)
    assert lines() == refused("ST-67", sender=parties.TAX, why="anothers")


def test_an_artifact_that_is_late_or_unknown_is_in_the_log(browser: Browser, lines: Lines) -> None:
    found = artifact(browser, lines)
    IssuedArtifact.objects.update(expires_at=clock.wall_clock())
    browser.resolve(found)
    browser.resolve(new_artifact(ENTRANCE))
    late, unknown = (refused("ST-67", sender=parties.TOWN, why=why) for why in ("late", "unknown"))
    assert lines() == late + unknown


def call(browser: Browser, lines: Lines, own_id: str = parties.TOWN, shown: str = parties.TOWN) -> None:
    """Somebody hands in a fresh artifact, with the certificate of somebody."""
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact(browser, lines)))
    body = body.replace(parties.TOWN.encode(), own_id.encode())
    asking.call(body, asking.certificate_of(shown))


def test_an_unsigned_or_strange_question_on_the_back_channel_is_in_the_log(
    browser: Browser, lines: Lines
) -> None:
    call(browser, lines, shown=parties.TAX)
    assert lines() == refused("ST-61", sender=parties.TOWN, claimed=True)
    call(browser, lines, own_id=parties.STRANGER)
    assert lines() == refused("ST-64")
    call(browser, lines, own_id=parties.RD)
    assert lines() == refused("ST-64", sender=parties.RD, claimed=True)
    call(browser, lines, own_id=parties.TAX, shown=parties.TAX)
    assert lines() == refused("ST-65", sender=parties.TAX, why="key-unknown")


@pytest.mark.parametrize(
    ("body", "content_type", "rule"),
    [
        (b"<a/>", "application/json", "ST-62"),
        (b"no xml", "text/xml", "ST-62"),
        (b"<a>" + b"x" * 70_000 + b"</a>", "text/xml", "ST-62"),
        (b"<a/>", "text/xml", "ST-63"),
    ],
)
def test_what_is_no_question_on_the_back_channel_is_in_the_log(
    browser: Browser, lines: Lines, body: bytes, content_type: str, rule: str
) -> None:
    asking.call(body, asking.certificate_of(parties.TOWN), content_type=content_type)
    assert lines() == refused(rule)


def test_who_hands_in_too_much_is_in_the_log(
    browser: Browser, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = artifact(browser, lines)
    monkeypatch.setitem(limits.LIMITS, Limited.DOOR_PER_CONNECTION, Limit(1, timedelta(days=1000)))
    answers = [
        asking.call(
            asking.resolve_message(asking.resolve_value(parties.TOWN, found)),
            asking.certificate_of(parties.TOWN),
        )
        for _ in range(2)
    ]
    assert (answers[-1].status_code, answers[-1]["Retry-After"]) == (429, "60")
    assert lines() == refused("ST-11", sender=parties.TOWN)


def test_a_no_when_the_answer_is_fetched_is_in_the_log(browser: Browser, lines: Lines) -> None:
    back = browser.choose(browser.log_in(request(scoping=MANDATORY)))
    mandate = Mandate.objects.get(
        represented_id=browser.world.mother.id, service_id=browser.world.ids[parties.TAXES]
    )
    end_mandate(mandate_id=mandate.id, by=browser.world.mother.id, environment=Environment.PRODUCTION)
    browser.hand_in(back)
    anew = {"event": "log-in decided anew", **OF_TOWN}
    assert lines() == [{**anew, "rule": "ST-48"}]
    back = browser.log_in(request())
    browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, minimum_level=30)
    browser.hand_in(back)
    assert lines() == [{**anew, "rule": "ST-44"}]


# --- messages that a browser brings ---


def not_taken(rule: str, **more: Any) -> list[Line]:
    """What is said of a message that is refused on a page."""
    return [{"event": "message refused", "rule": rule, "environment": "production", **more}]


def test_a_message_of_nobody_that_we_know_names_nobody_in_the_log(browser: Browser, lines: Lines) -> None:
    browser.send(b"<nonsense/>")
    browser.send(asking.written(request(parties.STRANGER)))
    assert lines() == not_taken("ST-04", why="no AuthnRequest") + not_taken("ST-05")


def test_a_message_of_another_shape_says_where_in_the_log_and_repeats_nothing(
    browser: Browser, lines: Lines
) -> None:
    message = asking.written(request())
    browser.send(message.replace(b"<saml:Issuer", b"<saml:Sender").replace(b"saml:Issuer>", b"saml:Sender>"))
    browser.send(
        message.replace(b'AssertionConsumerServiceIndex="0"', b'AssertionConsumerServiceIndex="Jansen"')
    )
    browser.send(message.replace(b"<saml:Issuer", b"<x:Jansen xmlns:x='urn:x'/><saml:Issuer"))
    browser.send(message[:-1])
    found = [one["why"] for one in lines()]
    assert found == [
        "schema (line 1, Sender)",
        "schema (line 1, AuthnRequest)",
        "schema (line 1)",
        "not-well-formed (line 1)",
    ]


def test_a_signature_that_does_not_count_says_why_in_the_log(browser: Browser, lines: Lines) -> None:
    value = request()
    message = asking.written(value)
    browser.send(message.replace(value.id.encode(), new_id().encode()))
    browser.send(message.replace(b'Version="2.0"', b'Version="2.1"'))
    browser.send(unsigned(message))
    whose = {"sender": parties.TOWN, "claimed": True}
    assert lines() == [
        *not_taken("ST-07", why="invalid", **whose),
        *not_taken("ST-07", why="invalid", **whose),
        *not_taken("ST-07", why="missing", **whose),
    ]


def test_a_refused_message_says_in_the_log_whose_it_was(browser: Browser, lines: Lines) -> None:
    browser.send(asking.written(request(destination=asking.SIGN_ON[ENTRANCE] + "/")))
    browser.send(asking.written(request(acs_index=7)))
    assert [one for rule in ("ST-08", "ST-09") for one in not_taken(rule, sender=parties.TOWN)] == lines()


def test_who_did_not_prove_who_they_are_is_only_claimed_to_be_the_sender(
    browser: Browser, lines: Lines
) -> None:
    browser.send(asking.written(request(), number=2))
    assert lines() == not_taken("ST-07", sender=parties.TOWN, claimed=True, why="key-unknown")


def test_whose_metadata_is_over_is_only_claimed_to_be_the_sender(browser: Browser, lines: Lines) -> None:
    take(parties.TAX, parties.provider_document(parties.TAX, valid=timedelta(seconds=1)))
    time.sleep(1.05)
    browser.send(asking.written(request(parties.TAX)))
    assert lines() == not_taken("ST-06", sender=parties.TAX, claimed=True)


@pytest.mark.parametrize(("role", "oin"), [(Role.DV, parties.TAX_OIN), (Role.LC, parties.LC_OIN)])
def test_a_registered_provider_without_metadata_is_told_from_a_stranger(
    browser: Browser, lines: Lines, role: Role, oin: str
) -> None:
    own_id = parties.entity_id(role, oin, 7)
    browser.world.building.connection(browser.world.ids[oin], entity_id=own_id)
    CATALOGUE.forget()
    browser.send(asking.written(request(own_id)))
    claimed = {"sender": own_id, "claimed": True}
    assert lines() == not_taken("ST-06", **claimed)
    body = asking.resolve_message(asking.resolve_value(own_id, new_artifact(ENTRANCE)))
    asking.call(body, asking.certificate_of(own_id))
    assert lines() == refused("ST-64", **claimed)


def test_a_log_out_says_in_the_log_whose_it_was(browser: Browser, lines: Lines) -> None:
    value = logout_request(parties.TOWN, "unknown")
    answered = {"event": "log-out answered", **OF_TOWN}
    for _ in range(2):
        post(browser, message_of(value))
    assert lines() == [{**answered, "rule": rule} for rule in ("ST-82", "ST-83")]
    post(
        browser, message_of(logout_request(parties.TOWN, "unknown", destination="https://elsewhere.example"))
    )
    assert lines() == not_taken("ST-08", sender=parties.TOWN)
