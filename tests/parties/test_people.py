"""Becoming known, once; what the register says; being forgotten (DM-04, DM-06, DM-44)."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries, Settings

from tests.parties.leaking import every_value, leaks_of
from tests.population_register import PopulationRegisterControl
from tests.sealing.key_rings import new_keys
from volmacht.audit.kinds import EventKind
from volmacht.audit.queries import history_about
from volmacht.audit.verification import verify
from volmacht.parties import queries
from volmacht.parties.models import Party, Person
from volmacht.parties.operations import (
    choose_language,
    create_staff_member,
    erase_person,
    give_email_address,
    know_person,
    refresh_person,
)
from volmacht.parties.queries import KnownParty
from volmacht.rules.identifiers import Bsn
from volmacht.rules.kinds import PartyKind
from volmacht.rules.refusals import Refusal, Refused
from volmacht.sealing import CannotOpen

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
MOTHER = Bsn("999900006")
NOBODY = Bsn("999993653")
Clock = Callable[[datetime], None]
Register = PopulationRegisterControl


def known(bsn: Bsn = MOTHER) -> KnownParty:
    """Somebody of the register, made known."""
    party_id = know_person(bsn)
    assert isinstance(party_id, UUID)
    found = queries.party(party_id)
    assert found
    return found


def events_about(party: KnownParty) -> list[EventKind]:
    """What the chain says of somebody."""
    return [event.kind for event in history_about(party.id)]


def test_a_bsn_becomes_a_random_id_with_what_the_register_says(db: None, clock_at: Clock) -> None:
    clock_at(NOON)
    mother = known()
    assert (mother.kind, mother.name) == (PartyKind.PERSON, "Maria Johanna de Vries-Jansen")
    assert (mother.birth_date, mother.deceased, mother.under_guardianship) == (
        date(1948, 3, 14),
        False,
        False,
    )
    assert (mother.blocked, mother.language) == (False, "nl")
    assert mother.id.version == 4
    assert events_about(mother) == [EventKind.PERSON_REGISTERED]
    assert queries.party_with_bsn(MOTHER) == mother.id
    assert queries.bsn_of(mother.id) == MOTHER


def test_who_is_known_is_not_asked_about_again(db: None, population_register: Register) -> None:
    mother = known()
    population_register.fail()
    assert know_person(MOTHER) == mother.id
    assert events_about(mother) == [EventKind.PERSON_REGISTERED]


def test_a_look_up_by_bsn_opens_nothing(
    db: None, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mother = known()
    settings.VOLMACHT_KEYS = new_keys(settings.VOLMACHT_KEYS, encryption={9: b"x" * 32})
    with django_assert_num_queries(1):
        assert queries.party_with_bsn(MOTHER) == mother.id


def test_nobody_is_made_of_a_bsn_that_the_register_does_not_know(db: None) -> None:
    assert know_person(NOBODY) == Refused(Refusal.PERSON_UNKNOWN)
    assert not Party.objects.exists()


def test_nobody_new_becomes_known_while_the_register_is_away(db: None, population_register: Register) -> None:
    population_register.fail()
    assert know_person(MOTHER) == Refused(Refusal.REGISTER_UNAVAILABLE)
    assert not Party.objects.exists()


def test_two_at_the_same_time_get_the_same_person(committed_db: None, population_register: Register) -> None:
    population_register.fail(
        delay_seconds=0.3, unavailable=False
    )  # so that all have asked before one has written
    together = Barrier(5)

    def ask(_: int) -> UUID | Refused:
        try:
            together.wait(10)
            return know_person(MOTHER)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        ids = set(pool.map(ask, range(5)))
    assert len(ids) == 1
    assert ids == set(Party.objects.values_list("id", flat=True))
    assert Person.objects.count() == 1
    assert events_about(known()) == [EventKind.PERSON_REGISTERED]
    assert verify() == []


def test_keys_can_be_renewed_and_everybody_is_still_known(db: None, settings: Settings) -> None:
    mother = known()
    ring = settings.VOLMACHT_KEYS
    settings.VOLMACHT_KEYS = new_keys(
        ring, hashing={**ring.hashing, 2: b"h" * 32}, encryption={**ring.encryption, 2: b"e" * 32}
    )
    assert know_person(MOTHER) == mother.id
    daughter = known(Bsn("999900018"))
    rows = dict(Person.objects.values_list("party_id", "bsn_hash_version"))
    assert rows == {mother.id: 1, daughter.id: 2}
    assert queries.bsn_of(mother.id) == MOTHER
    assert queries.bsn_of(daughter.id) == Bsn("999900018")
    assert queries.party_with_bsn(Bsn("999900018")) == daughter.id


def test_the_bsn_of_one_person_does_not_open_in_the_row_of_another(db: None) -> None:
    mother, daughter = known(), know_person(Bsn("999900018"))
    assert isinstance(daughter, UUID)
    sealed = Person.objects.get(party_id=mother.id).bsn_sealed
    Person.objects.filter(party_id=daughter).update(bsn_sealed=sealed)
    with pytest.raises(CannotOpen):
        queries.bsn_of(daughter)


def test_a_bsn_stands_readable_nowhere(db: None) -> None:
    mother = known()
    give_email_address(mother.id, "maria@voorbeeld.example", "nl")
    assert leaks_of(MOTHER.value) == []
    assert {
        place for place, value in every_value() if isinstance(value, bytes) and b"maria@" in value
    } == set()
    assert not any("maria@voorbeeld" in str(value) for _, value in every_value())


def test_the_search_for_leaks_finds_a_leak(db: None) -> None:
    mother = known()
    for leak in (MOTHER.value, "bsn=999900006;", "999 900 006", "9999.00.006"):
        Party.objects.filter(id=mother.id).update(name=leak)
        assert leaks_of(MOTHER.value) == ["parties_party.name"]
    Person.objects.filter(party_id=mother.id).update(bsn_sealed=b"\x01" * 13 + MOTHER.value.encode())
    assert "parties_person.bsn_sealed" in leaks_of(MOTHER.value)


def test_refreshing_takes_what_changed_and_says_so_in_the_chain(
    db: None, population_register: Register, clock_at: Clock
) -> None:
    clock_at(NOON)
    mother = known()
    assert refresh_person(mother.id) == mother
    assert events_about(mother) == [EventKind.PERSON_REGISTERED]
    population_register.place_under_guardianship(MOTHER.value)
    changed = refresh_person(mother.id)
    assert isinstance(changed, KnownParty)
    assert changed.under_guardianship
    assert changed == queries.party(mother.id)
    population_register.place_under_guardianship(MOTHER.value, on=False)
    assert refresh_person(mother.id) == mother
    assert events_about(mother) == [EventKind.PERSON_REGISTERED] + [EventKind.PERSON_FACTS_CHANGED] * 2


@pytest.mark.parametrize(
    ("problem", "refusal"),
    [
        ("away", Refusal.REGISTER_UNAVAILABLE),
        ("erased", Refusal.PERSON_UNKNOWN),
        ("unknown", Refusal.PERSON_UNKNOWN),
    ],
)
def test_refreshing_says_why_it_cannot(
    db: None, population_register: Register, problem: str, refusal: Refusal
) -> None:
    mother = known()
    if problem == "away":
        population_register.fail()
    if problem == "erased":
        erase_person(mother.id)
    before = queries.party(mother.id)
    assert refresh_person(uuid4() if problem == "unknown" else mother.id) == Refused(refusal)
    assert queries.party(mother.id) == before


def test_a_death_on_an_unknown_day_counts_from_the_day_it_became_known(
    db: None, population_register: Register, clock_at: Clock
) -> None:
    clock_at(NOON)
    mother = known()
    population_register.die(MOTHER.value)
    for later in (NOON, NOON + timedelta(days=40)):
        clock_at(later)
        dead = refresh_person(mother.id)
        assert isinstance(dead, KnownParty)
        assert (dead.deceased, dead.died_on) == (True, NOON.date())
    assert events_about(mother).count(EventKind.PERSON_FACTS_CHANGED) == 1
    population_register.die(MOTHER.value, date(2026, 11, 20))
    dead = refresh_person(mother.id)
    assert isinstance(dead, KnownParty)
    assert dead.died_on == date(2026, 11, 20)


def test_a_mistaken_notice_of_death_is_taken_back(
    db: None, population_register: Register, clock_at: Clock
) -> None:
    clock_at(NOON)
    mother = known()
    population_register.die(MOTHER.value, date(2026, 11, 20))
    refresh_person(mother.id)
    population_register.reset()
    assert refresh_person(mother.id) == mother


@pytest.mark.parametrize(
    "case", ["deceased_unknown_date", "deceased_only_year_known", "deceased_without_details"]
)
def test_who_died_on_an_uncertain_day_is_dead_all_the_same(
    db: None, population_register: Register, clock_at: Clock, case: str
) -> None:
    clock_at(NOON)
    dead = known(population_register.with_case(case).bsn)
    assert dead.deceased
    assert dead.died_on is not None
    assert dead.died_on <= NOON.date()
    assert dead.facts().died_on == dead.died_on


def test_of_who_has_only_a_year_of_birth_the_youngest_age_counts(
    db: None, population_register: Register
) -> None:
    found = known(population_register.with_case("birth_only_year_known").bsn)
    assert found.birth_date is None
    assert found.birth_year
    assert found.facts().birth_date == date(found.birth_year, 12, 31)
    assert known(population_register.with_case("birth_unknown").bsn).facts().birth_date is None


def test_names_of_any_length_and_alphabet_fit(db: None, population_register: Register) -> None:
    for case in ("both_names_of_200_characters", "chinese_letter", "arabic_letters", "vietnamese_letters"):
        person = population_register.with_case(case)
        found = known(person.bsn)
        assert found.name == person.used_name[:400]
        assert 0 < len(Party.objects.get(id=found.id).search_name) <= 400


def test_an_erased_person_leaves_an_id_and_a_whole_chain(db: None, clock_at: Clock) -> None:
    clock_at(NOON)
    mother = known()
    give_email_address(mother.id, "maria@voorbeeld.example", "nl")
    assert any(mother.name in str(value) for _, value in every_value())
    erase_person(mother.id)
    erase_person(mother.id)
    gone = queries.party(mother.id)
    assert gone
    assert (gone.name, gone.birth_date, gone.birth_year, gone.died_on) == ("", None, None, None)
    assert queries.bsn_of(mother.id) is None
    assert queries.party_with_bsn(MOTHER) is None
    assert queries.email_addresses(mother.id) == []
    assert leaks_of(MOTHER.value) == []
    assert not any(mother.name in str(value) or "jansen" in str(value) for _, value in every_value())
    assert events_about(mother).count(EventKind.PERSON_ERASED) == 1
    assert verify() == []


def test_nothing_is_decided_in_the_name_of_an_erased_person(db: None, population_register: Register) -> None:
    dead = known(population_register.with_case("deceased_known_date").bsn)
    erase_person(dead.id)
    gone = queries.party(dead.id)
    assert gone
    assert gone.blocked
    assert gone.facts().died_on is not None


def test_an_erased_person_who_comes_back_is_somebody_new(db: None) -> None:
    before = known()
    erase_person(before.id)
    after = known()
    assert after.id != before.id
    assert (after.name, after.blocked) == (before.name, False)


def test_erasing_wins_from_a_refresh_that_was_under_way(
    committed_db: None, population_register: Register
) -> None:
    mother = known()
    population_register.fail(delay_seconds=0.6, unavailable=False)

    def refresh() -> KnownParty | Refused:
        try:
            return refresh_person(mother.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        refreshing = pool.submit(refresh)
        time.sleep(0.25)  # the register has been asked, and has not answered yet
        erase_person(mother.id)
        assert refreshing.result() == Refused(Refusal.PERSON_UNKNOWN)
    gone = queries.party(mother.id)
    assert gone
    assert (gone.name, gone.birth_date) == ("", None)


def test_the_language_of_messages_is_kept(db: None) -> None:
    mother = known()
    choose_language(mother.id, "en")
    found = queries.party(mother.id)
    assert found
    assert found.language == "en"


def test_an_employee_is_added_once_whatever_the_capitals(db: None) -> None:
    anne = create_staff_member("Anne", "anne@volmacht.example")
    assert create_staff_member("Anne Bakker", "ANNE@volmacht.example") == anne
    found = queries.staff_member("Anne@Volmacht.example")
    assert found
    assert (found.id, found.name, found.active) == (anne, "Anne", True)


def test_an_unknown_id_is_nobody(db: None) -> None:
    somebody = uuid4()
    assert queries.party(somebody) is None
    assert queries.bsn_of(somebody) is None
    assert queries.parties([somebody]) == {}
    erase_person(somebody)
    assert history_about(somebody) == []
