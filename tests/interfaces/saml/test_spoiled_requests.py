"""Every part of an AuthnRequest spoiled in every way, before and after it is signed (AR, ST)."""

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, SIGN_ON, extended
from tests.interfaces.saml.browsing import Browser
from tests.interfaces.saml.mutating import Spoiled, rows
from tests.interfaces.saml.test_signatures import assert_page
from volmacht.logins.models import Transaction
from volmacht.protocols.saml import assurance
from volmacht.protocols.saml.messages import AuthnRequest, RequestedContext, Scoping
from volmacht.protocols.saml.status import Outcome
from volmacht.rules.assurance import LevelOfAssurance

PAGE = "page"
FINE = "fine"
AUDIENCE = "samlp:Extensions/saml:Attribute[1]"
SERVICE = "samlp:Extensions/saml:Attribute[2]"
UNSUPPORTED, BAD_NAME = Outcome.VERSION, Outcome.AUDIENCE_OR_SERVICE


def question() -> AuthnRequest:
    """One with everything that may be in it."""
    return extended(
        parties.TOWN,
        parties.TOWN,
        parties.TAXES,
        requested_context=RequestedContext("minimum", (assurance.uri_of(LevelOfAssurance.SUBSTANTIAL),)),
        scoping=Scoping((parties.AD, BVD), (BVD,)),
        force_authn=True,
    )


SIGNED_AFTERWARDS: dict[str, dict[str, object]] = {
    "@Version": {"removed": PAGE, "emptied": Outcome.VERSION, "1.1": Outcome.VERSION},
    "@IssueInstant": {
        "removed": PAGE,
        "emptied": PAGE,
        "yesterday": PAGE,
        "an hour ago": Outcome.EXPIRED,
        "in an hour": Outcome.EXPIRED,
        "without a zone": Outcome.EXPIRED,
        "in another zone": Outcome.EXPIRED,
    },
    "@Destination": {"removed": PAGE, "emptied": PAGE, SIGN_ON[BVD]: PAGE, "https://kwaad.example/": PAGE},
    "@AssertionConsumerServiceIndex": {
        "removed": FINE,
        "emptied": PAGE,
        "7": PAGE,
        "-1": PAGE,
        "x": PAGE,
        "1": FINE,
    },
    "@ForceAuthn": {"removed": FINE, "emptied": PAGE, "misschien": PAGE, "1": FINE},
    "saml:Issuer": {
        "removed": PAGE,
        "emptied": PAGE,
        "doubled": PAGE,
        "moved": PAGE,
        parties.STRANGER: PAGE,
        parties.TAX: PAGE,
        f"{parties.TOWN} {parties.TOWN}": PAGE,
    },
    "samlp:Extensions": {
        "removed": Outcome.SERVICE_REFERENCE,
        "emptied": PAGE,
        "doubled": PAGE,
        "moved": PAGE,
    },
    AUDIENCE: {"removed": BAD_NAME, "emptied": BAD_NAME, "doubled": BAD_NAME, "moved": FINE},
    f"{AUDIENCE}/@Name": {"removed": PAGE, "emptied": BAD_NAME, "urn:example": BAD_NAME},
    f"{AUDIENCE}/saml:AttributeValue": {
        "removed": BAD_NAME,
        "emptied": BAD_NAME,
        "doubled": BAD_NAME,
        parties.TAX: BAD_NAME,
        "stad en land": BAD_NAME,
    },
    SERVICE: {"removed": BAD_NAME, "emptied": BAD_NAME, "doubled": BAD_NAME, "moved": FINE},
    f"{SERVICE}/@Name": {"removed": PAGE, "emptied": BAD_NAME, "urn:example": BAD_NAME},
    f"{SERVICE}/saml:AttributeValue": {
        "removed": BAD_NAME,
        "emptied": BAD_NAME,
        "doubled": BAD_NAME,
        "12345678": BAD_NAME,
        f"{{{parties.TAXES}}}": BAD_NAME,
        parties.UNKNOWN_SERVICE: Outcome.NOT_REGISTERED,
        parties.RETURN: Outcome.NOT_REGISTERED,
        f" {parties.TAXES} ": FINE,
    },
    "samlp:RequestedAuthnContext": {"removed": FINE, "emptied": PAGE, "doubled": PAGE, "moved": PAGE},
    "samlp:RequestedAuthnContext/@Comparison": {
        "removed": FINE,
        "emptied": PAGE,
        "maximum": Outcome.LEVEL_UNKNOWN,
        "meer": PAGE,
        "exact": FINE,
    },
    "samlp:RequestedAuthnContext/saml:AuthnContextClassRef": {
        "removed": PAGE,
        "emptied": Outcome.LEVEL_UNKNOWN,
        "doubled": FINE,
        "urn:example": Outcome.LEVEL_UNKNOWN,
        assurance.UNSPECIFIED: Outcome.LEVEL_UNKNOWN,
    },
    "samlp:Scoping": {"removed": FINE, "emptied": FINE, "doubled": PAGE, "moved": PAGE},
    "samlp:Scoping/samlp:IDPList": {"removed": FINE, "emptied": PAGE, "doubled": PAGE, "moved": PAGE},
    "samlp:Scoping/samlp:IDPList/samlp:IDPEntry[1]": {
        "removed": Outcome.NO_AUTHENTICATION_SERVICE,
        "doubled": FINE,
        "moved": FINE,
    },
    "samlp:Scoping/samlp:IDPList/samlp:IDPEntry[1]/@ProviderID": {
        "removed": PAGE,
        "emptied": Outcome.NO_AUTHENTICATION_SERVICE,
        parties.AD_TEST: Outcome.NO_AUTHENTICATION_SERVICE,
    },
    "samlp:Scoping/samlp:IDPList/samlp:IDPEntry[2]": {
        "removed": Outcome.REQUESTER_NOT_LISTED,
        "doubled": FINE,
        "moved": FINE,
    },
    "samlp:Scoping/samlp:RequesterID": {
        "removed": FINE,
        "emptied": Outcome.REQUESTER_NOT_LISTED,
        "doubled": FINE,
        "moved": PAGE,
        "urn:example": Outcome.REQUESTER_NOT_LISTED,
    },
}


