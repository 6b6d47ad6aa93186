"""Every part of an ArtifactResolve spoiled in every way, before and after signing (AB-10 to AB-16, ST-60 to ST-67)."""

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, RESOLUTION, request
from tests.interfaces.saml.browsing import Browser, own_keys
from tests.interfaces.saml.mutating import Spoiled, rows
from volmacht.protocols import soap
from volmacht.protocols.saml.status import ResolveOutcome

FAULT = 500
FORBIDDEN = 403
DENIED, UNSUPPORTED = ResolveOutcome.DENIED, ResolveOutcome.UNSUPPORTED
NOTHING, FINE = ResolveOutcome.NOTHING, ResolveOutcome.DELIVERED
Expected = ResolveOutcome | int

SIGNED_AFTERWARDS: dict[str, dict[str, Expected]] = {
    "@Version": {"removed": FAULT, "emptied": UNSUPPORTED, "1.1": UNSUPPORTED},
    "@IssueInstant": {
        "removed": FAULT,
        "emptied": FAULT,
        "gisteren": FAULT,
        "an hour ago": DENIED,
        "in an hour": DENIED,
        "without a zone": DENIED,
        "in another zone": DENIED,
    },
    "@Destination": {
        "removed": FINE,
        "emptied": UNSUPPORTED,
        RESOLUTION[BVD]: UNSUPPORTED,
        RESOLUTION[ENTRANCE] + "/": UNSUPPORTED,
    },
    "saml:Issuer": {
        "removed": FAULT,
        "emptied": FAULT,
        "doubled": FAULT,
        "moved": FAULT,
        parties.STRANGER: FAULT,
        parties.RD: FAULT,
        parties.AD: FAULT,
        parties.TAX: FORBIDDEN,
    },
    "samlp:Artifact": {
        "removed": FAULT,
        "emptied": NOTHING,
        "doubled": FAULT,
        "moved": FAULT,
        "x": NOTHING,
        "an artifact": NOTHING,
        "an artifact of the bvd": NOTHING,
        "an artifact with an index": NOTHING,
    },
}


def outcome(message: bytes) -> tuple[Expected, bool]:
    """How it is answered, and whether there is a Response."""
    answer = asking.call(soap.envelope(message), asking.certificate_of(parties.TOWN))
    if answer.status_code != 200:
        return answer.status_code, False
    read = asking.read_answer(answer.content, own_keys()).message
    found = next(
        one
        for one in (DENIED, UNSUPPORTED, NOTHING if read.response is None else FINE)
        if one.status() == read.status
    )
    return found, read.response is not None


def question(browser: Browser) -> bytes:
    """A good one, for a fresh artifact; of a refusal, which is an answer like any other and costs less."""
    back = browser.send(asking.written(request(version="1.1")))
    artifact = asking.artifact_in(back["Location"])
    envelope = etree.fromstring(asking.resolve_message(asking.resolve_value(parties.TOWN, artifact)))
    return etree.tostring(envelope[0][0], with_tail=False)


@pytest.mark.parametrize(("spoil", "expected"), rows(SIGNED_AFTERWARDS))
def test_a_part_that_is_spoiled_before_signing_gets_the_answer_of_the_table(
    browser: Browser, spoil: Spoiled, expected: Expected
) -> None:
    message = asking.signed_again(question(browser), spoil, parties.key(parties.TOWN_OIN))
    assert outcome(message) == (expected, expected is FINE)


@pytest.mark.parametrize(("spoil", "expected"), rows(SIGNED_AFTERWARDS))
def test_a_part_that_is_spoiled_after_signing_gives_nothing(
    browser: Browser, spoil: Spoiled, expected: Expected
) -> None:
    root = etree.fromstring(question(browser))
    spoil(root)
    found, delivered = outcome(etree.tostring(root))
    assert not delivered
    assert found in {DENIED, expected}  # ST-65 reads like ST-66 about the time


SIGNATURE: dict[str, dict[str, Expected]] = {
    "@ID": {"removed": FAULT, "emptied": FAULT, "_andere": DENIED, "1": FAULT},
    "ds:Signature": {"removed": DENIED, "emptied": FAULT, "doubled": FAULT, "moved": FAULT},
    "ds:Signature/ds:SignedInfo/ds:Reference/@URI": {
        "removed": DENIED,
        "emptied": DENIED,
        "#_andere": DENIED,
    },
    "ds:Signature/ds:SignatureValue": {"removed": FAULT, "emptied": DENIED, "AAAA": DENIED},
    "ds:Signature/ds:KeyInfo/ds:KeyName": {"emptied": DENIED, "onbekend": DENIED},
}


@pytest.mark.parametrize(("spoil", "expected"), rows(SIGNATURE))
def test_a_signature_that_is_spoiled_gives_nothing(
    browser: Browser, spoil: Spoiled, expected: Expected
) -> None:
    root = etree.fromstring(question(browser))
    spoil(root)
    assert outcome(etree.tostring(root)) == (expected, False)
