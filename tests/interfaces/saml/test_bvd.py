"""The log-in that a routing service brings to the BVD: believed by its own signature only, once (BV-01 to BV-09)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP, PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from lxml import etree

from tests.interfaces.saml import parties
from tests.interfaces.saml.asking import BVD
from tests.interfaces.saml.browsing import Browser, page_of
from tests.interfaces.saml.routing import For, asked_by_rd, evidence
from tests.protocols.encrypted_ids import PERSON, method_of, name_id, sealed_by_hand
from volmacht.catalogue.kinds import ChangeKind
from volmacht.keystore import OwnEntity, ring
from volmacht.protocols.saml import building
from volmacht.protocols.saml.embedding import serialised
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.messages import Assertion, AuthnRequest, Status
from volmacht.protocols.saml.signing import new_id
from volmacht.protocols.saml.status import Outcome
from volmacht.protocols.xml.names import DS, LEGACY_BSN, PSEUDONYM
from volmacht.protocols.xml.names import SHA256 as SHA256_URI
from volmacht.rules.assurance import LevelOfAssurance
from volmacht.rules.environment import Environment

MINUTES = timedelta(minutes=1)


def bvd_key() -> OwnKey:
    """With which the BVD reads."""
    return ring(Environment.PRODUCTION, OwnEntity.BVD).decrypting[0]


def status(browser: Browser, value: AuthnRequest) -> Status:
    """How the question of the routing service is refused."""
    return browser.refusal(value)


def changing(browser: Browser, **changes: Any) -> Status:
    """The same, when the authentication service says something else."""
    return status(browser, asked_by_rd(browser, replace(browser.daughter(), **changes)))


def without_signature(signed: bytes) -> bytes:
    root = etree.fromstring(signed)
    for signature in root.findall(DS + "Signature"):
        root.remove(signature)
    return etree.tostring(root)


def with_other_level(signed: bytes) -> bytes:
    return signed.replace(b"LoA/substantial", b"LoA/high")


@pytest.mark.parametrize("change", [without_signature, with_other_level], ids=["unsigned", "changed"])
def test_tc_80_an_assertion_that_nobody_signed_is_refused(
    browser: Browser, change: Callable[[bytes], bytes]
) -> None:
    assert changing(browser, change_signed=change) == Outcome.IDP_ASSERTION_REFUSED.status()


@pytest.mark.parametrize("oin", [parties.TOWN_OIN, parties.RD_OIN], ids=["provider", "routing-service"])
def test_tc_80_an_assertion_signed_by_anybody_else_is_refused(browser: Browser, oin: str) -> None:
    assert changing(browser, key=parties.key(oin)) == Outcome.IDP_ASSERTION_REFUSED.status()


def somebody() -> bytes:
    """Somebody's number, for the BVD."""
    return serialised(by_hand(name_id()))


LIES: dict[str, Callable[[Assertion], Assertion]] = {
    "another-service": lambda one: replace(one, issuer=parties.AD_TEST),
    "expired": lambda one: replace(one, not_on_or_after=one.not_on_or_after - 10 * MINUTES),
    "not-yet": lambda one: replace(one, not_before=one.not_before + 10 * MINUTES),
    "old-log-in": lambda one: replace(one, authn_instant=one.authn_instant - 16 * MINUTES),
    "not-for-the-bvd": lambda one: replace(one, audiences=(parties.RD,)),
    "not-for-the-routing-service": lambda one: replace(one, audiences=(BVD,)),
    "other-service": lambda one: replace(one, service_uuids=(parties.RETURN,)),
    "other-recipient": lambda one: replace(one, recipient="https://kwaad.example/acs"),
    "level-unknown": lambda one: replace(one, class_ref="urn:example:level"),
    "representation-type": lambda one: replace(
        one, representation_types=("urn:nl-eid-gdi:1.1:RT:Zorg_Volledig_Gezag_Kind",)
    ),
    "version": lambda one: replace(one, version="1.1"),
    "advice": lambda one: replace(
        one,
        advice=(
            building.assertion(replace(one, id=new_id(), acting=(somebody(),)), parties.key(parties.AD_OIN)),
        ),
    ),
    "legal-subject": lambda one: replace(one, legal=(somebody(),)),
    "organisation": lambda one: replace(one, concerned_kvk=(somebody(),)),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=LIES)
