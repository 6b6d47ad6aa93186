"""Log-out of a provider: what it ends, here and upstream, and what ends nothing (LO, ST-80 to ST-86)."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import ENTRANCE, extended, request, signed_again
from tests.interfaces.saml.browsing import Browser, own_keys, page_of, text_of
from tests.interfaces.saml.catalogue import take
from volmacht import clock
from volmacht.logins.models import Federation, Logout
from volmacht.protocols.saml import building, parsing
from volmacht.protocols.saml.encryption import Identifier, encrypted_id
from volmacht.protocols.saml.messages import LogoutRequest, LogoutResponse, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import LogoutOutcome, Outcome
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.names import SAML, SAMLP

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

LOGOUT = "http://localhost:8000/saml/entrance/request_logout"
ANSWERS = "http://localhost:8000/saml/entrance/logout_response"
Change = Callable[[etree._Element], object]


def logged_in(browser: Browser, own_id: str = parties.TOWN, name_id: str = "") -> str:
    """The NameID that the provider got."""
    value = extended(own_id, own_id, parties.TAXES if own_id != parties.TAX else parties.RETURN)
    back = browser.log_in(value, browser.daughter(name_id=name_id))
    return browser.hand_in(back, own_id).read(own_keys()).name_id


def logout_request(own_id: str, name_id: str, **changes: Any) -> LogoutRequest:
    """A good one."""
    made = LogoutRequest(
        new_id(),
        "2.0",
        clock.wall_clock(),
        LOGOUT,
        own_id,
        name_id=name_id,
        session_indexes=(name_id,),
    )
    return replace(made, **changes)


def message_of(value: LogoutRequest, change: Change | None = None, *, number: int = 0) -> bytes:
    """Signed; `change` before that; `number` says with which key."""
    key = parties.key(parties.oin_of(value.issuer), number=number)
    message = building.logout_request(value, key)
    return message if change is None else signed_again(message, change, key)


def post(browser: Browser, message: bytes, relay_state: str = "", *, at: str = LOGOUT) -> "Answer":
    """The provider's page sends it."""
    fields = {"SAMLRequest": base64.b64encode(message).decode()}
    if relay_state:
        fields["RelayState"] = relay_state
    return browser.post_form(at, fields)


def answered(answer: "Answer") -> tuple[LogoutResponse, dict[str, str], str]:
    """What the browser takes back to the provider: the verified answer, the fields and the address."""
    form = next(form for form in page_of(answer).forms if "SAMLResponse" in form.fields)
    root = gate.read(base64.b64decode(form.fields["SAMLResponse"]), gate.LOGOUT)
    schemas.validate(root, schemas.Schema.PROTOCOL)
    element = verified(root, own_keys(), now=clock.wall_clock()).element
    return parsing.logout_response(element), form.fields, form.action


@dataclass(frozen=True)
class Upstream:
    """Our own LogoutRequest to the authentication service."""

    value: LogoutRequest
    relay_state: str

    def confirm(self, status: Status | None = None, **changes: Any) -> bytes:
        """What the authentication service says."""
        made = LogoutResponse(
            new_id(),
            "2.0",
            clock.wall_clock(),
            ANSWERS,
            self.value.id,
            parties.AD,
            status or LogoutOutcome.DONE.status(),
        )
        return building.logout_response(replace(made, **changes), parties.key(parties.AD_OIN))


def upstream(answer: "Answer") -> Upstream:
    """What the browser takes to the authentication service."""
    form = next(form for form in page_of(answer).forms if form.action == "https://inloggen.example/saml/slo")
    root = gate.read(base64.b64decode(form.fields["SAMLRequest"]), gate.LOGOUT)
    schemas.validate(root, schemas.Schema.PROTOCOL)
    element = verified(root, own_keys(), now=clock.wall_clock()).element
    return Upstream(parsing.logout_request(element), form.fields["RelayState"])


def come_back(browser: Browser, asked: Upstream, message: bytes) -> "Answer":
    """The authentication service sends the browser back."""
    fields = {"SAMLResponse": base64.b64encode(message).decode(), "RelayState": asked.relay_state}
    return browser.post_form(ANSWERS, fields)


