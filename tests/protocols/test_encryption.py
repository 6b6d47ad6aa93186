"""EncryptedID made, opened and passed on: the form of EN-01 to EN-11, and what others can read (TC-23 to TC-27)."""

import pytest
from lxml import etree

from tests.protocols.encrypted_ids import (
    BVD,
    DV,
    OTHER,
    PERSON,
    key_opened_by_xmlsec,
    made_by_xmlsec,
    method_of,
    name_id,
    opened_by_xmlsec,
    recipient_key,
    sealed_by_hand,
)
from tests.protocols.keyring import own_key
from volmacht.protocols.saml.encryption import (
    Identifier,
    NotReadable,
    copied,
    decrypted,
    encrypted_id,
    recipients,
)
from volmacht.protocols.xml.gate import AUTHN_REQUEST, read
from volmacht.protocols.xml.names import DS, LEGACY_BSN, POLYMORPHIC_BSN, PSEUDONYM, SAML, XENC
from volmacht.protocols.xml.schemas import Schema, validate

DV_KEY, BVD_KEY = recipient_key(DV, "dv"), recipient_key(BVD, "bvd")
DV_NEXT_KEY = recipient_key(DV, "dv next")
ALGORITHM = "http://www.w3.org/2001/04/xmlenc#"


def tags(element: etree._Element) -> list[str]:
    return [etree.QName(child).localname for child in element]


def ids(element: etree._Element) -> list[str]:
    return [str(value) for value in element.xpath("//@Id")]


def only(element: etree._Element, path: str) -> etree._Element:
    (found,) = element.findall(path)
    return found


def test_one_key_is_pointed_at_and_carries_no_name() -> None:
    encrypted = encrypted_id(PERSON, [DV_KEY])
    data, key = encrypted
    assert (encrypted.tag, data.tag, key.tag) == (
        SAML + "EncryptedID",
        XENC + "EncryptedData",
        XENC + "EncryptedKey",
    )
    assert data.get("Type") == ALGORITHM + "Element"
    assert tags(data) == ["EncryptionMethod", "KeyInfo", "CipherData"]
    pointer = only(data, f"{DS}KeyInfo/*")
    assert pointer.tag == DS + "RetrievalMethod"
    assert dict(pointer.attrib) == {"Type": ALGORITHM + "EncryptedKey", "URI": f"#{key.get('Id')}"}
    assert key.get("Recipient") == DV
    assert tags(key) == ["EncryptionMethod", "KeyInfo", "CipherData", "ReferenceList"]
    assert only(key, f"{DS}KeyInfo/*").text == DV_KEY.key.name
    assert only(key, f"{XENC}ReferenceList/*").get("URI") == f"#{data.get('Id')}"


def test_the_algorithms_are_those_of_st_saml() -> None:
    data, key = encrypted_id(PERSON, [DV_KEY])
    assert only(data, f"{XENC}EncryptionMethod").get("Algorithm") == ALGORITHM + "aes256-cbc"
    assert only(key, f"{XENC}EncryptionMethod").get("Algorithm") == ALGORITHM + "rsa-oaep-mgf1p"
    assert only(key, f"{XENC}EncryptionMethod/*").get("Algorithm") == "http://www.w3.org/2000/09/xmldsig#sha1"


def test_two_certificates_of_one_service_give_two_keys_with_one_carried_name() -> None:
    data, *keys = encrypted_id(PERSON, [DV_KEY, DV_NEXT_KEY])
    name = only(data, f"{DS}KeyInfo/{DS}KeyName").text
    assert [key.get("Recipient") for key in keys] == [DV, DV]
    assert [key.findtext(XENC + "CarriedKeyName") for key in keys] == [name, name]
    assert [key.findtext(f"{DS}KeyInfo/{DS}KeyName") for key in keys] == [
        DV_KEY.key.name,
        DV_NEXT_KEY.key.name,
    ]
    for key in keys:
        assert tags(key) == ["EncryptionMethod", "KeyInfo", "CipherData", "ReferenceList", "CarriedKeyName"]
        assert only(key, f"{XENC}ReferenceList/*").get("URI") == f"#{data.get('Id')}"


def test_each_of_several_keys_opens_it_alone() -> None:
    encrypted = encrypted_id(PERSON, [DV_KEY, DV_NEXT_KEY, BVD_KEY])
    assert recipients(encrypted) == (DV, DV, BVD)
    assert decrypted(encrypted, own=DV, keys=[own_key("dv")]) == PERSON
    assert decrypted(encrypted, own=DV, keys=[own_key("dv next")]) == PERSON
    assert decrypted(encrypted, own=BVD, keys=[own_key("bvd")]) == PERSON


