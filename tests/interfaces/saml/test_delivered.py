"""What a provider receives, element by element: encryption, evidence, signatures, SOAP (AS, EN, AB-20 to AB-27)."""

import base64
import hashlib
from dataclasses import dataclass

import pytest
from lxml import etree

from tests.interfaces.saml import asking, parties
from tests.interfaces.saml.asking import BVD, ENTRANCE, Answered, bsn_in, request
from tests.interfaces.saml.browsing import MANDATORY, Browser, own_keys
from volmacht import clock
from volmacht.keystore import OwnEntity, ring
from volmacht.logins.publishing import Published, document
from volmacht.protocols.saml import parsing
from volmacht.protocols.saml.metadata.model import Descriptor
from volmacht.protocols.saml.verifying import verified
from volmacht.protocols.xml import gate, schemas
from volmacht.protocols.xml.names import ACTING_SUBJECT_ID, DS, LEGAL_SUBJECT_ID, SAML, SAMLP, XENC
from volmacht.rules.environment import Environment


@dataclass(frozen=True)
class Delivered:
    """An answer on behalf of somebody; `outer` is the assertion of the entrance without Advice."""

    browser: Browser
    address: str
    answer: Answered

    @property
    def outer(self) -> etree._Element:
        copy = etree.fromstring(etree.tostring(self.answer.assertion))
        for advice in copy.findall(SAML + "Advice"):
            copy.remove(advice)
        return copy

    @property
    def evidence(self) -> list[etree._Element]:
        return self.answer.assertion.findall(f"{SAML}Advice/{SAML}Assertion")

    def encrypted(self, name: str) -> etree._Element:
        (found,) = self.outer.findall(
            f"{SAML}AttributeStatement/{SAML}Attribute[@Name='{name}']/{SAML}AttributeValue/{SAML}EncryptedID"
        )
        return found


def on_behalf(browser: Browser, own_id: str = parties.TOWN, service: str = parties.TAXES) -> Delivered:
    """The daughter acts for her mother."""
    value = asking.extended(own_id, own_id, service, scoping=MANDATORY)
    back = browser.choose(browser.log_in(value))
    return Delivered(browser, back["Location"], browser.hand_in(back, own_id))


@pytest.mark.parametrize("name", [ACTING_SUBJECT_ID, LEGAL_SUBJECT_ID])
def test_tc_23_each_of_two_certificates_reads_by_itself(browser: Browser, name: str) -> None:
    delivered = on_behalf(browser)
    encrypted = delivered.encrypted(name)
    keys = encrypted.findall(XENC + "EncryptedKey")
    names = {key.findtext(XENC + "CarriedKeyName") for key in keys}
    published = {key.name for key in parties.decrypting(parties.TOWN)}
    assert {key.get("Recipient") for key in keys} == {parties.TOWN}
    assert {key.findtext(f"{DS}KeyInfo/{DS}KeyName") for key in keys} == published
    assert names == {encrypted.findtext(f"{XENC}EncryptedData/{DS}KeyInfo/{DS}KeyName")}
    world = delivered.browser.world
    person = world.daughter if name == ACTING_SUBJECT_ID else world.mother
    whole = (etree.tostring(encrypted),)
    assert [bsn_in(whole, parties.TOWN, number) for number in (0, 1)] == [person.bsn.value] * 2


def test_tc_24_one_certificate_is_pointed_at(browser: Browser) -> None:
    value = request(parties.TAX)
    answer = browser.hand_in(browser.log_in(value), parties.TAX)
    encrypted = Delivered(browser, "", answer).encrypted(ACTING_SUBJECT_ID)
    (key,) = encrypted.findall(XENC + "EncryptedKey")
    pointer = encrypted.find(f"{XENC}EncryptedData/{DS}KeyInfo/{DS}RetrievalMethod")
    assert pointer is not None
    assert pointer.get("URI") == "#" + str(key.get("Id"))
    assert key.find(XENC + "CarriedKeyName") is None


def test_tc_25_only_the_algorithms_of_the_standard_are_written(browser: Browser) -> None:
    outer = on_behalf(browser).outer
    for data in outer.iter(XENC + "EncryptedData"):
        method = data.find(XENC + "EncryptionMethod")
        assert method is not None
        assert method.get("Algorithm") == "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    for key in outer.iter(XENC + "EncryptedKey"):
        method = key.find(XENC + "EncryptionMethod")
        assert method is not None
        assert method.get("Algorithm") == "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
        digests = [one.get("Algorithm") for one in method]
        assert digests == ["http://www.w3.org/2000/09/xmldsig#sha1"]
    assert len(list(outer.iter(XENC + "EncryptedKey"))) == 4


def test_tc_27_a_copied_identifier_has_new_ids_and_no_key_for_the_bvd(browser: Browser) -> None:
    delivered = on_behalf(browser)
    root = etree.fromstring(delivered.answer.raw)
    ids = [one for element in root.iter() for name in ("ID", "Id") if (one := element.get(name))]
    assert len(ids) == len(set(ids))
    readers = {key.get("Recipient") for key in delivered.evidence[0].iter(XENC + "EncryptedKey")}
    assert BVD in readers
    assert {key.get("Recipient") for key in delivered.outer.iter(XENC + "EncryptedKey")} == {parties.TOWN}
    for key in delivered.outer.iter(XENC + "EncryptedKey"):
        (reference,) = key.iter(XENC + "DataReference")
        assert str(reference.get("URI"))[1:] in ids