def test_tc_34_log_out_ends_the_log_in_upstream_and_is_confirmed(browser: Browser) -> None:
    name_id = logged_in(browser, name_id="a-name-of-the-ad")
    value = logout_request(parties.TOWN, name_id)
    asked = upstream(post(browser, message_of(value), "toestand"))
    assert asked.value.name_id == "a-name-of-the-ad"
    assert asked.value.session_indexes == ("a-name-of-the-ad",)
    assert asked.value.issuer == ENTRANCE
    response, fields, location = answered(come_back(browser, asked, asked.confirm()))
    assert (response.issuer, response.in_response_to) == (ENTRANCE, value.id)
    assert response.destination == location == parties.LOGOUT
    assert response.status.succeeded
    assert fields["RelayState"] == "toestand"
    assert Federation.objects.filter(ended_at__isnull=True).count() == 0


def as_the_official_example(root: etree._Element) -> None:
    """SessionIndex in the other namespace, before NameID."""
    index = root.find(SAMLP + "SessionIndex")
    name = root.find(SAML + "NameID")
    assert index is not None
    assert name is not None
    index.tag = SAML + "SessionIndex"
    name.addprevious(index)


def test_tc_35_the_shape_of_the_official_example_is_taken(browser: Browser) -> None:
    value = logout_request(parties.TOWN, logged_in(browser))
    asked = upstream(post(browser, message_of(value, as_the_official_example)))
    assert answered(come_back(browser, asked, asked.confirm()))[0].status.succeeded


@pytest.mark.parametrize("name_id", ["onbekend", "5d0c9a52-6c07-4a53-9f2e-6b8a1f0c7d10"])
def test_tc_36_what_is_unknown_is_answered_like_what_was_ended(browser: Browser, name_id: str) -> None:
    logged_in(browser)
    response, _, _ = answered(post(browser, message_of(logout_request(parties.TOWN, name_id))))
    assert response.status.succeeded
    assert Federation.objects.filter(ended_at__isnull=True).count() == 1


def refused(browser: Browser, answer: "Answer", status: int = 400) -> bool:
    """A page, and nothing ended."""
    ended = Federation.objects.filter(ended_at__isnull=False).exists()
    return answer.status_code == status and not ended and answer["X-Request-Id"] in text_of(answer)


