"""Pages of a log-in: headers, cookies, cancel on each, words in two languages, nothing personal in logs (SE, AB-04)."""

import logging
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import request
from tests.interfaces.saml.authentication_service import Says
from tests.interfaces.saml.browsing import BOTH, MANDATORY, Browser, own_keys, page_of, text_of
from tests.interfaces.saml.routing import asked_by_rd
from tests.interfaces.saml.test_logout import logout_request, message_of, post, upstream
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Transaction
from volmacht.portals.choosing.own_login import SEEN
from volmacht.protocols.saml.status import Outcome

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


def pages(browser: Browser) -> list["Answer"]:
    """Every page that was shown, no redirects."""
    return [answer for answer in browser.seen if "text/html" in answer.headers.get("Content-Type", "")]


def whole_log_in(browser: Browser) -> "Answer":
    """With every page there is; back at the provider."""
    chosen = browser.press(browser.begin(request(scoping=BOTH), "toestand"), "voor", "iemand-anders")
    return browser.choose(browser.come_back(browser.to_ad(chosen), browser.daughter()))


def test_tc_96_no_page_may_be_framed(browser: Browser) -> None:
    whole_log_in(browser)
    browser.send(b"nonsense")
    shown = [page for page in pages(browser) if page.content]
    assert len(shown) >= 5
    for page in shown:
        assert page["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
        assert "no-store" in page["Cache-Control"]


def test_tc_96_cookies_have_every_flag(browser: Browser) -> None:
    whole_log_in(browser)
    cookies = browser.client.cookies
    assert "__Host-volmacht" in cookies
    for name, cookie in cookies.items():
        assert name.startswith("__Host-")
        assert cookie["secure"]
        assert cookie["httponly"]
        assert cookie["path"] == "/"
        assert cookie["samesite"] in {"Lax", "Strict"}
        assert not cookie["domain"]


def test_whoever_needs_sixteen_minutes_to_log_in_is_not_away(browser: Browser) -> None:
    """TM-08: the fifteen idle minutes are those of who has logged in."""
    asked = browser.to_ad(browser.begin(request(scoping=MANDATORY)))
    session = browser.client.session
    moments = {login: datetime.fromisoformat(moment) for login, moment in session[SEEN].items()}
    session[SEEN] = {one: (moment - timedelta(minutes=16)).isoformat() for one, moment in moments.items()}
    session.save()
    page = browser.come_back(asked, browser.daughter())
    assert browser.world.mother.name in text_of(page)


def test_a_form_leads_to_the_authentication_service_and_in_the_end_to_the_provider(browser: Browser) -> None:
    browser.to_ad(browser.begin(request()))
    policy = browser.seen[-1]["Content-Security-Policy"]
    (form_action,) = (part for part in policy.split("; ") if part.startswith("form-action"))
    allowed = set(form_action.split()[1:])
    # Chromium holds the policy against redirects after the form as well: on own behalf those end at the provider.
    assert allowed == {"'self'", "https://inloggen.example", "https://stad.example"}
    assert "verder-knop" in page_of(browser.seen[-1]).ids  # works without script


@pytest.mark.parametrize("where", ["refused", "cancelled", "chosen", "own"])
def test_the_way_back_is_kept_out_of_caches_and_referrers(browser: Browser, where: str) -> None:
    if where == "refused":
        back, status = browser.send(asking.written(request(version="1.0"))), 303
    elif where == "cancelled":
        back, status = browser.press(browser.begin(request()), action="/stoppen/"), 303
    elif where == "chosen":
        back, status = whole_log_in(browser), 303
    else:
        back, status = browser.log_in(request()), 302
    assert back.status_code == status
    assert back["Location"].startswith(parties.CONSUMERS[parties.TOWN][0])
    assert set(back["Cache-Control"].split(", ")) == {"no-cache", "no-store"}
    assert back["Pragma"] == "no-cache"
    assert back["Referrer-Policy"] == "no-referrer"
    assert back.content == b""


def test_every_page_of_a_log_in_can_be_left(browser: Browser) -> None:
    whole_log_in(browser)
    for page in pages(browser):
        if page.status_code != 200 or any(form.action.startswith("https:") for form in page_of(page).forms):
            continue
        assert any(form.action.endswith("/stoppen/") for form in page_of(page).forms)


WORDS = {
    "nl": ("Ga terug naar die website", "Noem dan dit nummer"),
    "en": ("Go back to that website", "mention this number"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_page_that_refuses_says_what_to_do_and_has_a_number(
    browser: Browser, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(browser.world, browser.ad, language)
    answer = browser.send(asking.written(request(parties.STRANGER)))
    what, number = WORDS[language]
    assert f'<html lang="{language}"' in answer.content.decode()
    assert what in text_of(answer)
    assert number in text_of(answer)
    assert answer["X-Request-Id"] in text_of(answer)
    assert parties.STRANGER not in answer.content.decode()
    line = next(record for record in caplog.records if "message refused" in record.getMessage())
    assert "ST-05" in line.getMessage()
    assert answer["X-Request-Id"] in line.getMessage()


def language_links(page: "Answer") -> list[str]:
    """Where the links to other languages lead."""
    return re.findall(r'<a href="([^"]*)" lang="', page.content.decode())


def test_a_page_of_a_door_has_no_links_to_other_languages(browser: Browser) -> None:
    """They would lead back to the door, which takes posts only, or hold an artifact that counts once."""
    late = browser.get("/saml/entrance/acs?SAMLart=x&RelayState=y")
    for page in (browser.send(b"nonsense"), browser.get("/saml/entrance/request_authentication"), late):
        assert page.status_code in {400, 405}
        assert language_links(page) == []
        assert "SAMLart" not in page.content.decode()
    first = browser.begin(request())
    assert language_links(first) == [first.wsgi_request.path, f"/en{first.wsgi_request.path}"]
    assert browser.get(f"/en{first.wsgi_request.path}").status_code == 200


def test_of_many_visits_of_one_browser_the_latest_ten_count(browser: Browser) -> None:
    """SE-02."""
    first = browser.begin(request())
    here = first.wsgi_request.path
    questions = [browser.ad.receive(browser.posted_away(browser.post(here, {}))) for _ in range(11)]
    assert len(browser.client.session["visits_upstream"]) == 10
    oldest = browser.get(browser.ad.log_in(questions[0], browser.daughter()))
    assert oldest.status_code == 400
    back = browser.come_back(questions[1], browser.daughter())
    assert browser.hand_in(back).status.succeeded


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_log_in_speaks_the_language_of_the_browser_all_the_way(browser: Browser, language: str) -> None:
    browser = Browser(browser.world, browser.ad, language)
    whole_log_in(browser)
    shown = [page for page in pages(browser) if page.status_code == 200]
    assert {f'<html lang="{language}"' in page.content.decode() for page in shown} == {True}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_log_in_that_is_over_says_what_to_do(browser: Browser, language: str) -> None:
    browser = Browser(browser.world, browser.ad, language)
    first = browser.begin(request())
    here = first.wsgi_request.path
    Transaction.objects.all().delete()
    late = browser.get(here)
    unknown = browser.get(("/en" if language == "en" else "") + "/inloggen/voor/begin/onbekend/")
    nothing_to_finish = browser.get("/saml/entrance/acs?SAMLart=x&RelayState=y")
    words = {"nl": "Begin daar opnieuw", "en": "Start again there"}[language]
    assert late.status_code in {400, 410}
    assert unknown.status_code == 400
    for page in (late, unknown, nothing_to_finish):
        assert f'<html lang="{language}"' in page.content.decode()
        assert words in text_of(page)
        assert page["X-Request-Id"] in text_of(page)


def test_too_many_questions_from_one_place_are_refused(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = Limit(2, timedelta(days=1000))
    monkeypatch.setitem(limits.LIMITS, Limited.ASK_PER_ADDRESS, few)
    answers = [browser.send(asking.written(request())) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert answers[-1]["Retry-After"]
    assert "Wacht tien minuten" in text_of(answers[-1])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_who_logs_in_too_often_from_one_place_waits_and_goes_on(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    browser = Browser(browser.world, browser.ad, language)
    monkeypatch.setitem(limits.LIMITS, Limited.LOG_IN_PER_ADDRESS, Limit(2, timedelta(days=1000)))
    for _ in range(2):
        browser.to_ad(browser.begin(request()))
    first = browser.begin(request())
    refused = browser.press(first)
    assert refused.status_code == 429
    assert refused["Retry-After"]
    assert not any(form.action.startswith("https:") for form in page_of(refused).forms)
    assert {"nl": "Wacht tien minuten", "en": "Wait ten minutes"}[language] in text_of(refused)
    monkeypatch.setitem(limits.LIMITS, Limited.LOG_IN_PER_ADDRESS, Limit(2000, timedelta(days=1000)))
    assert browser.hand_in(browser.come_back(browser.to_ad(first), browser.daughter())).status.succeeded


def test_tc_97_logs_hold_nothing_of_a_person_or_message(
    browser: Browser, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, logger="volmacht")
    secrets: set[str] = set()
    for back, own_id in everything(browser):
        artifact = asking.artifact_in(back["Location"])
        raw = asking.call(
            asking.resolve_message(asking.resolve_value(own_id, artifact, at=where(back))),
            asking.certificate_of(own_id),
            at=where(back),
        ).content.decode()
        secrets |= {artifact, artifact[8:40], raw[200:260]}
    for person in (browser.world.mother, browser.world.daughter):
        secrets |= {person.bsn.value, person.name}
    logged = caplog.text + capfd.readouterr().err
    assert "volmacht.request" in logged
    assert {secret for secret in secrets if secret in logged} == set()
    for forbidden in ("<saml", "SAMLRequest", "SAMLart", "RelayState", "toestand", "[hidden]", "naam-van-ad"):
        assert forbidden not in logged


def where(back: "Answer") -> str:
    """Whose artifact it is."""
    return asking.BVD if back["Location"].startswith(parties.CONSUMERS[parties.RD][0]) else asking.ENTRANCE


def everything(browser: Browser) -> list[tuple["Answer", str]]:
    """Log-ins of every kind, well and badly ended."""
    town = parties.TOWN
    ends = [
        whole_log_in(browser),
        browser.log_in(request(), browser.daughter(name_id="naam-van-ad"), relay_state="toestand"),
        browser.log_in(request(), Says(status=Outcome.CANCELLED.status())),
        browser.send(asking.written(request(version="1.0")), "toestand"),
    ]
    browser.ad.down = True
    ends.append(browser.log_in(request(scoping=MANDATORY)))
    browser.ad.down = False
    answer = browser.hand_in(browser.log_in(request(), browser.daughter(name_id="naam-van-ad")))
    name_id = answer.read(own_keys()).name_id
    upstream(post(browser, message_of(logout_request(town, name_id)), "toestand"))
    browser.send(b"<samlp:nonsense")
    routed = browser.choose(browser.begin(asked_by_rd(browser)))
    return [*((end, town) for end in ends), (routed, parties.RD)]
