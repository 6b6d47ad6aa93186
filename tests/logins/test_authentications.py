"""The way to the authentication service and back: one visit, one ticket, one browser."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import Settings

from tests.logins.provider import let_pass
from tests.parties.leaking import every_value
from tests.population_register import PopulationRegisterControl
from tests.sealing.key_rings import new_keys
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.logins.authentications import TERM
from volmacht.logins.models import Authentication
from volmacht.logins.operations import (
    Authenticated,
    begin_authentication,
    redeem,
    sweep_authentications,
    vouch,
)
from volmacht.logins.queries import authentication_open
from volmacht.parties.models import Party
from volmacht.parties.queries import party_with_bsn
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.identifiers import Bsn
from volmacht.rules.refusals import Refusal, Refused

MOTHER = Bsn("999900006")
LEVEL = LevelOfAssurance.MIDDLE
Register = PopulationRegisterControl


def ticket_for(visit: UUID, bsn: Bsn = MOTHER) -> str:
    """The authentication service says who is there."""
    ticket = vouch(visit, bsn=bsn, level=LEVEL)
    assert isinstance(ticket, str), ticket
    return ticket


def test_a_ticket_says_who_is_there_and_how_surely(db: None) -> None:
    visit = begin_authentication()
    assert authentication_open(visit)
    there = redeem(visit, ticket_for(visit))
    assert isinstance(there, Authenticated)
    assert (there.person.id, there.level) == (party_with_bsn(MOTHER), LEVEL)
    events = {event.kind: event.data for event in history_about(there.person.id)}
    assert events[EventKind.LOGGED_IN] == {"level": int(LEVEL)}


def test_a_ticket_is_redeemed_once(db: None) -> None:
    visit = begin_authentication()
    ticket = ticket_for(visit)
    assert redeem(visit, ticket)
    assert redeem(visit, ticket) is None
    assert not authentication_open(visit)


def test_a_ticket_that_comes_back_twice_at_once_is_redeemed_once(committed_db: None) -> None:
    visit = begin_authentication()
    ticket = ticket_for(visit)

    def come_back(_: int) -> bool:
        try:
            return redeem(visit, ticket) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(come_back, range(4))) == [False, False, False, True]


def test_a_ticket_opens_nothing_for_the_visit_of_another_browser(db: None) -> None:
    mine, theirs = begin_authentication(), begin_authentication()
    ticket = ticket_for(mine)
    assert redeem(theirs, ticket) is None
    assert redeem(uuid4(), ticket) is None
    assert redeem(mine, ticket)


def test_two_tabs_are_two_visits_that_do_not_hinder_each_other(db: None) -> None:
    first, second = begin_authentication(), begin_authentication()
    of_first, of_second = ticket_for(first), ticket_for(second, Bsn("999900018"))
    daughter, mother = redeem(second, of_second), redeem(first, of_first)
    assert mother
    assert daughter
    assert mother.person.id != daughter.person.id


@pytest.mark.parametrize("ticket", ["", "x", "0" * 32, "é\ufffd"])
def test_a_made_up_ticket_opens_nothing(db: None, ticket: str) -> None:
    visit = begin_authentication()
    assert redeem(visit, ticket) is None
    right = ticket_for(visit)
    assert redeem(visit, ticket) is None
    assert redeem(visit, right.swapcase()) is None
    assert redeem(visit, right)


def test_a_visit_that_took_too_long_is_over(db: None) -> None:
    early, late = begin_authentication(), begin_authentication()
    ticket = ticket_for(early)
    let_pass(TERM)
    assert redeem(early, ticket) is None
    assert not authentication_open(late)
    assert vouch(late, bsn=MOTHER, level=LEVEL) == Refused(Refusal.NOT_YOURS)
    assert sweep_authentications() == 2
    assert sweep_authentications() == 0


def test_a_visit_just_in_time_is_not_swept(db: None) -> None:
    visit = begin_authentication()
    let_pass(TERM - timedelta(minutes=1))
    assert sweep_authentications() == 0
    assert redeem(visit, ticket_for(visit))


def test_a_visit_is_finished_once(db: None) -> None:
    visit = begin_authentication()
    first = ticket_for(visit)
    assert vouch(visit, bsn=Bsn("999900018"), level=LEVEL) == Refused(Refusal.NOT_YOURS)
    there = redeem(visit, first)
    assert there
    assert there.person.id == party_with_bsn(MOTHER)


def test_nobody_vouches_for_an_unknown_visit(db: None) -> None:
    assert vouch(uuid4(), bsn=MOTHER, level=LEVEL) == Refused(Refusal.NOT_YOURS)


def test_nobody_logs_in_as_somebody_who_died(db: None, population_register: Register) -> None:
    visit = begin_authentication()
    dead = population_register.with_case("deceased_with_digid").bsn
    assert vouch(visit, bsn=dead, level=LEVEL) == Refused(Refusal.REPRESENTATIVE_DECEASED)
    assert authentication_open(visit)


def test_somebody_new_cannot_log_in_while_the_register_is_away(
    db: None, population_register: Register
) -> None:
    visit = begin_authentication()
    population_register.fail()
    assert vouch(visit, bsn=MOTHER, level=LEVEL) == Refused(Refusal.REGISTER_UNAVAILABLE)
    assert vouch(visit, bsn=Bsn("999993653"), level=LEVEL) == Refused(Refusal.REGISTER_UNAVAILABLE)
    population_register.reset()
    assert vouch(visit, bsn=Bsn("999993653"), level=LEVEL) == Refused(Refusal.PERSON_UNKNOWN)
    assert not Party.objects.exists()
    assert redeem(visit, ticket_for(visit))


def test_who_is_known_logs_in_while_the_register_is_away(db: None, population_register: Register) -> None:
    ticket_for(begin_authentication())
    population_register.fail()
    visit = begin_authentication()
    assert redeem(visit, ticket_for(visit))


def test_a_ticket_cannot_be_read_in_the_database(db: None) -> None:
    visit = begin_authentication()
    ticket = ticket_for(visit)
    assert Authentication.objects.filter(id=visit, ticket_hash__isnull=False).exists()
    assert not any(ticket in str(value) or ticket.encode() in _bytes(value) for _, value in every_value())


def _bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def test_new_keys_do_not_break_off_who_is_logging_in(db: None, settings: Settings) -> None:
    visit = begin_authentication()
    ticket = ticket_for(visit)
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(ring, hashing={**ring.hashing, 2: b"h" * 32})
    assert redeem(visit, ticket)