WORDS = {
    "nl": ("Misschien bent u nog ingelogd", "Sluit daarom alle vensters van uw browser"),
    "en": ("You may still be logged in", "close all windows of your browser"),
}
LOG_IN_WORDS = ("Inloggen kan nu niet", "log opnieuw in", "Logging in is not possible", "log in again")
NOT_TAKEN: dict[str, Callable[[Browser], "Answer"]] = {
    "get": lambda browser: browser.get(LOGOUT),
    "junk": lambda browser: post(browser, b"junk"),
    "wrong-key": lambda browser: post(browser, message_of(logout_request(parties.TOWN, "x"), number=2)),
    "another-message": lambda browser: post(browser, asking.written(request())),
    "stray-answer": lambda browser: browser.post_form(ANSWERS, "SAMLResponse=PHgvPg%3D%3D"),
    "stray-answer-of-the-portal": lambda browser: browser.post_form(
        ANSWERS.replace("entrance", "portal"), "SAMLResponse=PHgvPg%3D%3D"
    ),
    "nowhere-to-answer": lambda browser: post(
        browser,
        message_of(logout_request(parties.TAX, "x", issue_instant=clock.wall_clock() - timedelta(hours=1))),
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("send", NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_a_log_out_that_is_refused_says_that_one_may_still_be_logged_in(
    browser: Browser, language: str, send: Callable[[Browser], "Answer"]
) -> None:
    page = send(Browser(browser.world, browser.ad, language))
    assert page.status_code in {400, 405}
    assert [words for words in WORDS[language] if words not in text_of(page)] == []
    assert [words for words in LOG_IN_WORDS if words in text_of(page)] == []
    assert page["X-Request-Id"] in text_of(page)


def unsigned(message: bytes) -> bytes:
    root = etree.fromstring(message)
    for signature in root.findall("{*}Signature"):
        root.remove(signature)
    return etree.tostring(root)


def test_tc_93_an_unsigned_request_ends_nothing(browser: Browser) -> None:
    value = logout_request(parties.TOWN, logged_in(browser))
    assert refused(browser, post(browser, unsigned(message_of(value))))


def test_tc_93_another_destination_ends_nothing(browser: Browser) -> None:
    value = logout_request(parties.TOWN, logged_in(browser), destination=LOGOUT + "/")
    assert refused(browser, post(browser, message_of(value)))


def test_tc_93_a_request_counts_once(browser: Browser) -> None:
    message = message_of(logout_request(parties.TOWN, logged_in(browser)))
    assert upstream(post(browser, message))
    assert answered(post(browser, message))[0].status == LogoutOutcome.DENIED.status()


MINUTES = timedelta(minutes=1)


@pytest.mark.parametrize(
    "changes",
    [
        lambda now: {"issue_instant": now - 10 * MINUTES},
        lambda now: {"issue_instant": now + 2 * MINUTES},
        lambda now: {"not_on_or_after": now - MINUTES, "has_not_on_or_after": True},
    ],
    ids=["old", "early", "ended"],
)
def test_tc_93_another_time_ends_nothing(browser: Browser, changes: Any) -> None:
    value = logout_request(parties.TOWN, logged_in(browser), **changes(clock.wall_clock()))
    assert answered(post(browser, message_of(value)))[0].status == LogoutOutcome.DENIED.status()
    assert Federation.objects.filter(ended_at__isnull=True).count() == 1


@pytest.mark.parametrize("index", ["another", ""])
def test_tc_93_two_names_end_nothing(browser: Browser, index: str) -> None:
    name_id = logged_in(browser)
    value = logout_request(parties.TOWN, name_id, session_indexes=(name_id, index))
    assert answered(post(browser, message_of(value)))[0].status == LogoutOutcome.UNSUPPORTED.status()
    assert Federation.objects.filter(ended_at__isnull=True).count() == 1


def encrypted_name(root: etree._Element) -> None:
    """A name that is not a NameID: the schema allows it, we do not."""
    name = root.find(SAML + "NameID")
    assert name is not None
    keys = parties.recipient_keys(parties.TAX)
    root.replace(name, encrypted_id(Identifier("urn:example", "x"), keys))


def test_tc_93_without_a_name_nothing_ends(browser: Browser) -> None:
    value = logout_request(parties.TOWN, logged_in(browser))
    message = message_of(value, encrypted_name)
    assert answered(post(browser, message))[0].status == LogoutOutcome.UNSUPPORTED.status()


def test_tc_94_the_name_of_another_connection_ends_nothing(browser: Browser) -> None:
    value = logout_request(parties.TOWN_SHOP, logged_in(browser))
    assert answered(post(browser, message_of(value)))[0].status.succeeded
    assert Federation.objects.filter(ended_at__isnull=True).count() == 1


def test_tc_95_an_authentication_service_cannot_log_out_here(browser: Browser) -> None:
    value = logout_request(parties.AD, logged_in(browser))
    assert refused(browser, post(browser, message_of(value)))
    assert refused(browser, post(browser, message_of(value), at=ANSWERS))


def test_tc_95_the_bvd_knows_no_log_out(browser: Browser) -> None:
    value = logout_request(parties.RD, "x", destination=LOGOUT.replace("entrance", "bvd"))
    assert post(browser, message_of(value), at=LOGOUT.replace("entrance", "bvd")).status_code == 404


# --- what else log-out does ---


def test_log_out_ends_all_of_the_sso_domain_and_nothing_else(browser: Browser) -> None:
    name_id = logged_in(browser, parties.TOWN, "one-session")
    logged_in(browser, parties.TOWN_SHOP, "one-session")
    logged_in(browser, parties.TAX, "one-session")
    logged_in(browser, parties.TOWN_SHOP, "another-session")
    post(browser, message_of(logout_request(parties.TOWN, name_id)))
    left = Federation.objects.filter(ended_at__isnull=True).values_list("entity_id", flat=True)
    assert sorted(left) == sorted([parties.TAX, parties.TOWN_SHOP])


def test_log_out_takes_artifacts_of_the_same_session_with_it(browser: Browser) -> None:
    name_id = logged_in(browser, parties.TOWN, "one-session")
    says = browser.daughter(name_id="one-session")
    shop = browser.log_in(extended(parties.TOWN_SHOP, parties.TOWN_SHOP, parties.TAXES), says)
    tax = browser.log_in(request(parties.TAX), says)
    post(browser, message_of(logout_request(parties.TOWN, name_id)))
    assert browser.resolve(asking.artifact_in(shop["Location"]), parties.TOWN_SHOP).is_empty
    assert browser.hand_in(tax, parties.TAX).status == Outcome.SUCCEEDED.status()


WRONG: dict[str, dict[str, Any]] = {
    "refused": {"status": Outcome.CANCELLED.status()},
    "issuer": {"issuer": parties.AD_TEST},
    "destination": {"destination": LOGOUT},
    "in-response-to": {"in_response_to": "_other"},
    "old": {"issue_instant": clock.wall_clock() - timedelta(days=1)},
}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_what_the_authentication_service_does_not_confirm_is_told(
    browser: Browser, changes: dict[str, Any]
) -> None:
    asked = upstream(post(browser, message_of(logout_request(parties.TOWN, logged_in(browser)))))
    answer = come_back(browser, asked, asked.confirm(**changes))
    assert answered(answer)[0].status == LogoutOutcome.NOT_CONFIRMED.status()
    assert not Federation.objects.filter(ended_at__isnull=True).exists()


def test_a_confirmation_that_comes_late_is_no_confirmation(browser: Browser) -> None:
    asked = upstream(post(browser, message_of(logout_request(parties.TOWN, logged_in(browser)))))
    Logout.objects.update(expires_at=clock.wall_clock())
    answer = come_back(browser, asked, asked.confirm())
    assert answered(answer)[0].status == LogoutOutcome.NOT_CONFIRMED.status()


def test_a_confirmation_that_nobody_waits_for_is_refused(browser: Browser) -> None:
    asked = upstream(post(browser, message_of(logout_request(parties.TOWN, logged_in(browser)))))
    message = asked.confirm()
    come_back(browser, asked, message)
    assert come_back(browser, asked, message).status_code == 400
    assert come_back(browser, replace(asked, relay_state="x"), message).status_code == 400


def test_without_log_out_upstream_the_provider_is_answered_at_once(browser: Browser) -> None:
    assert take(parties.AD, parties.ad_document(logout=False)).is_good
    value = logout_request(parties.TOWN, logged_in(browser))
    assert answered(post(browser, message_of(value)))[0].status.succeeded


def test_a_provider_without_an_address_for_answers_gets_a_page(browser: Browser) -> None:
    assert take(parties.AD, parties.ad_document(logout=False)).is_good
    value = logout_request(parties.TAX, logged_in(browser, parties.TAX))
    answer = post(browser, message_of(value))
    assert answer.status_code == 200
    assert "U bent uitgelogd" in text_of(answer)
    assert "Had u ook ingelogd op deze website" in text_of(answer)
    assert "overal is gelukt" not in text_of(answer)
    late = logout_request(parties.TAX, "x", issue_instant=clock.wall_clock() - timedelta(hours=1))
    assert post(browser, message_of(late)).status_code == 400


def test_a_page_instead_of_an_answer_says_when_logging_out_is_not_confirmed(browser: Browser) -> None:
    asked = upstream(post(browser, message_of(logout_request(parties.TAX, logged_in(browser, parties.TAX)))))
    answer = come_back(browser, asked, asked.confirm(status=Outcome.CANCELLED.status()))
    assert "U bent misschien nog ingelogd" in text_of(answer)
    assert "U bent uitgelogd" not in text_of(answer)
