"""Somebody leaves their computer during a log-in: after fifteen minutes it is over there (TM-07, TM-08, FL-10)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from tests.logins.provider import let_pass, said_who
from tests.mandates import scene
from tests.mandates.scene import Someone
from tests.portals.choosing.visit import Visit, choices_on, id_in, text_of
from tests.portals.citizen.mandates.browsing import logged_in_browser
from volmacht.logins.models import IssuedArtifact
from volmacht.logins.saml_logins import TERM
from volmacht.mandates.models import Use
from volmacht.portals.choosing.own_login import code_slot

IDLE_END: timedelta = settings.SESSION_IDLE_END
MINUTE = timedelta(minutes=1)
OVER = "Ga terug naar de website waar u wilde inloggen. Begin daar opnieuw."


def test_whoever_comes_back_within_fifteen_minutes_goes_on(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    visit.is_away(IDLE_END - MINUTE)
    assert choices_on(visit.get(address)) == [str(mother.id)]
    visit.is_away(2 * MINUTE)  # the page that was asked for counts as being there
    assert visit.hears(visit.choose(address, mother)).represented == mother.id


def test_whoever_comes_back_later_finds_nobodys_name_and_may_begin_again(
    visit: Visit, mother: Someone, daughter: Someone
) -> None:
    scene.mandate(mother, daughter)
    address = visit.choosing(daughter)
    visit.get(address)
    visit.is_away(IDLE_END)
    for answer in (visit.get(address), visit.get(address), visit.choose(address, mother)):
        assert answer.status_code == 400
        assert OVER in text_of(answer)
        assert mother.name not in answer.content.decode()
    assert not IssuedArtifact.objects.exists()  # the provider hears nothing, as when somebody walks away
    assert not Use.objects.exists()
    again = visit.choosing(daughter)
    assert visit.hears(visit.choose(again, mother)).represented == mother.id


def test_a_code_that_was_typed_before_is_forgotten(visit: Visit, mother: Someone, daughter: Someone) -> None:
    made = scene.request(mother)
    address = visit.choosing(daughter).replace("/wie/", "/code/")
    check = visit.post(address, code=made.code.display, bsn=mother.bsn.value)["Location"]
    visit.is_away(IDLE_END)
    answer = visit.post(check)
    assert OVER in text_of(answer)
    assert mother.name not in answer.content.decode()
    assert code_slot(id_in(address)) not in visit.client.session
    assert scene.try_code(daughter, mother.bsn, made.code)  # it still opens what it opened


def test_sixteen_minutes_at_the_authentication_service_are_no_absence(
    visit: Visit, daughter: Someone
) -> None:
    """Nobody is logged in before that, and logging in can be slow."""
    begin = visit.begin()
    visit.is_away(IDLE_END + MINUTE)
    assert visit.get(begin).status_code == 200
    said_who(id_in(begin), daughter)
    assert visit.get(f"{begin}wie/").status_code == 200


def test_twenty_minutes_are_the_end_however_busy_somebody_is(visit: Visit, daughter: Someone) -> None:
    """TM-07."""
    address = visit.choosing(daughter)
    for _ in range(19):
        let_pass(MINUTE)
        assert visit.get(address).status_code == 200
    let_pass(TERM - 19 * MINUTE)
    assert OVER in text_of(visit.get(address))


@pytest.mark.parametrize("handle", ["daughter", "mother"])
def test_a_log_in_to_the_portal_in_the_same_browser_changes_nothing_of_this(
    mother: Someone, daughter: Someone, handle: str
) -> None:
    scene.mandate(mother, daughter)
    visit = Visit(logged_in_browser(scene.main_character(handle)))
    address = visit.choosing(daughter)
    visit.is_away(IDLE_END)
    assert OVER in text_of(visit.get(address))
    assert visit.hears(visit.choose(visit.choosing(daughter), mother)).represented == mother.id


def test_another_browser_keeps_nothing_alive(visit: Visit, daughter: Someone) -> None:
    address, other = visit.choosing(daughter), Visit(Client())
    other.get(address)
    visit.is_away(IDLE_END)
    assert OVER in text_of(visit.get(address))
