"""Somebody else's log-in, an old one, a forged one: nothing opens, nothing is sent elsewhere, nothing is changed."""

import re
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.logins.provider import let_pass
from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.choosing.visit import Visit, choices_on, text_of
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Transaction
from volmacht.logins.states import State
from volmacht.mandates.models import Use


@pytest.fixture
def attacker(at_noon: None) -> Visit:
    """Another browser."""
    return Visit(Client())


def closed(visit: Visit, address: str) -> bool:
    """Whether every page of a log-in says that it is over, and does nothing."""
    login = address.partition("/inloggen/voor/")[2].partition("/")[0]
    base = f"/inloggen/voor/{login}/"
    answers = [visit.get(base), visit.get(f"{base}kiezen/"), visit.get(f"{base}wie/")]
    answers += [visit.post(base), visit.post(f"{base}stoppen/")]
    answers += [visit.post(f"{base}kiezen/", voor="mijzelf"), visit.post(f"{base}wie/", persoon=str(uuid4()))]
    assert all(
        "Dit inloggen is voorbij" in text_of(answer) or answer.status_code == 410 for answer in answers
    )
    return {answer.status_code for answer in answers} == {410}


def test_the_address_of_somebody_s_log_in_opens_nothing_in_another_browser(
    visit: Visit, attacker: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    begin = visit.begin()
    assert closed(attacker, begin)
    address = visit.authenticate(visit.to_stand_in(begin), daughter)["Location"]
    assert closed(attacker, address)
    attacker.begin()  # one's own log-in does not open another's
    assert closed(attacker, address)
    assert Use.objects.count() == 0
    assert visit.fetch(visit.post(address, persoon=str(mother.id)))["status"] == "ok"


def test_an_unknown_log_in_is_answered_like_somebody_else_s(attacker: Visit) -> None:
    assert closed(attacker, f"/inloggen/voor/{uuid4()}/")


def test_a_finished_log_in_does_not_open_again(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    visit.post(address, persoon=str(mother.id))
    assert closed(visit, address)


def test_a_log_in_that_took_too_long_does_not_open_again(visit: Visit, daughter: Someone) -> None:
    begin = visit.begin()
    stand_in = visit.to_stand_in(begin)
    let_pass(timedelta(minutes=15))
    assert closed(visit, begin)
    late = visit.post(stand_in, persoon=daughter.bsn.value)
    assert late.status_code == 400
    assert "Dit inloggen is voorbij" in text_of(late)
    address = visit.choosing(daughter)
    let_pass(timedelta(minutes=15))
    assert closed(visit, address)


def test_the_last_tab_counts_and_the_earlier_one_says_it_is_over(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    first = visit.begin()
    stand_in = visit.to_stand_in(first)
    second = visit.begin()
    assert visit.authenticate(stand_in, daughter).status_code == 410
    assert closed(visit, first)
    address = visit.authenticate(visit.to_stand_in(second), daughter)["Location"]
    assert visit.fetch(visit.post(address, persoon=str(mother.id)))["represented"] == mother.bsn.value


def test_pages_are_taken_in_their_order(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    begin = visit.begin("optional")
    assert visit.get(f"{begin}wie/").status_code == 410
    assert visit.post(f"{begin}kiezen/", voor="mijzelf").status_code == 410
    visit.authenticate(visit.to_stand_in(begin), daughter)
    assert visit.get(begin).status_code == 410


def test_a_ticket_is_good_for_the_browser_that_began(
    visit: Visit, attacker: Visit, mother: Someone, daughter: Someone
) -> None:
    """An attacker who lets somebody come back with the attacker's ticket logs nobody in as the attacker."""
    theirs = attacker.to_stand_in(attacker.begin())
    ticket = attacker.post(theirs, persoon=mother.bsn.value)["Location"]
    visit.to_stand_in(visit.begin())
    assert visit.get(ticket).status_code == 410
    assert Transaction.objects.filter(state=State.AUTHENTICATED).count() == 0
    fresh = Visit(Client())
    assert fresh.get(ticket).status_code == 410
    assert attacker.get(ticket).status_code == 302
    assert attacker.get(ticket).status_code == 410


@pytest.mark.parametrize("ticket", ["", "x", "é", "a" * 5000])
def test_a_made_up_ticket_logs_nobody_in(visit: Visit, daughter: Someone, ticket: str) -> None:
    visit.to_stand_in(visit.begin())
    assert visit.get(f"/inloggen/voor/terug/?ticket={quote(ticket)}").status_code == 410
    assert Transaction.objects.get().state == State.STARTED


def test_logging_in_gives_a_new_session_key(visit: Visit, daughter: Someone) -> None:
    stand_in = visit.to_stand_in(visit.begin())
    before = visit.client.cookies[settings.SESSION_COOKIE_NAME].value
    visit.authenticate(stand_in, daughter)
    assert visit.client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_logging_in_for_a_provider_is_not_logging_in_to_the_portal(visit: Visit, daughter: Someone) -> None:
    visit.choosing(daughter)
    assert visit.get("/mijn/machtigingen/")["Location"].startswith("/inloggen/?verder=")


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/mijn/gegevens/",
]


@pytest.mark.parametrize("where", ELSEWHERE)
def test_the_stand_in_sends_nobody_elsewhere(visit: Visit, daughter: Someone, where: str) -> None:
    stand_in = visit.to_stand_in(visit.begin()).partition("?")[0]
    address = f"{stand_in}?naar={quote(where)}"
    leads = re.findall(r'(?:href|action|value)="([^"]*)"', visit.get(address).content.decode())
    assert not any(lead.startswith(where) for lead in leads if where != "/mijn/gegevens/")
    assert visit.post(address, stoppen="1")["Location"] == "/inloggen/terug/"
    back = visit.post(address, persoon=daughter.bsn.value)["Location"]
    assert back.startswith("/inloggen/terug/?ticket=")


@pytest.mark.parametrize("where", ELSEWHERE[:4])
def test_a_provider_s_question_cannot_say_where_the_answer_goes(
    visit: Visit, mother: Someone, where: str
) -> None:
    begin = visit.begin("none", naar=where, return_address=where, terug=where, next=where)
    returned = visit.authenticate(visit.to_stand_in(begin), mother, 20)
    assert returned["Location"].startswith("http://localhost:8002/terug?artifact=")


def test_forms_from_other_sites_do_nothing(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    visit = Visit(Client(enforce_csrf_checks=True))
    begin = visit.begin()
    assert visit.post(begin).status_code == 403
    assert visit.post(f"{begin}stoppen/").status_code == 403
    assert Transaction.objects.get().state == State.STARTED


def test_too_many_log_ins_from_one_address_must_wait(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    window = limits.LIMITS[Limited.LOG_IN_PER_ADDRESS].window
    monkeypatch.setitem(limits.LIMITS, Limited.LOG_IN_PER_ADDRESS, Limit(2, window))
    begin = visit.begin()
    assert [visit.post(begin).status_code for _ in range(3)] == [302, 302, 429]


def test_without_an_authentication_service_the_page_says_so(visit: Visit, settings: Settings) -> None:
    settings.AUTHENTICATION_SERVICE = ""
    begin = visit.begin()
    for answer in (visit.get(begin), visit.post(begin)):
        assert "nog niet verbonden met DigiD" in text_of(answer)
        assert answer.status_code == 200


@pytest.mark.parametrize("handle", ["daughter", "mother"])
def test_a_portal_log_in_is_left_alone_by_a_log_in_for_a_provider(
    visit: Visit, mother: Someone, daughter: Someone, handle: str
) -> None:
    scene.mandate(mother, daughter)
    visit.post("/proef/word/", persoon=scene.main_character(handle).bsn.value)
    back = visit.client.post("/proef/word/", {"persoon": scene.main_character(handle).bsn.value})["Location"]
    assert visit.get(back).status_code == 302
    address = visit.choosing(daughter)
    assert choices_on(visit.get(address)) == [str(mother.id)]
    assert visit.fetch(visit.post(address, persoon=str(mother.id)))["acting"] == daughter.bsn.value
    page = visit.get("/mijn/machtigingen/")
    assert page.status_code == 200
    assert scene.main_character(handle).name in page.content.decode()