def test_tc_80_an_assertion_that_does_not_fit_is_refused(
    browser: Browser, lie: Callable[[Assertion], Assertion]
) -> None:
    assert changing(browser, change_assertion=lie) == Outcome.IDP_ASSERTION_REFUSED.status()


def test_tc_80_an_assertion_counts_once(browser: Browser) -> None:
    brought = evidence(browser, browser.daughter())
    assert browser.begin(asked_by_rd(browser, idp_assertions=(brought,))).status_code == 200
    again = asked_by_rd(browser, idp_assertions=(brought,))
    assert status(browser, again) == Outcome.IDP_ASSERTION_REFUSED.status()


@pytest.mark.parametrize("brought", [(), (b"", b"")], ids=["none", "two-empty"])
def test_tc_81_an_assertion_must_be_brought(browser: Browser, brought: tuple[bytes, ...]) -> None:
    value = asked_by_rd(browser, idp_assertions=brought)
    assert status(browser, value) == Outcome.IDP_ASSERTION_MALFORMED.status()


def test_tc_81_two_assertions_are_one_too_many(browser: Browser) -> None:
    two = (evidence(browser, browser.daughter()), evidence(browser, browser.daughter()))
    value = asked_by_rd(browser, idp_assertions=two)
    assert status(browser, value) == Outcome.IDP_ASSERTION_MALFORMED.status()


def test_tc_81_a_level_that_is_too_low_is_told(browser: Browser) -> None:
    assert changing(browser, level=LevelOfAssurance.BASIC) == Outcome.IDP_ASSERTION_LEVEL.status()


def acting(encrypted: etree._Element) -> Callable[[Assertion], Assertion]:
    """This EncryptedID in the place of the honest one."""
    return lambda one: replace(one, acting=(serialised(encrypted),))


def by_hand(plain: bytes, **how: Any) -> etree._Element:
    """Somebody, encrypted for the BVD in any manner."""
    return sealed_by_hand(plain, bvd_key(), recipient=BVD, **how)


def other_method(element: etree._Element, method: str) -> etree._Element:
    """The same, but saying that its key was encrypted like this."""
    key = next(element.iter("{*}EncryptedKey"))
    old = key[0]
    declared = 'xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
    key.replace(
        old,
        etree.fromstring(method.replace("<xenc:EncryptionMethod", f"<xenc:EncryptionMethod {declared}", 1)),
    )
    return element


@pytest.mark.parametrize("how", ["sha1", "sha256"])
def test_tc_26_the_bvd_reads_both_forms_of_oaep(browser: Browser, how: str) -> None:
    plain = name_id(browser.world.daughter.bsn.value)
    if how == "sha1":
        element = by_hand(plain)
    else:
        padding = OAEP(MGF1(SHA1()), SHA256(), label=None)  # noqa: S303 - MGF1 of rsa-oaep-mgf1p
        method = method_of("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p", SHA256_URI)
        element = other_method(by_hand(plain, padding=padding), method)
    says = replace(browser.daughter(), change_assertion=acting(element))
    page = browser.begin(asked_by_rd(browser, says))
    assert any(name == "persoon" for form in page_of(page).forms for name, _ in form.buttons)