@pytest.mark.parametrize("keys", [[DV_KEY], [DV_KEY, DV_NEXT_KEY, BVD_KEY]])
def test_what_is_made_is_valid_by_the_schema_and_passes_the_gate(keys: list[object]) -> None:
    encrypted = encrypted_id(PERSON, [key for key in (DV_KEY, DV_NEXT_KEY, BVD_KEY) if key in keys])
    validate(read(etree.tostring(encrypted), AUTHN_REQUEST), Schema.PROTOCOL)
    assert len(encrypted) == 1 + len(keys)


def test_nothing_is_used_twice() -> None:
    made = [encrypted_id(PERSON, [DV_KEY, BVD_KEY]) for _ in range(20)]
    found = [one for encrypted in made for one in ids(encrypted)]
    names = [encrypted.findtext(f".//{XENC}CarriedKeyName") for encrypted in made]
    values = [value.text for encrypted in made for value in encrypted.iter(XENC + "CipherValue")]
    assert len(set(found)) == 60
    assert len(set(names)) == 20
    assert len(set(values)) == 60


def test_xmlsec_finds_the_name_id_through_the_pointer() -> None:
    name = opened_by_xmlsec(encrypted_id(PERSON, [DV_KEY]), own_key("dv"))
    assert (name.tag, name.text) == (SAML + "NameID", PERSON.value)
    assert dict(name.attrib) == {
        "Format": "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
        "NameQualifier": "urn:nl-eid-gdi:1.0:id:legacy-BSN",
    }


@pytest.mark.parametrize(("number", "owner"), [(0, "dv"), (1, "dv next"), (2, "bvd")])
def test_xmlsec_opens_each_of_several_keys(number: int, owner: str) -> None:
    encrypted = encrypted_id(PERSON, [DV_KEY, DV_NEXT_KEY, BVD_KEY])
    assert key_opened_by_xmlsec(encrypted, number, own_key(owner)).text == PERSON.value


def test_special_characters_in_names_and_values_come_through() -> None:
    odd = Identifier(PSEUDONYM, "a<b>&\"é'")
    key = recipient_key('urn:"x"&<y>', "dv")
    encrypted = encrypted_id(odd, [key])
    assert recipients(encrypted) == (key.recipient,)
    assert decrypted(encrypted, own=key.recipient, keys=[own_key("dv")]) == odd
    assert opened_by_xmlsec(encrypted, own_key("dv")).text == odd.value


@pytest.mark.parametrize(
    "method",
    [
        method_of(ALGORITHM + "rsa-oaep-mgf1p"),
        method_of(ALGORITHM + "rsa-oaep-mgf1p", "http://www.w3.org/2000/09/xmldsig#sha1"),
        method_of(ALGORITHM + "rsa-oaep-mgf1p", ALGORITHM + "sha256"),
        *(
            method_of(
                "http://www.w3.org/2009/xmlenc11#rsa-oaep", digest, "http://www.w3.org/2009/xmlenc11#" + mask
            )
            for digest in ("http://www.w3.org/2000/09/xmldsig#sha1", ALGORITHM + "sha256")
            for mask in ("mgf1sha1", "mgf1sha256")
        ),
    ],
)
def test_every_accepted_way_of_encrypting_a_key_is_opened_and_passed_on(method: str) -> None:
    encrypted = made_by_xmlsec(name_id(), own_key("dv"), method)
    copy = copied(encrypted, audience={DV})
    assert decrypted(encrypted, own=DV, keys=[own_key("dv")]) == PERSON
    assert decrypted(copy, own=DV, keys=[own_key("dv")]) == PERSON
    assert opened_by_xmlsec(copy, own_key("dv")).text == PERSON.value


@pytest.mark.parametrize(
    "qualifier", [PSEUDONYM, POLYMORPHIC_BSN, "urn:etoegang:1.9:EntityConcernedID:KvKnr"]
)
def test_other_kinds_of_number_come_back_with_their_kind(qualifier: str) -> None:
    other = Identifier(qualifier, "AbC+/=")
    assert decrypted(encrypted_id(other, [DV_KEY]), own=DV, keys=[own_key("dv")]) == other


def test_white_space_around_the_number_is_trimmed() -> None:
    encrypted = sealed_by_hand(name_id(f"\n {PERSON.value}\t", f" {LEGACY_BSN}\n"), own_key("dv"))
    assert decrypted(encrypted, own=DV, keys=[own_key("dv")]) == PERSON


