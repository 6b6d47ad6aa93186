"""What is wrong in a believed document is found, all of it, with rule, line and entity (MD-07 to MD-35)."""

from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from tests.protocols.metadata.documents import (
    AD,
    BVD,
    DV,
    DV_OIN,
    LC,
    LC_OIN,
    NOW,
    OTHER_SERVICE,
    SERVICE,
    TD,
    UNTIL,
    document,
    expected,
    found,
    hierarchy,
    key,
    one,
    published,
    read,
    spoiled,
    trust,
)
from volmacht.pki import Purpose, Revoked, revocation_list
from volmacht.protocols.saml.metadata.addresses import address_fault
from volmacht.protocols.saml.metadata.model import Endpoint, Entity
from volmacht.protocols.saml.metadata.reading import read_metadata
from volmacht.protocols.saml.metadata.writing import sp_metadata
from volmacht.protocols.xml.names import BINDING_POST, DS, MD, SAML

Spoil = Callable[[etree._Element], object]
KEYS = "KeyDescriptor"
CONSUMERS = "AssertionConsumerService"
SERVICES = "AttributeConsumingService"


def each(root: etree._Element, name: str) -> list[etree._Element]:
    return root.findall(f".//{MD}{name}")


def setting(path: str, name: str, value: str) -> Spoil:
    return lambda root: one(root, path).set(name, value)


def without(path: str, name: str) -> Spoil:
    return lambda root: one(root, path).attrib.pop(name)


def removing(name: str, number: int = 0) -> Spoil:
    def remove(root: etree._Element) -> None:
        node = each(root, name)[number]
        parent = node.getparent()
        assert parent is not None
        parent.remove(node)

    return remove


def doubling(name: str, number: int = 0) -> Spoil:
    return lambda root: each(root, name)[number].addnext(deepcopy(each(root, name)[number]))


def key_text(tag: str, value: str | None, number: int = 0) -> Spoil:
    def change(root: etree._Element) -> None:
        node = each(root, KEYS)[number].find(f".//{DS}{tag}")
        assert node is not None
        node.text = value

    return change


def doubling_key_part(tag: str, number: int = 1) -> Spoil:
    def double(root: etree._Element) -> None:
        node = each(root, KEYS)[number].find(f".//{DS}{tag}")
        assert node is not None
        node.addnext(deepcopy(node))

    return double


def same_key_name(root: etree._Element) -> None:
    key_text("KeyName", DV.signing[0].name, 1)(root)


def second_default(root: etree._Element) -> None:
    each(root, CONSUMERS)[1].set("isDefault", "1")


def same_index(root: etree._Element) -> None:
    each(root, CONSUMERS)[1].set("index", "0")


def second_language(root: etree._Element) -> None:
    each(root, "ServiceName")[1].set("{http://www.w3.org/XML/1998/namespace}lang", "NL")


def service_value(value: str) -> Spoil:
    def change(root: etree._Element) -> None:
        next(root.iter(SAML + "AttributeValue")).text = value

    return change


def other_descriptor(root: etree._Element) -> None:
    etree.SubElement(root, MD + "AttributeAuthorityDescriptor").set("protocolSupportEnumeration", "urn:x")
    node = each(root, "AttributeAuthorityDescriptor")[0]
    etree.SubElement(node, MD + "AttributeService", Binding=BINDING_POST, Location="https://dv.test/a")