def test_tc_28_every_signature_verifies_where_it_stands(browser: Browser) -> None:
    delivered = on_behalf(browser)
    now = clock.wall_clock()
    ad, bvd = delivered.evidence
    ad_keys = parties.ad_entity().signing
    assert parsing.assertion(verified(ad, ad_keys, now=now).element).issuer == parties.AD
    assert parsing.assertion(verified(bvd, own_keys(BVD), now=now).element).issuer == BVD
    assert verified(delivered.answer.assertion, own_keys(ENTRANCE), now=now).key_named


def test_tc_28_nobody_else_s_key_verifies_them(browser: Browser) -> None:
    entrance, bvd = own_keys(ENTRANCE), own_keys(BVD)
    assert not {key.name for key in entrance} & {key.name for key in bvd}


@pytest.mark.parametrize("which", list(Published))
@pytest.mark.parametrize("environment", list(Environment))
def test_tc_29_our_metadata_is_valid_signed_and_readable(
    browser: Browser, which: Published, environment: Environment
) -> None:
    data = document(environment, which)
    root = gate.read(data, gate.METADATA)
    schemas.validate(root, schemas.Schema.METADATA)
    owner = OwnEntity(which.value.removesuffix("-sp"))
    assert verified(root, ring(environment, owner).published_signing, now=clock.wall_clock()).key_named
    prefix = "/preprod/saml" if environment is Environment.PREPRODUCTION else "/saml"
    answer = browser.get(f"{prefix}/metadata/{which.value}")
    assert answer.content == data
    assert answer["Content-Type"] == "application/samlmetadata+xml"


def test_tc_29_every_message_is_valid_against_the_schema(browser: Browser) -> None:
    delivered = on_behalf(browser)  # asking.read_answer validates what came, the service what it was asked
    assert len(browser.ad.calls) == 1
    assert delivered.answer.status.succeeded
    refused = request(version="2.1")
    assert not browser.refusal(refused).succeeded


def test_tc_30_an_artifact_is_made_of_what_the_standard_says(browser: Browser) -> None:
    artifact = asking.artifact_in(on_behalf(browser).address)
    decoded = base64.b64decode(artifact, validate=True)
    assert len(artifact) == 60
    assert len(decoded) == 44
    assert decoded[:4] == bytes([0, 4, 0, 0])
    assert decoded[4:24] == hashlib.sha1(ENTRANCE.encode(), usedforsecurity=False).digest()


@pytest.mark.parametrize(
    "content_type",
    ["text/xml", "application/soap+xml", "TEXT/XML; charset=utf-8", "application/soap+xml; action=x"],
)
def test_tc_31_two_media_types_are_taken(browser: Browser, content_type: str) -> None:
    artifact = asking.artifact_in(browser.log_in(request())["Location"])
    body = asking.resolve_message(asking.resolve_value(parties.TOWN, artifact))
    answer = asking.call(body, asking.certificate_of(parties.TOWN), content_type=content_type)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert asking.read_answer(answer.content, own_keys()).status.succeeded


def test_tc_32_the_answer_is_signed_by_name_and_the_response_in_it_is_not(browser: Browser) -> None:
    answer = on_behalf(browser).answer
    names = [one.text for one in answer.element.findall(f"{DS}Signature/{DS}KeyInfo/{DS}KeyName")]
    metadata = etree.fromstring(document(Environment.PRODUCTION, Published.ENTRANCE))
    response = answer.element.find(SAMLP + "Response")
    assert len(names) == 1
    assert names[0] in {one.text for one in metadata.iter(DS + "KeyName")}
    assert response is not None
    assert response.find(DS + "Signature") is None
    assert [etree.QName(child).localname for child in answer.element] == [
        "Issuer",
        "Signature",
        "Status",
        "Response",
    ]


def test_the_entrance_names_every_connected_provider_to_services_upstream(browser: Browser) -> None:
    root = etree.fromstring(document(Environment.PRODUCTION, Published.ENTRANCE_SP))
    listed = [one.get("entityID") for one in root.iter("{*}EntityDescriptor")]
    assert listed[0] == ENTRANCE
    assert set(listed[1:]) == {parties.TOWN, parties.TOWN_SHOP, parties.TAX, parties.WATER}
    assert browser.get("/saml/metadata/entrance-sp").status_code == 200


def test_the_bvd_publishes_no_log_out(browser: Browser) -> None:
    root = etree.fromstring(document(Environment.PRODUCTION, Published.BVD))
    assert root.find(f"{{*}}{Descriptor.IDENTITY_PROVIDER.value}") is not None
    assert not list(root.iter("{*}SingleLogoutService"))
    assert browser.post_form("/saml/bvd/request_logout", {}).status_code == 404


def test_the_level_of_each_service_can_be_asked(browser: Browser) -> None:
    levels = browser.get("/saml/catalogue/levels").json()
    assert levels[parties.HIGH_LEVEL] == 25
    assert levels[parties.TAXES] == 20


def test_what_is_sent_upstream_holds_nothing_that_the_standard_leaves_out(browser: Browser) -> None:
    asked = browser.to_ad(browser.begin(request(scoping=MANDATORY)))
    root = etree.fromstring(asked.raw)
    assert [etree.QName(child).localname for child in root] == [
        "Issuer",
        "Signature",
        "Extensions",
        "Scoping",
    ]
    assert set(root.attrib) == {
        "ID",
        "Version",
        "IssueInstant",
        "Destination",
        "ForceAuthn",
        "AssertionConsumerServiceIndex",
    }
    assert asked.request.audiences == (parties.TOWN,)
    assert asked.request.issuer == ENTRANCE