UNREADABLE: dict[str, Callable[[Browser], etree._Element]] = {
    "no-key-for-the-bvd": lambda browser: sealed_by_hand(
        name_id(browser.world.daughter.bsn.value), bvd_key(), recipient=parties.TOWN
    ),
    "broken-padding": lambda _browser: by_hand(b"", block=b"x" * 32),
    "another-secret": lambda browser: sealed_by_hand(
        name_id(browser.world.daughter.bsn.value), parties.decrypting(parties.TOWN)[0], recipient=BVD
    ),
    "pseudonym": lambda _browser: by_hand(name_id("abc", PSEUDONYM)),
    "eight-digits": lambda _browser: by_hand(name_id("12345678")),
    "eleven-test": lambda _browser: by_hand(name_id("123456789")),
    "comment": lambda browser: by_hand(
        name_id(browser.world.daughter.bsn.value[:4] + "<!-- x -->" + browser.world.daughter.bsn.value[4:])
    ),
    "no-xml": lambda _browser: by_hand(b"999992545"),
    "rsa-1_5": lambda browser: other_method(
        by_hand(name_id(browser.world.daughter.bsn.value), padding=PKCS1v15()),
        method_of("http://www.w3.org/2001/04/xmlenc#rsa-1_5"),
    ),
}


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
def test_tc_82_whatever_cannot_be_read_gives_one_and_the_same_answer(
    browser: Browser, make: Callable[[Browser], etree._Element]
) -> None:
    assert changing(browser, change_assertion=acting(make(browser))) == Outcome.NOT_READABLE.status()


def test_tc_53_a_comment_in_a_name_that_was_encrypted_is_refused(browser: Browser) -> None:
    element = UNREADABLE["comment"](browser)
    assert changing(browser, change_assertion=acting(element)) == Outcome.NOT_READABLE.status()


def test_tc_100_what_is_encrypted_for_pre_production_is_not_read_in_production(browser: Browser) -> None:
    (other,) = ring(Environment.PREPRODUCTION, OwnEntity.BVD).decrypting
    element = sealed_by_hand(name_id(browser.world.daughter.bsn.value), other, recipient=BVD)
    assert changing(browser, change_assertion=acting(element)) == Outcome.NOT_READABLE.status()


def test_tc_100_no_key_of_ours_is_in_both_environments(world: object) -> None:
    found = [
        {key.name for key in (*one.published_signing, *one.published_encryption)}
        for environment in Environment
        for one in [ring(environment, entity) for entity in OwnEntity]
    ]
    assert sum(map(len, found)) == len(set().union(*found))


@pytest.mark.parametrize("digest", [None, SHA256_URI])
def test_tc_83_an_old_padding_of_rsa_is_refused(browser: Browser, digest: str | None) -> None:
    method = method_of("http://www.w3.org/2001/04/xmlenc#rsa-1_5", digest)
    plain = name_id(browser.world.daughter.bsn.value)
    element = other_method(by_hand(plain, padding=PKCS1v15()), method)
    assert changing(browser, change_assertion=acting(element)) == Outcome.NOT_READABLE.status()


@pytest.mark.parametrize(
    "algorithm",
    [
        "http://www.w3.org/2001/04/xmlenc#aes128-cbc",
        "http://www.w3.org/2009/xmlenc11#aes256-gcm",
        "http://www.w3.org/2001/04/xmlenc#tripledes-cbc",
    ],
)
def test_tc_83_other_ciphers_are_refused(browser: Browser, algorithm: str) -> None:
    element = by_hand(name_id(browser.world.daughter.bsn.value))
    data = next(element.iter("{*}EncryptedData"))
    data[0].set("Algorithm", algorithm)
    assert changing(browser, change_assertion=acting(element)) == Outcome.NOT_READABLE.status()


def test_the_person_is_unknown_to_the_register(browser: Browser) -> None:
    element = by_hand(name_id(PERSON.value, LEGACY_BSN))
    assert (
        changing(browser, change_assertion=acting(element)) == Outcome.REPRESENTATION_SERVICE_ERROR.status()
    )


def test_a_service_without_representation_is_refused_at_the_bvd(browser: Browser) -> None:
    browser.world.switch(ChangeKind.CHANGE_SERVICE, parties.TAXES, mandatable=False)
    assert status(browser, asked_by_rd(browser)) == Outcome.NOT_MANDATABLE.status()


def test_another_provider_s_service_is_not_registered_with_the_routing_service(browser: Browser) -> None:
    whom = For(parties.TAX, parties.TAXES)
    assert status(browser, asked_by_rd(browser, whom=whom)) == Outcome.NOT_REGISTERED.status()
