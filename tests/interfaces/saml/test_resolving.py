"""Handing in artifacts: once, by who asked, over SOAP 1.1, with the right certificate (AB, ST-60 to ST-70)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree
from pytest_django import Settings

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, RESOLUTION, Answered, request
from tests.interfaces.saml.browsing import MANDATORY, Browser, own_keys
from tests.interfaces.saml.routing import asked_by_rd
from volmacht import clock
from volmacht.catalogue.kinds import ChangeKind
from volmacht.logins.models import IssuedArtifact, SamlLogin
from volmacht.mandates.models import Use
from volmacht.pki import Purpose, pem_of
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.messages import (
    REQUEST_DENIED,
    REQUEST_UNSUPPORTED,
    REQUESTER,
    ArtifactResolve,
    Status,
)
from volmacht.protocols.xml.names import DS, SOAP

DENIED, UNSUPPORTED = Status(REQUESTER, REQUEST_DENIED), Status(REQUESTER, REQUEST_UNSUPPORTED)


def artifact(browser: Browser) -> str:
    """A fresh one, for the town; of a refusal, which is an answer like any other and costs less than a log-in."""
    return asking.artifact_in(browser.send(asking.written(request(version="1.1")))["Location"])


def answer_to(value: ArtifactResolve, change: Any = None) -> Answered:
    """What the back channel says to this, with the right certificate."""
    answer = asking.call(asking.resolve_message(value, change), asking.certificate_of(value.issuer))
    assert answer.status_code == 200
    return asking.read_answer(answer.content, own_keys())


def test_tc_70_an_artifact_is_handed_in_once(browser: Browser) -> None:
    found = artifact(browser)
    assert not browser.resolve(found).is_empty
    assert browser.resolve(found).is_empty


def test_an_artifact_stays_used_when_its_answer_cannot_be_made(browser: Browser) -> None:  # ST-70
    found = asking.artifact_in(browser.choose(browser.log_in(request(scoping=MANDATORY)))["Location"])
    SamlLogin.objects.update(evidence_sealed=b"spoiled")
    value = asking.resolve_value(parties.TOWN, found)
    answer = asking.call(asking.resolve_message(value), asking.certificate_of(parties.TOWN))
    assert answer.status_code == 500
    assert not Use.objects.exists()
    assert browser.resolve(found).is_empty


def test_tc_71_another_provider_gets_nothing_and_takes_nothing_away(browser: Browser) -> None:
    found = artifact(browser)
    assert browser.resolve(found, parties.TAX).is_empty
    assert not browser.resolve(found).is_empty


def test_tc_71_the_provider_behind_a_cluster_connection_gets_nothing(browser: Browser) -> None:
    value = asking.extended(parties.LC, parties.WATER, parties.WATER_TAX)
    found = asking.artifact_in(browser.log_in(value)["Location"])
    assert browser.resolve(found, parties.WATER).is_empty
    assert browser.resolve(found, parties.LC).status.succeeded


def test_tc_71_an_artifact_that_expired_gives_nothing(browser: Browser) -> None:
    found = artifact(browser)
    IssuedArtifact.objects.update(expires_at=clock.wall_clock())
    assert browser.resolve(found).is_empty


def test_tc_71_an_artifact_of_the_bvd_means_nothing_at_the_entrance(browser: Browser) -> None:
    page = browser.begin(asked_by_rd(browser))
    found = asking.artifact_in(browser.choose(page)["Location"])
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, found))
    answer = asking.call(body, asking.certificate_of(parties.TOWN))
    assert asking.read_answer(answer.content, own_keys()).is_empty
    assert browser.resolve(found, parties.RD, at=BVD).status.succeeded


MADE_UP: dict[str, Callable[[], str]] = {
    "short": lambda: "x",
    "type-only": lambda: "AAQAAA==",
    "of-the-bvd": lambda: new_artifact(BVD),
    "unknown": lambda: new_artifact(asking.ENTRANCE),
    "other-index": lambda: new_artifact(asking.ENTRANCE, 1),
    "spaces": lambda: " ".join(new_artifact(asking.ENTRANCE)),
}


@pytest.mark.parametrize("make", MADE_UP.values(), ids=MADE_UP)
def test_tc_71_whatever_is_wrong_with_an_artifact_gives_the_same_answer(
    browser: Browser, make: Callable[[], str]
) -> None:
    assert browser.resolve(make()).is_empty


def test_tc_72_without_a_certificate_nothing_is_read(browser: Browser) -> None:
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact(browser)))
    answer = asking.call(body, asking.ShownCertificate(None))
    assert (answer.status_code, answer.content) == (403, b"")


@pytest.mark.parametrize(
    "shown",
    [
        pytest.param(lambda: asking.certificate_of(parties.TAX), id="another-party"),
        pytest.param(lambda: asking.certificate_of(parties.TOWN, Purpose.SIGNING), id="for-signing"),
        pytest.param(lambda: asking.certificate_of(parties.TOWN, Purpose.ENCRYPTION), id="for-encryption"),
    ],
)
def test_tc_72_another_certificate_is_refused(
    browser: Browser, shown: Callable[[], asking.ShownCertificate]
) -> None:
    found = artifact(browser)
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, found))
    answer = asking.call(body, shown())
    assert (answer.status_code, answer.content) == (403, b"")
    assert not browser.resolve(found).is_empty


def test_tc_73_an_unsigned_question_is_denied(browser: Browser) -> None:
    value = asking.resolve_value(parties.TOWN, artifact(browser))
    envelope = etree.fromstring(asking.resolve_message(value))
    for signature in list(envelope.iter(DS + "Signature")):
        parent = signature.getparent()
        assert parent is not None
        parent.remove(signature)
    answer = asking.call(etree.tostring(envelope), asking.certificate_of(parties.TOWN))
    read = asking.read_answer(answer.content, own_keys())
    assert (read.message.status, read.message.response) == (DENIED, None)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"destination": "https://localhost:8003/saml/entrance/other"}, UNSUPPORTED),
        ({"destination": RESOLUTION[BVD]}, UNSUPPORTED),
        ({"version": "1.1"}, UNSUPPORTED),
        ({"issue_instant": clock.wall_clock() - timedelta(days=1)}, DENIED),
        ({"issue_instant": clock.wall_clock() + timedelta(days=1)}, DENIED),
    ],
)
def test_tc_73_a_question_for_elsewhere_or_another_time_is_refused(
    browser: Browser, changes: dict[str, Any], status: Status
) -> None:
    read = answer_to(asking.resolve_value(parties.TOWN, artifact(browser), **changes))
    assert (read.message.status, read.message.response) == (status, None)


def test_tc_73_a_question_is_answered_once(browser: Browser) -> None:
    value = asking.resolve_value(parties.TOWN, artifact(browser))
    assert not answer_to(value).is_empty
    assert answer_to(value).message.status == DENIED


def test_a_destination_may_be_left_out(browser: Browser) -> None:
    value = asking.resolve_value(parties.TOWN, artifact(browser), destination=None)
    assert not answer_to(value).is_empty


def fault_of(body: bytes, status: int = 500) -> str:
    """The code of the SOAP fault."""
    answer = asking.call(body, asking.certificate_of(parties.TOWN))
    assert answer.status_code == status
    code = etree.fromstring(answer.content).findtext(".//faultcode")
    return str(code).partition(":")[2]


def in_envelope(browser: Browser, change: Callable[[etree._Element], object]) -> bytes:
    """A good question in an envelope that is changed."""
    envelope = etree.fromstring(asking.resolve_message(asking.resolve_value(parties.TOWN, artifact(browser))))
    change(envelope)
    return etree.tostring(envelope)


def test_tc_74_another_version_of_soap_is_a_fault(browser: Browser) -> None:
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact(browser)))
    newer = body.replace(SOAP[1:-1].encode(), b"http://www.w3.org/2003/05/soap-envelope")
    assert fault_of(newer) == "VersionMismatch"


def second_child(envelope: etree._Element) -> None:
    etree.SubElement(envelope[0], "{urn:example}x")


def mandatory_header(envelope: etree._Element) -> None:
    header = etree.Element(SOAP + "Header")
    etree.SubElement(header, "{urn:example}x", {SOAP + "mustUnderstand": "1"})
    envelope.insert(0, header)


def other_message(envelope: etree._Element) -> None:
    envelope[0][0].tag = "{urn:oasis:names:tc:SAML:2.0:protocol}LogoutRequest"


def unknown_issuer(envelope: etree._Element) -> None:
    envelope[0][0][0].text = parties.STRANGER


def wrong_role(envelope: etree._Element) -> None:
    envelope[0][0][0].text = parties.RD


def no_artifact(envelope: etree._Element) -> None:
    envelope[0][0].remove(envelope[0][0][-1])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (second_child, "Client"),
        (mandatory_header, "MustUnderstand"),
        (other_message, "Client"),
        (unknown_issuer, "Client"),
        (wrong_role, "Client"),
        (no_artifact, "Client"),
    ],
)
def test_tc_74_what_is_no_question_is_a_fault(
    browser: Browser, change: Callable[[etree._Element], object], code: str
) -> None:
    assert fault_of(in_envelope(browser, change)) == code


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"<a/>", "application/json", 415),
        (b"<!DOCTYPE a><a/>", "text/xml", 400),
        (b"no xml", "text/xml", 400),
        (b"<a>" + b"x" * 70_000 + b"</a>", "text/xml", 413),
    ],
)
def test_what_is_no_message_gets_a_bare_answer(
    browser: Browser, body: bytes, content_type: str, status: int
) -> None:
    answer = asking.call(body, asking.certificate_of(parties.TOWN), content_type=content_type)
    assert (answer.status_code, answer.content) == (status, b"")


@pytest.mark.parametrize("what", ["connection", "organisation"])
def test_a_connection_that_was_switched_off_meanwhile_gets_nothing(browser: Browser, what: str) -> None:
    found = artifact(browser)
    if what == "connection":
        browser.world.switch(ChangeKind.SWITCH_CONNECTION, parties.TOWN, active=False)
        read = browser.resolve(found)
        assert (read.message.status, read.message.response) == (DENIED, None)
    else:
        browser.world.switch(ChangeKind.SWITCH_PROVIDER, parties.TOWN_OIN, active=False)
        assert browser.resolve(found).message.in_response_to


HEADER = "HTTP_X_CLIENT_CERTIFICATE"


def escaped(own_id: str) -> str:
    """A certificate as a proxy writes it in a header."""
    return quote(pem_of(parties.key(parties.oin_of(own_id), Purpose.TLS_CLIENT).certificate).decode())


def test_tc_101_a_header_counts_from_a_proxy_that_is_trusted_only(
    browser: Browser, settings: Settings
) -> None:
    found = artifact(browser)

    def with_header(address: str) -> int:
        body = asking.resolve_message(asking.resolve_value(parties.TOWN, found))
        return asking.call(body, None, **{HEADER: escaped(parties.TOWN), "REMOTE_ADDR": address}).status_code

    assert with_header("127.0.0.1") == 403
    settings.VOLMACHT = replace(settings.VOLMACHT, trusted_proxies=("192.0.2.7",))
    assert with_header("192.0.2.8") == 403
    assert with_header("192.0.2.7") == 200


def test_tc_101_our_own_listener_believes_no_header(browser: Browser, settings: Settings) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, trusted_proxies=("127.0.0.1",))
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact(browser)))
    shown = asking.certificate_of(parties.TAX)
    assert asking.call(body, shown, **{HEADER: escaped(parties.TOWN)}).status_code == 403


@pytest.mark.parametrize("content", ["", "x", "-----BEGIN CERTIFICATE-----", "A" * 20_000])
def test_tc_101_nonsense_in_the_header_is_no_certificate(
    browser: Browser, settings: Settings, content: str
) -> None:
    settings.VOLMACHT = replace(settings.VOLMACHT, trusted_proxies=("127.0.0.1",))
    assert asking.call(b"<a/>", None, **{HEADER: content}).status_code == 403
    assert browser.get("/saml/entrance/resolve_artifact").status_code == 405
