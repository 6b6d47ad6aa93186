"""Contract: everything the stand-in answers follows the published schema, for everybody in it."""

from collections.abc import Iterator

import pytest

from tests.standins.published_schema import ANSWER, PROBLEM, departures
from tests.standins.register_client import EVERYTHING, RegisterClient
from volmacht.standins.population_register.person import Person

BEYOND_LATIN = {"typographic_apostrophe", "vietnamese_letters", "chinese_letter", "arabic_letters"}


def _values(value: object) -> Iterator[object]:
    yield value
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _values(item)


def test_every_answer_about_anybody_follows_the_schema(
    register: RegisterClient, people: tuple[Person, ...]
) -> None:
    bsns = [person.bsn.value for person in people if person.case not in BEYOND_LATIN]
    for start in range(0, len(bsns), 20):
        body = register.ask(*bsns[start : start + 20], fields=EVERYTHING).json()
        assert list(departures(body, ANSWER)) == []


def test_names_beyond_latin_leave_the_schema_in_their_letters_only(
    register: RegisterClient, people: tuple[Person, ...]
) -> None:
    bsns = [person.bsn.value for person in people if person.case in BEYOND_LATIN]
    body = register.ask(*bsns, fields=EVERYTHING).json()
    assert len(body["personen"]) == len(BEYOND_LATIN)
    assert list(departures(body, ANSWER)) != []
    assert list(departures(body, ANSWER, latin_only=False)) == []


def test_nothing_empty_and_nothing_false_is_ever_delivered(
    register: RegisterClient, people: tuple[Person, ...]
) -> None:
    bsns = [person.bsn.value for person in people]
    for start in range(0, len(bsns), 20):
        body = register.ask(*bsns[start : start + 20], fields=EVERYTHING).json()
        assert not [value for value in _values(body) if value is False or value is None or value == ""]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"type": "Onzin"},
        {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "2511BT", "huisnummer": 1, "fields": ["naam"]},
        {"type": "RaadpleegMetBurgerservicenummer"},
        {"type": "RaadpleegMetBurgerservicenummer", "burgerservicenummer": ["1"], "fields": ["a b", "rni"]},
    ],
)
def test_every_refusal_follows_the_schema_of_errors(register: RegisterClient, body: object) -> None:
    response = register.post(body)
    assert response.headers["Content-Type"] == "application/problem+json; charset=utf-8"
    assert list(departures(response.json(), PROBLEM)) == []
    assert response.json()["status"] == response.status_code


def test_the_contract_itself_sees_departures() -> None:
    wrong = {
        "type": "RaadpleegMetBurgerservicenummer",
        "personen": [
            {
                "burgerservicenummer": "12",
                "leeftijd": "12",
                "geboorte": {"datum": {"type": "Datum", "langFormaat": "ooit"}},
                "verblijfplaats": {"type": "Kasteel"},
                "haarkleur": "rood",
            }
        ],
    }
    assert sorted(departures(wrong, ANSWER)) == [
        ".personen[0].burgerservicenummer is off its pattern",
        ".personen[0].geboorte.datum has no datum",
        ".personen[0].haarkleur is not in the schema",
        ".personen[0].leeftijd is of the wrong type",
        ".personen[0].verblijfplaats has no known type",
    ]
