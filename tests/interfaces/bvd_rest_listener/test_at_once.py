"""What only real commits show: several that come at once, and a database that is away (BR-03, BR-04, BR-07, BR-12)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from tests.interfaces.bvd_rest.entrance import Entrance, in_process, question
from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import certificate_of
from tests.interfaces.saml.browsing import Browser
from tests.portals.shared.test_refusing_database import TakeAway, take_away
from volmacht.logins.models import RestLogin
from volmacht.logins.operations import take_handle
from volmacht.mandates.models import Use

__all__ = ["take_away"]
AT_ONCE = 4
Found = TypeVar("Found")


@pytest.fixture
def entrance(browser_with_clients: Browser) -> Entrance:
    """The authentication service."""
    return Entrance(in_process(certificate_of(parties.AD)))


def at_once(do: Callable[[], Found]) -> list[Found]:
    """Several do the same at one moment."""
    ready = Barrier(AT_ONCE)

    def one(_number: int) -> Found:
        ready.wait()
        try:
            return do()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_tc_98_of_several_with_one_transaction_id_exactly_one_begins(
    browser_with_clients: Browser, entrance: Entrance
) -> None:
    asked = question(browser_with_clients.world.daughter.bsn)
    answers = at_once(lambda: entrance.initiate(asked).status)
    assert sorted(answers) == [200, 409, 409, 409]
    assert RestLogin.objects.count() == 1


def test_of_several_browsers_with_one_handle_exactly_one_gets_in(
    browser_with_clients: Browser, entrance: Entrance
) -> None:
    """SE-02, whichever interface a log-in came over."""
    redirect = entrance.begin(question(browser_with_clients.world.daughter.bsn))
    over_saml = browser_with_clients.send(asking.written(asking.request()))["Location"]
    for handle in (redirect.rpartition("/")[2], over_saml.rstrip("/").rpartition("/")[2]):
        taken = at_once(partial(take_handle, handle))
        assert len([login for login in taken if login]) == 1


def test_several_fetches_at_once_get_one_answer_and_are_one_use(
    browser_with_clients: Browser, entrance: Entrance
) -> None:
    browser = browser_with_clients
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    answers = at_once(lambda: entrance.retrieve(asked))
    assert [answer.status for answer in answers] == [200] * AT_ONCE
    assert len({answer.body for answer in answers}) == 1
    assert Use.objects.count() == 1


def test_while_the_database_is_away_a_machine_is_told_so(
    browser_with_clients: Browser, entrance: Entrance, take_away: TakeAway
) -> None:
    asked = question(browser_with_clients.world.daughter.bsn)
    take_away()
    answer = entrance.initiate(asked)
    assert answer.problem == (503, "unavailable")
    assert answer.headers["retry-after"] == "10"
