"""What tests and the demo can do to the stand-in: let it fail, and change facts about people."""

import time

import httpx
import pytest

from tests.standins.register_client import API_KEY, QUERY_TYPE, RegisterClient, by_case, by_handle
from tests.standins.serving import served
from volmacht.standins.population_register.app import PopulationRegisterStandIn
from volmacht.standins.population_register.person import Person
from volmacht.standins.population_register.register import Register

People = tuple[Person, ...]
FAULT, PERSON = "/stand-in/fault", "/stand-in/person"


def test_the_register_can_be_out_of_order_and_recover(register: RegisterClient, people: People) -> None:
    bsn = people[0].bsn.value
    assert register.post({"unavailable": True}, FAULT).json() == {"delay_seconds": 0.0, "unavailable": True}
    failing = register.ask(bsn)
    assert (failing.status_code, failing.json()["code"]) == (503, "notAvailable")
    assert register.http.get("/health").status_code == 200
    register.post({}, FAULT)
    assert register.ask(bsn).status_code == 200


def test_the_register_can_be_slow(register: RegisterClient, people: People) -> None:
    register.post({"delay_seconds": 0.3}, FAULT)
    before = time.monotonic()
    assert register.ask(people[0].bsn.value).status_code == 200
    assert time.monotonic() - before >= 0.3


@pytest.mark.parametrize(
    "body",
    [
        {"delay_seconds": -1},
        {"delay_seconds": 61},
        {"delay_seconds": True},
        {"unavailable": 1},
        {"broken": True},
    ],
)
def test_a_fault_that_does_not_exist_is_refused(register: RegisterClient, body: object) -> None:
    assert register.post(body, FAULT).status_code == 400
    assert register.ask("000000024").status_code == 200


def test_faults_need_the_key_and_must_be_enabled(people: People) -> None:
    with served(PopulationRegisterStandIn(Register(people), API_KEY)) as address:
        answer = httpx.post(address + FAULT, json={}, headers={"X-API-KEY": API_KEY}, trust_env=False)
        assert answer.status_code == 404
        assert httpx.post(address + PERSON, json={}, trust_env=False).status_code == 401


def test_somebody_can_die_and_the_mistake_can_be_taken_back(register: RegisterClient, people: People) -> None:
    person = by_handle(people, "mother")
    changed = register.post({"bsn": person.bsn.value, "died": "2026-11-20"}, PERSON)
    assert changed.json() == {"deceased": True, "guardianship": False}
    told = register.person(person, "overlijden.datum leeftijd")
    assert told["overlijden"]["datum"]["datum"] == "2026-11-20"
    assert told["opschortingBijhouding"]["reden"]["code"] == "O"
    assert "leeftijd" not in told
    register.post({"bsn": person.bsn.value, "died": None}, PERSON)
    assert list(register.person(person, "overlijden.datum leeftijd")) == ["leeftijd"]


def test_the_day_of_a_death_may_be_unknown(register: RegisterClient, people: People) -> None:
    person = by_handle(people, "mother")
    register.post({"bsn": person.bsn.value, "died": "unknown"}, PERSON)
    assert register.person(person, "overlijden")["overlijden"]["datum"]["type"] == "DatumOnbekend"


def test_guardianship_can_start_and_end_and_touches_nothing_else(
    register: RegisterClient, people: People
) -> None:
    person = by_case(people, "deceased_known_date")
    register.post({"bsn": person.bsn.value, "guardianship": True}, PERSON)
    told = register.person(person, "indicatieCurateleRegister overlijden")
    assert told["indicatieCurateleRegister"] is True
    assert told["overlijden"]["datum"]["datum"] == "2025-02-03"
    register.post({"bsn": person.bsn.value, "guardianship": False}, PERSON)
    assert "indicatieCurateleRegister" not in register.person(person, "indicatieCurateleRegister")


@pytest.mark.parametrize(
    "change",
    [
        {"died": "soon"},
        {"died": 20261120},
        {"died": "2026-02-30"},
        {"guardianship": "yes"},
        {"age": 5},
        {"bsn": 1},
    ],
)
def test_a_change_that_cannot_be_is_refused_without_repeating_it(
    register: RegisterClient, people: People, change: dict[str, object]
) -> None:
    answer = register.post({"bsn": people[0].bsn.value} | change, PERSON)
    assert answer.status_code == 400
    assert people[0].bsn.value not in answer.text


def test_nobody_cannot_change(register: RegisterClient) -> None:
    assert register.post({"bsn": "000000024", "died": "2026-11-20"}, PERSON).status_code == 404


def test_a_change_lasts_as_long_as_the_process(people: People) -> None:
    bsn = people[0].bsn.value
    for _ in range(2):
        application = PopulationRegisterStandIn(Register(people), API_KEY)
        with served(application) as address, httpx.Client(base_url=address, trust_env=False) as http:
            client = RegisterClient(http)
            told = client.ask(bsn, fields="overlijden").json()
            assert told == {"type": QUERY_TYPE, "personen": [{}]}
            client.post({"bsn": bsn, "died": "2026-11-20"}, PERSON)
