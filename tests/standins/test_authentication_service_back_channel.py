"""The back channel of the stand-in for an authentication service: who gets in, and what is answered (ST-60, TL-03)."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.protocols.keyring import own_key
from tests.standins.login_service import LoginService
from tests.standins.test_authentication_service_log_in import MOTHER, go
from tests.standins.volmacht_for_logins import OTHER_OIN, XML_HEADERS, Requester, artifact_in, now
from tests.standins.web_client import Visitor
from volmacht.pki import Purpose, pem_of, private_key_pem
from volmacht.protocols import soap
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.artifacts import new_artifact
from volmacht.protocols.saml.handling.answers import Answered
from volmacht.protocols.saml.status import ResolveOutcome
from volmacht.protocols.xml import gate
from volmacht.rules.environment import Environment


@pytest.fixture
def entrance(digid: LoginService) -> Requester:
    """The entrance in pre-production."""
    return digid.requester()


def an_artifact(requester: Requester) -> tuple[str, Callable[[], bool]]:
    """An artifact, and a look whether it is still good."""
    request = requester.request()
    with Visitor() as visitor:
        go(visitor, requester, request, persoon=MOTHER)
        address = str(visitor.answer.url)
    return artifact_in(address), lambda: isinstance(requester.answer(request, address), Answered)


def test_nobody_gets_in_without_a_certificate_of_the_authority(
    digid: LoginService, entrance: Requester, tmp_path: Path
) -> None:
    artifact, still_good = an_artifact(entrance)
    _, message = entrance.resolve_message(artifact)
    stranger = own_key("stranger", begins=now() - timedelta(days=1), ends=now() + timedelta(days=1))
    (tmp_path / "crt").write_bytes(pem_of(stranger.certificate))
    (tmp_path / "key").write_bytes(private_key_pem(stranger.private_key))
    other_environment = digid.requester(Environment.PRODUCTION).party.tls
    for tls in (None, (tmp_path / "crt", tmp_path / "key"), other_environment):
        with entrance.client(tls) as client, pytest.raises(httpx.HTTPError):
            client.post(
                entrance.service.artifact_resolution[0].location, content=message, headers=XML_HEADERS
            )
    assert still_good()


def test_a_certificate_must_be_the_requesters_own_and_for_tls_clients(
    digid: LoginService, entrance: Requester
) -> None:
    artifact, still_good = an_artifact(entrance)
    volmacht = entrance.volmacht
    another_party = volmacht.client_files(volmacht.key(Purpose.TLS_CLIENT, "another", OTHER_OIN))
    not_listed = volmacht.client_files(volmacht.key(Purpose.TLS_CLIENT, "another"))
    for_signing = volmacht.client_files(volmacht.entrance.signing)
    for tls in (another_party, not_listed, for_signing, digid.portal().party.tls):
        _, message = entrance.resolve_message(artifact)
        response = entrance.call(message, tls=tls)
        assert (response.status_code, response.content) == (403, b"")
    assert still_good()


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"version": "2.1"}, ResolveOutcome.UNSUPPORTED),
        ({"destination": "https://localhost/other"}, ResolveOutcome.UNSUPPORTED),
        ({"issue_instant": now() - timedelta(minutes=10)}, ResolveOutcome.DENIED),
        ({"artifact": "nonsense"}, ResolveOutcome.NOTHING),
        (
            {"artifact": new_artifact("urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:9001")},
            ResolveOutcome.NOTHING,
        ),
        (
            {"artifact": new_artifact("urn:nl-eid-gdi:1.0:AD:00000009000000002000:entities:0001")},
            ResolveOutcome.NOTHING,
        ),
    ],
    ids=["version", "destination", "too old", "nonsense", "unknown", "other environment"],
)
def test_what_is_wrong_with_a_resolve_is_answered_without_a_response(
    entrance: Requester, changes: dict[str, Any], outcome: ResolveOutcome
) -> None:
    resolve, message = entrance.resolve_message(**{"artifact": "x", **changes})
    answer = status_of(entrance.call(message))
    assert answer.response is None
    assert answer.status == outcome.status()
    assert answer.in_response_to == resolve.id


def status_of(response: httpx.Response) -> Any:
    """The ArtifactResponse in an answer."""
    assert response.status_code == 200
    return parsing.artifact_response(soap.body_of(gate.read(response.content, gate.ARTIFACT_RESPONSE)))


def test_a_resolve_that_is_unsigned_or_came_before_gets_nothing(entrance: Requester) -> None:
    artifact, still_good = an_artifact(entrance)
    _, message = entrance.resolve_message(artifact)
    altered = message.replace(artifact.encode(), new_artifact(entrance.service.entity_id).encode())
    assert status_of(entrance.call(altered)).status == ResolveOutcome.SIGNATURE.status()
    _, other = entrance.resolve_message("unknown")
    assert status_of(entrance.call(other)).status == ResolveOutcome.NOTHING.status()
    assert status_of(entrance.call(other)).status == ResolveOutcome.DENIED.status()
    assert still_good()


def test_only_a_soap_message_at_the_right_address_is_read(digid: LoginService, entrance: Requester) -> None:
    address = entrance.service.artifact_resolution[0].location
    _, message = entrance.resolve_message("x")
    assert entrance.call(message, headers={"Content-Type": "application/soap+xml"}).status_code == 200
    assert entrance.call(message, headers={"Content-Type": "application/json"}).status_code == 415
    assert entrance.call(b" " * 70_000).status_code == 413
    assert entrance.call(b"<a").status_code == 400
    for wrong in (
        message.replace(b"schemas.xmlsoap.org/soap/envelope/", b"www.w3.org/2003/05/soap-envelope"),
        soap.envelope(b"<a/>"),
        entrance.resolve_message("x", issuer="urn:nl-eid-gdi:1.0:TD:00000009000000009000:entities:9001")[1],
    ):
        response = entrance.call(wrong)
        assert response.status_code == 500
        assert b"faultcode" in response.content
    other_environment = digid.requester(Environment.PRODUCTION).service.artifact_resolution[0].location
    path = other_environment.partition(f":{digid.back_port}")[2]
    assert entrance.call(message, address=address.partition("/preprod")[0] + path).status_code == 404
    assert entrance.call(message, address=address + "/").status_code == 404
    with entrance.client(entrance.party.tls) as client:
        assert client.get(address).status_code == 405


def test_the_front_channel_has_no_back_door(digid: LoginService, entrance: Requester) -> None:
    path = entrance.service.artifact_resolution[0].location.partition(f":{digid.back_port}")[2]
    _, message = entrance.resolve_message("x")
    answer = httpx.post(digid.address + path, content=message, headers=XML_HEADERS, trust_env=False)
    assert answer.status_code == 404