ERRORS: list[tuple[Entity, Spoil, str, str]] = [
    (DV, setting("SPSSODescriptor", "protocolSupportEnumeration", "urn:x"), "MD-08", "protocol_missing"),
    (DV, without("SPSSODescriptor", "AuthnRequestsSigned"), "MD-09", "requests_not_signed"),
    (DV, setting("SPSSODescriptor", "WantAssertionsSigned", "false"), "MD-09", "assertions_not_signed"),
    (AD, without("IDPSSODescriptor", "WantAuthnRequestsSigned"), "MD-10", "requests_not_signed"),
    (DV, doubling("SPSSODescriptor"), "MD-07", "descriptor_count"),
    (DV, other_descriptor, "MD-07", "other_descriptor"),
    (DV, removing(KEYS, 2), "MD-12", "encryption_keys_too_few"),
    (BVD, removing(KEYS, 2), "MD-12", "encryption_keys_too_few"),
    (DV, key_text("KeyName", None, 1), "MD-29", "key_name_length"),
    (DV, key_text("KeyName", "x" * 256, 1), "MD-29", "key_name_length"),
    (DV, key_text("KeyName", "my key", 1), "MD-29", "inner_white_space"),
    (DV, doubling_key_part("KeyName"), "MD-29", "key_name_count"),
    (DV, doubling_key_part("X509Certificate"), "MD-29", "certificate_count"),
    (DV, doubling_key_part("X509Data"), "MD-29", "certificate_count"),
    (DV, key_text("X509Certificate", "AAAA", 1), "MD-13", "certificate_unreadable"),
    (DV, key_text("X509Certificate", "...", 1), "MD-13", "certificate_unreadable"),
    (DV, same_key_name, "MD-29", "key_name_twice"),
    (DV, doubling(KEYS, 1), "MD-29", "key_name_twice"),
    (AD, setting("ArtifactResolutionService", "Binding", BINDING_POST), "MD-14", "addresses_too_few"),
    (AD, doubling("ArtifactResolutionService"), "MD-14", "index_twice"),
    (AD, setting("SingleSignOnService", "Binding", "urn:x"), "MD-15", "addresses_too_few"),
    (AD, doubling("SingleLogoutService"), "MD-16", "addresses_too_many"),
    (TD, removing("SingleLogoutService"), "MD-16", "addresses_too_few"),
    (DV, same_index, "MD-17", "index_twice"),
    (DV, second_default, "MD-17", "default_several"),
    (DV, without(CONSUMERS, "isDefault"), "MD-17", "default_missing"),
    (DV, without(SERVICES, "isDefault"), "MD-18", "default_missing"),
    (DV, doubling("RequestedAttribute"), "MD-18", "service_uuid_count"),
    (DV, setting("RequestedAttribute", "Name", "urn:x"), "MD-18", "service_uuid_count"),
    (DV, service_value("f847dc11-ac24-47b2-\n84a8-a057440ce56d"), "MD-18", "service_uuid_malformed"),
    (DV, service_value("f847dc11ac2447b284a8a057440ce56d"), "MD-18", "service_uuid_malformed"),
    (DV, second_language, "MD-18", "service_name_language"),
    (DV, setting("SingleLogoutService", "ResponseLocation", "http://dv.test/"), "MD-31", "address_not_https"),
    (DV, setting(CONSUMERS, "Location", "http://localhost/acs"), "MD-31", "address_not_https"),
]


@pytest.mark.parametrize(("entity", "spoil", "rule", "code"), ERRORS)
def test_a_broken_rule_is_found_and_the_document_not_used(
    entity: Entity, spoil: Spoil, rule: str, code: str
) -> None:
    result = read(spoiled(entity, spoil), entity)
    assert result.document is None
    assert (rule, code, "error") in found(result)


def test_a_key_without_use_is_ignored_with_a_warning() -> None:
    def strip(root: etree._Element) -> None:
        each(root, KEYS)[1].attrib.pop("use")

    result = read(spoiled(DV, strip), DV)
    assert found(result) == [("MD-29", "key_without_use", "warning")]
    assert result.document is not None
    assert result.document.publisher.signing == DV.signing[:1]


def test_addresses_with_another_binding_are_left_out_with_a_warning() -> None:
    def rebind(root: etree._Element) -> None:
        each(root, CONSUMERS)[1].set("Binding", BINDING_POST)
        each(root, "SingleLogoutService")[0].set("Binding", "urn:x")

    result = read(spoiled(DV, rebind), DV)
    assert found(result) == [("MD-16", "other_binding", "warning"), ("MD-17", "other_binding", "warning")]
    assert result.document is not None
    assert result.document.publisher.assertion_consumers == DV.assertion_consumers[:1]
    assert result.document.publisher.single_logout == ()


