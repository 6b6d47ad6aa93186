"""The adapter asks the population register over real HTTP (the stand-in), and reads every kind of person."""

from collections.abc import Callable, Iterator
from datetime import date

import httpx
import pytest

from tests.standins.serving import served
from volmacht.parties.adapters.haal_centraal import HaalCentraalRegister
from volmacht.parties.adapters.haal_centraal_answer import FIELDS
from volmacht.parties.population_register import (
    Address,
    PopulationRegister,
    RegisteredPerson,
    RegisterUnavailable,
    UnavailableCause,
)
from volmacht.rules.identifiers import Bsn
from volmacht.standins.population_register.app import BASE_PATH, PopulationRegisterStandIn
from volmacht.standins.population_register.people import load_people
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register

KEY = "a-key"
LookUp = Callable[[str], RegisteredPerson]


@pytest.fixture(scope="module")
def people() -> dict[str, Person]:
    """Everybody unusual by case, and the main characters by handle."""
    return {person.handle or person.case: person for person in load_people() if person.handle or person.case}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The register, running."""
    with served(PopulationRegisterStandIn(Register(load_people()), KEY, faults_enabled=True)) as where:
        yield where


@pytest.fixture
def look_up(address: str, people: dict[str, Person]) -> Iterator[LookUp]:
    """Looks somebody up by case or handle, who must exist."""
    with HaalCentraalRegister(address + BASE_PATH, KEY) as register:

        def by_name(name: str) -> RegisteredPerson:
            found = register.look_up(people[name].bsn)
            assert found is not None
            return found

        yield by_name


def test_the_adapter_is_a_population_register(address: str) -> None:
    with HaalCentraalRegister(address + BASE_PATH, KEY) as register:
        port: PopulationRegister = register
        assert port.look_up(Bsn("000000012")) is None


def test_a_person_is_told_whole(look_up: LookUp) -> None:
    assert look_up("mother") == RegisteredPerson(
        bsn=Bsn("999900006"),
        given_names="Maria Johanna",
        prefix="",
        family_name="Jansen",
        full_name="Maria Johanna Jansen",
        addressee="M.J. de Vries-Jansen",
        birth_date=date(1948, 3, 14),
        birth_year=1948,
        deceased=False,
        died_on=None,
        under_guardianship=False,
        address_secret=False,
        lives_abroad=False,
        address=Address("Bergkerkplein 14", "7411 EX  DEVENTER"),
    )


def test_everybody_who_is_in_the_register_can_be_read(address: str) -> None:
    with HaalCentraalRegister(address + BASE_PATH, KEY) as register:
        for person in load_people():
            found = register.look_up(person.bsn)
            removed = person.case in {"removed_as_wrong", "removed_for_good"}
            assert (found is None) == removed
            if found is not None:
                assert found.full_name == person.full_name
                assert found.birth_date == person.born.whole
                assert found.deceased == person.deceased
                assert found.address_secret == person.address_secret


DEATHS = [
    ("deceased_known_date", date(2025, 2, 3)),
    ("deceased_unknown_date", None),
    ("deceased_only_year_known", None),
    ("deceased_only_month_known", None),
    ("deceased_without_details", None),
]


@pytest.mark.parametrize(("case", "died_on"), DEATHS)
def test_death_is_certain_even_where_the_day_is_not(look_up: LookUp, case: str, died_on: date | None) -> None:
    person = look_up(case)
    assert (person.deceased, person.died_on) == (True, died_on)


BIRTHS = [
    ("turns_16_on_23_november_2026", date(2010, 11, 23), 2010),
    ("birth_only_month_known", None, 1978),
    ("birth_only_year_known", None, 1968),
    ("birth_unknown", None, None),
]


@pytest.mark.parametrize(("case", "birth_date", "birth_year"), BIRTHS)
def test_a_birth_date_may_be_incomplete(
    look_up: LookUp, case: str, birth_date: date | None, birth_year: int | None
) -> None:
    person = look_up(case)
    assert (person.birth_date, person.birth_year) == (birth_date, birth_year)


def test_guardianship_is_told(look_up: LookUp) -> None:
    assert look_up("under-guardianship").under_guardianship
    assert not look_up("mother").under_guardianship


ABROAD = [
    ("abroad", True),
    ("abroad_without_lines", True),
    ("abroad_three_lines", True),
    ("emigrated_to_unknown_place", True),
    ("non_resident_without_residence", True),
    ("no_residence_registered", False),
]


@pytest.mark.parametrize(("case", "abroad"), ABROAD)
def test_without_an_address_in_the_netherlands_there_is_no_address(
    look_up: LookUp, case: str, abroad: bool
) -> None:
    person = look_up(case)
    assert (person.lives_abroad, person.address) == (abroad, None)


@pytest.mark.parametrize("case", ["suspended_by_decree", "houseboat", "address_without_city"])
def test_who_lives_in_the_netherlands_has_an_address(look_up: LookUp, case: str) -> None:
    person = look_up(case)
    assert not person.lives_abroad
    assert person.address is not None
    assert len(person.address.lines) == 2


@pytest.mark.parametrize("case", ["not_living_at_the_address", "houseboat_not_living_there"])
def test_an_address_known_to_be_wrong_is_no_address(look_up: LookUp, case: str) -> None:
    assert look_up(case).address is None


def test_a_secret_address_is_marked_and_still_there_for_the_letter(look_up: LookUp) -> None:
    person = look_up("secret-address")
    assert person.address_secret
    assert person.address == Address("Hoogstraat 259", "5654 NA  EINDHOVEN")


NAMES = [
    ("only_a_family_name", "", "Obbadah", "Obbadah"),
    ("only_given_names", "Ali bin Mohammed", "", "Ali bin Mohammed"),
    ("name_of_two_characters", "O", "Ng", "O Ng"),
    ("serbian_letters", "Milica", "Šćepanović", "M. Šćepanović"),
    ("typographic_apostrophe", "Liam", "O’Neill", "L. O’Neill"),
    ("vietnamese_letters", "Thị Hồng", "Đặng", "T.H. Đặng"),
    ("chinese_letter", "", "王", "王"),
    ("arabic_letters", "محمد", "الأحمد", "م. الأحمد"),
    ("partners_name_last", "Dirk-Willem", "Groenen", "D. Groenen-Groenlo"),
]


@pytest.mark.parametrize(("case", "given_names", "family_name", "addressee"), NAMES)
def test_unusual_names_arrive_unharmed(
    look_up: LookUp, case: str, given_names: str, family_name: str, addressee: str
) -> None:
    person = look_up(case)
    assert (person.given_names, person.family_name, person.addressee) == (given_names, family_name, addressee)


def test_the_longest_names_arrive_whole(look_up: LookUp) -> None:
    person = look_up("both_names_of_200_characters")
    assert len(person.full_name) == 401


def test_nothing_is_asked_of_family_nationality_or_an_address_abroad() -> None:
    assert {field.split(".")[0] for field in FIELDS} == {
        "burgerservicenummer",
        "naam",
        "geboorte",
        "overlijden",
        "indicatieCurateleRegister",
        "verblijfplaats",
        "adressering",
        "adresseringBinnenland",
    }
    assert not [
        field for field in FIELDS if field.startswith("verblijfplaats") and field != "verblijfplaats.type"
    ]
    assert not [field for field in FIELDS if field.startswith("adressering.adresregel")]


def test_a_change_is_seen_by_the_next_look_up(
    address: str, people: dict[str, Person], look_up: LookUp
) -> None:
    bsn = people["grandfather"].bsn.value
    for died in ("2026-11-20", None):
        body = {"bsn": bsn, "died": died}
        httpx.post(f"{address}/stand-in/person", json=body, headers={"X-API-KEY": KEY}, trust_env=False)
        assert look_up("grandfather").deceased == (died is not None)


def test_the_values_print_themselves_without_personal_data(look_up: LookUp) -> None:
    person = look_up("mother")
    assert repr(person) == "RegisteredPerson(Bsn(••••••006))"
    assert "Bergkerk" not in repr(person.address)


def test_with_the_wrong_key_access_is_denied(address: str, people: dict[str, Person]) -> None:
    with (
        HaalCentraalRegister(address + BASE_PATH, "wrong") as register,
        pytest.raises(RegisterUnavailable) as refusal,
    ):
        register.look_up(people["mother"].bsn)
    assert refusal.value.cause is UnavailableCause.ACCESS_DENIED
    assert str(refusal.value) == "access_denied: status 401"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        ({"unavailable": True}, UnavailableCause.OUT_OF_ORDER),
        ({"delay_seconds": 1}, UnavailableCause.TOO_SLOW),
    ],
)
def test_a_register_in_trouble_is_unavailable_until_it_recovers(
    address: str, people: dict[str, Person], fault: dict[str, object], cause: UnavailableCause
) -> None:
    switch, key = f"{address}/stand-in/fault", {"X-API-KEY": KEY}
    with HaalCentraalRegister(address + BASE_PATH, KEY, answer_seconds=0.2) as register:
        try:
            httpx.post(switch, json=fault, headers=key, trust_env=False)
            with pytest.raises(RegisterUnavailable) as trouble:
                register.look_up(people["mother"].bsn)
            assert trouble.value.cause is cause
        finally:
            httpx.post(switch, json={}, headers=key, trust_env=False)
        assert register.look_up(people["mother"].bsn) is not None
