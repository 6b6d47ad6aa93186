"""The stand-in refuses wrong questions as the published feature files say the register does."""

import pytest

from tests.standins.register_client import API_KEY, PEOPLE_PATH, QUERY_TYPE, RegisterClient
from volmacht.standins.population_register.person import Person

NOBODY = "000000024"
BAD_REQUEST = {
    "type": "https://datatracker.ietf.org/doc/html/rfc7231#section-6.5.1",
    "title": "Een of meerdere parameters zijn niet correct.",
    "status": 400,
    "instance": PEOPLE_PATH,
    "code": "paramsValidation",
}
NO_PATTERN = "Waarde voldoet niet aan patroon"
NOT_EXISTING = "Parameter bevat een niet bestaande veldnaam."
NOT_ALLOWED = "Parameter bevat een niet toegestane veldnaam."

# The changed parameters of a question in order (None: left out), and the wrong ones: name, code, reason.
WRONG_QUESTIONS = [
    ({"type": None}, [("type", "required", "Parameter is verplicht.")]),
    ({"type": ""}, [("type", "value", "Waarde is geen geldig zoek type.")]),
    ({"type": "raadpleegmetburgerservicenummer"}, [("type", "value", "Waarde is geen geldig zoek type.")]),
    ({"type": ["x"]}, [("type", "value", "Waarde is geen geldig zoek type.")]),
    ({"fields": None}, [("fields", "required", "Parameter is verplicht.")]),
    ({"fields": []}, [("fields", "minItems", "Array bevat minder dan 1 items.")]),
    ({"fields": "burgerservicenummer,geslacht"}, [("fields", "array", "Parameter is geen array.")]),
    ({"fields": ["geslacht"] * 131}, [("fields", "maxItems", "Array bevat meer dan 130 items.")]),
    ({"fields": ["a*nummer"]}, [("fields[0]", "pattern", rf"{NO_PATTERN} ^[a-zA-Z0-9\._]{{1,200}}$.")]),
    ({"fields": ["a" * 201]}, [("fields[0]", "pattern", rf"{NO_PATTERN} ^[a-zA-Z0-9\._]{{1,200}}$.")]),
    (
        {"fields": ["", 7]},
        [(f"fields[{at}]", "pattern", rf"{NO_PATTERN} ^[a-zA-Z0-9\._]{{1,200}}$.") for at in (0, 1)],
    ),
    ({"fields": ["anummer"]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"fields": ["naam", "naam.roepnaam"]}, [("fields[1]", "fields", NOT_EXISTING)]),
    ({"fields": ["geboorte.datum.week"]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"fields": ["geboorte.datum.jaar.x"]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"fields": ["burgerservicenummer."]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"fields": ["verblijfplaatsBinnenland.verblijfadres.regel1"]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"fields": ["adresseringBinnenland.land"]}, [("fields[0]", "fields", NOT_EXISTING)]),
    ({"burgerservicenummer": None}, [("burgerservicenummer", "required", "Parameter is verplicht.")]),
    ({"burgerservicenummer": []}, [("burgerservicenummer", "minItems", "Array bevat minder dan 1 items.")]),
    ({"burgerservicenummer": "999994086,999994086"}, [("burgerservicenummer", "array", "Parameter is geen array.")]),
    ({"burgerservicenummer": [NOBODY] * 21}, [("burgerservicenummer", "maxItems", "Array bevat meer dan 20 items.")]),
    (
        {"burgerservicenummer": ["1234567890", "123456789", "12345678", "१२३४५६७८९", "123456789\n"]},
        [(f"burgerservicenummer[{at}]", "pattern", f"{NO_PATTERN} ^[0-9]{{9}}$.") for at in (0, 2, 3, 4)],
    ),
    ({"gemeenteVanInschrijving": "123"}, [("gemeenteVanInschrijving", "pattern", f"{NO_PATTERN} ^[0-9]{{4}}$.")]),
    ({"voornamen": "Pietje"}, [("voornamen", "unknownParam", "Parameter is niet verwacht.")]),
    (
        {"burgerservicenummer": None, "fields": None, "bestaatNiet": 1},
        [
            ("burgerservicenummer", "required", "Parameter is verplicht."),
            ("fields", "required", "Parameter is verplicht."),
            ("bestaatNiet", "unknownParam", "Parameter is niet verwacht."),
        ],
    ),
]  # fmt: skip

COMES_UNASKED = [
    "geheimhoudingPersoonsgegevens",
    "opschortingBijhouding",
    "opschortingBijhouding.reden.omschrijving",
    "rni.deelnemer.code",
    "verificatie.datum.datum",
    "inOnderzoek",
    "inOnderzoek.datumIngangOnderzoekPersoon",
    "naam.inOnderzoek.voornamen",
    "partners.aangaanHuwelijkPartnerschap.inOnderzoek.datum",
    "adressering.indicatieVastgesteldVerblijftNietOpAdres",
    "adresseringBinnenland.indicatieVastgesteldVerblijftNietOpAdres",
    "verblijfplaats.indicatieVastgesteldVerblijftNietOpAdres",
]


