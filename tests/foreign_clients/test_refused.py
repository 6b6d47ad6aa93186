"""What foreign libraries send by themselves, or when somebody sets them up wrong, is refused as the interface says.

A page while the sender is not trusted, with the id of the reason in the log; after that a status by artifact.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from saml2 import BINDING_HTTP_ARTIFACT, BINDING_HTTP_REDIRECT, samlp, xmldsig
from saml2.client import Saml2Client
from saml2.client_base import SignOnError
from saml2.httpbase import ConnectionError as NotConnected
from saml2.httpbase import HTTPError
from saml2.response import StatusError

from tests.foreign_clients import pysaml
from tests.foreign_clients.connecting import DAUGHTER, ENTITY_ID, ENTRANCE, Connected
from tests.foreign_clients.xmlsec1 import Xmlsec1

STRANGER = ENTITY_ID.replace(":0001", ":0002")
LONG_AGO = "2020-01-01T00:00:00Z"
Ask = Callable[[Saml2Client], object]


def with_sha1(client: Saml2Client) -> object:
    """What pysaml2 does unless it is told otherwise."""
    return client.sign(pysaml.request(client), sign_alg=xmldsig.SIG_RSA_SHA1, digest_alg=xmldsig.DIGEST_SHA1)


def with_sha1_digest(client: Saml2Client) -> object:
    """Half of it."""
    return client.sign(pysaml.request(client), digest_alg=xmldsig.DIGEST_SHA1)


def as_it_comes(client: Saml2Client) -> object:
    """The question that pysaml2 writes without any advice: an address to come back to, and its binding."""
    _, message = client.create_authn_request(pysaml.sign_on(client), binding=BINDING_HTTP_ARTIFACT, sign=True)
    return message


def signed(**changes: Any) -> Ask:
    """A good question but for this, well signed."""
    return lambda client: client.sign(pysaml.request(client, **changes))


def changed_after(client: Saml2Client) -> object:
    """Somebody on the way asks for a log-in that is always anew."""
    return str(signed()(client)).replace(" Destination=", ' ForceAuthn="true" Destination=', 1)


def to_the_log_out(client: Saml2Client) -> object:
    """An address of ours, but not the one to which it is posted."""
    address = pysaml.sign_on(client).replace("request_authentication", "request_logout")
    return client.sign(pysaml.request(client, destination=address))


PAGES: dict[str, tuple[Ask, str]] = {
    "not signed": (pysaml.request, "ST-07"),
    "signed with SHA-1": (with_sha1, "ST-07"),
    "a digest with SHA-1": (with_sha1_digest, "ST-07"),
    "changed after signing": (changed_after, "ST-07"),
    "another Destination": (signed(destination="https://elders.example/saml/sso"), "ST-08"),
    "the address of our log-out": (to_the_log_out, "ST-08"),
    "a consumer that is not there": (signed(assertion_consumer_service_index="7"), "ST-09"),
    "an address to come back to": (as_it_comes, "ST-09"),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_page_says_no(connected: Connected, pysaml2: Saml2Client, case: str) -> None:
    ask, rule = PAGES[case]

    assert posted(connected, pysaml2, ask(pysaml2)) == (400, rule)


def posted(connected: Connected, client: Saml2Client, message: object) -> tuple[int, str]:
    """The status of the page, and why."""
    with connected.browser() as browser:
        browser.shows(pysaml.page(client, message))
        assert browser.arrived == ""
        return browser.status, connected.rule_of(browser)


@pytest.mark.parametrize(
    ("entity_id", "key", "rule"), [(STRANGER, "signing", "ST-05"), (ENTITY_ID, "encryption", "ST-07")]
)
def test_who_is_not_registered_or_signs_with_another_key_is_refused(
    connected: Connected, xmlsec1: Xmlsec1, entity_id: str, key: str, rule: str
) -> None:
    other = pysaml.client(connected, xmlsec1.program, entity_id, key)

    assert posted(connected, other, signed()(other)) == (400, rule)


def redirected(client: Saml2Client) -> str:
    """A question in the binding that pysaml2 tries first, well signed. By our metadata it knows better."""
    with pytest.raises(SignOnError, match="No supported bindings"):
        client.prepare_for_authenticate(ENTRANCE, binding=BINDING_HTTP_REDIRECT)
    bound = client.apply_binding(
        BINDING_HTTP_REDIRECT, str(pysaml.request(client)), pysaml.sign_on(client), "bewaard", sign=True
    )
    return str(dict(bound["headers"])["Location"])


def test_the_redirect_binding_is_not_there(connected: Connected, pysaml2: Saml2Client) -> None:
    with connected.browser() as browser:
        browser.opens(redirected(pysaml2))

    assert (browser.status, connected.rule_of(browser)) == (405, "ST-01")
    assert browser.answer.headers["Allow"] == "POST"


def test_what_is_deflated_is_no_message(connected: Connected, pysaml2: Saml2Client) -> None:
    deflated = parse_qs(urlsplit(redirected(pysaml2)).query)["SAMLRequest"][0]

    with connected.browser() as browser:
        browser.posts(pysaml.sign_on(pysaml2), {"SAMLRequest": deflated})

    assert (browser.status, connected.rule_of(browser)) == (400, "ST-03")


def ended(connected: Connected, client: Saml2Client, request: Any, times: int = 1) -> StatusError:
    """The status that came by artifact, for what was asked last."""
    page = pysaml.page(client, client.sign(request))
    with connected.browser() as browser:
        for _ in range(times):
            browser.shows(page)
    resolved = pysaml.resolve(client, browser.brought["SAMLart"])
    with pytest.raises(StatusError) as status:
        resolved.answer(request.id)
    return status.value


def test_an_old_question_is_answered_with_a_status(connected: Connected, pysaml2: Saml2Client) -> None:
    request = pysaml.request(pysaml2)
    request.issue_instant = LONG_AGO

    status = ended(connected, pysaml2, request)

    assert type(status).__name__ == "StatusRequestDenied"
    assert "Request expired" in str(status)


def test_a_question_counts_once(connected: Connected, pysaml2: Saml2Client) -> None:
    status = ended(connected, pysaml2, pysaml.request(pysaml2), times=2)

    assert "Request already used" in str(status)


def test_a_service_must_be_named(connected: Connected, pysaml2: Saml2Client) -> None:
    status = ended(connected, pysaml2, pysaml.request(pysaml2, extensions=None))

    assert type(status).__name__ == "StatusRequestUnsupported"
    assert "Service reference invalid" in str(status)


def logged_in(connected: Connected, client: Saml2Client) -> tuple[str, str]:
    """The id of a good question, and the artifact that it brought."""
    request = pysaml.request(client)
    with connected.browser(DAUGHTER) as daughter:
        daughter.shows(pysaml.page(client, client.sign(request)))
        daughter.presses("inloggen-met-digid")
        daughter.presses("persoon-1")
    return request.id, daughter.brought["SAMLart"]


def test_an_artifact_is_handed_in_signed_and_over_mutual_tls(
    connected: Connected, pysaml2: Saml2Client, xmlsec1: Xmlsec1
) -> None:
    request_id, artifact = logged_in(connected, pysaml2)
    without_certificate = pysaml.client(connected, xmlsec1.program)
    without_certificate.request_args["cert"] = None
    another_certificate = pysaml.client(connected, xmlsec1.program)
    another_certificate.request_args["cert"] = connected.certificate_of_volmacht()

    with pytest.raises(NotConnected):
        pysaml.resolve(without_certificate, artifact)
    with pytest.raises(HTTPError, match="403"):
        pysaml.resolve(another_certificate, artifact)
    unsigned = pysaml.resolve(pysaml2, artifact, sign=False).message.status.status_code
    assert unsigned.status_code.value == samlp.STATUS_REQUEST_DENIED
    # None of these three used it up (AB-06).
    assert pysaml.resolve(pysaml2, artifact).answer(request_id)


def test_a_log_out_is_asked_signed(connected: Connected, pysaml2: Saml2Client) -> None:
    request_id, artifact = logged_in(connected, pysaml2)
    _, page = pysaml.log_out(pysaml2, pysaml.resolve(pysaml2, artifact).answer(request_id), sign=False)

    with connected.browser() as browser:
        browser.shows(page)

    assert (browser.status, connected.rule_of(browser)) == (400, "ST-07")
