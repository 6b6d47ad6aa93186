"""Documents of an LC or RD with the DVs inside (TC-88; MD-01, MD-02, MD-04, MD-24, MD-28, MD-32)."""

from copy import deepcopy
from dataclasses import replace

import pytest
from lxml import etree

from tests.protocols.metadata.documents import (
    DV,
    DV_OIN,
    INSIDE,
    LC,
    LC_OIN,
    NOW,
    RD,
    RD_OIN,
    UNTIL,
    document,
    entity_id,
    found,
    key,
    one,
    published,
    read,
    spoiled,
)
from volmacht.pki import Purpose
from volmacht.protocols.saml.entity_ids import Role
from volmacht.protocols.saml.metadata.findings import MOST_FINDINGS
from volmacht.protocols.saml.metadata.model import Entity
from volmacht.protocols.saml.metadata.writing import lc_metadata
from volmacht.protocols.xml.names import MD

FIRST, SECOND = INSIDE
LOGOUT = f'<md:SingleLogoutService xmlns:md="{MD[1:-1]}" Binding="urn:x" Location="https://lc.test/"/>'


def lc_document(*providers: Entity) -> bytes:
    return lc_metadata(LC, providers, key=key(LC_OIN), valid_until=UNTIL)


def first_inside(root: etree._Element) -> etree._Element:
    return root[1]


def test_only_registered_providers_are_taken_over_and_the_others_are_named() -> None:
    result = read(document(LC), LC, registered=frozenset({SECOND.entity_id, "urn:gone"}))
    assert result.document is not None
    assert result.document.entities == (LC, SECOND)
    assert [(one.code, one.entity_id) for one in result.findings] == [
        ("not_registered", FIRST.entity_id),
        ("registered_not_listed", "urn:gone"),
    ]


def test_faults_of_a_provider_that_is_not_registered_do_not_matter() -> None:
    wrong = replace(FIRST, encryption=(published(LC_OIN, Purpose.ENCRYPTION),))
    result = read(lc_document(wrong, SECOND), LC, registered=frozenset({SECOND.entity_id}))
    assert result.document is not None
    assert list(result.document.inside) == [SECOND.entity_id]


def test_a_certificate_of_another_organisation_under_a_provider_is_an_error() -> None:
    wrong = replace(FIRST, encryption=(published(LC_OIN, Purpose.ENCRYPTION),))
    result = read(lc_document(wrong, SECOND), LC)
    assert result.document is None
    assert found(result) == [("MD-24", "other_oin", "error")]
    assert result.findings[0].entity_id == FIRST.entity_id


def test_the_same_provider_twice_is_an_error() -> None:
    def double(root: etree._Element) -> None:
        again = deepcopy(first_inside(root))
        again.set("ID", "_again")
        root.append(again)

    result = read(spoiled(LC, double), LC, registered=frozenset())
    assert result.document is None
    assert ("MD-28", "entity_twice", "error") in found(result)


@pytest.mark.parametrize(
    ("wrong_id", "rule", "code"),
    [
        (entity_id(Role.LC, DV_OIN), "RO-07", "wrong_role"),
        (entity_id(Role.DV, DV_OIN, 9000), "RO-03", "wrong_index_range"),
        ("urn:somebody", "RO-01", "entity_id_malformed"),
    ],
)
def test_only_providers_of_the_environment_stand_inside(wrong_id: str, rule: str, code: str) -> None:
    result = read(lc_document(replace(FIRST, entity_id=wrong_id), SECOND), LC)
    assert result.document is None
    assert found(result) == [(rule, code, "error")]
    assert result.findings[0].entity_id == wrong_id


def test_a_provider_inside_without_encryption_key_is_an_error() -> None:
    def strip(root: etree._Element) -> None:
        for node in first_inside(root).findall(f".//{MD}KeyDescriptor"):
            node.attrib.pop("use")

    result = read(spoiled(LC, strip), LC)
    assert result.document is None
    assert ("MD-12", "encryption_keys_too_few", "error") in found(result)


def test_a_provider_inside_has_no_signing_key() -> None:
    def relabel(root: etree._Element) -> None:
        one(first_inside(root), "KeyDescriptor").set("use", "signing")

    result = read(spoiled(LC, relabel), LC)
    assert result.document is None
    assert found(result) == [("MD-11", "signing_keys_too_many", "error")]


def test_addresses_of_a_provider_inside_are_ignored() -> None:
    def redirect(root: etree._Element) -> None:
        consumer = one(first_inside(root), "AssertionConsumerService")
        consumer.set("Location", "https://elsewhere.test/acs")
        consumer.addprevious(etree.fromstring(LOGOUT))
        consumer.addnext(deepcopy(consumer))

    result = read(spoiled(LC, redirect), LC)
    assert result.document is not None
    assert result.document.entities == (LC, *INSIDE)
    assert [code for _, code, _ in found(result)] == [
        "address_ignored",
        "addresses_too_many",
        "address_ignored",
        "address_ignored",
    ]


def test_what_should_stand_at_the_root_only_is_tolerated_inside() -> None:
    def add(root: etree._Element) -> None:
        inside = first_inside(root)
        inside.set("validUntil", "2027-01-01T00:00:00Z")
        inside.set("cacheDuration", "PT1H")
        one(inside, "SPSSODescriptor").set("WantAssertionsSigned", "false")
        one(inside, "SPSSODescriptor").append(
            deepcopy(one(etree.fromstring(document(DV)), "AttributeConsumingService"))
        )

    result = read(spoiled(LC, add), LC)
    assert [(rule, code) for rule, code, _ in found(result)] == [
        ("MD-04", "date_not_at_root"),
        ("MD-05", "date_not_at_root"),
        ("MD-09", "assertions_not_signed"),
        ("MD-18", "services_not_expected"),
    ]
    assert result.document is not None
    assert result.document.entities[1].valid_until is not None
    assert result.document.entities[1].services == ()