def test_a_refresh_time_beside_the_end_is_tolerated_from_an_ad() -> None:
    result = read(spoiled(AD, lambda root: root.set("cacheDuration", "PT2H")), AD)
    assert found(result) == [("MD-05", "both_dates", "warning")]
    assert result.document is not None


def test_services_of_a_party_that_has_none_are_ignored_with_a_warning() -> None:
    def add(root: etree._Element) -> None:
        one(root, "SPSSODescriptor").append(deepcopy(one(etree.fromstring(document(DV)), SERVICES)))

    result = read(spoiled(LC, add), LC)
    assert found(result) == [("MD-18", "services_not_expected", "warning")]
    assert result.document is not None
    assert result.document.publisher == LC


def test_five_signing_keys_are_too_many() -> None:
    def add(root: etree._Element) -> None:
        for number in (1, 2, 3):
            node = deepcopy(each(root, KEYS)[0])
            listed = published(DV_OIN, number=number)
            each(root, KEYS)[0].addnext(node)
            key_text("KeyName", listed.name, 1)(root)

    assert ("MD-11", "signing_keys_too_many", "error") in found(read(spoiled(DV, add), DV))


def test_one_certificate_may_be_listed_once_for_each_purpose() -> None:
    def share(root: etree._Element) -> None:
        node = deepcopy(each(root, KEYS)[1])
        node.set("use", "encryption")
        each(root, KEYS)[-1].addnext(node)

    codes = [code for _, code, _ in found(read(spoiled(DV, share), DV))]
    assert "key_name_twice" not in codes
    assert "key_usage" in codes


def test_a_listed_certificate_of_another_organisation_is_an_error() -> None:
    entity = replace(DV, encryption=(published(LC_OIN, Purpose.ENCRYPTION),))
    result = read(document(entity), entity)
    assert found(result) == [("MD-24", "other_oin", "error")]


def test_a_listed_certificate_below_another_authority_is_an_error() -> None:
    entity = replace(DV, encryption=(key(DV_OIN, Purpose.ENCRYPTION, issuer="other").published(),))
    assert found(read(document(entity), entity)) == [("SG-12", "certificate_untrusted", "error")]


def test_a_listed_key_that_is_not_rsa_is_an_error() -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(DV.signing[0].certificate.subject)
        .issuer_name(DV.signing[0].certificate.subject)
        .public_key(elliptic.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(UNTIL)
        .sign(elliptic, SHA256())
    )
    der = b64encode(certificate.public_bytes(Encoding.DER)).decode()
    result = read(spoiled(DV, key_text("X509Certificate", der, 1)), DV)
    assert found(result) == [("MD-23", "key_unsuitable", "error")]


def test_an_expired_encryption_certificate_is_a_warning_and_does_not_count() -> None:
    old = key(DV_OIN, Purpose.ENCRYPTION, 9, days=50).published()
    entity = replace(DV, encryption=(old, *DV.encryption))
    result = read(document(entity), entity)
    assert found(result) == [("MD-43", "certificate_expired", "warning")]
    assert result.document is not None
    assert result.document.publisher.encryption_at(NOW) == DV.encryption


def test_a_provider_whose_only_encryption_certificate_expired_is_warned_twice() -> None:
    entity = replace(DV, encryption=(key(DV_OIN, Purpose.ENCRYPTION, 9, days=50).published(),))
    result = read(document(entity), entity)
    assert [code for _, code, _ in found(result)] == ["certificate_expired", "no_usable_encryption_key"]
    assert result.document is not None