def test_an_unknown_key_name_is_tried_with_the_current_and_the_previous_key() -> None:
    encrypted = sealed_by_hand(name_id(), own_key("dv"), key_name="something-else")
    assert decrypted(encrypted, own=DV, keys=[own_key("dv")]) == PERSON
    assert decrypted(encrypted, own=DV, keys=[own_key("dv next"), own_key("dv")]) == PERSON
    with pytest.raises(NotReadable):
        decrypted(encrypted, own=DV, keys=[own_key("dv next"), own_key("bvd"), own_key("dv")])


def test_an_identifier_does_not_show_its_number_when_printed() -> None:
    assert PERSON.value not in f"{PERSON} {PERSON!r}"
    assert LEGACY_BSN in repr(PERSON)


def test_nobody_to_encrypt_for_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nobody"):
        encrypted_id(PERSON, [])


@pytest.mark.parametrize("qualifier", [PSEUDONYM, POLYMORPHIC_BSN])
def test_a_number_that_differs_for_each_recipient_is_for_one_recipient(qualifier: str) -> None:
    with pytest.raises(ValueError, match="each recipient"):
        encrypted_id(Identifier(qualifier, "x"), [DV_KEY, BVD_KEY])
    assert recipients(encrypted_id(Identifier(qualifier, "x"), [DV_KEY, DV_NEXT_KEY])) == (DV, DV)


def test_a_copy_has_no_key_for_the_bvd_and_no_id_of_the_original() -> None:
    original = encrypted_id(PERSON, [DV_KEY, DV_NEXT_KEY, BVD_KEY])
    before = etree.tostring(original)
    copy = copied(original, audience={DV})
    assert recipients(copy) == (DV, DV)
    assert not set(ids(original)) & set(ids(copy))
    assert etree.tostring(original) == before
    assert decrypted(copy, own=DV, keys=[own_key("dv")]) == PERSON
    assert key_opened_by_xmlsec(copy, 1, own_key("dv next")).text == PERSON.value


def test_a_copy_keeps_cipher_text_and_names() -> None:
    original = encrypted_id(PERSON, [DV_KEY, BVD_KEY])
    copy = copied(original, audience={DV, OTHER})
    for path in (
        f"{XENC}EncryptedData/{XENC}CipherData/{XENC}CipherValue",
        f"{XENC}EncryptedData/{DS}KeyInfo/{DS}KeyName",
    ):
        assert only(copy, path).text == only(original, path).text
    for path in (f"{DS}KeyInfo/{DS}KeyName", f"{XENC}CarriedKeyName", f"{XENC}CipherData/{XENC}CipherValue"):
        assert copy[1].findtext(path) == original[1].findtext(path)


@pytest.mark.parametrize("keys", [[DV_KEY], [DV_KEY, BVD_KEY]])
def test_copies_and_original_in_one_document_share_no_id_and_point_at_themselves(keys: list[object]) -> None:
    original = encrypted_id(PERSON, [key for key in (DV_KEY, BVD_KEY) if key in keys])
    document = etree.Element("document")
    document.extend([copied(original, audience={DV}), copied(original, audience={DV}), original])
    root = read(etree.tostring(document), AUTHN_REQUEST)  # which refuses an id that comes twice
    for encrypted in root:
        own = {f"#{element.get('Id')}" for element in encrypted}
        uris = {str(uri) for uri in encrypted.xpath(".//@URI")}
        assert uris <= own
        assert uris
        assert decrypted(encrypted, own=DV, keys=[own_key("dv")]) == PERSON
        validate(etree.fromstring(etree.tostring(encrypted)), Schema.PROTOCOL)


def test_two_keys_of_which_one_is_pointed_at_are_read_and_passed_on_with_a_carried_name() -> None:
    odd = encrypted_id(PERSON, [DV_KEY])
    odd.append(etree.fromstring(etree.tostring(encrypted_id(PERSON, [DV_NEXT_KEY])[1])))
    only(odd[2], f"{XENC}ReferenceList/*").set("URI", f"#{odd[0].get('Id')}")
    assert decrypted(odd, own=DV, keys=[own_key("dv")]) == PERSON
    copy = copied(odd, audience={DV})
    name = only(copy[0], f"{DS}KeyInfo/{DS}KeyName").text
    assert [key.findtext(XENC + "CarriedKeyName") for key in copy[1:]] == [name, name]


def test_nothing_is_copied_when_nobody_of_the_audience_can_read_it() -> None:
    with pytest.raises(NotReadable):
        copied(encrypted_id(PERSON, [BVD_KEY]), audience={DV})
