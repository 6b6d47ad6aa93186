"""Somebody else's log-in, an old one, a forged one: nothing opens, nothing is sent elsewhere, nothing is changed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.logins.provider import let_pass
from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.choosing.visit import Visit, choices_on, text_of
from tests.portals.citizen.mandates.browsing import logged_in_browser
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
    assert closed(attacker, visit.begin())
    address = visit.choosing(daughter)
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
    let_pass(timedelta(minutes=15))
    assert closed(visit, begin)
    address = visit.choosing(daughter)
    let_pass(timedelta(minutes=15))
    assert closed(visit, address)


def test_the_last_tab_counts_and_the_earlier_one_says_it_is_over(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    first = visit.begin()
    address = visit.choosing(daughter)
    assert closed(visit, first)
    assert visit.fetch(visit.post(address, persoon=str(mother.id)))["represented"] == mother.bsn.value


def test_pages_are_taken_in_their_order(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    begin = visit.begin("optional")
    assert visit.get(f"{begin}wie/").status_code == 410
    assert visit.post(f"{begin}kiezen/", voor="mijzelf").status_code == 410
    begin = visit.log_in(daughter, "optional")
    assert visit.get(begin).status_code == 410


def test_logging_in_for_a_provider_is_not_logging_in_to_the_portal(visit: Visit, daughter: Someone) -> None:
    visit.choosing(daughter)
    assert visit.get("/mijn/machtigingen/")["Location"].startswith("/inloggen/?verder=")


def test_forms_from_other_sites_do_nothing(mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    visit = Visit(Client(enforce_csrf_checks=True))
    begin = visit.begin()
    assert visit.post(begin).status_code == 403
    assert visit.post(f"{begin}stoppen/").status_code == 403
    assert Transaction.objects.get().state == State.STARTED


def test_without_an_authentication_service_the_page_says_so(visit: Visit) -> None:
    begin = visit.begin()
    for answer in (visit.get(begin), visit.post(begin)):
        assert "nog niet verbonden met DigiD" in text_of(answer)
        assert answer.status_code == 200


@pytest.mark.parametrize("handle", ["daughter", "mother"])
def test_a_portal_log_in_is_left_alone_by_a_log_in_for_a_provider(
    mother: Someone, daughter: Someone, handle: str
) -> None:
    scene.mandate(mother, daughter)
    visit = Visit(logged_in_browser(scene.main_character(handle)))
    address = visit.choosing(daughter)
    assert choices_on(visit.get(address)) == [str(mother.id)]
    assert visit.fetch(visit.post(address, persoon=str(mother.id)))["acting"] == daughter.bsn.value
    page = visit.get("/mijn/machtigingen/")
    assert page.status_code == 200
    assert scene.main_character(handle).name in page.content.decode()