def test_a_revoked_certificate_counts_as_absent() -> None:
    number = DV.signing[1].certificate.serial_number
    revoked = revocation_list(hierarchy().intermediate, [Revoked(number, NOW)], now=NOW)
    result = read_metadata(document(DV), expected=expected(DV), trust=trust(revoked=(revoked,)), now=NOW)
    assert found(result) == [("SG-12", "certificate_revoked", "warning")]
    assert result.document is not None
    assert result.document.publisher.signing == DV.signing[:1]


def test_a_service_that_the_catalogue_does_not_have_is_left_out_and_the_others_stay() -> None:
    result = read(document(DV), DV, services=frozenset({UUID(OTHER_SERVICE)}))
    assert found(result) == [("MD-35", "service_uuid_unknown", "warning")]
    assert result.document is not None
    assert result.document.publisher.services == DV.services[1:]
    assert read(document(DV), DV, services=frozenset({UUID(OTHER_SERVICE), UUID(SERVICE)})).findings == ()


def test_white_space_around_values_is_trimmed() -> None:
    def pad(root: etree._Element) -> None:
        root.set("entityID", f" {DV.entity_id}\n")
        one(root, CONSUMERS).set("Location", f"\t{DV.assertion_consumers[0].location} ")
        key_text("KeyName", f"\n   {DV.signing[0].name}\n  ")(root)
        service_value(f"\n  {SERVICE}\n")(root)

    result = read(spoiled(DV, pad), DV)
    assert result.findings == ()
    assert result.document is not None
    assert result.document.publisher == DV


def test_all_findings_come_at_once_each_with_its_line() -> None:
    def spoil(root: etree._Element) -> None:
        one(root, "SPSSODescriptor").set("AuthnRequestsSigned", "false")
        same_index(root)
        one(root, CONSUMERS).set("Location", "http://dv.test/acs")

    data = spoiled(DV, spoil)
    lines = data.decode().splitlines()
    result = read(data, DV)
    assert [one.code for one in result.findings] == [
        "requests_not_signed",
        "address_not_https",
        "index_twice",
    ]
    for finding, text in zip(result.findings, ("<md:SPSSO", "http://dv.test/acs", "number=7"), strict=True):
        assert finding.entity_id == DV.entity_id
        assert finding.line is not None
        assert text in lines[finding.line - 1]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("http://dv.test/acs", "address_not_https"),
        ("ftp://dv.test/acs", "address_not_https"),
        ("/acs", "address_malformed"),
        ("//dv.test/acs", "address_malformed"),
        ("https:/acs", "address_malformed"),
        ("https://", "address_malformed"),
        ("", "address_malformed"),
        ("https://me@dv.test/acs", "address_malformed"),
        ("https://dv.test/acs#here", "address_malformed"),
        ("https://dv.test/acs#", "address_malformed"),
        ("https://dv.test/a cs", "address_malformed"),
        ("https://dv.test/acs\r\nSet-Cookie:a", "address_malformed"),
        ("https://dv.test\\@elsewhere.test/", "address_malformed"),
        ("https://dv.test:0/", "address_malformed"),
        ("https://dv.test:99999/", "address_malformed"),
        ("https://[::1/", "address_malformed"),
        ("https://gemeente.test/é", "address_malformed"),
        ("javascript:alert(1)", "address_malformed"),
        ("https://dv.test/" + "a" * 2033, "address_too_long"),
    ],
)
def test_an_address_that_is_not_plain_https_is_refused(address: str, wanted: str) -> None:
    assert address_fault(address, http_allowed=False) == wanted


def test_http_is_for_a_demonstration_only() -> None:
    entity = replace(DV, assertion_consumers=(Endpoint(0, "http://localhost:8000/acs"),))
    data = sp_metadata(entity, key=key(DV_OIN), valid_until=UNTIL)
    allowed = read_metadata(data, expected=expected(entity), trust=trust(http_allowed=True), now=NOW)
    assert allowed.findings == ()
    assert read(data, entity).document is None


def test_a_provider_has_no_descriptor_of_an_identity_provider() -> None:
    with pytest.raises(ValueError, match="has no"):
        read(document(DV), DV, descriptor=AD.descriptor)
