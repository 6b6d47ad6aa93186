"""What the stand-in for an authentication service does not take from a browser: pages and statuses (ST-01 to ST-53)."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from tests.protocols.keyring import own_key
from tests.standins.login_service import LoginService
from tests.standins.test_authentication_service_log_in import MOTHER, go, refusal
from tests.standins.volmacht_for_logins import Requester, now
from tests.standins.web_client import Visitor
from volmacht.protocols.saml import building
from volmacht.protocols.saml.bindings import post_fields
from volmacht.protocols.saml.messages import AuthnRequest, RequestedContext, Scoping
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml.names import BINDING_ARTIFACT
from volmacht.rules.environment import Environment

LOW = "http://eidas.europa.eu/LoA/low"
UNKNOWN_SERVICE = "00000000-0000-4000-8000-000000000000"
UNKNOWN_PROVIDER = "urn:nl-eid-gdi:1.0:DV:00000009000000009000:entities:9001"


@pytest.fixture
def entrance(digid: LoginService) -> Requester:
    """The entrance in pre-production."""
    return digid.requester()


def post(address: str, **arguments: Any) -> httpx.Response:
    """Bring something without a browser."""
    return httpx.post(address, trust_env=False, **arguments)


# --- pages: nobody can be trusted yet ---


def signed_by_another(form: dict[str, str], requester: Requester) -> dict[str, str]:
    """A request in order, under a key that is in no metadata."""
    request = building.authn_request(requester.request(), own_key("stranger"))
    return {**form, **post_fields(request, None)}


def with_one_byte_changed(form: dict[str, str], _requester: Requester) -> dict[str, str]:
    """The signed message, altered."""
    message = base64.b64decode(form["SAMLRequest"]).replace(b'ForceAuthn="true"', b'ForceAuthn="1"')
    return {**form, "SAMLRequest": base64.b64encode(message).decode()}


def changed(**changes: Any) -> Callable[[dict[str, str], Requester], dict[str, str]]:
    """Another request, signed as usual."""
    return lambda _form, requester: requester.form(requester.request(**changes))


def field(**fields: str) -> Callable[[dict[str, str], Requester], dict[str, str]]:
    """Other fields in the form."""
    return lambda form, _requester: {**form, **fields}


PAGES: dict[str, tuple[str, Callable[[dict[str, str], Requester], dict[str, str]]]] = {
    "another key": ("ST-07", signed_by_another),
    "one byte changed": ("ST-07", with_one_byte_changed),
    "unknown issuer": ("ST-05", changed(issuer="urn:nl-eid-gdi:1.0:TD:00000009000000009000:entities:9001")),
    "a role that may not ask": (
        "ST-05",
        changed(issuer="urn:nl-eid-gdi:1.0:BVD:00000009000000001000:entities:9002"),
    ),
    "no entity id": ("ST-05", changed(issuer="https://example.test/")),
    "another destination": ("ST-08", changed(destination="http://localhost/saml/idp/request_authentication")),
    "an address of its own": ("ST-09", changed(acs_index=None, acs_url="http://localhost/acs")),
    "an unknown consumer": ("ST-09", changed(acs_index=7)),
    "no message": ("ST-03", field(SAMLRequest="")),
    "no base64": ("ST-03", field(SAMLRequest="***")),
    "no XML": ("ST-03", field(SAMLRequest=base64.b64encode(b"hello").decode())),
    "another message": ("ST-04", field(SAMLRequest=base64.b64encode(b"<a/>").decode())),
    "a doctype": ("ST-04", field(SAMLRequest=base64.b64encode(b"<!DOCTYPE a><a/>").decode())),
    "a RelayState of 81 bytes": ("ST-10", field(RelayState="x" * 81)),
}


@pytest.mark.parametrize("name", PAGES)
def test_what_nobody_signed_for_us_gets_a_page_with_a_number(
    digid: LoginService, entrance: Requester, name: str
) -> None:
    rule, change = PAGES[name]
    form = change(entrance.form(entrance.request()), entrance)
    answer = post(entrance.address, data=form, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "The website asked for something that we cannot do" in answer.text
    assert "Set-Cookie" not in answer.headers
    reference = answer.text.partition("this number: ")[2][:8]
    line = next(line for line in digid.log.read_text().splitlines() if reference in line)
    assert rule in line


def test_only_a_form_of_the_right_size_is_read(entrance: Requester) -> None:
    form = entrance.form(entrance.request())
    assert httpx.get(entrance.address, params=form, trust_env=False).status_code == 405
    assert post(entrance.address, json=form).status_code == 415
    assert post(entrance.address, data={**form, "more": "x" * 600 * 1024}).status_code == 413
    twice = "&".join(f"SAMLRequest={httpx.QueryParams(form)['SAMLRequest']}" for _ in range(2))
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    assert post(entrance.address, content=twice, headers=headers).status_code == 400


# --- statuses: the sender is known ---

CHANGES: dict[str, tuple[Outcome, dict[str, Any]]] = {
    "version": (Outcome.VERSION, {"version": "2.1"}),
    "too old": (Outcome.EXPIRED, {"issue_instant": now() - timedelta(minutes=10)}),
    "neither index nor extensions": (
        Outcome.SERVICE_REFERENCE,
        {"has_extensions": False, "audiences": (), "services": ()},
    ),
    "a service by index": (
        Outcome.SERVICE_REFERENCE,
        {"has_extensions": False, "audiences": (), "services": (), "service_index": 1},
    ),
    "two services": (Outcome.AUDIENCE_OR_SERVICE, {"services": (UNKNOWN_SERVICE, UNKNOWN_SERVICE)}),
    "an unknown service": (Outcome.NOT_REGISTERED, {"services": (UNKNOWN_SERVICE,)}),
    "an unknown provider": (Outcome.NOT_REGISTERED, {"audiences": (UNKNOWN_PROVIDER,)}),
    "passive": (Outcome.PASSIVE, {"is_passive": True}),
    "an unknown BVD": (
        Outcome.NO_REPRESENTATION_SERVICE,
        {"scoping": Scoping(None, ("urn:nl-eid-gdi:1.0:BVD:00000009000000009000:entities:9001",))},
    ),
    # an entrance never sends these (AD-05)
    "a level": (Outcome.ELEMENT, {"requested_context": RequestedContext("minimum", (LOW,))}),
    "a binding": (Outcome.ELEMENT, {"acs_index": None, "protocol_binding": BINDING_ARTIFACT}),
    "no consumer": (Outcome.ELEMENT, {"acs_index": None}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_known_sender_hears_what_was_wrong(entrance: Requester, name: str) -> None:
    outcome, changes = CHANGES[name]
    request = entrance.request(**changes)
    with Visitor() as visitor:
        go(visitor, entrance, request, persoon=MOTHER)
        asked = replace(request, services=request.services or (UNKNOWN_SERVICE,), scoping=None)
        assert refusal(entrance, asked, visitor) == outcome.status()


def test_a_list_of_services_to_log_in_with_is_not_taken(entrance: Requester) -> None:
    request = entrance.request(scoping=Scoping((entrance.service.entity_id,), ()))
    with Visitor() as visitor:
        go(visitor, entrance, request, persoon=MOTHER)
        assert refusal(entrance, request, visitor) == Outcome.ELEMENT.status()


def test_the_portal_may_not_ask_for_representation(digid: LoginService) -> None:
    portal = digid.portal()
    request = portal.request(representation=True)
    with Visitor() as visitor:
        go(visitor, portal, request, persoon=MOTHER)
        assert refusal(portal, request, visitor) == Outcome.ELEMENT.status()


def test_the_portal_asks_for_itself_only(digid: LoginService) -> None:
    portal = digid.portal()
    request = portal.request(audiences=(portal.volmacht.provider.entity_id,))
    with Visitor() as visitor:
        go(visitor, portal, request, persoon=MOTHER)
        assert refusal(portal, request, visitor) == Outcome.AUDIENCE_OR_SERVICE.status()


def test_the_same_request_counts_once(entrance: Requester) -> None:
    request = entrance.request()
    with Visitor() as visitor:
        go(visitor, entrance, request)
        go(visitor, entrance, request)
        assert refusal(entrance, request, visitor) == Outcome.ALREADY_USED.status()


# --- the page in between ---


def started(visitor: Visitor, requester: Requester) -> AuthnRequest:
    """Be on the page for logging in."""
    request = requester.request()
    go(visitor, requester, request)
    assert visitor.page.title.startswith("Inloggen")
    return request


def test_a_log_in_goes_on_only_in_the_browser_that_began_it(entrance: Requester) -> None:
    with Visitor() as visitor, Visitor() as other:
        started(visitor, entrance)
        other.open(visitor.address)
        assert (other.answer.status_code, "een andere browser" in other.text) == (400, True)
        visitor.open(visitor.address)
        assert visitor.page.title.startswith("Inloggen")


def test_a_form_that_is_not_from_our_page_is_refused(entrance: Requester) -> None:
    with Visitor() as visitor:
        started(visitor, entrance)
        visitor.post(visitor.address, persoon=MOTHER)
        assert visitor.answer.status_code == 400
        assert "Location" not in visitor.answer.headers


def test_a_log_in_ends_once(entrance: Requester) -> None:
    with Visitor() as visitor:
        started(visitor, entrance)
        address, form = visitor.address, visitor.page.forms[-1].fields
        visitor.press("annuleren", "1")
        visitor.post(address, **form, inloggen="1", persoon=MOTHER)
        assert visitor.answer.status_code == 400
        visitor.open(address)
        assert "Dit inloggen is voorbij" in visitor.text


def test_several_tabs_are_several_log_ins(digid: LoginService, entrance: Requester) -> None:
    real = digid.requester(Environment.PRODUCTION)
    with Visitor() as visitor:
        started(visitor, entrance)
        first = visitor.address
        started(visitor, real)
        visitor.open(first)
        visitor.press("annuleren", "1")
        assert "SAMLart=" in str(visitor.answer.url)
