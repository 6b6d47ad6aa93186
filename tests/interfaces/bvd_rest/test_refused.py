"""What a call is refused for (BR-02, BR-03, BR-07, BR-12): a machine always gets a problem document."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from tests.interfaces.bvd_rest.entrance import Entrance, question
from tests.interfaces.saml import parties
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml.catalogue import World
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import RestLogin, SeenMessage, Transaction
from volmacht.protocols.bvd_rest.questions import write_question
from volmacht.rules.identifiers import Oin

BACK_CHANNEL = "volmacht.config.back_channel_urls"
MALFORMED = (400, "malformed")
SOME_ID = "0b0f4f0e-6a54-4a0e-9a53-5d1f0d6c2b11"
BSN_FAILING = "123456789"


def fields_of(world: World, **changes: Any) -> dict[str, Any]:
    """The JSON of a good question, with changes."""
    found: dict[str, Any] = json.loads(write_question(question(world.daughter.bsn)))
    return found | changes


def acting(**changes: Any) -> dict[str, Any]:
    """An acting subject that is not as it must be."""
    return {"actingSubject": {"actingSubjectId": "999992545", "actingSubjectIdType": "BSN"} | changes}


# --- the body ---

SPOILED: dict[str, dict[str, Any]] = {
    "bsn-eleven-test": acting(actingSubjectId=BSN_FAILING),
    "bsn-eight-digits": acting(actingSubjectId="99999254"),
    "bsn-zero": acting(actingSubjectId="000000000"),
    "bsn-as-number": acting(actingSubjectId=999992545),
    "bsn-with-spaces": acting(actingSubjectId="999 992 545"),
    "bsn-other-digits": acting(actingSubjectId="９９９９９２５４５"),
    "bsn-null-byte": acting(actingSubjectId="999992545\u0000"),
    "type-unknown": acting(actingSubjectIdType="bsn"),
    "type-list": acting(actingSubjectIdType=["BSN"]),
    "employee-beside-bsn": acting(employeeId="P1"),
    "kvk-without-employee": acting(actingSubjectId="99990012", actingSubjectIdType="KVK"),
    "kvk-seven-digits": acting(actingSubjectId="9999001", actingSubjectIdType="KVK", employeeId="P1"),
    "kvk-employee-empty": acting(actingSubjectId="99990012", actingSubjectIdType="KVK", employeeId=""),
    "kvk-employee-null-byte": acting(
        actingSubjectId="99990012", actingSubjectIdType="KVK", employeeId="P\u00001"
    ),
    "kvk-employee-long": acting(actingSubjectId="99990012", actingSubjectIdType="KVK", employeeId="x" * 101),
    "unknown-inside": acting(returnUrl="https://kwaad.example/"),
    "acting-list": {"actingSubject": []},
    "acting-none": {"actingSubject": None},
    "unknown-field": {"returnUrl": "https://kwaad.example/"},
    "oin-short": {"serviceProviderId": "1"},
    "oin-number": {"serviceProviderId": 1},
    "level-empty": {"levelOfAssurance": ""},
    "level-null-byte": {"levelOfAssurance": "http://eidas.europa.eu/LoA/high\u0000"},
    "level-number": {"levelOfAssurance": 30},
    "level-long": {"levelOfAssurance": "x" * 201},
    "service-no-uuid": {"serviceId": "x"},
    "service-braces": {"serviceId": "{" + parties.TAXES + "}"},
    "service-urn": {"serviceId": "urn:uuid:" + parties.TAXES},
    "transaction-no-uuid": {"transactionId": "1"},
    "transaction-no-hyphens": {"transactionId": uuid4().hex},
    "transaction-newline": {"transactionId": f"{uuid4()}\n"},
    "transaction-surrogate": {"transactionId": "\ud800"},
}


@pytest.mark.parametrize("change", SPOILED.values(), ids=SPOILED)
def test_tc_98_a_body_that_is_not_as_described_is_refused(
    browser: Browser, entrance: Entrance, change: dict[str, Any]
) -> None:
    answer = entrance.post(json.dumps(fields_of(browser.world, **change)).encode())
    assert answer.problem == MALFORMED
    assert not Transaction.objects.exists()
    assert not SeenMessage.objects.exists()


@pytest.mark.parametrize(
    "missing",
    ["actingSubject", "serviceProviderId", "levelOfAssurance", "serviceId", "transactionId"],
)
def test_every_field_is_needed(browser: Browser, entrance: Entrance, missing: str) -> None:
    fields = fields_of(browser.world)
    del fields[missing]
    assert entrance.post(json.dumps(fields).encode()).problem == MALFORMED


RAW: dict[str, Callable[[bytes], bytes]] = {
    "blank": lambda _good: b" ",
    "list": lambda good: b"[" + good + b"]",
    "two": lambda good: good + good,
    "nothing": lambda _good: b"null",
    "null-bytes": lambda _good: b"\x00" * 100,
    "null-byte-after": lambda good: good + b"\x00",
    "utf-16": lambda good: good.decode().encode("utf-16"),
    "byte-order-mark": lambda good: b"\xef\xbb\xbf" + good,
    "not-utf-8": lambda good: good.replace(b"BSN", b"BS\xff"),
    "deep": lambda _good: b"[" * 4000,
    "nan": lambda good: good.replace(b'"BSN"', b"NaN"),
    "endless-number": lambda good: good.replace(b'"BSN"', b"9" * 3500),
    "field-twice": lambda good: good[:-1] + b', "transactionId": "' + str(uuid4()).encode() + b'"}',
    "inner-field-twice": lambda good: good.replace(b'"BSN"}', b'"BSN", "actingSubjectId": "999992545"}'),
    "comment": lambda good: b"/* x */" + good,
}


@pytest.mark.parametrize("spoil", RAW.values(), ids=RAW)
def test_what_two_readers_could_read_differently_is_refused(
    browser: Browser, entrance: Entrance, spoil: Callable[[bytes], bytes]
) -> None:
    good = json.dumps(fields_of(browser.world)).encode()
    assert entrance.post(spoil(good)).problem == MALFORMED
    assert not Transaction.objects.exists()


@pytest.mark.parametrize("size", [4097, 10 * 1024 * 1024])
def test_a_body_that_is_too_large_is_not_read(browser: Browser, entrance: Entrance, size: int) -> None:
    good = json.dumps(fields_of(browser.world)).encode()
    assert entrance.post(good.ljust(size)).problem == (413, "too-large")
    assert entrance.post(good.ljust(4096)).status == 200


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/json; charset=latin-1",
        "application/json-patch+json",
    ],
)
def test_another_media_type_is_refused(browser: Browser, entrance: Entrance, content_type: str) -> None:
    good = json.dumps(fields_of(browser.world)).encode()
    assert entrance.post(good, content_type=content_type).problem == (415, "media-type")
    assert entrance.post(good, content_type="Application/JSON; charset=UTF-8").status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_refused(entrance: Entrance, method: str) -> None:
    answer = entrance.call(method, "/bvd-proxy/initiate", b"", "application/json")
    assert (answer.status, answer.headers["allow"]) == (405, "POST")
    wrong = "POST" if method == "GET" else method
    answer = entrance.call(wrong, f"/bvd-proxy/mandates/retrieve?transactionId={uuid4()}", b"", "")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")


# --- service and level ---


def uuid_of(text: str) -> UUID:
    """A ServiceUUID."""
    return UUID(text)


NOT_SERVED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown-service": ({"service": uuid_of(parties.UNKNOWN_SERVICE)}, "service-not-registered"),
    "another-provider": ({"provider": Oin(parties.TAX_OIN)}, "service-not-registered"),
    "unknown-provider": ({"provider": Oin("9" * 20)}, "service-not-registered"),
    "not-mandatable": ({"service": uuid_of(parties.OWN_ONLY)}, "service-not-mandatable"),
    "level-too-low": ({"level": "http://eID.logius.nl/LoA/basic"}, "level-too-low"),
    "older-level-too-low": (
        {"level": "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"},
        "level-too-low",
    ),
    "level-below-this-service": (
        {"service": uuid_of(parties.HIGH_LEVEL), "level": "http://eidas.europa.eu/LoA/low"},
        "level-too-low",
    ),
    "level-unknown": ({"level": "urn:example:level"}, "level-unknown"),
    "level-unspecified": (
        {"level": "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"},
        "level-unknown",
    ),
}


@pytest.mark.parametrize(("change", "code"), NOT_SERVED.values(), ids=NOT_SERVED)
def test_tc_98_a_service_or_level_that_does_not_count_is_refused(
    browser: Browser, entrance: Entrance, change: dict[str, Any], code: str
) -> None:
    asked = question(browser.world.daughter.bsn, **change)
    assert entrance.initiate(asked).problem == (422, code)
    assert not Transaction.objects.exists()
    good = question(browser.world.daughter.bsn, transaction=asked.transaction)
    assert entrance.initiate(good).status == 200  # a refused question uses no transactionId up


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (ChangeKind.SWITCH_SERVICE, parties.TAXES),
        (ChangeKind.SWITCH_CONNECTION, parties.TOWN),
        (ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN),
    ],
)
def test_what_is_switched_off_is_not_asked_about(
    browser: Browser, entrance: Entrance, kind: ChangeKind, what: str
) -> None:
    browser.world.switch(kind, what, active=False)
    asked = question(browser.world.daughter.bsn)
    assert entrance.initiate(asked).problem == (422, "service-not-active")


def test_levels_of_digid_3_are_understood(browser: Browser, entrance: Entrance) -> None:
    """LA-03."""
    older = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"
    asked = question(browser.world.daughter.bsn, level=older)
    assert entrance.initiate(asked).status == 200
    assert Transaction.objects.get().level == 30


# --- transactions ---


def test_tc_98_a_transaction_id_counts_once_for_a_client(
    browser: Browser, entrance: Entrance, other: Entrance
) -> None:
    asked = question(browser.world.daughter.bsn)
    entrance.begin(asked)
    assert entrance.initiate(asked).problem == (409, "transaction-reused")
    shouted = write_question(asked).replace(
        str(asked.transaction).encode(), str(asked.transaction).upper().encode()
    )
    assert entrance.post(shouted).problem == (409, "transaction-reused")
    assert other.initiate(asked).status == 200  # each has its own
    assert RestLogin.objects.count() == 2


def test_tc_98_another_client_finds_nothing(browser: Browser, entrance: Entrance, other: Entrance) -> None:
    asked = question(browser.world.daughter.bsn)
    browser.choose(browser.follow(browser.get(entrance.begin(asked))))
    assert other.retrieve(asked).problem == (404, "unknown")
    assert other.retrieve(question(browser.world.daughter.bsn)).problem == (404, "unknown")
    assert entrance.retrieve(asked).status == 200


def test_tc_98_nothing_can_be_fetched_before_there_is_a_choice(browser: Browser, entrance: Entrance) -> None:
    asked = question(browser.world.daughter.bsn)
    redirect = entrance.begin(asked)
    assert entrance.retrieve(asked).problem == (425, "no-choice-yet")
    browser.follow(browser.get(redirect))
    answer = entrance.retrieve(asked)
    assert answer.problem == (425, "no-choice-yet")
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?transactionId=",
        "?transactionId=x",
        "?transactionId=%00",
        "?transactionId=%ff",
        f"?transactionid={SOME_ID}",
        f"?transactionId={SOME_ID}&transactionId={SOME_ID}",
        f"?transactionId={SOME_ID}&bsn=999992545",
        f"?transactionId={SOME_ID}%0a",
        "?transactionId=" + "x" * 5000,
        "?" + "&".join("a=b" for _ in range(60)),
    ],
)
def test_a_query_that_is_not_as_described_is_refused(entrance: Entrance, query: str) -> None:
    with override_settings(ROOT_URLCONF=BACK_CHANNEL, PREPRODUCTION_URLCONF=BACK_CHANNEL):
        assert entrance.get(query).problem == MALFORMED


def test_an_address_that_is_not_there_is_a_problem_document_too(entrance: Entrance) -> None:
    with override_settings(ROOT_URLCONF=BACK_CHANNEL, PREPRODUCTION_URLCONF=BACK_CHANNEL):
        for path in ("/bvd-proxy/", "/bvd-proxy/initiate/", "/preprod/bvd-proxy/mandates"):
            assert entrance.call("GET", path, b"", "").problem == (404, "unknown")
        saml = entrance.call("GET", "/saml/x", b"", "")
        assert (saml.status, saml.body) == (404, b"")
        get = entrance.call("GET", "/saml/entrance/resolve_artifact", b"", "")
        assert (get.status, get.body) == (405, b"")


def test_the_calls_are_on_the_back_channel_only(entrance: Entrance) -> None:
    """TL-02."""
    with override_settings(ROOT_URLCONF="volmacht.config.urls"):
        assert entrance.post(b"{}").status == 404
        assert entrance.get(f"?transactionId={uuid4()}").status == 404