@pytest.mark.parametrize(("changes", "wrong"), WRONG_QUESTIONS)
def test_a_wrong_question_is_refused_naming_every_wrong_parameter(
    register: RegisterClient, changes: dict[str, object], wrong: list[tuple[str, str, str]]
) -> None:
    question = {
        "type": QUERY_TYPE,
        "burgerservicenummer": [NOBODY],
        "fields": ["burgerservicenummer"],
    } | changes
    body = {name: value for name, value in question.items() if value is not None}
    response = register.post(body)
    names = ", ".join(name for name, _, _ in wrong)
    assert response.json() == BAD_REQUEST | {
        "detail": f"De foutieve parameter(s) zijn: {names}.",
        "invalidParams": [{"name": name, "code": code, "reason": reason} for name, code, reason in wrong],
    }
    assert response.status_code == 400


@pytest.mark.parametrize("field", COMES_UNASKED)
def test_a_field_that_comes_unasked_may_not_be_asked_for(register: RegisterClient, field: str) -> None:
    (wrong,) = register.ask(NOBODY, fields=field).json()["invalidParams"]
    assert wrong == {"name": "fields[0]", "code": "fields", "reason": NOT_ALLOWED}


def test_nobody_found_is_an_empty_list_also_for_nine_digits_that_are_no_bsn(register: RegisterClient) -> None:
    response = register.ask(NOBODY, "999999999")
    assert (response.status_code, response.json()) == (200, {"type": QUERY_TYPE, "personen": []})


def test_several_people_come_in_the_order_asked_and_each_once(
    register: RegisterClient, people: tuple[Person, ...]
) -> None:
    one, other = people[0].bsn.value, people[1].bsn.value
    found = register.ask(other, one, other, NOBODY).json()["personen"]
    assert [person["burgerservicenummer"] for person in found] == [other, one]


@pytest.mark.parametrize(("code", "found"), [("0150", 1), ("0599", 0)])
def test_a_municipality_narrows_the_question(
    register: RegisterClient, people: tuple[Person, ...], code: str, found: int
) -> None:
    response = register.ask(people[0].bsn.value, gemeenteVanInschrijving=code)
    assert len(response.json()["personen"]) == found


def test_searching_is_refused_as_not_authorised(register: RegisterClient) -> None:
    response = register.post(
        {"type": "ZoekMetPostcodeEnHuisnummer", "postcode": "2511BT", "huisnummer": 1, "fields": ["naam"]}
    )
    assert response.status_code == 403
    assert response.json()["code"] == "unauthorizedParameter"


@pytest.mark.parametrize("key", ["", "another", API_KEY + " x", "sleutel-é"])
def test_without_the_right_key_nothing_is_answered(register: RegisterClient, key: str) -> None:
    response = register.http.post(PEOPLE_PATH, json={}, headers=[(b"X-API-KEY", key.encode())])
    assert response.status_code == 401
    assert response.json()["code"] == "authentication"
    assert "WWW-Authenticate" in response.headers


def test_a_request_without_a_key_header_is_refused(register: RegisterClient) -> None:
    assert register.http.post(PEOPLE_PATH, json={}).status_code == 401


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/json", "application/json; charset=UTF-8", "text/html, application/*;q=0.5"],
)
def test_json_in_utf_8_may_be_accepted_in_many_words(register: RegisterClient, accept: str) -> None:
    assert register.ask(NOBODY).status_code == 200
    question = {"type": QUERY_TYPE, "burgerservicenummer": [NOBODY], "fields": ["naam"]}
    assert register.post(question, Accept=accept).status_code == 200


@pytest.mark.parametrize(
    "accept", ["application/xml", "application/json; charset=cp1252", "text/html, text/*"]
)
def test_an_answer_in_another_form_is_not_given(register: RegisterClient, accept: str) -> None:
    response = register.post({}, Accept=accept)
    assert (response.status_code, response.json()["code"]) == (406, "notAcceptable")


@pytest.mark.parametrize("content_type", ["application/xml", "application/json; charset=cp1252", "*/*"])
def test_a_question_in_another_form_is_not_read(register: RegisterClient, content_type: str) -> None:
    response = register.post({}, Content_Type=content_type)
    assert (response.status_code, response.json()["code"]) == (415, "unsupportedMediaType")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 60_000])
def test_a_body_that_is_no_json_object_is_refused(register: RegisterClient, body: bytes) -> None:
    headers = {"X-API-KEY": API_KEY, "Content-Type": "application/json"}
    response = register.http.post(PEOPLE_PATH, content=body, headers=headers)
    assert (response.status_code, response.json()["code"]) == (400, "invalidJson")


def test_a_body_without_end_is_refused_unread(register: RegisterClient) -> None:
    assert register.post({"type": "x" * 70_000}).status_code == 413


def test_other_paths_and_methods_do_not_exist(register: RegisterClient) -> None:
    key = {"X-API-KEY": API_KEY}
    assert register.http.get(PEOPLE_PATH, headers=key).status_code == 405
    assert register.http.post("/haalcentraal/api/brp/ouders", headers=key).status_code == 404


def test_health_needs_no_key(register: RegisterClient) -> None:
    response = register.http.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
