"""What the stand-in tells of people: the choice of fields, what comes unasked, and every unusual case."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.standins.register_client import RegisterClient, by_case, by_handle
from volmacht import clock
from volmacht.standins.population_register.person import Person

People = tuple[Person, ...]


def _date(text: str, long: str) -> dict[str, str]:
    return {"type": "Datum", "datum": text, "langFormaat": long}


def test_only_the_fields_that_were_asked_are_delivered(register: RegisterClient, people: People) -> None:
    person = register.person(by_handle(people, "daughter"), "burgerservicenummer naam.voorvoegsel geboorte")
    assert person == {
        "burgerservicenummer": "999900018",
        "naam": {"voorvoegsel": "de"},
        "geboorte": {"datum": _date("1977-06-02", "2 juni 1977")},
    }


@pytest.mark.parametrize("part", ["", ".type", ".datum", ".langFormaat", ".jaar", ".maand", ".onbekend"])
def test_part_of_a_date_gives_all_of_it(register: RegisterClient, people: People, part: str) -> None:
    person = register.person(by_handle(people, "daughter"), f"geboorte.datum{part}")
    assert person == {"geboorte": {"datum": _date("1977-06-02", "2 juni 1977")}}


@pytest.mark.parametrize("part", ["", ".code", ".omschrijving"])
def test_part_of_a_table_value_gives_all_of_it(register: RegisterClient, people: People, part: str) -> None:
    person = register.person(by_handle(people, "daughter"), f"geslacht{part}")
    assert person == {"geslacht": {"code": "V", "omschrijving": "vrouw"}}


@pytest.mark.parametrize("fields", ["naam naam.voornamen", "naam.voornamen naam"])
def test_a_group_asked_whole_is_given_whole_whatever_else_is_asked(
    register: RegisterClient, people: People, fields: str
) -> None:
    assert set(register.person(by_handle(people, "daughter"), fields)["naam"]) == {
        "voornamen",
        "voorvoegsel",
        "geslachtsnaam",
        "voorletters",
        "volledigeNaam",
        "aanduidingNaamgebruik",
    }


def test_a_group_without_the_value_asked_for_is_empty(register: RegisterClient, people: People) -> None:
    assert register.person(by_handle(people, "mother"), "naam.voorvoegsel") == {"naam": {}}


def test_a_group_that_does_not_apply_is_left_out_and_a_list_is_empty(
    register: RegisterClient, people: People
) -> None:
    person = register.person(by_handle(people, "daughter"), "overlijden verblijfstitel kinderen partners")
    assert person == {"kinderen": [], "partners": []}


def test_of_a_partner_the_parts_asked_for_are_delivered(register: RegisterClient, people: People) -> None:
    person = register.person(by_handle(people, "mother"), "partners.naam.geslachtsnaam")
    assert person == {"partners": [{"naam": {"geslachtsnaam": "Vries"}}]}


DEATHS: list[tuple[str, dict[str, Any]]] = [
    ("deceased_known_date", _date("2025-02-03", "3 februari 2025")),
    ("deceased_unknown_date", {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}),
    ("deceased_only_year_known", {"type": "JaarDatum", "jaar": 2024, "langFormaat": "2024"}),
    (
        "deceased_only_month_known",
        {"type": "JaarMaandDatum", "jaar": 2026, "maand": 3, "langFormaat": "maart 2026"},
    ),
]


@pytest.mark.parametrize(("case", "died"), DEATHS)
def test_a_death_suspends_the_record_and_is_told_unasked(
    register: RegisterClient, people: People, case: str, died: dict[str, Any]
) -> None:
    suspension = {"reden": {"code": "O", "omschrijving": "overlijden"}, "datum": died}
    person = by_case(people, case)
    assert register.person(person, "leeftijd") == {"opschortingBijhouding": suspension}
    assert register.person(person, "overlijden.datum") == {
        "opschortingBijhouding": suspension,
        "overlijden": {"datum": died},
    }


def test_a_death_without_details_is_a_suspension_only(register: RegisterClient, people: People) -> None:
    person = register.person(by_case(people, "deceased_without_details"), "overlijden")
    assert list(person) == ["opschortingBijhouding"]


def test_a_secret_address_and_guardianship_are_told(register: RegisterClient, people: People) -> None:
    assert register.person(by_handle(people, "secret-address"), "geslacht.code") == {
        "geslacht": {"code": "V", "omschrijving": "vrouw"},
        "geheimhoudingPersoonsgegevens": True,
    }
    guarded = register.person(by_handle(people, "under-guardianship"), "indicatieCurateleRegister")
    assert guarded == {"indicatieCurateleRegister": True}
    assert register.person(by_handle(people, "mother"), "indicatieCurateleRegister") == {}


@pytest.mark.parametrize("case", ["removed_as_wrong", "removed_for_good"])
def test_a_removed_record_is_never_delivered(register: RegisterClient, people: People, case: str) -> None:
    assert register.ask(by_case(people, case).bsn.value).json()["personen"] == []


LINES = [
    ("house_letter", "Spui 70 c", "2511 BT  'S-GRAVENHAGE"),
    ("house_addition_of_letters", "Spui 70 III", "2511 BT  'S-GRAVENHAGE"),
    ("house_addition_of_digits", "Spui 70-2", "2511 BT  'S-GRAVENHAGE"),
    ("house_letter_and_addition", "Spui 70 B73c", "2511 BT  'S-GRAVENHAGE"),
    ("next_to_a_number", "Spui bij 70", "2511 BT  'S-GRAVENHAGE"),
    ("opposite_a_number", "Spui t/o 70 L2", "2511 BT  'S-GRAVENHAGE"),
    ("address_without_city", "Spui 72", "2511 BT  'S-GRAVENHAGE"),
    ("address_without_postcode", "Spui 74", "'S-GRAVENHAGE"),
    ("houseboat", "Woonboot tegenover de sluis", "'S-GRAVENHAGE"),
    ("frisian_municipality", "Kleinzand 19", "8601 BH  SNEEK"),
]


@pytest.mark.parametrize(("case", "first", "second"), LINES)
def test_address_lines_are_composed_as_for_an_envelope(
    register: RegisterClient, people: People, case: str, first: str, second: str
) -> None:
    person = register.person(by_case(people, case), "adressering.adresregel1 adressering.adresregel2")
    assert person == {"adressering": {"adresregel1": first, "adresregel2": second}}


def test_an_address_abroad_has_its_own_lines_and_a_country(register: RegisterClient, people: People) -> None:
    person = register.person(
        by_case(people, "abroad_three_lines"), "adressering.adresregel3 adressering.land verblijfplaats.type"
    )
    assert person["adressering"] == {
        "adresregel3": "Michigan",
        "land": {"code": "6014", "omschrijving": "Verenigde Staten van Amerika"},
    }
    assert person["verblijfplaats"] == {"type": "VerblijfplaatsBuitenland"}


@pytest.mark.parametrize("alias", ["adresseringBinnenland.adresregel1", "verblijfplaatsBinnenland"])
def test_the_aliases_give_nothing_of_an_address_abroad(
    register: RegisterClient, people: People, alias: str
) -> None:
    person = register.person(by_handle(people, "abroad"), alias)
    assert list(person) == ["opschortingBijhouding"]


def test_the_aliases_give_an_address_in_the_netherlands_under_the_common_name(
    register: RegisterClient, people: People
) -> None:
    fields = (
        "adressering.aanhef adresseringBinnenland.adresregel1"
        " verblijfplaats.verblijfadres.huisnummer verblijfplaatsBinnenland.verblijfadres.postcode"
    )
    assert register.person(by_handle(people, "mother"), fields) == {
        "adressering": {"aanhef": "Geachte mevrouw De Vries-Jansen", "adresregel1": "Bergkerkplein 14"},
        "verblijfplaats": {"type": "Adres", "verblijfadres": {"huisnummer": 14, "postcode": "7411EX"}},
    }


RESIDENCE_TYPES = [
    ("house_letter", "Adres"),
    ("houseboat", "Locatie"),
    ("abroad_without_lines", "VerblijfplaatsBuitenland"),
    ("emigrated_to_unknown_place", "VerblijfplaatsOnbekend"),
    ("no_residence_registered", None),
]


@pytest.mark.parametrize(("case", "kind"), RESIDENCE_TYPES)
def test_a_residence_always_tells_its_type(
    register: RegisterClient, people: People, case: str, kind: str | None
) -> None:
    person = register.person(by_case(people, case), "verblijfplaats.datumVan")
    assert person.get("verblijfplaats", {}).get("type") == kind


@pytest.mark.parametrize("case", ["not_living_at_the_address", "houseboat_not_living_there"])
def test_who_does_not_live_at_the_address_is_told_with_any_part_of_it(
    register: RegisterClient, people: People, case: str
) -> None:
    person = by_case(people, case)
    sign = "indicatieVastgesteldVerblijftNietOpAdres"
    assert register.person(person, "adressering.adresregel2")["adressering"][sign] is True
    assert register.person(person, "adresseringBinnenland")["adressering"][sign] is True
    assert register.person(person, "verblijfplaats.functieAdres")["verblijfplaats"][sign] is True
    assert sign not in register.person(person, "adressering.aanhef")["adressering"]


AGES = [
    ("turns_16_on_23_november_2026", 16),
    ("turns_16_on_24_november_2026", 15),
    ("birth_only_month_known", 48),
    ("birth_only_year_known", None),
    ("birth_unknown", None),
]


@pytest.mark.parametrize(("case", "age"), AGES)
def test_the_age_is_told_where_it_can_be_known(
    register: RegisterClient, people: People, case: str, age: int | None
) -> None:
    with clock.stopped_at(datetime(2026, 11, 23, 12, tzinfo=UTC)):
        assert register.person(by_case(people, case), "leeftijd").get("leeftijd") == age


def test_names_in_any_script_arrive_unharmed(register: RegisterClient, people: People) -> None:
    for case in ("serbian_letters", "vietnamese_letters", "chinese_letter", "arabic_letters"):
        person = by_case(people, case)
        assert register.person(person, "naam.volledigeNaam")["naam"]["volledigeNaam"] == person.full_name


def test_two_people_of_one_name_and_birth_date_are_two(register: RegisterClient, people: People) -> None:
    twins = [person.bsn.value for person in people if person.case == "same_name_same_birth_date"]
    one, other = register.ask(*twins, fields="naam geboorte verblijfplaats").json()["personen"]
    assert (one["naam"], one["geboorte"]) == (other["naam"], other["geboorte"])
    assert one["verblijfplaats"] != other["verblijfplaats"]
