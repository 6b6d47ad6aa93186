"""Who may be represented, by whom, for which service, beside which mandates (DM-03, DM-04, DM-25, DM-36)."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.strategies import days
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.granting import (
    PersonFacts,
    Replacement,
    age_on,
    check_different,
    check_existing,
    check_open_requests,
    check_representative,
    check_represented,
    check_service_for_grant,
    replacement,
)
from volmacht.rules.kinds import PartyKind, RepresentativeKind
from volmacht.rules.periods import Period
from volmacht.rules.refusals import Refusal
from volmacht.rules.services import LookUpStatus

TODAY = date(2026, 11, 23)
EXACTLY_16 = date(2010, 11, 23)
A_DAY_TOO_YOUNG = date(2010, 11, 24)
ONE_DAY = timedelta(days=1)


def person(
    birth_date: date | None = EXACTLY_16, died_on: date | None = None, under_guardianship: bool = False
) -> PersonFacts:
    return PersonFacts(birth_date, died_on, under_guardianship)


@pytest.mark.parametrize(
    ("birth_date", "day", "age"),
    [
        (date(2010, 11, 23), date(2026, 11, 22), 15),
        (date(2010, 11, 23), date(2026, 11, 23), 16),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2010, 2, 28), date(2026, 2, 28), 16),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(1926, 12, 31), date(2027, 1, 1), 100),
    ],
)
def test_age_is_counted_in_whole_years_and_a_leap_day_birthday_falls_on_1_march(
    birth_date: date, day: date, age: int
) -> None:
    assert age_on(birth_date, day) == age


@given(days, st.integers(0, 40_000))
def test_nobody_gets_younger_and_nobody_ages_more_than_a_year_in_a_day(birth_date: date, lived: int) -> None:
    day = birth_date + timedelta(days=lived)
    assert 0 <= age_on(birth_date, day + ONE_DAY) - age_on(birth_date, day) <= 1


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (person(), None),
        (person(A_DAY_TOO_YOUNG), Refusal.REPRESENTED_TOO_YOUNG),
        (person(birth_date=None), None),
        (person(died_on=TODAY), Refusal.REPRESENTED_DECEASED),
        (person(under_guardianship=True), Refusal.UNDER_GUARDIANSHIP),
        (person(died_on=TODAY, under_guardianship=True), Refusal.REPRESENTED_DECEASED),
        (person(A_DAY_TOO_YOUNG, under_guardianship=True), Refusal.UNDER_GUARDIANSHIP),
        (person(birth_date=None, under_guardianship=True), Refusal.UNDER_GUARDIANSHIP),
    ],
)
def test_a_represented_person_is_alive_not_under_guardianship_and_old_enough(
    facts: PersonFacts, expected: Refusal | None
) -> None:
    assert check_represented(facts, minimum_age=16, today=TODAY) is expected


def test_the_service_sets_the_minimum_age_of_the_represented_person() -> None:
    assert check_represented(person(), minimum_age=17, today=TODAY) is Refusal.REPRESENTED_TOO_YOUNG
    assert check_represented(person(TODAY), minimum_age=0, today=TODAY) is None


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (person(), None),
        (person(A_DAY_TOO_YOUNG), Refusal.REPRESENTATIVE_TOO_YOUNG),
        (person(birth_date=None), None),
        (person(died_on=TODAY), Refusal.REPRESENTATIVE_DECEASED),
        (person(A_DAY_TOO_YOUNG, died_on=TODAY), Refusal.REPRESENTATIVE_DECEASED),
        (person(under_guardianship=True), None),
    ],
)
def test_a_representative_is_alive_and_at_least_16(facts: PersonFacts, expected: Refusal | None) -> None:
    assert check_representative(facts, today=TODAY, minimum_age=16) is expected


def test_the_minimum_age_of_a_representative_can_be_set() -> None:
    assert check_representative(person(), today=TODAY, minimum_age=18) is Refusal.REPRESENTATIVE_TOO_YOUNG


def test_nobody_represents_themselves() -> None:
    assert check_different(UUID(int=1), UUID(int=1)) is Refusal.SAME_PERSON
    assert check_different(UUID(int=1), UUID(int=2)) is None


@pytest.mark.parametrize(
    ("open_requests", "limit", "expected"),
    [
        (19, 20, None),
        (20, 20, Refusal.TOO_MANY_OPEN_REQUESTS),
        (21, 20, Refusal.TOO_MANY_OPEN_REQUESTS),
        (999, 1000, None),
        (1000, 1000, Refusal.TOO_MANY_OPEN_REQUESTS),
    ],
)
def test_open_requests_are_limited(open_requests: int, limit: int, expected: Refusal | None) -> None:
    assert check_open_requests(open_requests, limit=limit) is expected


@pytest.mark.parametrize(
    ("status", "kind", "party_kind", "level", "expected"),
    [
        (LookUpStatus.STATUS_OK, RepresentativeKind.BOTH, PartyKind.PERSON, LevelOfAssurance.MIDDLE, None),
        (LookUpStatus.STATUS_OK, RepresentativeKind.PERSON, PartyKind.PERSON, LevelOfAssurance.HIGH, None),
        (
            LookUpStatus.STATUS_OK,
            RepresentativeKind.PERSON,
            PartyKind.ORGANISATION,
            LevelOfAssurance.MIDDLE,
            Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED,
        ),
        (
            LookUpStatus.STATUS_OK,
            RepresentativeKind.NONE,
            None,
            LevelOfAssurance.BASIC,
            Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED,
        ),
        (LookUpStatus.STATUS_OK, RepresentativeKind.ORGANISATION, None, LevelOfAssurance.MIDDLE, None),
        (
            LookUpStatus.STATUS_OK,
            RepresentativeKind.BOTH,
            PartyKind.PERSON,
            LevelOfAssurance.BASIC,
            Refusal.LEVEL_TOO_LOW,
        ),
        (
            LookUpStatus.SERVICE_NOT_FOUND,
            RepresentativeKind.NONE,
            PartyKind.PERSON,
            LevelOfAssurance.BASIC,
            Refusal.SERVICE_UNKNOWN,
        ),
        (
            LookUpStatus.SERVICE_NOT_MANDATABLE,
            RepresentativeKind.BOTH,
            None,
            LevelOfAssurance.HIGH,
            Refusal.SERVICE_NOT_MANDATABLE,
        ),
    ],
)
def test_a_service_can_be_granted_when_it_is_in_force_and_takes_this_kind_at_this_level(
    status: LookUpStatus,
    kind: RepresentativeKind,
    party_kind: PartyKind | None,
    level: LevelOfAssurance,
    expected: Refusal | None,
) -> None:
    found = check_service_for_grant(
        status, kind, party_kind, level=level, minimum_level=LevelOfAssurance.MIDDLE
    )
    assert found is expected


@pytest.mark.parametrize(
    ("kind", "party_kind", "that_log_in", "expected"),
    [
        (RepresentativeKind.ORGANISATION, None, [PartyKind.PERSON], Refusal.REPRESENTATIVE_CANNOT_LOG_IN),
        (RepresentativeKind.ORGANISATION, None, list(PartyKind), None),
        (RepresentativeKind.BOTH, None, [PartyKind.PERSON], None),
        (
            RepresentativeKind.BOTH,
            PartyKind.ORGANISATION,
            [PartyKind.PERSON],
            Refusal.REPRESENTATIVE_CANNOT_LOG_IN,
        ),
        (
            RepresentativeKind.ORGANISATION,
            PartyKind.PERSON,
            [PartyKind.PERSON],
            Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED,
        ),
        (RepresentativeKind.NONE, None, [], Refusal.REPRESENTATIVE_KIND_NOT_ALLOWED),
    ],
)
def test_what_nobody_could_log_in_for_is_not_granted(
    kind: RepresentativeKind,
    party_kind: PartyKind | None,
    that_log_in: list[PartyKind],
    expected: Refusal | None,
) -> None:
    """DM-02: of the kinds that the service takes somebody must be able to use the mandate."""
    level = LevelOfAssurance.MIDDLE
    found = check_service_for_grant(
        LookUpStatus.STATUS_OK, kind, party_kind, level=level, minimum_level=level, that_log_in=that_log_in
    )
    assert found is expected


PAST = Period(TODAY - 30 * ONE_DAY, TODAY - ONE_DAY)
ACTIVE = Period(TODAY - ONE_DAY, TODAY)
TO_COME = Period(TODAY + ONE_DAY, TODAY + 30 * ONE_DAY)
TOMORROW = TODAY + ONE_DAY


@pytest.mark.parametrize(
    ("new_first_day", "existing", "refusal", "effect"),
    [
        (TODAY, [], None, Replacement.NONE),
        (TOMORROW, [], None, Replacement.NONE),
        (TODAY, [PAST], None, Replacement.NONE),
        (TOMORROW, [PAST], None, Replacement.NONE),
        (TODAY, [ACTIVE], None, Replacement.REPLACE),
        (TOMORROW, [ACTIVE], Refusal.MANDATE_EXISTS, Replacement.REPLACE),
        (TODAY, [TO_COME], None, Replacement.REPLACE),
        (TOMORROW, [TO_COME], None, Replacement.REPLACE),
        (TOMORROW, [PAST, ACTIVE], Refusal.MANDATE_EXISTS, Replacement.REPLACE),
    ],
)
def test_granting_again_replaces_unless_it_would_start_later_than_an_active_mandate(
    new_first_day: date, existing: list[Period], refusal: Refusal | None, effect: Replacement
) -> None:
    assert check_existing(new_first_day, existing, TODAY) is refusal
    assert replacement(existing, TODAY) is effect