@pytest.mark.parametrize(("spoil", "expected"), rows(SIGNED_AFTERWARDS))
def test_a_part_that_is_spoiled_before_signing_gets_the_answer_of_the_table(
    browser: Browser, spoil: Spoiled, expected: Outcome | str
) -> None:
    value = question()
    message = asking.written(value, change=spoil)
    if expected is PAGE:
        assert_page(browser, message)
    elif isinstance(expected, Outcome):
        assert browser.status_of(message, value) == expected.status()
        assert not Transaction.objects.exists()
    else:
        assert browser.follow(browser.send(message)).status_code == 200


@pytest.mark.parametrize(("spoil", "expected"), rows(SIGNED_AFTERWARDS))
def test_a_part_that_is_spoiled_after_signing_ends_on_a_page(
    browser: Browser, spoil: Spoiled, expected: Outcome | str
) -> None:
    root = etree.fromstring(asking.written(question()))
    before = etree.tostring(root)
    spoil(root)
    assert expected
    assert etree.tostring(root) != before
    assert_page(browser, etree.tostring(root))


ONLY_AFTER_SIGNING: dict[str, dict[str, object]] = {
    "@ID": {"removed": PAGE, "emptied": PAGE, "_andere": PAGE, "1": PAGE},
    "ds:Signature": {"removed": PAGE, "emptied": PAGE, "doubled": PAGE, "moved": PAGE},
    "ds:Signature/ds:SignedInfo": {"removed": PAGE, "emptied": PAGE, "doubled": PAGE, "moved": PAGE},
    "ds:Signature/ds:SignedInfo/ds:Reference": {"removed": PAGE, "doubled": PAGE, "emptied": PAGE},
    "ds:Signature/ds:SignedInfo/ds:Reference/@URI": {
        "removed": PAGE,
        "emptied": PAGE,
        "#_andere": PAGE,
        "https://kwaad.example/": PAGE,
    },
    "ds:Signature/ds:SignedInfo/ds:Reference/ds:Transforms": {"removed": PAGE, "doubled": PAGE},
    "ds:Signature/ds:SignedInfo/ds:Reference/ds:DigestValue": {
        "removed": PAGE,
        "emptied": PAGE,
        "AAAA": PAGE,
    },
    "ds:Signature/ds:SignatureValue": {"removed": PAGE, "emptied": PAGE, "doubled": PAGE, "AAAA": PAGE},
    "ds:Signature/ds:KeyInfo": {"emptied": PAGE, "doubled": PAGE, "moved": PAGE},
    "ds:Signature/ds:KeyInfo/ds:KeyName": {
        "removed": PAGE,
        "emptied": PAGE,
        "doubled": PAGE,
        "onbekend": PAGE,
    },
}


@pytest.mark.parametrize(("spoil", "expected"), rows(ONLY_AFTER_SIGNING))
def test_a_signature_that_is_spoiled_ends_on_a_page(browser: Browser, spoil: Spoiled, expected: str) -> None:
    root = etree.fromstring(asking.written(question()))
    spoil(root)
    assert expected is PAGE
    assert_page(browser, etree.tostring(root))