def test_a_provider_whose_own_date_has_passed_drops_out_alone() -> None:
    result = read(spoiled(LC, lambda root: first_inside(root).set("validUntil", "2026-11-25T12:00:00Z")), LC)
    assert ("MD-26", "expired", "warning") in found(result)
    assert result.document is not None
    assert list(result.document.inside) == [SECOND.entity_id]


def test_a_publisher_whose_own_date_has_passed_takes_the_document_along() -> None:
    result = read(spoiled(LC, lambda root: root[0].set("validUntil", "2026-11-25T12:00:00Z")), LC)
    assert result.document is None
    assert ("MD-26", "expired", "error") in found(result)


def test_a_date_that_cannot_be_read_is_an_error_inside_as_well() -> None:
    result = read(spoiled(LC, lambda root: first_inside(root).set("validUntil", "2027-01-01T00:00:00")), LC)
    assert ("TM-11", "date_unreadable", "error") in found(result)


def test_every_entity_inside_needs_an_id() -> None:
    result = read(spoiled(LC, lambda root: first_inside(root).attrib.pop("ID")), LC)
    assert found(result) == [("MD-02", "id_missing", "error")]


def test_an_entity_inside_with_a_signature_of_its_own_is_tolerated() -> None:
    def sign_inside(root: etree._Element) -> None:
        first_inside(root).insert(0, deepcopy(etree.fromstring(document(DV))[0]))

    result = read(spoiled(LC, sign_inside), LC)
    assert found(result) == [("MD-06", "inner_signature", "warning")]
    assert result.document is not None


def test_groups_do_not_stand_in_groups() -> None:
    def nest(root: etree._Element) -> None:
        group = etree.SubElement(root, MD + "EntitiesDescriptor")
        group.append(root[2])

    result = read(spoiled(LC, nest), LC)
    assert found(result) == [("MD-01", "nested_group", "error")]


def test_a_descriptor_of_the_wrong_kind_inside_is_an_error() -> None:
    def swap(root: etree._Element) -> None:
        node = one(first_inside(root), "SPSSODescriptor")
        role = etree.Element(MD + "AttributeAuthorityDescriptor", protocolSupportEnumeration="urn:x")
        etree.SubElement(role, MD + "AttributeService", Binding="urn:x", Location="https://dv.test/a")
        first_inside(root).replace(node, role)

    assert [code for _, code, _ in found(read(spoiled(LC, swap), LC))] == [
        "descriptor_count",
        "other_descriptor",
    ]


def test_names_of_people_do_not_belong_in_the_document_of_an_lc() -> None:
    def add(root: etree._Element) -> None:
        person = etree.SubElement(first_inside(root), MD + "ContactPerson", contactType="technical")
        etree.SubElement(person, MD + "GivenName").text = "Somebody"

    assert found(read(spoiled(LC, add), LC)) == [("CK-M", "personal_data", "warning")]


def test_an_rd_lists_at_most_four_keys() -> None:
    def relabel(root: etree._Element) -> None:
        keys = root[0].findall(f".//{MD}KeyDescriptor")
        for _ in range(2):
            keys[1].addnext(deepcopy(keys[1]))

    assert ("MD-19", "keys_too_many", "error") in found(read(spoiled(RD, relabel), RD))


def test_an_rd_needs_no_encryption_key() -> None:
    entity = replace(RD, encryption=())
    result = read(document(entity), entity)
    assert result.findings == ()
    assert result.document is not None


def test_encryption_keys_of_an_lc_are_ignored() -> None:
    def add(root: etree._Element) -> None:
        node = deepcopy(one(first_inside(root), "KeyDescriptor"))
        one(root[0], "KeyDescriptor").addnext(node)

    result = read(spoiled(LC, add), LC)
    assert result.findings == ()
    assert result.document is not None
    assert result.document.publisher == LC


def test_a_certificate_announced_for_later_is_kept() -> None:
    ahead = key(DV_OIN, Purpose.ENCRYPTION, 8, begins=NOW.replace(month=12)).published()
    entity = replace(FIRST, encryption=(FIRST.encryption[0], ahead))
    result = read(lc_document(entity), LC)
    assert found(result) == [("SG-12", "certificate_not_yet_valid", "warning")]
    assert result.document is not None
    assert result.document.entities[1] == entity
    assert result.document.entities[1].encryption_at(NOW) == (FIRST.encryption[0],)


def test_findings_about_a_hostile_document_have_an_end() -> None:
    def crowd(root: etree._Element) -> None:
        model = root[2]
        for number in range(MOST_FINDINGS + 5):
            other = etree.SubElement(root, model.tag, ID=f"_{number}", entityID=f"urn:{number}")
            other.append(deepcopy(one(model, "SPSSODescriptor")))

    result = read(spoiled(RD, crowd), RD, registered=frozenset(one.entity_id for one in INSIDE))
    assert len(result.findings) == MOST_FINDINGS
    assert result.document is not None
    assert result.document.publisher.oin.value == RD_OIN
