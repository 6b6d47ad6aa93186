"""Somebody else's log-in, an old one, a forged one: nothing opens, nothing is sent elsewhere, nothing is changed."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.logins.provider import Heard, let_pass, started
from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.choosing.visit import Visit, choices_on, id_in, text_of
from tests.portals.citizen.mandates.browsing import logged_in_browser
from volmacht.logins.models import Transaction
from volmacht.logins.saml_logins import TERM
from volmacht.logins.states import State
from volmacht.mandates.models import Use
from volmacht.portals.choosing.own_login import MOST_AT_ONCE
from volmacht.protocols.saml.handling.requests import Way
from volmacht.protocols.saml.status import Outcome


@pytest.fixture
def attacker(at_noon: None) -> Visit:
    """Another browser."""
    return Visit(Client())


def closed(visit: Visit, address: str) -> bool:
    """Whether every page of a log-in says that it is over, and does nothing."""
    base = f"/inloggen/voor/{id_in(address)}/"
    answers = [visit.get(base), visit.get(f"{base}kiezen/"), visit.get(f"{base}wie/")]
    answers += [visit.post(base), visit.post(f"{base}stoppen/")]
    answers += [visit.post(f"{base}kiezen/", voor="mijzelf"), visit.post(f"{base}wie/", persoon=str(uuid4()))]
    over = ["Het duurde te lang, of u was al klaar" in text_of(answer) for answer in answers]
    return all(over) and {answer.status_code for answer in answers} == {400}


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
    assert visit.hears(visit.choose(address, mother)).represented == mother.id


def test_an_unknown_log_in_is_answered_like_somebody_else_s(attacker: Visit) -> None:
    assert closed(attacker, f"/inloggen/voor/{uuid4()}/")


def test_a_finished_log_in_does_not_open_again(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    visit.choose(address, mother)
    assert closed(visit, address)


def test_a_log_in_that_took_too_long_does_not_open_again(visit: Visit, daughter: Someone) -> None:
    begin = visit.begin()
    let_pass(TERM)
    assert closed(visit, begin)
    address = visit.choosing(daughter)
    let_pass(TERM)
    assert closed(visit, address)


def test_log_ins_in_several_tabs_stay_open_and_of_many_the_latest_count(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    """SE-02."""
    scene.mandate(mother, daughter)
    first, second = visit.begin(), visit.choosing(daughter)
    for _ in range(MOST_AT_ONCE - 1):
        visit.begin()
    assert closed(visit, first)
    assert visit.hears(visit.choose(second, mother)).represented == mother.id


def test_the_way_in_opens_once_and_in_one_browser(visit: Visit, attacker: Visit) -> None:
    """SE-02."""
    begin = visit.begin()
    for browser in (attacker, visit):
        again = browser.get(visit.addresses[0])
        assert again.status_code == 400
        assert "Dit inloggen is voorbij" in again.content.decode()
    assert closed(attacker, begin)
    assert visit.get(begin).status_code == 200


def test_pages_are_taken_in_their_order(visit: Visit, mother: Someone, daughter: Someone) -> None:
    scene.mandate(mother, daughter)
    kiezen = visit.begin(Way.OPTIONAL)
    begin = kiezen.removesuffix("kiezen/")
    assert visit.post(begin)["Location"] == kiezen
    assert visit.get(f"{begin}wie/").status_code == 400
    assert visit.post(f"{begin}wie/", persoon="x").status_code == 400
    begin = visit.choosing(daughter).removesuffix("wie/")
    for answer in (visit.get(begin), visit.post(begin)):
        assert answer.status_code == 400


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
    begin = visit.enter(started(Way.OWN, authentication_services=()))
    page = visit.get(begin)
    assert "nog niet verbonden met DigiD" in text_of(page)
    assert "inloggen-met-digid" not in page.content.decode()
    assert visit.hears(visit.post(begin)) == Heard(Outcome.AUTHENTICATION_SERVICE_ERROR)


@pytest.mark.parametrize("handle", ["daughter", "mother"])
def test_a_portal_log_in_is_left_alone_by_a_log_in_for_a_provider(
    mother: Someone, daughter: Someone, handle: str
) -> None:
    scene.mandate(mother, daughter)
    visit = Visit(logged_in_browser(scene.main_character(handle)))
    address = visit.choosing(daughter)
    assert choices_on(visit.get(address)) == [str(mother.id)]
    assert visit.hears(visit.choose(address, mother)).acting == daughter.id
    page = visit.get("/mijn/machtigingen/")
    assert page.status_code == 200
    assert scene.main_character(handle).name in page.content.decode()
