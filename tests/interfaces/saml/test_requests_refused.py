"""Questions that are refused: by a page while the sender is not trusted, then by artifact (AR, ST-05 to ST-35)."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, SIGN_ON, extended, request
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml.catalogue import take
from tests.interfaces.saml.routing import asked_by_rd
from tests.interfaces.saml.test_signatures import assert_page
from volmacht import clock
from volmacht.catalogue import queries as catalogue
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import Transaction
from volmacht.pki import Purpose
from volmacht.protocols.saml import assurance
from volmacht.protocols.saml.messages import AuthnRequest, RequestedContext, Scoping, Status
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml.names import BINDING_ARTIFACT, BINDING_POST, SAML
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

TAXES: dict[str, Any] = {"audiences": (parties.TOWN,), "services": (parties.TAXES,)}


def refused(browser: Browser, value: AuthnRequest, outcome: Outcome, **how: Any) -> None:
    """It is answered so, and no log-in begins."""
    assert browser.refusal(value, **how) == outcome.status()
    assert not Transaction.objects.exists()


# --- the sender is not trusted ---


def test_tc_54_who_is_not_registered_is_refused(browser: Browser) -> None:
    assert_page(browser, asking.written(request(parties.STRANGER)))


def test_tc_54_a_cluster_connection_has_no_business_at_the_bvd(browser: Browser) -> None:
    value = extended(parties.LC, parties.WATER, parties.WATER_TAX, at=BVD)
    answer = browser.send(asking.written(value), at=BVD)
    assert answer.status_code == 400


def test_tc_54_a_routing_service_has_no_business_at_the_entrance(browser: Browser) -> None:
    assert_page(browser, asking.written(extended(parties.RD, parties.TOWN, parties.TAXES)))


def test_tc_54_a_test_system_is_unknown_in_production(browser: Browser) -> None:
    assert_page(browser, asking.written(extended(parties.TOWN_TEST, parties.TOWN_TEST, parties.TAXES)))


def test_tc_54_an_issuer_that_is_no_entity_id_is_refused(browser: Browser) -> None:
    def other(root: etree._Element) -> None:
        root[0].text = "https://stad.example"

    assert_page(browser, asking.written(request(), change=other))


def test_tc_100_a_production_connection_is_unknown_in_pre_production(browser: Browser) -> None:
    def moved(root: etree._Element) -> None:
        root.set("Destination", "http://localhost:8000/preprod/saml/entrance/request_authentication")

    message = asking.written(request(), change=moved)
    answer = browser.post_form(
        "/preprod/saml/entrance/request_authentication",
        {"SAMLRequest": base64.b64encode(message).decode()},
    )
    assert answer.status_code == 400


def test_tc_100_an_artifact_of_pre_production_is_nothing_in_production(browser: Browser) -> None:
    door = "http://localhost:8000/preprod/saml/entrance/request_authentication"
    value = extended(parties.TOWN_TEST, parties.TOWN_TEST, parties.TAXES, destination=door, version="1.1")
    message = base64.b64encode(asking.written(value)).decode()
    back = browser.post_form(door, {"SAMLRequest": message})
    artifact = asking.artifact_in(back["Location"])
    assert browser.resolve(artifact, parties.TOWN).is_empty
    body = asking.resolve_message(asking.resolve_value(parties.TOWN_TEST, artifact))
    answer = asking.call(body, asking.certificate_of(parties.TOWN_TEST))
    assert b"Fault" in answer.content


def test_tc_100_a_peer_of_pre_production_is_unknown_in_production(browser: Browser) -> None:
    assert catalogue.peer(Environment.PREPRODUCTION, parties.AD_TEST)
    assert catalogue.peer(Environment.PRODUCTION, parties.AD_TEST) is None
    assert catalogue.peer(Environment.PREPRODUCTION, parties.AD) is None
    scoping = Scoping((parties.AD_TEST,), ())
    refused(browser, request(scoping=scoping), Outcome.NO_AUTHENTICATION_SERVICE)


@pytest.mark.parametrize(
    "destination",
    [
        "http://localhost:8000/saml/entrance/request",
        SIGN_ON[BVD],
        SIGN_ON[ENTRANCE] + "/",
        SIGN_ON[ENTRANCE] + "?x=1",
        SIGN_ON[ENTRANCE].upper(),
        None,
    ],
)
def test_tc_55_another_destination_is_refused(browser: Browser, destination: str | None) -> None:
    assert_page(browser, asking.written(request(destination=destination)))


@pytest.mark.parametrize("address", [parties.CONSUMERS[parties.TOWN][0], "https://kwaad.example/acs"])
@pytest.mark.parametrize("index", [0, None])
def test_tc_56_an_address_in_the_question_is_never_used(
    browser: Browser, address: str, index: int | None
) -> None:
    assert_page(browser, asking.written(request(acs_url=address, acs_index=index)))


def test_tc_57_an_index_that_is_not_in_metadata_is_refused(browser: Browser) -> None:
    assert_page(browser, asking.written(request(acs_index=7)))


# --- the sender is known: an answer by artifact ---


def test_tc_59_a_question_counts_once(browser: Browser) -> None:
    value = request()
    message = asking.written(value)
    assert browser.send(message).status_code == 303
    assert browser.status_of(message, value) == Outcome.ALREADY_USED.status()
    assert Transaction.objects.count() == 1


@pytest.mark.parametrize("seconds", [45, -360])
def test_tc_60_a_question_from_another_moment_is_refused(browser: Browser, seconds: int) -> None:
    moment = clock.wall_clock() + timedelta(seconds=seconds)
    refused(browser, request(issue_instant=moment), Outcome.EXPIRED)


@pytest.mark.parametrize("seconds", [25, -320])
def test_tc_22_clocks_may_differ_a_little(browser: Browser, seconds: int) -> None:
    moment = clock.wall_clock() + timedelta(seconds=seconds)
    assert browser.begin(request(issue_instant=moment)).status_code == 200


def test_tc_60_an_instant_in_another_zone_is_refused(browser: Browser) -> None:
    def zoned(root: etree._Element) -> None:
        root.set("IssueInstant", str(root.get("IssueInstant")).replace("Z", "+01:00"))

    refused(browser, request(), Outcome.EXPIRED, change=zoned)


@pytest.mark.parametrize(
    "value",
    [lambda: request(service_index=0, **TAXES), lambda: request(service_index=None)],
    ids=["both", "neither"],
)
def test_tc_61_a_service_is_named_in_one_way(browser: Browser, value: Any) -> None:
    refused(browser, value(), Outcome.SERVICE_REFERENCE)


def test_tc_61_an_index_without_a_service_is_refused(browser: Browser) -> None:
    refused(browser, request(service_index=9), Outcome.SERVICE_REFERENCE)


@pytest.mark.parametrize("index", [0, None])
def test_tc_62_a_cluster_connection_names_the_service_in_extensions(
    browser: Browser, index: int | None
) -> None:
    refused(browser, request(parties.LC, service_index=index), Outcome.SERVICE_REFERENCE)


@pytest.mark.parametrize(
    ("audiences", "services"),
    [
        ((parties.TAX,), (parties.TAXES,)),
        ((parties.TOWN, parties.TAX), (parties.TAXES,)),
        ((), (parties.TAXES,)),
        ((parties.TOWN,), ()),
        ((parties.TOWN,), (parties.TAXES, parties.OWN_ONLY)),
        ((parties.TOWN,), (parties.TAXES.replace("-", ""),)),
        ((parties.TOWN,), ("niet-een-uuid",)),
    ],
)
def test_tc_63_one_provider_and_one_service_are_named(
    browser: Browser, audiences: tuple[str, ...], services: tuple[str, ...]
) -> None:
    refused(browser, request(audiences=audiences, services=services), Outcome.AUDIENCE_OR_SERVICE)


@pytest.mark.parametrize(
    ("own_id", "provider", "service"),
    [
        (parties.TOWN, parties.TOWN, parties.RETURN),
        (parties.TOWN, parties.TOWN, parties.UNKNOWN_SERVICE),
        (parties.LC, parties.TAX, parties.RETURN),
        (parties.LC, parties.WATER, parties.TAXES),
        (parties.TAX, parties.TAX, parties.TAXES),
    ],
)
def test_tc_64_a_service_that_is_not_the_provider_s_is_refused(
    browser: Browser, own_id: str, provider: str, service: str
) -> None:
    refused(browser, extended(own_id, provider, service), Outcome.NOT_REGISTERED)


def test_tc_64_a_provider_that_is_not_in_the_document_of_the_routing_service(browser: Browser) -> None:
    assert take(parties.RD, parties.group_document(parties.RD, parties.TAX)).is_good
    refused(browser, asked_by_rd(browser), Outcome.NOT_REGISTERED)


@pytest.mark.parametrize(
    ("kind", "what", "content"),
    [
        (ChangeKind.SWITCH_CONNECTION, parties.TOWN, {"active": False}),
        (ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN, {"active": False}),
        (ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN, {"role_active": False}),
        (ChangeKind.SWITCH_SERVICE, parties.TAXES, {"active": False}),
    ],
    ids=["connection", "organisation", "role", "service"],
)
def test_tc_65_what_is_switched_off_is_refused(
    browser: Browser, kind: ChangeKind, what: str, content: dict[str, Any]
) -> None:
    browser.world.switch(kind, what, **content)
    value = request()
    back = browser.send(asking.written(value))
    assert back.status_code == 303
    answer = browser.hand_in(back) if kind is not ChangeKind.SWITCH_CONNECTION else None
    if answer is not None:
        assert answer.status == Outcome.NOT_ACTIVE.status()
    else:  # whoever is switched off gets nothing at the back channel either (ST-69)
        resolved = browser.resolve(asking.artifact_in(back["Location"]))
        assert resolved.message.response is None
        assert resolved.message.status.second == Outcome.NOT_ACTIVE.status().second


def add(tag: str, place: int, **attributes: str) -> Any:
    """Put in an element."""

    def change(root: etree._Element) -> None:
        root.insert(place, etree.Element(tag, attributes))

    return change


def test_tc_66_a_subject_in_the_question_is_refused(browser: Browser) -> None:
    def subject(root: etree._Element) -> None:
        node = etree.Element(SAML + "Subject")
        etree.SubElement(node, SAML + "NameID").text = "x"
        root.insert(1, node)

    refused(browser, request(), Outcome.ELEMENT, change=subject)


def test_tc_66_conditions_in_the_question_are_refused(browser: Browser) -> None:
    refused(browser, request(), Outcome.ELEMENT, change=add(SAML + "Conditions", 1))


@pytest.mark.parametrize("name", ["NameQualifier", "SPNameQualifier", "SPProvidedID"])
def test_tc_66_a_qualified_issuer_is_refused(browser: Browser, name: str) -> None:
    refused(browser, request(), Outcome.ELEMENT, change=lambda root: root[0].set(name, "x"))


@pytest.mark.parametrize(("binding", "index"), [(BINDING_POST, None), (BINDING_ARTIFACT, 0)])
def test_tc_66_another_binding_is_refused(browser: Browser, binding: str, index: int | None) -> None:
    refused(browser, request(protocol_binding=binding, acs_index=index), Outcome.ELEMENT)


def test_tc_66_passive_is_not_possible(browser: Browser) -> None:
    refused(browser, request(is_passive=True), Outcome.PASSIVE)


@pytest.mark.parametrize("version", ["1.1", "2.1", "2"])
def test_another_version_is_refused(browser: Browser, version: str) -> None:
    refused(browser, request(version=version), Outcome.VERSION)


HIGH = assurance.uri_of(LevelOfAssurance.HIGH)


@pytest.mark.parametrize(
    "context",
    [
        RequestedContext("minimum", ("urn:example:level",)),
        RequestedContext("maximum", (HIGH,)),
        RequestedContext("better", (HIGH,)),
        RequestedContext("exact", (HIGH, "urn:example:level")),
    ],
)
def test_tc_67_a_level_that_nobody_knows_is_refused(browser: Browser, context: RequestedContext) -> None:
    refused(browser, request(requested_context=context), Outcome.LEVEL_UNKNOWN)


@pytest.mark.parametrize(
    "context",
    [
        RequestedContext("exact", (HIGH,)),
        RequestedContext("better", (assurance.uri_of(LevelOfAssurance.SUBSTANTIAL),)),
    ],
)
def test_tc_67_a_log_in_below_the_raised_level_is_told(browser: Browser, context: RequestedContext) -> None:
    back = browser.log_in(request(requested_context=context))
    assert browser.hand_in(back).status == Outcome.LEVEL_TOO_LOW.status()


@pytest.mark.parametrize(
    ("scoping", "outcome"),
    [
        (Scoping((BVD,), ()), Outcome.NO_AUTHENTICATION_SERVICE),
        (Scoping(("urn:example:ad",), ()), Outcome.NO_AUTHENTICATION_SERVICE),
        (Scoping(None, ("urn:example:bvd",)), Outcome.NO_REPRESENTATION_SERVICE),
        (Scoping((parties.AD, BVD), ("urn:example:bvd",)), Outcome.REQUESTER_NOT_LISTED),
        (Scoping((parties.AD,), (BVD,)), Outcome.REQUESTER_NOT_LISTED),
        (Scoping((parties.AD,), (BVD, "urn:example:bvd")), Outcome.REQUESTER_NOT_LISTED),
    ],
)
def test_tc_68_services_that_are_not_supported_are_refused(
    browser: Browser, scoping: Scoping, outcome: Outcome
) -> None:
    assert outcome.status().second == "urn:oasis:names:tc:SAML:2.0:status:NoSupportedIDP"
    refused(browser, request(scoping=scoping), outcome)


@pytest.mark.parametrize("index", [1, 3], ids=["not-mandatable", "for-organisations-only"])
def test_tc_69_representation_that_cannot_be_is_refused(browser: Browser, index: int) -> None:
    value = request(scoping=Scoping(None, (BVD,)), service_index=index)
    refused(browser, value, Outcome.NOT_MANDATABLE)


def test_tc_92_without_a_valid_encryption_certificate_nobody_is_sent_to_log_in(browser: Browser) -> None:
    old = parties.issued(parties.TAX_OIN, Purpose.ENCRYPTION, 9, days=300).own_key.published()
    assert take(parties.TAX, parties.provider_document(parties.TAX, encryption=(old,))).is_good
    refused(browser, request(parties.TAX), Outcome.NO_ENCRYPTION_CERTIFICATE)


def test_tc_102_when_nothing_can_be_noted_nothing_is_accepted(browser: Browser) -> None:
    message = asking.written(request())
    artifact = asking.artifact_in(browser.log_in(request())["Location"])
    before = Transaction.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE logins_seenmessage RENAME TO logins_away")
    answer = browser.send(message)
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
    resolved = asking.call(body, asking.certificate_of(parties.TOWN))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE logins_away RENAME TO logins_seenmessage")
    assert answer.status_code in {500, 503}
    assert Transaction.objects.count() == before
    assert resolved.status_code == 500
    assert b"Fault" in resolved.content
    assert browser.resolve(artifact).status.succeeded


def test_an_id_may_be_as_long_as_an_attribute(browser: Browser) -> None:
    value = request(id="_" + "x" * 3000)
    assert browser.hand_in(browser.log_in(value)).message.response is not None
    assert browser.status_of(asking.written(value), value) == Outcome.ALREADY_USED.status()


@pytest.mark.parametrize("status", [Outcome.CANCELLED.status(), Outcome.NO_MANDATE.status()])
def test_nobody_learns_that_there_was_no_mandate(status: Status) -> None:
    assert status.message == "Authentication cancelled"
