"""Logging in at the stand-in for DigiD: what comes back, for whom it can be read, and what can be made to go wrong.

Against the process, over HTTP and TLS; answers are judged by the code with which Volmacht judges them (AD-14).
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from lxml import etree

from tests.standins.login_service import LoginService
from tests.standins.volmacht_for_logins import (
    HIGH_SERVICE,
    Requester,
    artifact_in,
    relay_state_in,
)
from tests.standins.web_client import Visitor
from volmacht.protocols import soap
from volmacht.protocols.saml.encryption import NotReadable, decrypted, recipients
from volmacht.protocols.saml.handling.answers import Answered, NotAnswered
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import AuthnRequest, Status
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.names import DS, FORMAT_TRANSIENT, LEGACY_BSN, SAMLP
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

MOTHER, DAUGHTER, GRANDSON, GRANDFATHER = "999900006", "999900018", "999900067", "999900055"


def opened(encrypted: bytes, own: str, *keys: OwnKey) -> tuple[str, str]:
    """Kind and value of an identifier, opened with one of these keys."""
    identifier = decrypted(gate.parsed(encrypted), own=own, keys=keys)
    return identifier.qualifier, identifier.value


def go(visitor: Visitor, requester: Requester, request: AuthnRequest, **more: str) -> None:
    """Come to the service with a request."""
    visitor.post(requester.address, **requester.form(request), **more)


def answered(requester: Requester, request: AuthnRequest, visitor: Visitor) -> Answered:
    """What was said of who logged in."""
    answer = requester.answer(request, str(visitor.answer.url))
    assert isinstance(answer, Answered)
    return answer


def refusal(requester: Requester, request: AuthnRequest, visitor: Visitor) -> Status:
    """Why nobody logged in."""
    answer = requester.answer(request, str(visitor.answer.url))
    assert isinstance(answer, NotAnswered)
    return answer.status


@pytest.fixture(params=list(Environment))
def entrance(digid: LoginService, request: pytest.FixtureRequest) -> Requester:
    """The entrance, in each environment."""
    return digid.requester(request.param)


@pytest.fixture
def tested(digid: LoginService) -> Requester:
    """The entrance in pre-production."""
    return digid.requester()


def test_who_logs_in_is_known_to_provider_and_bvd_only(entrance: Requester) -> None:
    request, volmacht = entrance.request(representation=True), entrance.volmacht
    with Visitor() as visitor:
        go(visitor, entrance, request)
        visitor.press("inloggen", "1", persoon=DAUGHTER, niveau="20")
        assert relay_state_in(str(visitor.answer.url)) == "state"
        answer = answered(entrance, request, visitor)
    assertion, (acting,) = answer.assertion, answer.assertion.acting
    assert answer.level is LevelOfAssurance.MIDDLE
    assert set(assertion.audiences) == {volmacht.entrance.entity_id, volmacht.bvd_id}
    assert assertion.service_uuids == request.services
    assert assertion.name_id_format == FORMAT_TRANSIENT
    assert assertion.session_index == assertion.name_id
    assert (assertion.legal, assertion.advice, assertion.authorities, assertion.representation_types) == (
        (),
    ) * 4
    assert assertion.concerned_kvk == ()
    provider = volmacht.provider
    assert recipients(gate.parsed(acting)) == (provider.entity_id, provider.entity_id, volmacht.bvd_id)
    for key in provider.encryption:
        assert opened(acting, provider.entity_id, key) == (LEGACY_BSN, DAUGHTER)
    assert opened(acting, volmacht.bvd_id, volmacht.bvd_encryption) == (LEGACY_BSN, DAUGHTER)
    with pytest.raises(NotReadable):
        opened(acting, volmacht.portal.entity_id, *volmacht.portal.encryption)


def test_on_own_behalf_the_bvd_is_neither_audience_nor_recipient(entrance: Requester) -> None:
    request, volmacht = entrance.request(), entrance.volmacht
    with Visitor() as visitor:
        go(visitor, entrance, request, persoon=MOTHER)
        assertion = answered(entrance, request, visitor).assertion
    assert assertion.audiences == (volmacht.entrance.entity_id,)
    assert set(recipients(gate.parsed(assertion.acting[0]))) == {volmacht.provider.entity_id}


def test_the_portal_reads_for_itself_who_logged_in(digid: LoginService) -> None:
    portal = digid.portal()
    request = portal.request()
    with Visitor() as visitor:
        go(visitor, portal, request, persoon=MOTHER)
        assertion = answered(portal, request, visitor).assertion
    own = portal.volmacht.portal
    assert opened(assertion.acting[0], own.entity_id, *own.encryption) == (LEGACY_BSN, MOTHER)


def test_the_answer_is_valid_signed_and_in_its_envelope(tested: Requester) -> None:
    request = tested.request(representation=True)
    with Visitor() as visitor:
        go(visitor, tested, request, persoon=MOTHER)
        _, message = tested.resolve_message(artifact_in(str(visitor.answer.url)))
    response = tested.call(message)
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    body = soap.body_of(gate.read(response.content, gate.ARTIFACT_RESPONSE))
    schemas.validate(body, schemas.Schema.PROTOCOL)
    assert body.find(f"{SAMLP}Response/{DS}Signature") is None  # RS-05
    names = [name.text for name in body.iterfind(f"{DS}Signature/{DS}KeyInfo/{DS}KeyName")]
    assert names == [tested.service.signing[0].name]
    assert etree.tostring(body).count(MOTHER.encode()) == 0


@pytest.mark.parametrize(
    ("asked", "level"),
    [({}, 25), ({"niveau": "10"}, 10), ({"niveau": "20"}, 20), ({"niveau": "hoogste"}, 25)],
)
def test_a_form_that_says_who_to_become_needs_no_page(
    tested: Requester, asked: dict[str, str], level: int
) -> None:
    request = tested.request()
    with Visitor() as visitor:
        visitor.stop_following()
        go(visitor, tested, request, persoon=DAUGHTER, **asked)
        assert visitor.answer.status_code == 303
        answer = tested.answer(request, visitor.answer.headers["Location"])
    assert isinstance(answer, Answered)
    assert answer.level == level


@pytest.mark.parametrize(
    "extra", [{"persoon": "123456782"}, {"persoon": GRANDFATHER}, {"persoon": GRANDSON, "niveau": "30"}]
)
def test_somebody_who_cannot_log_in_gets_the_page(tested: Requester, extra: dict[str, str]) -> None:
    with Visitor() as visitor:
        go(visitor, tested, tested.request(), **extra)
        assert visitor.answer.status_code == 200
        assert visitor.page.title.startswith("Inloggen")


def test_stopping_is_told_with_exactly_the_agreed_status(entrance: Requester) -> None:
    request = entrance.request(representation=True)
    with Visitor() as visitor:
        go(visitor, entrance, request)
        visitor.press("annuleren", "1")
        status = refusal(entrance, request, visitor)
    assert status.cancelled
    assert status == Outcome.CANCELLED.status()


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ("mislukt", Outcome.AUTHENTICATION_FAILED.status()),
        ("te-laag", Outcome.LEVEL_TOO_LOW.status()),
        ("storing", Outcome.AUTHENTICATION_SERVICE_ERROR.status()),
        (
            "niet-ondersteund",
            replace(
                Outcome.UNSUPPORTED_UPSTREAM.status(), message="Simulated: this request is not supported"
            ),
        ),
    ],
)
def test_something_can_be_made_to_go_wrong(tested: Requester, wrong: str, status: Status) -> None:
    request = tested.request()
    with Visitor() as visitor:
        go(visitor, tested, request)
        visitor.press("misgaan", wrong)
        assert refusal(tested, request, visitor) == status


def test_a_level_is_the_persons_own_and_high_enough_unless_that_must_go_wrong(tested: Requester) -> None:
    request = tested.request(services=(HIGH_SERVICE,))
    with Visitor() as visitor:
        go(visitor, tested, request)
        assert "minstens niveau: Substantieel" in visitor.text
        for fields, told in (
            ({}, "Kies een persoon uit de lijst"),
            ({"persoon": GRANDFATHER}, "Kies een persoon uit de lijst"),
            ({"persoon": GRANDSON, "niveau": "20"}, "Deze persoon kan niet op dit niveau inloggen"),
            ({"persoon": GRANDSON, "niveau": "hoogste"}, "Dit niveau is te laag voor deze dienst"),
            ({"persoon": DAUGHTER, "niveau": "20"}, "Dit niveau is te laag voor deze dienst"),
        ):
            visitor.press("inloggen", "1", **fields)
            assert (visitor.answer.status_code, told in visitor.text) == (400, True), fields
            assert visitor.page.title.startswith("Fout: ")
        visitor.press("misgaan", "toch", persoon=DAUGHTER, niveau="20")
        assert answered(tested, request, visitor).level is LevelOfAssurance.MIDDLE


@pytest.mark.parametrize(
    ("person", "chosen", "level"),
    [(DAUGHTER, "hoogste", 20), (DAUGHTER, "25", 20), (DAUGHTER, "10", 10), (GRANDSON, "hoogste", 10)],
)
def test_who_logs_in_at_a_level_that_is_too_low_never_gets_one_that_is_high_enough(
    tested: Requester, person: str, chosen: str, level: int
) -> None:
    request = tested.request(services=(HIGH_SERVICE,))
    with Visitor() as visitor:
        go(visitor, tested, request)
        visitor.press("misgaan", "toch", persoon=person, niveau=chosen)
        assert answered(tested, request, visitor).level == level


def test_where_no_level_is_too_low_the_page_says_so(digid: LoginService) -> None:
    portal = digid.portal()
    with Visitor() as visitor:
        go(visitor, portal, portal.request())
        visitor.press("misgaan", "toch", persoon=DAUGHTER)
        assert visitor.answer.status_code == 400
        assert "geen niveau dat te laag is" in visitor.text


def test_an_artifact_is_good_once_and_for_who_asked(digid: LoginService, tested: Requester) -> None:
    request, portal = tested.request(), digid.portal()
    with Visitor() as visitor:
        go(visitor, tested, request, persoon=MOTHER)
        address = str(visitor.answer.url)
    for other in (portal, digid.requester(Environment.PRODUCTION)):
        assert with_response(other, artifact_in(address)) is False  # and does not use it up
    assert isinstance(tested.answer(request, address), Answered)
    assert with_response(tested, artifact_in(address)) is False


def test_of_two_who_fetch_at_once_one_gets_the_answer(tested: Requester) -> None:
    with Visitor() as visitor:
        go(visitor, tested, tested.request(), persoon=MOTHER)
        artifact = artifact_in(str(visitor.answer.url))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: with_response(tested, artifact), range(4)))
    assert sorted(found) == [False, False, False, True]


def with_response(requester: Requester, artifact: str) -> bool:
    """Whether resolving succeeded and brought a Response; succeeding without one says nothing (ST-67)."""
    _, message = requester.resolve_message(artifact)
    response = requester.call(message)
    assert response.status_code == 200
    body = soap.body_of(gate.read(response.content, gate.ARTIFACT_RESPONSE))
    code = body.find(f"{SAMLP}Status/{SAMLP}StatusCode")
    assert code is not None
    assert code.get("Value", "").endswith(":Success")
    return body.find(f"{SAMLP}Response") is not None


def test_the_environments_share_nothing(digid: LoginService) -> None:
    tested, real = (digid.requester(environment) for environment in Environment)
    with Visitor() as visitor:
        go(visitor, tested, tested.request(), persoon=MOTHER)  # logged in there, so not here:
        go(visitor, real, real.request(force_authn=False))
        assert visitor.page.title.startswith("Inloggen")
        visitor.open(visitor.address.replace("/saml/", "/preprod/saml/"))  # a log-in of the other environment
        assert visitor.answer.status_code == 400
        crossed = tested.request(destination=real.address)
        visitor.post(real.address, **tested.form(crossed))
        assert visitor.answer.status_code == 400
    assert tested.service.entity_id != real.service.entity_id
    assert not {key.name for key in tested.service.signing} & {key.name for key in real.service.signing}


def test_nothing_in_addresses_or_the_log_tells_who_it_was(digid: LoginService, tested: Requester) -> None:
    request = tested.request()
    with Visitor() as visitor:
        go(visitor, tested, request)
        visitor.press("inloggen", "1", persoon=GRANDSON)  # too low: the page again
        assert GRANDSON not in visitor.page.title
        visitor.press("inloggen", "1", persoon=DAUGHTER)
        assert not [address for address in visitor.seen if "9999000" in address]
        artifact = artifact_in(str(visitor.answer.url))
        assert isinstance(tested.answer(request, str(visitor.answer.url)), Answered)
    log = digid.log.read_text()
    assert "99990" not in log
    assert artifact not in log
    assert artifact[:20] not in log
