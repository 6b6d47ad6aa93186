"""A document is believed for its certificate, never for what stands in it (TC-87, TC-91; MD-22 to MD-26, MD-34)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from tests.protocols.keyring import own_key
from tests.protocols.metadata.documents import (
    AD,
    BVD,
    DV,
    DV_OIN,
    INSIDE,
    LC,
    LC_OIN,
    NOW,
    RD,
    TD,
    UNTIL,
    document,
    entity_id,
    expected,
    found,
    hierarchy,
    key,
    one,
    read,
    spoiled,
    trust,
)
from volmacht.pki import Revoked, revocation_list
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.keys import OwnKey
from volmacht.protocols.saml.metadata.findings import Finding, FindingCode, Severity
from volmacht.protocols.saml.metadata.listed_keys import CODES
from volmacht.protocols.saml.metadata.model import Descriptor, Entity
from volmacht.protocols.saml.metadata.reading import read_metadata
from volmacht.protocols.saml.metadata.trust import CertificateFault, Trust
from volmacht.protocols.saml.metadata.writing import lc_metadata, sp_metadata
from volmacht.protocols.saml.signature_form import SignatureFault
from volmacht.protocols.xml.gate import XmlFault
from volmacht.protocols.xml.names import DS, MD
from volmacht.rules.environment import Environment
from volmacht.rules.identifiers import Oin

GOOD = document(DV)
NO_SUCH_DIGEST = b"http://www.w3.org/2001/04/xmldsig-more#sha256"


def refusal(data: bytes, entity: Entity = DV, **fields: object) -> tuple[str, str]:
    """Rule and code of the one finding, of a document that is not used."""
    result = read(data, entity, **fields)  # type: ignore[arg-type]  # tests name the fields
    assert result.document is None
    (only,) = result.findings
    assert only.severity is Severity.ERROR
    return only.rule, only.code.value


def refusal_under(believed: Trust, data: bytes = GOOD) -> tuple[str, str]:
    result = read_metadata(data, expected=expected(DV), trust=believed, now=NOW)
    assert result.document is None
    (only,) = result.findings
    return only.rule, only.code.value


def signed_by(signing_key: OwnKey) -> bytes:
    """The document of the DV when it lists this key, and signs with it."""
    return sp_metadata(replace(DV, signing=(signing_key.published(),)), key=signing_key, valid_until=UNTIL)


def without_signature(root: etree._Element) -> etree._Element:
    signature = root.find(DS + "Signature")
    assert signature is not None
    root.remove(signature)
    return signature


def test_a_document_signed_by_a_certificate_of_its_own_making_is_refused() -> None:
    assert refusal(signed_by(own_key("DV", oin=DV_OIN)))[0] == "MD-23"


def test_a_document_signed_below_another_authority_is_refused() -> None:
    signing_key = key(DV_OIN, issuer="other")
    assert refusal(signed_by(signing_key)) == ("MD-23", "certificate_untrusted")
    helped = trust(intermediates=(hierarchy("other").intermediate.certificate,))
    assert refusal_under(helped, signed_by(signing_key)) == ("MD-23", "certificate_untrusted")


def test_a_document_signed_with_the_certificate_of_another_organisation_is_refused() -> None:
    assert refusal(signed_by(key(LC_OIN))) == ("MD-24", "other_oin")


def test_a_document_signed_with_an_expired_certificate_says_so() -> None:
    assert refusal(signed_by(key(DV_OIN, number=9, days=50))) == ("MD-23", "certificate_expired")


def test_a_document_signed_with_a_certificate_that_is_not_valid_yet_says_so() -> None:
    ahead = key(DV_OIN, number=8, begins=NOW + timedelta(days=1))
    assert refusal(signed_by(ahead)) == ("MD-23", "certificate_not_yet_valid")


def test_a_document_signed_with_a_revoked_certificate_is_refused() -> None:
    number = DV.signing[0].certificate.serial_number
    revoked = revocation_list(hierarchy().intermediate, [Revoked(number, NOW)], now=NOW)
    assert refusal_under(trust(revoked=(revoked,))) == ("MD-23", "certificate_revoked")


def test_a_document_with_one_byte_changed_is_refused() -> None:
    changed = GOOD.replace(b"https://DV.test/acs?number=7", b"https://DV.test/acs?number=8")
    assert changed != GOOD
    assert refusal(changed) == ("SG-05", "signature_invalid")


def test_a_certificate_that_is_no_longer_listed_no_longer_verifies() -> None:
    other = key(DV_OIN, number=5)
    data = spoiled(DV, lambda _: None, other)
    assert refusal(data) == ("MD-25", "signature_key_unknown")


def test_an_expired_certificate_on_the_list_does_not_excuse_a_signature_by_somebody_else() -> None:
    expired = key(DV_OIN, number=9, days=50).published()
    entity = replace(DV, signing=(DV.signing[0], expired))
    data = spoiled(entity, lambda _: None, key(DV_OIN, number=5))
    assert refusal(data) == ("MD-25", "signature_key_unknown")


def test_a_publisher_without_the_descriptor_of_its_role_lists_no_keys() -> None:
    def swap(root: etree._Element) -> None:
        role = etree.Element(MD + "AttributeAuthorityDescriptor", protocolSupportEnumeration="urn:x")
        etree.SubElement(role, MD + "AttributeService", Binding="urn:x", Location="https://dv.test/a")
        root.replace(one(root, "SPSSODescriptor"), role)

    assert refusal(spoiled(DV, swap)) == ("MD-07", "descriptor_count")


@pytest.mark.parametrize("entity", [AD, BVD, DV, LC, RD], ids=lambda entity: entity.role)
def test_without_more_each_party_is_awaited_as_it_describes_itself_to_us(entity: Entity) -> None:
    assert read(document(entity), entity, descriptor=None).document is not None


def test_a_listed_key_for_encryption_does_not_sign() -> None:
    def relabel(root: etree._Element) -> None:
        root.findall(f".//{MD}KeyDescriptor")[0].set("use", "encryption")

    assert refusal(spoiled(DV, relabel)) == ("MD-25", "signature_key_unknown")


@pytest.mark.parametrize(
    ("entity", "dates", "wanted"),
    [
        (DV, {}, ("MD-26", "date_missing")),
        (DV, {"validUntil": "2026-11-25T12:00:00Z"}, ("MD-26", "expired")),
        (DV, {"validUntil": "2027-11-25T12:00:00+01:00"}, ("TM-11", "date_unreadable")),
        (DV, {"cacheDuration": "-P1D"}, ("MD-05", "date_unreadable")),
        (DV, {"validUntil": "2027-11-25T12:00:00Z", "cacheDuration": "P1D"}, ("MD-05", "both_dates")),
        (LC, {}, ("MD-26", "date_missing")),
        (AD, {"cacheDuration": "P1D"}, ("MD-26", "date_missing")),
        (RD, {"cacheDuration": "P1D"}, ("MD-26", "date_missing")),
    ],
)
def test_a_document_needs_a_date_that_has_not_passed(
    entity: Entity, dates: dict[str, str], wanted: tuple[str, str]
) -> None:
    def redate(root: etree._Element) -> None:
        del root.attrib["validUntil"]
        root.attrib.update(dates)

    assert refusal(spoiled(entity, redate), entity) == wanted


def test_a_document_expires_at_its_date() -> None:
    assert refusal(GOOD, now=UNTIL) == ("MD-26", "expired")
    assert read(GOOD, DV, now=UNTIL - timedelta(seconds=1)).document is not None


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", ("XM-01", "not_well_formed")),
        (b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + GOOD, ("XM-01", "doctype")),
        (GOOD.decode().encode("utf-16"), ("XM-05", "not_utf8")),
        (b"<a" + b" " * 21_000_000 + b"/>", ("XM-04", "too_large")),
        (b"<a>" * 65 + b"</a>" * 65, ("XM-04", "too_deep")),
        (b"<a ID='_1'><b ID='_1'/></a>", ("SG-09", "duplicate_id")),
        (b"<a/>", ("XM-06", "schema")),
        (GOOD.replace(b"SPSSODescriptor", b"SomeDescriptor"), ("XM-06", "schema")),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_bytes_that_are_no_metadata_are_refused(data: bytes, wanted: tuple[str, str]) -> None:
    assert refusal(data) == wanted


def test_comments_do_not_matter() -> None:
    commented = GOOD.replace(b"<md:SPSSODescriptor", b"<!-- made by hand --><md:SPSSODescriptor")
    assert commented != GOOD
    assert read(commented, DV).findings == ()


def test_the_document_of_another_party_is_refused_before_its_signature_is_looked_at() -> None:
    assert refusal(GOOD, replace(DV, entity_id=entity_id(Role.DV, DV_OIN, 2))) == ("MD-28", "other_publisher")


@pytest.mark.parametrize(
    ("data", "entity", "wanted"),
    [
        (document(LC), replace(LC, entity_id=entity_id(Role.LC, LC_OIN, 2)), ("MD-28", "publisher_missing")),
        (document(LC), DV, ("MD-01", "wrong_root")),
        (GOOD, LC, ("MD-01", "wrong_root")),
        (document(TD), replace(TD, descriptor=Descriptor.SERVICE_PROVIDER), ("MD-01", "wrong_root")),
        (document(AD), replace(AD, role=Role.BVD), ("RO-07", "wrong_role")),
    ],
)
def test_the_root_must_be_that_of_the_party_registered(
    data: bytes, entity: Entity, wanted: tuple[str, str]
) -> None:
    assert refusal(data, entity) == wanted


def test_a_test_system_is_a_peer_in_preproduction_only() -> None:
    tester = replace(DV, entity_id=entity_id(Role.DV, DV_OIN, 9001))
    data = document(tester)
    assert refusal(data, tester) == ("RO-03", "wrong_index_range")
    assert read(data, tester, environment=Environment.PREPRODUCTION).document is not None


def test_a_malformed_entity_id_is_taken_from_an_ad_with_its_oin_stored_apart() -> None:
    odd = replace(AD, entity_id="urn:nl-eid-gdi:1.0:AD:0000000999999999905:entities:0001")
    data = document(odd)
    assert refusal(data, odd) == ("RO-01", "entity_id_malformed")
    assert refusal(data, odd, oin=Oin(DV_OIN)) == ("MD-24", "other_oin")
    result = read(data, odd, oin=AD.oin)
    assert result.document is not None
    assert result.document.publisher == odd


def test_the_exception_for_a_malformed_entity_id_is_for_an_ad_and_not_for_a_test_system() -> None:
    odd = replace(DV, entity_id="urn:nl-eid-gdi:1.0:DV:1:entities:0001")
    assert refusal(document(odd), odd, oin=DV.oin) == ("RO-01", "entity_id_malformed")
    tester = replace(AD, entity_id="urn:nl-eid-gdi:1.0:AD:1:entities:9001")
    data = document(tester)
    assert refusal(data, tester, oin=AD.oin) == ("RO-03", "wrong_index_range")
    assert read(data, tester, oin=AD.oin, environment=Environment.PREPRODUCTION).document is not None


def test_two_descriptions_of_the_publisher_are_refused() -> None:
    def double(root: etree._Element) -> None:
        root[1].set("entityID", LC.entity_id)

    assert refusal(spoiled(LC, double), LC) == ("MD-28", "entity_twice")


def tampered(change: Callable[[etree._Element], object]) -> bytes:
    """A good document with its signature changed afterwards."""
    root = etree.fromstring(GOOD)
    change(root)
    return etree.tostring(root)


def move_signature(root: etree._Element) -> None:
    one(root, "SPSSODescriptor").getparent().append(without_signature(root))  # type: ignore[union-attr]  # has one


def set_digest(root: etree._Element) -> None:
    root.find(f".//{DS}DigestMethod").set("Algorithm", NO_SUCH_DIGEST.decode())  # type: ignore[union-attr]  # there


def set_sha1(root: etree._Element) -> None:
    root.find(f".//{DS}DigestMethod").set("Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1")  # type: ignore[union-attr]  # there


def set_reference(root: etree._Element) -> None:
    root.find(f".//{DS}Reference").set("URI", "")  # type: ignore[union-attr]  # there


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (without_signature, ("MD-06", "signature_missing")),
        (set_digest, ("MD-34", "signature_algorithm")),
        (set_sha1, ("SG-04", "signature_algorithm")),
        (set_reference, ("SG-03", "signature_reference")),
        (move_signature, ("XM-06", "schema")),
    ],
)
def test_a_signature_of_another_form_is_refused(
    change: Callable[[etree._Element], object], wanted: tuple[str, str]
) -> None:
    assert refusal(tampered(change)) == wanted


def test_a_signature_that_does_not_name_its_key_is_accepted_with_a_warning() -> None:
    def forget(root: etree._Element) -> None:
        signature = root.find(DS + "Signature")
        assert signature is not None
        signature.remove(signature[-1])

    result = read(tampered(forget), DV)
    assert result.document is not None
    assert found(result) == [("SG-06", "signature_key_not_named", "warning")]


def test_a_forged_root_around_a_signed_document_is_refused() -> None:
    genuine = etree.fromstring(document(LC))
    forged = etree.fromstring(lc_metadata(LC, INSIDE, key=key(LC_OIN), valid_until=UNTIL))
    forged.replace(forged[0], without_signature(genuine))
    assert refusal(etree.tostring(forged), LC) == ("SG-03", "signature_reference")


def test_each_finding_has_the_entity_it_is_about_once_that_is_known() -> None:
    assert read(b"", DV).findings[0] == Finding("XM-01", Severity.ERROR, FindingCode.NOT_WELL_FORMED, 1)
    assert read(signed_by(key(LC_OIN)), DV).findings[0].entity_id == DV.entity_id


def test_every_fault_of_the_layers_below_has_a_code() -> None:
    codes = set(FindingCode.__members__)
    assert {fault.name for fault in XmlFault} <= codes
    assert {f"SIGNATURE_{fault.name}" for fault in SignatureFault} <= codes
    of_tls = {CertificateFault.NOT_FOR_TLS_CLIENTS, CertificateFault.OTHER_OIN, CertificateFault.NOT_LISTED}
    assert set(CODES) == set(CertificateFault) - of_tls
