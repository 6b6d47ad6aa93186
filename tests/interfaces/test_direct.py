"""The direct door as a stranger meets it: what may be asked, who may fetch, and what nonsense does (DM-43)."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from tests.demo_catalogue import DEMO, ENTITY_ID
from tests.logins.provider import begin, change_catalogue, connection_of, logged_in
from tests.mandates import scene
from tests.mandates.scene import INCOME_TAX, LOCAL_TAXES, MUNICIPAL_TAXES, Someone, main_character, service
from tests.portals.choosing.visit import text_of
from volmacht.audit.verification import verify
from volmacht.catalogue.kinds import ChangeKind
from volmacht.limits import operations as limits
from volmacht.limits.operations import Limit, Limited
from volmacht.logins.models import Transaction
from volmacht.logins.operations import answer_on_behalf, answer_own_behalf, cancel_login
from volmacht.logins.states import Representation
from volmacht.mandates.models import Use
from volmacht.rules.environment import Environment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

pytestmark = pytest.mark.usefixtures("demo_catalogue")
ASK, FETCH = "/direct/inloggen", "/direct/antwoord"


def question(**changes: str | None) -> dict[str, str]:
    """A question as Gemeente Voorbeeld asks it; None leaves a part out."""
    whole: dict[str, str | None] = {
        "aansluiting": ENTITY_ID,
        "dienst": str(service(MUNICIPAL_TAXES).service_uuid),
        "vertegenwoordiging": "optional",
        "kenmerk": "kenmerk-1",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def fetch(client: Client, body: object, key: str | None = DEMO.key, **headers: str) -> "Response":
    """What the provider's server does."""
    if key is not None:
        headers["Authorization"] = f"Bearer {key}"
    return client.post(FETCH, body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("representation", ["none", "optional", "mandatory"])
def test_a_right_question_begins_a_log_in(client: Client, representation: str) -> None:
    answer = client.get(ASK, question(vertegenwoordiging=representation))
    row = Transaction.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/inloggen/voor/{row.id}/"
    assert (row.representation, row.relay_state, row.environment) == (
        representation,
        "kenmerk-1",
        "production",
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("taal", "begins"), [("en", "/en/inloggen/"), ("nl", "/inloggen/"), ("xx", "/inloggen/")]
)
def test_the_provider_may_say_the_language(client: Client, taal: str, begins: str) -> None:
    assert client.get(ASK, question(taal=taal))["Location"].startswith(begins)
    assert client.get(ASK, question(taal=taal, dienst="x")).status_code == 400


WRONG: list[dict[str, str | None]] = [
    {"aansluiting": None},
    {"aansluiting": "urn:nobody"},
    {"dienst": None},
    {"dienst": "x"},
    {"dienst": "00000000-0000-4000-8000-000000000000"},
    {"vertegenwoordiging": None},
    {"vertegenwoordiging": "OPTIONAL"},
    {"vertegenwoordiging": "x"},
    {"kenmerk": "x" * 81},
    {"kenmerk": "é" * 41},
    {"kenmerk": "a\0b"},
    {"aansluiting": "x" * 5000},
]


@pytest.mark.parametrize("changes", WRONG, ids=str)
def test_a_wrong_question_gets_a_page_that_explains(client: Client, changes: dict[str, str | None]) -> None:
    answer = client.get(ASK, question(**changes))
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")
    assert "<h1" in answer.content.decode()
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("kenmerk", ["", "x" * 80, "é" * 40, "'\"<>&%00", "https://x.example/?a=b&c"])
def test_any_relay_state_of_eighty_bytes_comes_back_as_it_was(client: Client, kenmerk: str) -> None:
    location = client.get(ASK, question(vertegenwoordiging="none", kenmerk=kenmerk))["Location"]
    login = location.split("/")[3]
    artifact = cancel_login(Transaction.objects.get(id=login).id)
    assert fetch(client, {"artifact": artifact}).json()["relay_state"] == kenmerk


@pytest.mark.parametrize("name", [INCOME_TAX, LOCAL_TAXES])
def test_another_provider_s_service_or_a_set_is_unavailable(client: Client, name: str) -> None:
    answer = client.get(ASK, question(dienst=str(service(name).service_uuid)))
    assert answer.status_code == 400
    assert "niet beschikbaar via Volmacht" in text_of(answer)
    assert not Transaction.objects.exists()


def test_a_log_in_is_for_the_service_in_production(client: Client) -> None:
    here, there = (
        service(MUNICIPAL_TAXES, where) for where in (Environment.PRODUCTION, Environment.PREPRODUCTION)
    )
    assert there.service_uuid == here.service_uuid
    client.get(ASK, question())
    assert Transaction.objects.get().service_id == here.id


def test_a_service_that_is_switched_off_is_unavailable_in_words(client: Client) -> None:
    change_catalogue(ChangeKind.SWITCH_SERVICE, id=service(MUNICIPAL_TAXES).id, active=False)
    page = client.get(ASK, question())
    assert page.status_code == 400
    assert "niet beschikbaar" in text_of(page)
    english = client.get(ASK, question(taal="en"))
    assert '<html lang="en"' in english.content.decode()
    assert "cannot be reached" in text_of(english)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_only_browsers_that_come_by_link_may_ask(client: Client, method: str) -> None:
    assert getattr(client, method)(ASK, question()).status_code == 405


@pytest.fixture
def daughter() -> Someone:
    """Acts for her mother."""
    scene.mandate(main_character("mother"), main_character("daughter"))
    return main_character("daughter")


def test_the_answer_is_given_once_with_bsns_in_its_body_only(client: Client, daughter: Someone) -> None:
    mother = main_character("mother")
    artifact = answer_on_behalf(logged_in(daughter), mother.id)
    answer = fetch(client, {"artifact": artifact})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer.json() == {
        "status": "ok",
        "relay_state": "kenmerk",
        "acting": daughter.bsn.value,
        "represented": mother.bsn.value,
        "level": 25,
    }
    assert "no-store" in answer["Cache-Control"]
    assert not any(bsn.value in str(answer.headers) for bsn in (daughter.bsn, mother.bsn))
    again = fetch(client, {"artifact": artifact})
    assert (again.status_code, again.json()) == (404, {"status": "nothing_here"})
    assert Use.objects.count() == 1
    assert verify() == []


KEYS = [None, "", " ", "wrong", DEMO.key + "x", DEMO.key[:-1], "x" * 5000, "é"]


@pytest.mark.parametrize("key", KEYS)
def test_without_the_right_key_nobody_fetches(client: Client, daughter: Someone, key: str | None) -> None:
    artifact = answer_own_behalf(logged_in(daughter, Representation.NONE))
    answer = fetch(client, {"artifact": artifact}, key)
    assert (answer.status_code, answer.json()) == (401, {"status": "unknown_caller"})
    assert fetch(client, {"artifact": artifact}).json()["status"] == "ok"


@pytest.mark.parametrize("scheme", ["Basic", "", "Digest"])
def test_a_key_in_another_form_is_no_key(client: Client, scheme: str) -> None:
    header = f"{scheme} {DEMO.key}".strip()
    answer = client.post(FETCH, {}, content_type="application/json", headers={"Authorization": header})
    assert answer.status_code == 401


def test_the_word_bearer_may_be_written_in_any_case(client: Client) -> None:
    header = {"Authorization": f"bearer  {DEMO.key} "}
    answer = client.post(FETCH, {"artifact": "x"}, content_type="application/json", headers=header)
    assert answer.status_code == 404


def test_another_connection_gets_nothing_and_spoils_nothing(client: Client, daughter: Someone) -> None:
    artifact = answer_own_behalf(logged_in(daughter, Representation.NONE))
    other = fetch(client, {"artifact": artifact}, DEMO.preproduction_key)
    assert (other.status_code, other.json()) == (404, {"status": "nothing_here"})
    assert fetch(client, {"artifact": artifact}).json()["status"] == "ok"


NONSENSE: list[Any] = [
    b"",
    b"{}",
    b"[]",
    b"null",
    b'"artifact"',
    b'{"artifact": null}',
    b'{"artifact": 7}',
    b'{"artifact": ["x"]}',
    b'{"artifact": "\\ud800"}',
    b'{"artifact": "\\u00e9"}',
    b"\xff\xfe\x00",
    b"[" * 1999,
    b'{"artifact": "' + b"x" * 3000 + b'"}',
    b"<xml/>",
    b"artifact=x",
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_a_bad_question(client: Client, body: bytes) -> None:
    answer = fetch(client, body)
    assert (answer.status_code, answer.json()) == (400, {"status": "bad_question"})


@pytest.mark.parametrize("artifact", ["", "x", "\0", "' OR 1=1 --", "x" * 1900])
def test_an_unknown_artifact_gives_nothing(client: Client, artifact: str) -> None:
    assert fetch(client, {"artifact": artifact}).status_code == 404


def test_a_body_of_ten_megabytes_is_refused_before_it_is_read(client: Client) -> None:
    answer = fetch(client, b"x" * 10_000_000)
    assert answer.status_code == 413


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_an_answer_is_fetched_with_post_only(client: Client, method: str) -> None:
    assert getattr(client, method)(FETCH).status_code == 405


def test_who_stopped_and_who_was_refused_are_not_named(client: Client, daughter: Someone) -> None:
    stopped = cancel_login(begin(Representation.MANDATORY))
    assert fetch(client, {"artifact": stopped}).json() == {"status": "cancelled", "relay_state": "kenmerk"}
    artifact = answer_own_behalf(logged_in(daughter, Representation.NONE))
    change_catalogue(ChangeKind.SWITCH_SERVICE, id=service(MUNICIPAL_TAXES).id, active=False)
    refused = fetch(client, {"artifact": artifact}).json()
    assert refused == {"status": "refused", "relay_state": "kenmerk", "reason": "service_inactive"}


def test_a_connection_that_asks_without_end_must_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = limits.LIMITS[Limited.DOOR_PER_CONNECTION].window
    monkeypatch.setitem(limits.LIMITS, Limited.DOOR_PER_CONNECTION, Limit(2, window))
    answers = [fetch(client, {"artifact": "x"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [404, 404, 429]
    assert fetch(client, {"artifact": "x"}, DEMO.preproduction_key).status_code == 404


def test_an_answer_needs_no_cookie_and_gives_none(client: Client, daughter: Someone) -> None:
    artifact = answer_own_behalf(logged_in(daughter, Representation.NONE))
    strict = Client(enforce_csrf_checks=True)
    answer = fetch(strict, json.dumps({"artifact": artifact}).encode())
    assert answer.json()["status"] == "ok"
    assert not answer.cookies
    assert connection_of() == Transaction.objects.get().connection_id
