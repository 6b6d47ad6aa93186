"""Single sign-on at the stand-in for an authentication service, and its end by log-out (FL-12, LO-10 to LO-13)."""

import base64

import pytest

from tests.standins.login_service import LoginService
from tests.standins.test_authentication_service_log_in import DAUGHTER, GRANDSON, answered, go
from tests.standins.volmacht_for_logins import HIGH_SERVICE, Requester, now
from tests.standins.web_client import Visitor
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.handling.doors import Peer
from volmacht.protocols.saml.handling.logout import read_logout_answer
from volmacht.protocols.saml.messages import LogoutResponse
from volmacht.protocols.saml.status import LogoutOutcome
from volmacht.protocols.xml import gate, schemas
from volmacht.rules.assurance import LevelOfAssurance


@pytest.fixture
def entrance(digid: LoginService) -> Requester:
    """The entrance in pre-production."""
    return digid.requester()


def asks_again(visitor: Visitor) -> bool:
    """Whether the page for logging in is on the screen."""
    return visitor.answer.status_code == 200 and visitor.page.title.startswith("Inloggen")


def logged_in(visitor: Visitor, requester: Requester, bsn: str = DAUGHTER) -> str:
    """Log in; the NameID by which the requester knows it."""
    request = requester.request()
    go(visitor, requester, request, persoon=bsn)
    return answered(requester, request, visitor).assertion.name_id


def test_who_is_logged_in_goes_straight_on_under_the_same_name(entrance: Requester) -> None:
    with Visitor() as visitor:
        name = logged_in(visitor, entrance)
        request = entrance.request(force_authn=False, representation=True)
        go(visitor, entrance, request)
        answer = answered(entrance, request, visitor)
    assert answer.level is LevelOfAssurance.SUBSTANTIAL
    assert answer.assertion.name_id == answer.assertion.session_index == name


def test_another_requester_knows_the_same_session_by_another_name(
    digid: LoginService, entrance: Requester
) -> None:
    portal = digid.portal()
    with Visitor() as visitor:
        name = logged_in(visitor, entrance)
        request = portal.request(force_authn=False)
        go(visitor, portal, request)
        assert answered(portal, request, visitor).assertion.name_id != name


def test_a_new_log_in_gets_a_new_name_and_a_new_cookie(entrance: Requester) -> None:
    with Visitor() as visitor:
        first = logged_in(visitor, entrance)
        cookies = dict(visitor._cookies)
        assert logged_in(visitor, entrance) != first
        assert visitor._cookies != cookies


def test_it_asks_again_when_the_request_says_so_or_the_level_does_not_suffice(entrance: Requester) -> None:
    with Visitor() as visitor:
        logged_in(visitor, entrance)
        go(visitor, entrance, entrance.request(force_authn=True))
        assert asks_again(visitor)
        assert "U moet opnieuw inloggen" in visitor.text
        logged_in(visitor, entrance, GRANDSON)  # a lower level, whatever the service asks
        go(visitor, entrance, entrance.request(force_authn=False))
        assert asks_again(visitor)
        assert "U moet opnieuw inloggen" not in visitor.text
        visitor.press("inloggen", "1", persoon=DAUGHTER, niveau="20")
        go(visitor, entrance, entrance.request(force_authn=False, services=(HIGH_SERVICE,)))
        assert asks_again(visitor)
    with Visitor() as somebody_else:
        go(somebody_else, entrance, entrance.request(force_authn=False))
        assert asks_again(somebody_else)


# --- the end ---


def log_out(visitor: Visitor, requester: Requester, name: str, **changes: object) -> LogoutResponse:
    """Log out, and the answer as it stands in the page that posts it, judged but for its status."""
    form = requester.logout_form(name, **changes)  # type: ignore[arg-type]  # whatever a test changes
    visitor.post(requester.service.single_logout[0].location, **form)
    assert visitor.answer.status_code == 200
    (posting,) = visitor.page.forms
    assert posting.action == requester.party.logout
    assert posting.fields["RelayState"] == "out"
    message = base64.b64decode(posting.fields["SAMLResponse"])
    schemas.validate(gate.read(message, gate.LOGOUT), schemas.Schema.PROTOCOL)
    answer = parsing.logout_response(gate.read(message, gate.LOGOUT))
    confirmed = read_logout_answer(
        message,
        peer=Peer(requester.service, Role.AD, None),
        destination=requester.party.logout,
        request_id=answer.in_response_to or "",
        now=now(),
    )
    assert confirmed is answer.status.succeeded
    return answer


def test_logging_out_ends_the_session_and_is_confirmed(entrance: Requester) -> None:
    with Visitor() as visitor:
        name = logged_in(visitor, entrance)
        answer = log_out(visitor, entrance, name)
        assert answer.status == LogoutOutcome.DONE.status()
        policy = visitor.answer.headers["Content-Security-Policy"]
        origin = entrance.party.logout.partition("/preprod")[0]
        assert f"form-action {origin}" in policy
        assert "unsafe" not in policy
        assert "Set-Cookie" not in visitor.answer.headers
        go(visitor, entrance, entrance.request(force_authn=False))
        assert asks_again(visitor)
        assert log_out(visitor, entrance, name).status.succeeded  # ended already: nothing more is told


def test_only_who_knows_the_name_ends_a_session(digid: LoginService, entrance: Requester) -> None:
    portal = digid.portal()
    with Visitor() as visitor, Visitor() as other:
        name = logged_in(visitor, entrance)
        assert log_out(other, entrance, "8d6a5b1e-0000-4000-8000-000000000000").status.succeeded
        assert log_out(other, portal, name).status.succeeded  # the name of another requester (LO-08)
        request = entrance.request(force_authn=False)
        go(visitor, entrance, request)
        assert answered(entrance, request, visitor).assertion.name_id == name
        assert log_out(other, entrance, name).status.succeeded  # from any browser: it is signed
        go(visitor, entrance, entrance.request(force_authn=False))
        assert asks_again(visitor)


def test_a_log_out_that_is_not_in_order_ends_nothing(entrance: Requester) -> None:
    with Visitor() as visitor:
        name = logged_in(visitor, entrance)
        answer = log_out(visitor, entrance, name, session_indexes=("other",))
        assert answer.status == LogoutOutcome.UNSUPPORTED.status()
        form = entrance.logout_form(name, version="2.1")
        assert log_out(visitor, entrance, name, version="2.1").status == LogoutOutcome.UNSUPPORTED.status()
        address = entrance.service.single_logout[0].location
        for wrong in (
            {**form, "SAMLRequest": form["SAMLRequest"][:-8]},
            entrance.logout_form(name, destination=address + "/other"),
            entrance.logout_form(name, issuer="urn:nl-eid-gdi:1.0:TD:00000009000000009000:entities:9001"),
            {"RelayState": "out"},
        ):
            visitor.post(address, **wrong)
            assert visitor.answer.status_code == 400
        visitor.open(address)
        assert visitor.answer.status_code == 405
        request = entrance.request(force_authn=False)
        go(visitor, entrance, request)
        assert answered(entrance, request, visitor).assertion.name_id == name


def test_the_same_log_out_message_counts_once(entrance: Requester) -> None:
    with Visitor() as visitor:
        form = entrance.logout_form(logged_in(visitor, entrance))
        answers = []
        for _ in range(2):
            visitor.post(entrance.service.single_logout[0].location, **form)
            message = base64.b64decode(visitor.page.forms[0].fields["SAMLResponse"])
            answers.append(parsing.logout_response(gate.read(message, gate.LOGOUT)).status)
    assert answers == [LogoutOutcome.DONE.status(), LogoutOutcome.DENIED.status()]
